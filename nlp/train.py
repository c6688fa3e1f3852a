"""`python -m nlp.train configs/base.cfg`: train the whole pipeline from the corpus and write it as a model folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def overrides(extra: list[str]) -> dict[str, Any]:
    """Dotted settings from the command line: `--training.max_steps 50` or `--training.max_steps=50`. Raises ValueError."""
    import json

    settings: dict[str, Any] = {}
    rest = list(extra)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if not name.startswith("--") or "." not in name or not (equals or rest):
            raise ValueError(f"{name}: not a dotted setting with a value, such as --training.max_steps 50")
        value = value if equals else rest.pop(0)
        try:
            settings[name[2:]] = json.loads(value)
        except ValueError:
            settings[name[2:]] = value
    return settings


def main(argv: list[str] | None = None) -> int:
    """Parse, train, print the scores of the test part; 0, or 1 with what is wrong on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m nlp.train",
        description="Train segmenter, recogniser and classifier from the corpus; any setting of the config can be overridden.",
        epilog="example: python -m nlp.train configs/base.cfg --paths.output /tmp/model --training.max_steps 50",
    )
    parser.add_argument("config", type=Path, help="the experiment, e.g. configs/base.cfg")
    args, extra = parser.parse_known_args(argv)
    if not args.config.is_file():
        print(f"{args.config}: no such config; the one that ships is configs/base.cfg", file=sys.stderr)
        return 1
    from confection import ConfigValidationError

    from nlp.gold import GoldError
    from nlp.lexicon import LexiconError
    from nlp.model import ModelError
    from nlp.scoring import report
    from nlp.training import train

    try:
        trained = train(args.config, overrides(extra), lambda line: print(line, file=sys.stderr, flush=True))
    except GoldError as error:
        print(f"the corpus has {len(error.findings)} faults; nothing was trained:", *error.findings, sep="\n", file=sys.stderr)
        return 1
    except ImportError as error:
        print(f"{error.name} is needed for training; install the package with its train extra: pip install '.[train]'", file=sys.stderr)
        return 1
    except (OSError, ConfigValidationError, LexiconError, ModelError, ValueError, KeyError) as error:
        print(f"{args.config}: {str(error).strip() or type(error).__name__}", file=sys.stderr)
        return 1
    print("\n".join(report(trained.test)))
    print(f"\nwritten to {trained.folder} (digest {trained.digest}); scores above are on the corpus's test part")
    return 0


if __name__ == "__main__":
    sys.exit(main())
