"""Annotated articles -> findings: where an annotation breaks a mechanical rule of the annotation guide.

An `error` is wrong whatever the context; a `question` is usually wrong and worth a second look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.tagged import Entity, TaggedArticle

NUMERAL = "0-9０-９〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿"
_ERRORS: dict[str, tuple[tuple[str, str], ...]] = {
    "AGENCY": (
        (r"(?:各级|各地|各省|各市|各区|各有关|有关|相关|所有)", "a leading quantifier or 有关 is not part of a name"),
        (
            r"(?:(?:行业|业务|上级|有关|相关)?(?:主管|监管|执法|职能|上级)部门|(?:当地|地方|各级)政府|派出机构|工作组|督察组)$",
            "a body without name or function",
        ),
        (r".*[，。；：、！？]", "punctuation inside a name"),
    ),
    "REGULATION": (
        (r"(?:[^《]*》|《[^》]*$)", "title marks do not close"),
        (r"(?:本|该|上述|前款)(?:办法|规定|条例|通知|法)$", "anaphora is not a regulation"),
        (r".*第[一二三四五六七八九十百零\d]+条", "the article cited stays out"),
    ),
    "COUNT": (
        (rf"(?![{NUMERAL}数几上好半成多壹])", "does not start with a numeral"),
        (r"(?:约|近|超|逾|达|共|第)", "an approximator or ordinal is not part of a count"),
        (r"一(?:个|批|系列|项|名|家|次|种|件|起|类|条|些|位|部|款)$", "一 with a classifier is not a count"),
        (r"[^/]*(?:[%％‰]|公里|平方米|公斤|毫克|美元|港元|万元|亿元|小时|周岁|周年|吨|倍)$", "a percentage, measure, money or time is not a count"),
        (rf"[{NUMERAL}.,，．]*[元年月日天岁亩度倍号届]$", "money, time, measure or ordinal is not a count"),
    ),
    "PERCENT": ((r"(?!.*(?:[%％‰]|个?百分点|[成折][一二三四五六七八九半多]?|分之.+)$)", "does not end like a percentage"),),
}
_EDGE = re.compile(r"^[\s，。；：、！？]|[\s，。；：、！？]$")
_PERCENT = re.compile(r"[0-9０-９][0-9０-９.．,，]*\s?[%％‰]|百分之[零一二两三四五六七八九十百点]+|[0-9.]+个百分点")
_CLASSIFIER = "件次|人次|家次|台次|批次|万件|万人|件|起|家|户|名|款|例|宗|份|批|项|个|条|人|辆|台|处|场"
_COUNT = re.compile(rf"(?<![第0-9０-９.．])[0-9０-９][0-9０-９.．,]*[余多]?[万亿]?[余多]?(?:{_CLASSIFIER})(?![民员月]|工智能|以|均|大代表)")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubtful place: which document, which paragraph (from 1), the surface and the rule."""

    document: str
    paragraph: int
    surface: str
    rule: str
    severity: str

    def __str__(self) -> str:
        return f"{self.document}: paragraph {self.paragraph}: {self.severity}: “{self.surface}”: {self.rule}"


def audit(tagged: TaggedArticle) -> Iterator[Finding]:
    """Everything in one article that breaks a rule or looks forgotten."""
    for severity, start, surface, rule in sorted({*_wrong(tagged), *_forgotten(tagged)}, key=lambda f: f[1]):
        number = sum(p.start <= start for p in tagged.article.paragraphs)
        yield Finding(tagged.article.id, number, surface, rule, severity)


def shared_sentences(articles: Iterable[TaggedArticle], shortest: int = 16) -> Iterator[tuple[str, str, str]]:
    """Sentences of `shortest` characters or more that stand in two articles: (sentence, first id, second id)."""
    seen: dict[str, str] = {}
    for tagged in articles:
        for sentence in set(re.split(r"[。！？；\n]", tagged.article.text)):
            if len(sentence) >= shortest:
                first = seen.setdefault(sentence, tagged.article.id)
                if first != tagged.article.id:
                    yield sentence, first, tagged.article.id


def _wrong(tagged: TaggedArticle) -> Iterator[tuple[str, int, str, str]]:
    for entity in tagged.entities:
        surface = tagged.article.text[entity.start : entity.end]
        if _EDGE.search(surface):
            yield "error", entity.start, surface, "white space or punctuation at an edge"
        for pattern, rule in _ERRORS[entity.label]:
            if re.match(pattern, surface):
                yield "error", entity.start, surface, f"{entity.label}: {rule}"


def _forgotten(tagged: TaggedArticle) -> Iterator[tuple[str, int, str, str]]:
    text = tagged.article.text
    for pattern, rule in (
        (_PERCENT, "a percentage that is not marked"),
        (_COUNT, "a number with a classifier that is not marked"),
        (_TITLE, "a title in 《》 that is not marked (a book, a film, a report?)"),
    ):
        for match in pattern.finditer(text):
            if not _covered(tagged.entities, match.start(), match.end()):
                yield "question", match.start(), match.group(), rule
    for name in sorted({text[e.start : e.end] for e in tagged.entities if e.label == "AGENCY" and e.end - e.start > 2}):
        for match in re.finditer(re.escape(name), text):
            if not _covered(tagged.entities, match.start(), match.end()):
                yield "question", match.start(), name, "marked as AGENCY elsewhere in this article, not here"


def _covered(entities: tuple[Entity, ...], start: int, end: int) -> bool:
    return any(e.start < end and start < e.end for e in entities)
