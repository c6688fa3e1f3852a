"""Training: each trainable part learns a tiny corpus by heart, is saved, loaded and says the same; faults stop the run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nlp import gold, training, words
from nlp.article import Article, Paragraph
from nlp.model import ModelError
from nlp.pipeline import Tagger
from nlp.reading import read_text
from tests.conftest import ROOT

# Names that no grammar composes: only the recogniser can know them.
LINES = {
    "policy": "{A:澜光司}印发{R:《节水办法》}，要求各单位{C:3个}月内落实。".replace("{C:3个}月", "三个月"),
    "complaint_statistics": "{A:澜光司}受理投诉{C:29件}，同比下降{P:8%}。",
    "enforcement": "{A:澜光司}查处违法企业{C:7家}，罚款2万元。",
    "consumer_advisory": "请广大市民注意防范，不要轻信陌生来电。",
    "null": "当天天气晴好，广场上游人如织。",
}


def _article(number: int) -> str:
    body = "\n".join(f"{label}: {line}" for label, line in LINES.items())
    return f"---\ntitle: 第{number}篇\npublished: 2020-01-0{number}\n---\n{body}\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for number in (1, 2, 4, 5, 7):
        (folder / f"tiny-00{number}.txt").write_text(_article(number), encoding="utf-8")
    shorter = "---\ntitle: 另一篇\n---\nenforcement: {A:澜光司}查处案件{C:5起}。\nnull: 夜里有小雨。\n"
    for number in (3, 6):
        (folder / f"tiny-00{number}.txt").write_text(shorter.replace("5起", f"{number}起"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def trained(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> training.Trained:
    output = tmp_path_factory.mktemp("models") / "tiny"
    settings = {
        "paths.corpus": str(corpus),
        "paths.lexicon": str(ROOT / "corpus" / "lexicon"),
        "paths.output": str(output),
        "training.max_steps": 120,
        "training.eval_frequency": 40,
        "segmenter.iterations": 3,
    }
    return training.train(ROOT / "configs" / "base.cfg", settings, lambda line: None)


TEXT = "澜光司印发《节水办法》，要求各单位三个月内落实。\n澜光司受理投诉29件，同比下降8%。\n请广大市民注意防范，不要轻信陌生来电。"


def test_overfit_save_load(trained: training.Trained) -> None:
    article = read_text(TEXT, "case")
    loaded = Tagger.load(trained.folder)
    before, after = Tagger(trained.nlp).tag(article), loaded.tag(article)
    assert (before.entities, before.labels) == (after.entities, after.labels)
    surfaces = [(TEXT[e.start : e.end], e.label) for e in after.entities]
    assert surfaces == [("澜光司", "AGENCY"), ("《节水办法》", "REGULATION"), ("澜光司", "AGENCY"), ("29件", "COUNT"), ("8%", "PERCENT")]
    assert [x.label for x in after.labels] == ["policy", "complaint_statistics", "consumer_advisory"]


def test_bytes_round_trip(trained: training.Trained) -> None:
    import spacy

    copy = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "notices.Segmenter.v1"}}})
    copy.tokenizer.from_bytes(trained.nlp.tokenizer.to_bytes())
    assert [t.text for t in copy(TEXT)] == [t.text for t in trained.nlp.tokenizer(TEXT)]


def test_words_learn_save_and_load(tmp_path: Path) -> None:
    lines = [["投诉", "受理", "中心"], ["受理", "投诉", "三", "件"], ["消费者", "投诉"], ["受理", "中心"]] * 6
    learned = words.learn(lines, iterations=5, seed=1)
    assert learned.cut("受理投诉中心") == ["受理", "投诉", "中心"]
    learned.write(tmp_path / "a.npz")
    learned.write(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert words.Words.read(tmp_path / "a.npz").cut("受理投诉中心") == ["受理", "投诉", "中心"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("policy: {A:某局，}发文", "punctuation"),
        ("policy: {A:某局{C:3件}}", "inside an entity"),
        ("policy: {Z:某局}发文", "unknown entity code"),
        ("policy: {C:约3件}投诉", "approximator"),
    ],
)
def test_faulty_annotation_stops_the_run(line: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "bad-001.txt").write_text(f"---\ntitle: x\n---\nnull: 第一段\n{line}\n", encoding="utf-8")
    with pytest.raises(gold.GoldError, match=reason) as caught:
        gold.read_corpus(tmp_path)
    assert all(finding.startswith("bad-001:5") for finding in caught.value.findings)


def test_gold_that_does_not_fit_the_tokens_is_an_error(trained: training.Trained) -> None:
    from nlp.document import gold_doc
    from nlp.tagged import Entity, ParagraphLabel, TaggedArticle

    article = Article("x", "受理𠮷件", (Paragraph(0, 4),))
    assert gold_doc(trained.nlp, TaggedArticle(article, (ParagraphLabel(),), (Entity(2, 4, "COUNT"),))).ents[0].text == "𠮷件"


def test_leaks_between_splits_are_found(corpus: Path) -> None:
    (leak,) = [x for x in gold.leaks([*gold.read_corpus(corpus), *_leaking(corpus)]) if "tiny-013" in x][:1]
    assert "train" in leak


def _leaking(corpus: Path) -> list[gold.TaggedArticle]:
    import io

    from nlp.formats import markup

    return [markup.read(io.StringIO("---\ntitle: x\n---\nnull: 请广大市民注意防范，不要轻信陌生来电。\n"), "tiny-013")]


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["configs/none.cfg"], "none.cfg"),
        (["configs/base.cfg", "--paths.corpus", "nowhere"], "nowhere"),
        (["configs/base.cfg", "--steps"], "--steps"),
        (["configs/base.cfg", "--paths.lexicon", "nowhere"], "nowhere"),
    ],
)
def test_command_says_what_is_wrong(arguments: list[str], name: str) -> None:
    done = subprocess.run([sys.executable, "-m", "nlp.train", *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_model_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Tagger.load(tmp_path)
