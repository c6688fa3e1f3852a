"""`python -m nlp.evaluate GOLD.jsonl`: precision, recall and F1 by exact span, label report, confusion, errors one by one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.tagged import TaggedArticle

if TYPE_CHECKING:
    from nlp.scoring import Scores


def evaluate(gold: list[TaggedArticle], model: Path | None = None) -> tuple[list[TaggedArticle], Scores]:
    """Tag the gold articles' texts with a model and score the answers. Raises nlp.model.ModelError."""
    from nlp.pipeline import Tagger
    from nlp.scoring import score

    answers = list(Tagger.load(model).stream(t.article for t in gold))
    return answers, score(zip(gold, answers, strict=True))


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
    parser.add_argument("--errors", action="store_true", help="list each missed and invented entity and each wrong label")
    args = parser.parse_args(argv)
    from nlp.model import ModelError
    from nlp.scoring import report

    try:
        gold = read_gold(args.gold)
        if not gold:
            raise ValueError(f"{args.gold[0]}: no annotated text in it; give lines with id, text, spans and label")
        _, scores = evaluate(gold, args.model)
    except ModelError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(f"{', '.join(map(str, args.gold))}: cannot be used as gold: {error}", file=sys.stderr)
        return 1
    if args.errors:
        for line in [*map(str, scores.mistakes), *scores.label_mistakes, ""]:
            print(line)
    print("\n".join(report(scores)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
