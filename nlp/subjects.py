"""What a figure counts and who counted it, in the text's own words: completed from the clause and those before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.article import Paragraph
from nlp.tagged import Entity

_CLAUSE = re.compile(r"[，。；：,;！？!?\n]")
_LEAD = re.compile(
    r"^(?:[\s　]|其中|另外|此外|同时|以及|还有|分别|依次|而|则|并|且|与|和|及|、|共计?(?!享)|累计|总计|合计|约(?!谈|定|束)|近(?!年|期|视)|超过|超(?![市时])|逾(?!期)|达到|为(?!了)|是|有(?![效关奖害])|由|各级|全国|（[一二三四五六七八九十]+）|[（(]|[)）])+"
)
_TRAIL = re.compile(
    r"(?:[\s　]|分别|依次|共计?|累计|总计|合计|大约|约为|约|将近|近|超过|超|逾|达到|达|突破|为|是|有|只有|仅|则|占比|占|的|各|了|共有|计|首批|高达|至少|多达|[、，：:（(“])+$"
)
_NOUN_AFTER = re.compile(r"^(?:的)?([^，。；：,;！？!?、（(0-9\n]{1,40})")
_QUALIFIER = re.compile(
    r"^(?:[^，。；,;0-9]{0,24}[，,])?[\s　，,；、（(）)的和及与]*(?:(?:环比|同比|(?:较|比|与)[^，。；]{1,14}?(?:相比)?|分别|依次|均|则|也|各|约|近|超|并|且|其|[,，]|、|和|及|与)*"
    r"(?:占比?(?:已?过半|居首|最高)?[，,]?|占(?:总量|全部|总数|其|[^，。；]{0,14})的?|占比(?:依次|分别)?(?:是|为)|比重为?|所占比例为?|份额)?"
    r"(?:[为是达到约近超过]*)(?:基本)?(?:环比|同比)?(?:分别|均|依次|略|小幅|大幅|明显|继续)*(?:上升|增长|下降|减少|增加|降低|提高|持平|回落|上涨|下滑|提升|增|降|升|涨|减|多|少|增幅|降幅)*(?:了|为|达|至|到|约|近|超|过|幅度|分别)*)$"
)
_SHARE_LEAD = re.compile(r"(?:占比由|占比从|占比|占|所占比例|的比例|比重)[^，。；]{0,16}$")
_PASSIVE = re.compile(r"^(?:的|《|、|和|与|等|制定|印发|发布的|有关|关于|负责人|网站|“|「)")
_DELEGATED = re.compile(r"(?:贯彻落实|落实|根据|按照|经|配合|报|向|移送|移交|转交|提请|协助|支持|通过)(?:党中央、)?$")
# 10家企业因…被…: the counted ones are what the clause is about.
_NEW_ACTOR = re.compile(r"[^，。；]{0,12}?(?:企业|平台|公司|商家|单位|消费者|用户|市民|人员)(?:因|被)")
_GLOSS = re.compile(r"[（(](?:以下|下)?(?:统|通)?简?称(?:为)?[：:]?[“‘「]?")


def read(text: str, paragraph: Paragraph, entities: list[Entity], anchors: list[Entity]) -> list[tuple[str | None, str]]:
    """(agency, subject) of each anchor of one paragraph, in order."""
    return list(_read(text, paragraph, entities, anchors))


def is_qualifier(between: str) -> bool:
    """Whether the words between a count and a percentage only qualify it: ，占, ，环比下降, （, 占总量的."""
    return bool(_QUALIFIER.match(between))


def _read(text: str, paragraph: Paragraph, entities: list[Entity], anchors: list[Entity]) -> Iterator[tuple[str | None, str]]:
    figures = [e for e in entities if e.label in ("COUNT", "PERCENT")]
    index = 0
    while index < len(anchors):
        size = _run_length(text, anchors, index)
        anchor = anchors[index]
        context = _context(text, paragraph, figures, anchor)
        own = _own_words(text, paragraph, figures, anchor)
        parts = _distributed(own, size)
        for offset in range(size):
            one = anchors[index + offset]
            agency = _agency(text, paragraph, entities, one)
            words = parts[offset] if parts else own if offset == 0 or (size > 1 and not own) else _own_words(text, paragraph, figures, one) or own
            yield agency, _finish(text, entities, one, context, words)
        index += size


def _run_length(text: str, anchors: list[Entity], index: int) -> int:
    """How many anchors from here on are one list joined by 、 or 和: 依次为3件、4件和5件."""
    size = 1
    while index + size < len(anchors) and re.fullmatch(r"[、，,和及与\s]*", text[anchors[index + size - 1].end : anchors[index + size].start]):
        size += 1
    return size


def _distributed(own: str, size: int) -> list[str] | None:
    """甲、乙和丙依次为: the words split among `size` figures, or None where they do not divide."""
    if size < 2:
        return None
    base = re.sub(r"(?:分别|依次|各)[^、]{0,4}$", "", own)
    parts = [p for p in re.split(r"、|和|及|与|，", base) if p.strip()]
    return parts[-size:] if len(parts) >= size else None


def _clause_start(text: str, paragraph: Paragraph, at: int) -> int:
    marks = [m.end() for m in _CLAUSE.finditer(text, paragraph.start, at)]
    return marks[-1] if marks else paragraph.start


def _own_words(text: str, paragraph: Paragraph, figures: list[Entity], anchor: Entity) -> str:
    """The words of the anchor's own clause before it, after the figure before."""
    start = _clause_start(text, paragraph, anchor.start)
    previous = max((e.end for e in figures if e.end <= anchor.start), default=start)
    return text[max(start, previous) : anchor.start]


