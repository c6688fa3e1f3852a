"""Put text where a user wants it: standard output, or a file that is either whole or not there."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO


class OutputError(OSError):
    """Output that cannot be written: one sentence that names it and the remedy."""


@contextlib.contextmanager
def opened(path: Path | None, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A stream to write to; a file appears under its name only when all of it is on the disk. Raises OutputError."""
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        with _replacing(path, encoding) as stream:
            yield stream
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); choose another place or make room") from error


@contextlib.contextmanager
def _replacing(path: Path, encoding: str) -> Iterator[TextIO]:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding=encoding, newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
