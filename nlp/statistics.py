"""TaggedArticle -> rows of the figures table: one row a stated figure, every cell from characters of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nlp import periods, subjects
from nlp.article import Paragraph
from nlp.tagged import Entity, Row, TaggedArticle
from nlp.values import signed

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_JOINER = re.compile(r"[、，,和及与\s]*(?:分别)?(?:以及)?")
_EARLIER = re.compile(
    r"(?:较|比|从|由|与|和)[^，。；]{0,6}?(?:同期|上年|去年|上季度|上月|前年|上一季度|三季度|二季度|一季度|四季度|\d月份?|20\d\d年)[^，。；\d]{0,8}$"
)
_SAME_LAST_YEAR = re.compile(r"(?:去年|上年)(?:的)?(?:同期|同月|同季)")
_DIFFERENCE = re.compile(r"(?:增加|减少|多|少|上升|下降|增长|净增|减|增|上涨|回落|提高|降低)(?:了|出)?(?:约|近|超)?$")
_STARTING_LEVEL = re.compile(r"(?:由|从)[^，。；\d]{0,14}$")
_MOVED_TO = re.compile(r"[^，。；]{0,4}(?:升|降|增|减|提高|提升|回落|上升|下降|涨|跌)(?:到|至|为)(?:了)?[^，。；]{0,6}")
_STRUCTURE_UNITS = frozenset(
    [
        "类",
        "方面",
        "点",
        "章",
        "条",
        "部门",
        "省",
        "市",
        "县",
        "大类",
        "环节",
        "层级",
        "维度",
        "步骤",
        "部",
        "国",
        "区",
        "地",
        "部委",
        "州",
        "招",
        "样",
        "步",
        "大项",
    ]
)
_ARTICLES = re.compile(r"[一二三四五六七八九十两几]+$")


@dataclass(slots=True)
class _Figure:
    """A row in the making: its anchor (a count, or a percentage without one) and the percentages that qualify it."""

    anchor: Entity
    paragraph: int
    percents: list[Entity] = field(default_factory=list)
    earlier: bool = False


def with_statistics(tagged: TaggedArticle) -> TaggedArticle:
    """The same article with its figures table."""
    return replace(tagged, statistics=tuple(_rows(tagged)))


def _rows(tagged: TaggedArticle) -> Iterator[Row]:
    article = tagged.article
    main = _main_period(tagged)
    starts = [e.start for e in tagged.entities]
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.kind in ("meta", "caption"):
            continue
        inside = tagged.entities[bisect_right(starts, paragraph.start - 1) : bisect_right(starts, paragraph.end)]
        reader = _ParagraphReader(tagged, paragraph, index, list(inside), main)
        yield from reader.rows()


def _main_period(tagged: TaggedArticle) -> str | None:
    """The period that the document is about: of its title, else of its first lines."""
    article = tagged.article
    lines = [article.title or "", *(article.slice(p) for p in article.paragraphs[:8])]
    for need_year in (True, False):
        for line in lines:
            for found in periods.find(line[:120], None, article.published):
                if not need_year or re.search(r"\d{4}年|[〇○零]|[今去上本]年", line[found.start : found.end]):
                    return found.period
    return None


class _ParagraphReader:
    """Reads the figures of one paragraph; `rows` may be called once."""

    def __init__(self, tagged: TaggedArticle, paragraph: Paragraph, index: int, entities: list[Entity], main: str | None) -> None:
        self.text = tagged.article.text
        self.paragraph, self.index, self.entities, self.main = paragraph, index, entities, main
        date = tagged.article.published
        self.periods = [
            replace(f, start=f.start + paragraph.start, end=f.end + paragraph.start)
            for f in periods.find(tagged.article.slice(paragraph), main, date)
            if not any(e.start <= f.start + paragraph.start < e.end for e in entities if e.label != "COUNT")
        ]
        headings = " ".join(paragraph.headings)
        self.default = next((f.period for f in periods.find(headings, main, date)), None) or main or (date[:7] if date else None)

    def rows(self) -> Iterator[Row]:
        """The paragraph's rows in the order of the text."""
        figures: list[_Figure] = []
        for sentence in self._sentences():
            figures.extend(_figures(self.text, sentence, self.index))
        groups = subjects.read(self.text, self.paragraph, self.entities, [f.anchor for f in figures])
        for figure, (agency, subject) in zip(figures, groups, strict=True):
            yield self._row(figure, agency, subject)

    def _sentences(self) -> Iterator[list[Entity]]:
        """Counts and percentages, sentence by sentence."""
        sentence: list[Entity] = []
        for entity in self.entities:
            if entity.label in ("COUNT", "PERCENT"):
                if sentence and _SENTENCE_END.search(self.text, sentence[-1].end, entity.start):
                    yield sentence
                    sentence = []
                sentence.append(entity)
        if sentence:
            yield sentence

    def _row(self, figure: _Figure, agency: str | None, subject: str) -> Row:
        anchor = figure.anchor
        is_count = anchor.label == "COUNT"
        changes = {basis: _change(figure.percents, basis) for basis in ("yoy", "qoq", "share")}
        rate = not is_count and not any(v is not None for v in changes.values())
        return Row(
            agency=agency,
            subject=subject,
            period=self._period(figure),
            value=anchor.fields.get("value") if is_count or rate else None,
            unit=anchor.fields.get("unit") if is_count else "%" if rate else None,
            bound=anchor.fields.get("bound") if is_count else None,
            yoy_percent=changes["yoy"],
            qoq_percent=changes["qoq"],
            share_percent=changes["share"],
            start=anchor.start,
            end=anchor.end,
            paragraph=self.index,
        )

    def _period(self, figure: _Figure) -> str | None:
        """From the clause, else the sentence, else what the paragraph said before, else headings, document, date."""
        at = figure.anchor.start
        clause = max(self.paragraph.start, *(self.text.rfind(mark, self.paragraph.start, at) + 1 for mark in "，。；,;"))
        sentence = max(self.paragraph.start, *(self.text.rfind(mark, self.paragraph.start, at) + 1 for mark in "。！？"))
        before = [p for p in self.periods if p.end <= at]
        in_clause = [p for p in before if p.start >= clause]
        if figure.earlier:
            return (in_clause[-1].period if in_clause else None) or (
                self._current(before, clause) and periods.shift_year(self._current(before, clause) or "", -1)
            )
        usable = [p for p in before if not _SAME_LAST_YEAR.search(self.text, p.start, p.end)]
        in_clause = [p for p in in_clause if p in usable]
        after = re.match(r"是(20\d\d年)", self.text[figure.anchor.end : figure.anchor.end + 8])
        if after:
            return after.group(1)[:4]
        if in_clause:
            return in_clause[-1].period
        in_sentence = [p for p in usable if p.start >= sentence and not self._is_aside(p)]
        if in_sentence:
            return in_sentence[-1].period
        return self._current(usable, clause)

    def _current(self, before: list[periods.Found], clause: int) -> str | None:
        """The last period that opened a clause earlier in the paragraph, else the default."""
        opening = [
            p
            for p in before
            if p.start < clause and self._opens(p) and not self._is_aside(p) and not _SAME_LAST_YEAR.search(self.text, p.start, p.end)
        ]
        return opening[-1].period if opening else self.default

    def _opens(self, found: periods.Found) -> bool:
        """Whether a period stands at the head of its clause (…，3月，…; 从今年1月至11月) rather than inside a name."""
        before = self.text[max(self.paragraph.start, found.start - 6) : found.start]
        return not before or bool(re.search(r"(?:[，。；：,;）)\s　讯电悉]|获悉|^)(?:截至|在|从|自|据|对)?$", before))

    def _is_aside(self, found: periods.Found) -> bool:
        """A period that only says what is compared with: 占比由三季度的…, 较上季度."""
        return bool(re.search(r"(?:由|从|比|较|与|高于|低于|和)$", self.text[max(0, found.start - 2) : found.start]))


