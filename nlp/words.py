"""Word segmentation: a pruned spacy-pkuseg model, kept as plain arrays, learned from lines cut into words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

_TAGS = {"B": 0, "B_single": 1, "I": 2, "I_end": 3, "I_first": 4}
_BEGINS = frozenset((0, 1))
_RUN = re.compile(r"[一-鿿㐀-䶿豈-﫿\U00020000-\U0003ffff〇々]+|[A-Za-z]+|[0-9]+(?:\.[0-9]+)?|[０-９]+(?:．[０-９]+)?|\s+|.", re.S)
_HAN = re.compile(r"[一-鿿㐀-䶿豈-﫿\U00020000-\U0003ffff〇々]")
_LONGEST = 400  # a run of Han characters longer than this is cut in pieces, so that memory stays flat


class Words:
    """Cuts text into words; `features` and their `weights` (features x 5 tags, then 5 x 5 transitions) are pkuseg's."""

    def __init__(self, features: list[str], unigrams: list[str], weights: Any) -> None:
        from spacy_pkuseg.feature_extractor import FeatureExtractor
        from spacy_pkuseg.model import Model

        self.features, self.unigrams, self.weights = features, unigrams, weights
        self._extractor = FeatureExtractor()
        self._extractor.feature_to_idx = {feature: i for i, feature in enumerate(features)}
        self._extractor.unigram = set(unigrams)
        self._model = Model(len(features), len(_TAGS))
        self._model.w = weights.astype("float64")
        self._cut_run = lru_cache(maxsize=20_000)(self._decode)

    def cut(self, text: str) -> list[str]:
        """The words of `text`; joined they are `text` again. Letters, digits and white space stay in runs."""
        words: list[str] = []
        for run in _RUN.findall(text):
            if len(run) == 1 or not _HAN.match(run):
                words.append(run)
                continue
            for at in range(0, len(run), _LONGEST):
                words.extend(self._cut_run(run[at : at + _LONGEST]))
        return words

    def _decode(self, run: str) -> tuple[str, ...]:
        from spacy_pkuseg.inference import decodeViterbi_fast

        nodes = list(self._extractor.normalize_text(run))
        features = [self._extractor.get_node_features_idx(i, nodes) for i in range(len(nodes))]
        _, tags = decodeViterbi_fast(features, self._model)
        edges = [i for i, tag in enumerate(tags) if i == 0 or tag in _BEGINS] + [len(run)]
        return tuple(run[a:b] for a, b in itertools.pairwise(edges))

    def write(self, path: Path) -> None:
        """One .npz without pickled objects; the same model gives the same bytes."""
        import numpy

        features, unigrams = (numpy.frombuffer("\n".join(x).encode(), "uint8") for x in (self.features, self.unigrams))
        with path.open("wb") as stream:
            numpy.savez_compressed(stream, features=features, unigrams=unigrams, weights=self.weights.astype("float16"))

    @classmethod
    def read(cls, path: Path) -> Words:
        """Read what `write` wrote; pickled objects are refused. Raises OSError or ValueError."""
        import numpy

        with numpy.load(path, allow_pickle=False) as arrays:
            features, unigrams = (bytes(arrays[k]).decode().split("\n") for k in ("features", "unigrams"))
            return cls(features, unigrams, arrays["weights"])

    def pruned(self, keep: int) -> Words:
        """The `keep` features with the largest weights; the first one (the bias) always stays."""
        import numpy

        table, transitions = self.weights[: -(len(_TAGS) ** 2)].reshape(-1, len(_TAGS)), self.weights[-(len(_TAGS) ** 2) :]
        size = numpy.abs(table).max(axis=1)
        size[0] = numpy.inf
        chosen = numpy.sort(numpy.argsort(-size, kind="stable")[:keep])
        features = [self.features[i] for i in chosen]
        used = {part for f in features if f.startswith("w") for part in re.split(r"\*(?!\*)", f.split(".", 2)[-1])}
        unigrams = [word for word in self.unigrams if word in used]
        return Words(features, unigrams, numpy.concatenate([table[chosen].ravel(), transitions]))


def learn(lines: Iterable[list[str]], iterations: int, seed: int) -> Words:
    """Train on lines of words with spacy-pkuseg (conditional random field, ADF optimiser)."""
    import contextlib
    import io
    import random
    import tempfile

    import numpy
    import spacy_pkuseg
    import srsly

    random.seed(seed)
    numpy.random.seed(seed)
    text = "\n".join(" ".join(words) for words in lines)
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        train, test, model = (Path(folder) / name for name in ("train", "test", "model"))
        train.write_text(text, encoding="utf-8")
        test.write_text("\n".join(text.split("\n")[:20]), encoding="utf-8")
        spacy_pkuseg.train(str(train), str(test), str(model), train_iter=iterations)
        data: Any = srsly.read_msgpack(model / "features.msgpack")
        with numpy.load(model / "weights.npz", allow_pickle=False) as arrays:
            weights = arrays["w"]
    assert data["tag_to_idx"] == _TAGS
    features = sorted(data["feature_to_idx"], key=data["feature_to_idx"].__getitem__)
    return Words(features, data["unigram"], weights)
