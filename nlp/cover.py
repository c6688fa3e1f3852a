"""Which stretches of a text are taken: spans that never overlap, asked and added in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left, insort


class Cover:
    """A growing set of half-open spans without overlap."""

    def __init__(self, spans: list[tuple[int, int]] | None = None) -> None:
        self._spans = sorted(spans or [])

    def take(self, start: int, end: int) -> bool:
        """Add a span if nothing of it is taken; says whether it was added."""
        if not self.is_free(start, end):
            return False
        insort(self._spans, (start, end))
        return True

    def is_free(self, start: int, end: int) -> bool:
        """Whether no span of the cover shares a character with this one."""
        at = bisect_left(self._spans, (start, end))
        before = at == 0 or self._spans[at - 1][1] <= start
        return before and (at == len(self._spans) or self._spans[at][0] >= end)