def _figures(text: str, sentence: list[Entity], index: int) -> Iterator[_Figure]:
    """Group the counts and percentages of one sentence into figures."""
    figures: list[_Figure] = []
    run: list[_Figure] = []  # the latest run of counts joined by 、 or 和
    main: _Figure | None = None
    position = 0
    while position < len(sentence):
        entity = sentence[position]
        before = text[max(0, entity.start - 24) : entity.start]
        if entity.label == "COUNT":
            position += 1
            if _is_no_figure(text, entity, before):
                continue
            figure = _Figure(entity, index, earlier=(bool(_EARLIER.search(before)) and main is not None) or bool(_SAME_LAST_YEAR.search(before[-8:])))
            joined = run and _JOINER.fullmatch(text[run[-1].anchor.end : entity.start])
            run = [*run, figure] if joined else [figure]
            figures.append(figure)
            main = main if figure.earlier and main else figure
            continue
        percents = _percent_run(text, sentence, position)
        since = sentence[position - 1].end if position else entity.start
        position += len(percents)
        figures.extend(_attach(text, percents, since, run, main, figures, index))
    yield from sorted(figures, key=lambda f: f.anchor.start)


def _percent_run(text: str, sentence: list[Entity], position: int) -> list[Entity]:
    """Percentages joined by 、 or 和 from `position` on."""
    end = position + 1
    while end < len(sentence) and sentence[end].label == "PERCENT" and _JOINER.fullmatch(text[sentence[end - 1].end : sentence[end].start]):
        end += 1
    return sentence[position:end]


