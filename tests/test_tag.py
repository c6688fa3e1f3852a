"""The command as a user runs it: every format, and one sentence with exit code 1 for each kind of bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from nlp.article import Article, Paragraph
from nlp.formats import html, jsonl
from nlp.formats import json as json_format
from nlp.formats.csv import safe
from nlp.pipeline import Tagger
from nlp.reading import read_text
from nlp.tagged import Entity, ParagraphLabel, Row, TaggedArticle
from tests.conftest import EXAMPLE, ROOT


def _run(*args: str, stdin: bytes | None = None, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "nlp.tag", *args], input=stdin, capture_output=True, cwd=ROOT, **options)  # type: ignore[call-overload]


def test_text_view() -> None:
    done = _run(str(EXAMPLE))
    out = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "[1846件]C" in out
    assert "complaint_statistics" in out
    assert "figures" in out
    assert "\x1b[" not in out


def test_json_file_and_stdin(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert _run(str(EXAMPLE), "--format", "json", "-o", str(target)).returncode == 0
    record = json.loads(target.read_text(encoding="utf-8"))
    assert list(record) == ["id", "title", "published", "source", "url", "model", "text", "paragraphs", "entities", "statistics"]
    piped = json.loads(_run("-", "--format", "json", stdin=EXAMPLE.read_bytes()).stdout)
    assert piped["id"] == "stdin"
    assert piped["entities"] == record["entities"]


def test_several_files_as_jsonl_and_csv() -> None:
    done = _run(str(EXAMPLE), str(EXAMPLE), "--format", "jsonl")
    assert len(list(jsonl.read(io.StringIO(done.stdout.decode())))) == 2
    rows = list(csv.DictReader(io.StringIO(_run(str(EXAMPLE), "--format", "csv").stdout.decode())))
    record = json.loads(_run(str(EXAMPLE), "--format", "json").stdout)
    assert [row["text"] for row in rows] == [e["text"] for e in record["entities"]]


def test_bad_file_among_good_ones(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = _run(str(empty), str(EXAMPLE), "--format", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    _is_one_sentence(done, "empty.txt")


def _is_one_sentence(done: subprocess.CompletedProcess[bytes], name: str) -> None:
    error = done.stderr.decode()
    assert done.returncode == 1
    assert name in error
    assert "Traceback" not in error
    assert len(error.strip().splitlines()) == 1, error


BAD = {
    "missing.txt": None,
    "empty.txt": b"",
    "binary.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "wrong-encoding.txt": "通告".encode("utf-16-le") * 50,
    "page.html": b"<html><body><script>1</script></body></html>",
    "large.txt": b"\xe9\x80\x9a" * 34_000_000,
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str, tmp_path: Path) -> None:
    path, content = tmp_path / name, BAD[name]
    if content is not None:
        path.write_bytes(content)
    done = _run(str(path), "--format", "json", "-o", str(tmp_path / "out.json"))
    _is_one_sentence(done, name)
    assert not (tmp_path / "out.json").exists()


def test_model_from_elsewhere(tmp_path: Path) -> None:
    _is_one_sentence(_run(str(EXAMPLE), "--model", str(tmp_path)), tmp_path.name)


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    _is_one_sentence(_run(str(EXAMPLE), "-o", str(tmp_path / "no" / "such" / "out.json")), "out.json")
    copy = tmp_path / "a.html"
    copy.write_bytes(EXAMPLE.read_bytes())
    _is_one_sentence(_run(str(copy), "-o", str(copy)), "a.html")
    assert copy.read_bytes() == EXAMPLE.read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk(tmp_path: Path) -> None:
    """A file system of 16 kB would need root; a file size limit makes the same write fail half-way."""
    code = "import resource,signal,sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); from nlp.tag import main; sys.exit(main(sys.argv[1:]))"
    target = tmp_path / "out.json"
    target.write_text("before", encoding="utf-8")
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(EXAMPLE), "--format", "json", "-o", str(target)], capture_output=True, cwd=ROOT, env=environment, check=False
    )
    _is_one_sentence(done, "out.json")
    assert target.read_text(encoding="utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_help_needs_no_heavy_import() -> None:
    code = "import sys, nlp.tag\ntry: nlp.tag.main(['--help'])\nexcept SystemExit: pass\nprint([m for m in ('spacy','sklearn','numpy','trafilatura','rich') if m in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr.strip() == "[]"
    assert "example:" in done.stdout


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_hostile_text_stays_text(tagger: Tagger) -> None:
    text = "<script>alert(1)</script>工信部受理\"'><img src=x onerror=alert(2)>29052件&amp;\n</mark></p><iframe>"
    article = read_text(
        text.replace("<", "＜", 0), "<b>id", about={"title": "</title><script>1</script>", "url": "javascript:alert(1)", "source": "<i>"}
    )
    stream = io.StringIO()
    html.write([tagger.tag(article)], stream)
    parser = _Tags()
    parser.feed(stream.getvalue())
    names = {tag for tag, _ in parser.found}
    assert not names & {"script", "img", "iframe", "i", "b"}
    assert all((attributes["href"] or "").startswith("#") for tag, attributes in parser.found if tag == "a")
    assert not [a for _, attributes in parser.found for a in attributes if a.startswith("on")]


def test_hostile_record_stays_text() -> None:
    """Records may come from elsewhere: surfaces, labels' fields and rows are escaped like the text."""
    evil = "<img src=x onerror=alert(1)>"
    article = Article("a", evil, (Paragraph(0, len(evil)),))
    entity = Entity(0, len(evil), "REGULATION", fields={"title": f'"{evil}', "kind": evil})
    row = Row(evil, evil, evil, None, evil, evil, None, None, None, 0, len(evil), 0)
    stream = io.StringIO()
    html.write([TaggedArticle(article, (ParagraphLabel(),), (entity,), (row,))], stream)
    parser = _Tags()
    parser.feed(stream.getvalue())
    assert "img" not in {tag for tag, _ in parser.found}
    assert not [a for _, attributes in parser.found for a in attributes if a.startswith("on")]


def test_spreadsheet_cells_do_not_run() -> None:
    assert [safe(c) for c in ("=1+1", "+1", "-1", "@x", "文字", -1.5, None)] == ["'=1+1", "'+1", "'-1", "'@x", "文字", -1.5, None]


def test_json_array_for_several(tagger: Tagger) -> None:
    two = [tagger.tag(read_text(f"受理{n}件", str(n))) for n in (1, 2)]
    stream = io.StringIO()
    json_format.write(two, stream)
    stream.seek(0)
    assert list(json_format.read(stream)) == two
