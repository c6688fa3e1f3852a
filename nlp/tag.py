"""`python -m nlp.tag article.txt`: read articles and show, or write, what they say."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlp.article import Article

FORMATS = ("text", "json", "jsonl", "html", "csv")


def articles(paths: Iterable[str], failures: list[str]) -> Iterator[Article]:
    """Read the files in order; what cannot be read is appended to `failures`, one sentence each."""
    from nlp.reading import ReadingError, read_file

    for path in paths:
        try:
            yield read_file(path)
        except ReadingError as error:
            failures.append(str(error))


def tag(paths: list[str], form: str, output: Path | None, model: Path | None) -> list[str]:
    """Tag files into one output; returns the sentences of those that failed. Raises ModelError, OutputError."""
    import importlib

    from nlp.output import opened
    from nlp.pipeline import Tagger

    failures: list[str] = []
    ready = _first(articles(_progress(paths), failures))
    if ready is None:
        return failures
    stream = Tagger.load(model).stream(ready)
    writer = importlib.import_module(f"nlp.formats.{form}")
    with opened(output, encoding="utf-8-sig" if form == "csv" else "utf-8") as target:
        writer.write(stream, target)
    return failures


def _first(found: Iterator[Article]) -> Iterator[Article] | None:
    """The same articles, or None when there are none: then no model need be loaded and nothing is written."""
    import itertools

    head = next(found, None)
    return None if head is None else itertools.chain([head], found)


def _progress(paths: list[str]) -> Iterable[str]:
    if len(paths) < 2:
        return paths
    from tqdm import tqdm

    bar: Iterable[str] = tqdm(paths, unit="file", file=sys.stderr, disable=None, leave=False)
    return bar


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m nlp.tag",
        description="Read Chinese official notices: agencies, regulations, counts, percentages, paragraph labels, figures.",
        epilog="example: python -m nlp.tag corpus/examples/circular.html --format json -o circular.json",
    )
    parser.add_argument("files", nargs="+", help="text, HTML or Markdown files, or - for standard input")
    parser.add_argument("--format", choices=FORMATS, default="text", help="what to write (default: text)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to a file instead of standard output")
    parser.add_argument("--model", type=Path, metavar="DIR", help="model folder (default: the one that ships)")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Parse, tag, print; 0, or 1 with one sentence on stderr for each thing that went wrong."""
    args = _parser().parse_args(argv)
    from nlp.model import ModelError
    from nlp.output import OutputError

    if args.output is not None and any(name != "-" and Path(name).resolve() == args.output.resolve() for name in args.files):
        print(f"{args.output}: is one of the inputs; choose another name for the output", file=sys.stderr)
        return 1
    try:
        failures = tag(args.files, args.format, args.output, args.model)
    except (ModelError, OutputError) as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone: no noise at exit
        return 1
    except KeyboardInterrupt:
        return 130
    for sentence in failures:
        print(sentence, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
