"""`python -m nlp.check`: does the corpus read, and does it keep the annotation guide's mechanical rules?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nlp.audit import audit, shared_sentences
from nlp.formats import markup


def main(argv: list[str] | None = None) -> int:
    """Check files or folders; exit 1 when something is certainly wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m nlp.check",
        description="Check annotated articles for errors and doubtful places.",
        epilog="example: python -m nlp.check corpus/gold",
    )
    parser.add_argument("paths", nargs="+", type=Path, help="corpus files or folders")
    parser.add_argument("--errors-only", action="store_true", help="leave out the questions")
    args = parser.parse_args(argv)
    files = [file for path in args.paths for file in (sorted(path.rglob("*.txt")) if path.is_dir() else [path])]
    articles, broken, findings = [], [], []
    for file in files:
        try:
            with file.open(encoding="utf-8") as stream:
                articles.append(markup.read(stream, file.stem))
        except (markup.MarkupError, OSError, UnicodeDecodeError) as error:
            broken.append(f"{file}: {error}")
    for tagged in articles:
        findings += [f for f in audit(tagged) if f.severity == "error" or not args.errors_only]
    for line in [*broken, *findings]:
        print(line)
    for sentence, first, second in shared_sentences(articles):
        print(f"{second}: question: “{sentence}” stands in {first} too")
    errors = len(broken) + sum(f.severity == "error" for f in findings)
    characters = sum(len(t.article.text) for t in articles)
    print(f"{len(articles)} articles, {characters} characters, {errors} errors, {len(findings) - errors + len(broken)} questions")
    return 1 if errors or not files else 0


if __name__ == "__main__":
    sys.exit(main())