def _attach(
    text: str, percents: list[Entity], since: int, run: list[_Figure], main: _Figure | None, figures: list[_Figure], index: int
) -> list[_Figure]:
    """Give percentages to the counts they qualify; returns the figures that percentages make on their own."""
    same_basis = len({p.fields.get("basis") for p in percents}) == 1
    if len(percents) > 1 and same_basis and len(run) == len(percents):
        for figure, percent in zip(run, percents, strict=True):
            figure.percents.append(percent)
        return []
    alone: list[_Figure] = []
    for percent in percents:
        if percent.fields.get("unit") == "percentage_point" or _STARTING_LEVEL.search(text[max(0, percent.start - 16) : percent.start]):
            continue
        target = _target(text[since : percents[0].start], percent, main, [*figures, *alone])
        if target is not None and (same_basis is False or len(percents) == 1):
            target.percents.append(percent)
        elif percent.fields.get("basis") or percent.fields.get("direction") or _is_rate(text, percent):
            alone.append(_Figure(percent, index, [percent]))
    return alone


def _target(between: str, percent: Entity, main: _Figure | None, figures: list[_Figure]) -> _Figure | None:
    """The figure that a percentage qualifies: the last one, unless words of a new subject stand between."""
    last = max(figures, key=lambda f: f.anchor.start, default=None)
    if last is None:
        return None
    target = main if last.earlier and main is not None else last
    basis = percent.fields.get("basis")
    if basis is None and percent.fields.get("direction") is None:
        return None
    if any(p.fields.get("basis") == basis for p in target.percents) and basis:
        return None
    return target if _MOVED_TO.fullmatch(between) or subjects.is_qualifier(between) else None


def _is_no_figure(text: str, entity: Entity, before: str) -> bool:
    """Counts that structure the text (四类, 七部门) or only say by how much another one moved."""
    surface, unit = text[entity.start : entity.end], entity.fields.get("unit")
    if (unit in _STRUCTURE_UNITS and _ARTICLES.match(surface)) or unit in ("部门", "省", "省份", "方面", "部委", "大类", "类", "章"):
        return True
    return bool(_DIFFERENCE.search(before)) and not before.endswith("新增")


def _is_rate(text: str, percent: Entity) -> bool:
    return bool(re.search(r"[率度比][^，。；]{0,6}$", text[max(0, percent.start - 10) : percent.start]))


def _change(percents: list[Entity], basis: str) -> int | float | None:
    """The signed percentage of one basis; of a share that moved, its last level."""
    found = [p for p in percents if p.fields.get("basis") == basis and p.fields.get("unit") != "percentage_point"]
    if not found:
        return None
    return signed(dict(found[-1].fields)) if basis != "share" else found[-1].fields.get("value")