def _context(text: str, paragraph: Paragraph, figures: list[Entity], anchor: Entity) -> str:
    """Clauses earlier in the sentence that hold no figure and set the scene: 对存在…问题的企业；国有大行的投诉当中."""
    sentence = max(paragraph.start, *(text.rfind(mark, paragraph.start, anchor.start) + 1 for mark in "。；！？"))
    start = _clause_start(text, paragraph, anchor.start)
    clauses = re.split(r"[，,：]", text[sentence : max(sentence, start - 1)])
    offset, found = sentence, []
    for clause in clauses:
        end = offset + len(clause)
        if not any(offset <= e.start < end for e in figures):
            found.append(clause)
        offset = end + 1
    lead = [c for c in found if re.search(r"(?:对|在|涉及|按|从|当中|中|方面|来看|看|的企业|内|的)", c) and not re.match(r"^(?:其中|此外|同时)$", c)]
    return lead[-1] if lead else ""


def _finish(text: str, entities: list[Entity], anchor: Entity, context: str, words: str) -> str:
    words = _trim(words)
    if not words and anchor.label == "COUNT":
        words = _trim(_clause_before(text, anchor))
    after = ""
    if anchor.label == "COUNT":
        noun = _NOUN_AFTER.match(text[anchor.end : anchor.end + 60])
        after = _cut_noun(noun.group(1)) if noun else ""
    else:
        words = _trim(_SHARE_LEAD.sub("", words)) or words
    subject = words + after
    context = _trim(_without_agencies(text, entities, context))
    if context and context not in subject:
        subject = f"{context} {subject}"
    return _without_agencies(text, entities, subject).strip(" 　，、（()）“”") or context or text[anchor.start : anchor.end]


def _clause_before(text: str, anchor: Entity) -> str:
    """The clause before the anchor's own: 股份制商业银行被投诉最多，为26247件."""
    clauses = re.split(r"[，。；：,;！？!?\n]", text[max(0, anchor.start - 60) : anchor.start])
    return clauses[-2] if len(clauses) > 1 and not re.search(r"\d", clauses[-2]) else ""


def _cut_noun(noun: str) -> str:
    """The noun after a count, without the verb of a next statement."""
    return re.split(r"(?:环比|同比|占|分别|涉及(?!.{0,4}的))", noun)[0]


def _trim(words: str) -> str:
    return _TRAIL.sub("", _LEAD.sub("", words))


def _without_agencies(text: str, entities: list[Entity], words: str) -> str:
    for entity in entities:
        if entity.label == "AGENCY":
            words = words.replace(text[entity.start : entity.end], "")
    return _LEAD.sub("", words)


def _agency(text: str, paragraph: Paragraph, entities: list[Entity], anchor: Entity) -> str | None:
    """The agency that acts: the last one named before the figure, unless it only owns a document or is acted for."""
    if _clause_start(text, paragraph, anchor.start) == anchor.start and _NEW_ACTOR.match(text, anchor.end):
        return None
    agencies = [e for e in entities if e.label == "AGENCY" and e.end <= anchor.start]
    for index in range(len(agencies) - 1, -1, -1):
        entity = agencies[index]
        before, after = text[max(paragraph.start, entity.start - 6) : entity.start], text[entity.end : entity.end + 4]
        is_gloss = index > 0 and _GLOSS.fullmatch(text, agencies[index - 1].end, entity.start)
        if not is_gloss and not _PASSIVE.match(after) and not _DELEGATED.search(before):
            return text[entity.start : entity.end]
    return None
