"""Train the whole pipeline from one config: segmenter, recogniser, classifier; measure it; write it sealed."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from nlp import gold, model, words
from nlp.lexicon import Lexicon
from nlp.scoring import Scores, score
from nlp.tagged import TaggedArticle

if TYPE_CHECKING:
    from spacy.language import Language

LIBRARIES = ("spacy", "spacy-pkuseg", "scikit-learn", "skops", "numpy", "thinc")


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained pipeline, its scores on the development and test parts, and where it was written."""

    nlp: Language
    dev: Scores
    test: Scores
    folder: Path
    digest: str


def train(config_path: Path, overrides: dict[str, Any], say: Callable[[str], None]) -> Trained:
    """Train by a config; `overrides` are dotted settings; `say` gets one line a step. Raises gold.GoldError, OSError."""
    from spacy.training.initialize import init_nlp
    from spacy.training.loop import train as train_nlp
    from spacy.util import load_config

    config = load_config(config_path, overrides=overrides, interpolate=False)
    plain = config.interpolate()
    corpus, output = Path(plain["paths"]["corpus"]), Path(plain["paths"]["output"])
    Lexicon.read(Path(plain["paths"]["lexicon"]))
    articles = gold.read_corpus(corpus)
    leaks = list(gold.leaks(articles))
    if leaks:
        raise gold.GoldError(leaks)
    with tempfile.TemporaryDirectory() as folder:
        say(f"corpus: {len(articles)} articles, {sum(len(t.article.text) for t in articles)} characters")
        config["paths"]["words"] = _learn_words(corpus, Path(folder), plain, say)
        say("recogniser and classifier: initialising")
        nlp = init_nlp(config, use_gpu=-1)
        (Path(folder) / "trained").mkdir()
        train_nlp(nlp, Path(folder) / "trained", use_gpu=-1, stdout=io.StringIO())  # it colours what it prints; the bar says enough
        nlp = _best(Path(folder) / "trained")
        config["paths"]["words"] = None
        nlp.config["paths"]["words"] = None
        dev, test = _measure(nlp, corpus, say)
        digest = _write(nlp, dev, test, plain, output)
    return Trained(nlp, dev, test, output, digest)


def _learn_words(corpus: Path, folder: Path, config: dict[str, Any], say: Callable[[str], None]) -> str:
    say("segmenter: learning words")
    lines = gold.silver_words(gold.read_corpus(corpus, "train"))
    settings = config["segmenter"]
    learned = words.learn(lines, settings["iterations"], config["system"]["seed"])
    kept = learned.pruned(settings["keep"])
    say(f"segmenter: {len(learned.features)} features, {len(kept.features)} kept")
    path = folder / "words.npz"
    kept.write(path)
    return str(path)


def _best(folder: Path) -> Language:
    import spacy

    return spacy.load(folder / "model-best")


def _measure(nlp: Language, corpus: Path, say: Callable[[str], None]) -> tuple[Scores, Scores]:
    from nlp.pipeline import Tagger

    say("measuring")
    dev = gold.read_corpus(corpus, "dev")
    _calibrate(nlp, dev)
    tagger = Tagger(nlp)

    def measured(articles: list[TaggedArticle]) -> Scores:
        return score(zip(articles, tagger.stream(t.article for t in articles), strict=True))

    return measured(dev), measured(gold.read_corpus(corpus, "test"))


def _calibrate(nlp: Language, articles: Iterable[TaggedArticle]) -> None:
    if "resolve" not in nlp.pipe_names:
        return
    examples = list(gold.examples(nlp, articles, at_gold_edges=False))
    resolve: Any = nlp.get_pipe("resolve")
    resolve.calibrate([(doc, e.reference) for doc, e in zip(nlp.pipe(e.predicted for e in examples), examples, strict=True)])


def _write(nlp: Language, dev: Scores, test: Scores, config: dict[str, Any], output: Path) -> str:
    """Write to a temporary folder beside the output, seal it, then put it in place: never half a model."""
    import shutil
    from importlib.metadata import version

    nlp.meta.update(
        name="notices",
        version=version("zh-notices"),
        description="Agencies, regulations, counts and percentages in Chinese official notices, and what each paragraph is for.",
        license="MIT",
        performance={"dev": dev.summary(), "test": test.summary()},
        corpus={"digest": gold.digest(Path(config["paths"]["corpus"])), "lexicon": gold.digest(Path(config["paths"]["lexicon"]))},
        versions={name: version(name) for name in LIBRARIES},
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=".writing-") as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        nlp.to_disk(new)
        digest = model.seal(new)
        if output.exists():
            shutil.move(output, old)
        shutil.move(new, output)
    return digest


def progress_logger() -> Callable[[Language, IO[str], IO[str]], tuple[Callable[[dict[str, Any] | None], None], Callable[[], None]]]:
    """A spaCy training logger: one progress bar on stderr, shown only on a terminal."""

    def setup(nlp: Language, stdout: IO[str], stderr: IO[str]) -> tuple[Callable[[dict[str, Any] | None], None], Callable[[], None]]:
        import sys

        from tqdm import tqdm

        bar = tqdm(total=nlp.config["training"]["max_steps"] or None, desc="recogniser", unit="step", file=sys.stderr, disable=None)

        def log(info: dict[str, Any] | None) -> None:
            bar.update()
            if info is not None and info["score"] is not None:
                bar.set_postfix(dev=f"{info['score']:.3f}", best=f"{max(s for s, _ in info['checkpoints']):.3f}")

        return log, bar.close

    return setup
