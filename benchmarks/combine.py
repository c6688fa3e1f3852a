"""How grammar and recogniser are best combined: the same model, every way of settling them, on given gold.

python benchmarks/combine.py corpus/gold ../shared/gold/news.jsonl … prints one Markdown table a gold file or folder.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from nlp.evaluate import read_gold
from nlp.gold import split_of
from nlp.pipeline import Tagger
from nlp.scoring import score
from nlp.tagged import ENTITY_LABELS

BOTH = ["grammar", "model"]
WAYS: dict[str, tuple[dict[str, str] | None, dict[str, list[str]] | None]] = {
    "grammar only": (dict.fromkeys(ENTITY_LABELS, "grammar"), {key: ["grammar"] for key in ENTITY_LABELS}),
    "recogniser only": (dict.fromkeys(ENTITY_LABELS, "model"), {key: ["model"] for key in ENTITY_LABELS}),
    "both, grammar wins": (dict.fromkeys(ENTITY_LABELS, "grammar"), dict.fromkeys(ENTITY_LABELS, BOTH)),
    "both, recogniser wins": (dict.fromkeys(ENTITY_LABELS, "model"), dict.fromkeys(ENTITY_LABELS, BOTH)),
    "recogniser for names and titles, grammar for numbers": (
        {"AGENCY": "model", "REGULATION": "model", "COUNT": "grammar", "PERCENT": "grammar"},
        {"AGENCY": ["model"], "REGULATION": ["model"], "COUNT": ["grammar"], "PERCENT": ["grammar"]},
    ),
    "as shipped": (None, None),
}


def main(paths: list[str]) -> int:
    """Print the tables."""
    tagger = Tagger.load(paths.pop(paths.index("--model") + 1) if "--model" in paths else None)
    resolve: Any = tagger.nlp.get_pipe("resolve")
    shipped = resolve.winner, resolve.keep_alone
    for path in (Path(p) for p in paths if p != "--model"):
        gold = [t for t in read_gold([path]) if not path.is_dir() or split_of(t.article.id) == "test"]
        print(f"\n{path.name}{' (test part)' if path.is_dir() else ''}\n\n| way | {' | '.join(ENTITY_LABELS)} | micro |\n| --- |{' ---: |' * 5}")
        for way, (winner, keep) in WAYS.items():
            resolve.winner, resolve.keep_alone = winner or shipped[0], keep or shipped[1]
            scores = score(zip(gold, tagger.stream(t.article for t in gold), strict=True))
            print(f"| {way} | {' | '.join(f'{scores.entity(x).f1:.4f}' for x in (*ENTITY_LABELS, None))} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
