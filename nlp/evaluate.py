"""`python -m nlp.evaluate GOLD.jsonl`: precision, recall and F1 by exact span, label report, confusion, errors one by one."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.tagged import TaggedArticle

if TYPE_CHECKING:
    from nlp.scoring import Scores


def evaluate(gold: list[TaggedArticle], model: Path | None = None) -> tuple[list[TaggedArticle], Scores, float]:
    """Tag the gold articles' texts and score the answers: (answers, scores, boundary ceiling). Raises ModelError."""
    from nlp.document import boundary_ceiling
    from nlp.pipeline import Tagger
    from nlp.scoring import score

    tagger = Tagger.load(model)
    answers = list(tagger.stream(t.article for t in _progress(gold)))
    return answers, score(zip(gold, answers, strict=True)), boundary_ceiling(tagger.nlp, gold)


def _progress(gold: list[TaggedArticle]) -> Iterable[TaggedArticle]:
    from tqdm import tqdm

    bar: Iterable[TaggedArticle] = tqdm(gold, unit="text", file=sys.stderr, disable=None, leave=False)
    return bar


def differences(gold: list[TaggedArticle], old: list[TaggedArticle], new: list[TaggedArticle]) -> Iterator[str]:
    """Each entity that the new answers gain or lose against the old ones, one a line, and their numbers at the end."""
    from nlp.scoring import compare

    numbers: Counter[str] = Counter()
    for truth, before, after in zip(gold, old, new, strict=True):
        text = truth.article.text.replace("\n", "⏎")
        for kind, e in compare(before, after, truth):
            numbers[kind] += 1
            yield f"{kind:10} {e.label:10} {truth.article.id}: {text[max(0, e.start - 12) : e.start]}[{text[e.start : e.end]}]{text[e.end : e.end + 12]}"
    yield ", ".join(f"{numbers[kind]} {kind}" for kind in ("gained", "lost", "new error", "error gone"))


def read_gold(paths: list[Path]) -> list[TaggedArticle]:
    """Gold articles from .jsonl files and from folders or files of the corpus's own form. Raises OSError, ValueError."""
    from nlp.formats import jsonl, markup
    from nlp.gold import read_corpus

    articles: list[TaggedArticle] = []
    for path in paths:
        if path.is_dir():
            articles.extend(read_corpus(path))
            continue
        with path.open(encoding="utf-8") as stream:
            articles.extend([markup.read(stream, path.stem)] if path.suffix == ".txt" else jsonl.read(stream))
    return articles


def main(argv: list[str] | None = None) -> int:
    """Parse, evaluate, print; 0, or 1 with one sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m nlp.evaluate",
        description="Score a model on annotated text.",
        epilog="example: python -m nlp.evaluate corpus/gold --errors",
    )
    parser.add_argument("gold", nargs="+", type=Path, help=".jsonl files, or files and folders of the corpus's form")
    parser.add_argument("--model", type=Path, help="model folder (default: the one that ships)")
    parser.add_argument("--against", type=Path, metavar="DIR", help="another model: list what --model gains and loses against it")
    parser.add_argument("--errors", action="store_true", help="list each missed and invented entity and each wrong label")
    args = parser.parse_args(argv)
    from nlp.model import ModelError
    from nlp.scoring import report

    try:
        gold = read_gold(args.gold)
        if not gold:
            raise ValueError(f"{args.gold[0]}: no annotated text in it; give lines with id, text, spans and label")
        answers, scores, ceiling = evaluate(gold, args.model)
        others = evaluate(gold, args.against)[0] if args.against else None
    except ModelError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(f"{', '.join(map(str, args.gold))}: cannot be used as gold: {error}", file=sys.stderr)
        return 1
    if args.errors:
        for line in [*map(str, scores.mistakes), *scores.label_mistakes, ""]:
            print(line)
    if others is not None:
        print("\n".join([*differences(gold, others, answers), ""]))
    print("\n".join(report(scores)))
    print(f"\nboundary ceiling {ceiling:.4f} (share of gold entities whose edges fall on token edges)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
