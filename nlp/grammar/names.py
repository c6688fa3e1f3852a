"""Find agencies by name: entries of the lexicon, and names composed of place + function + organ.

The thousands of local bodies are not listed; they are built like their parents: 启江市 + 市场监督管理 + 局.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.lexicon import Lexicon, Matcher

# Endings of a line of government rather than of one body: a leading 全市, 各级 stays outside.
_LINES = ("部门", "机关", "机构", "系统", "组织")
# Organs that stand right after a place, with no function word before them.
PLACE_ORGANS = (
    "人民政府办公厅 人民政府办公室 人民政府 政府办公厅 政府办公室 政府 人大常委会 人民代表大会常务委员会 人民代表大会 人大 政协 纪委监委 纪委 监委 监察委员会 "
    "党委 委办公厅 委办公室 委组织部 委宣传部 委统战部 委政法委 委网信办 委社会工作部 委机关 委常委会 委巡视办 委巡察办 委 高级人民法院 中级人民法院 人民法院 高院 中院 法院 人民检察院 检察院 "
    "知识产权法院 互联网法院 金融法院 海事法院 铁路运输法院 市民热线服务中心 政务服务中心 消费者协会 消费者委员会 消费者权益保护委员会 消协 消保委 消委会 "
    "街道办事处 街道办 派出所 司法所 监管局 监管分局 监察分局 海关 税务局 气象台 警方 法庭 管委会 管理委员会 防汛抗旱指挥部 防汛指挥部 防指 公安处 "
    "红十字会 总工会 妇联 残联 工商联 文联 科协 团委"
).split()
_ADMIN = re.compile(r"(?:自治区|自治州|自治县|省|市|州|县|区|旗|盟|镇|乡|街道|新区|开发区|高新区|兵团)$")
_UNKNOWN_PLACE = re.compile(r"[一-龥]{2}(?:自治州|自治县|省|市|州|县|区|旗|盟|镇|乡|街道|新区|开发区|高新区)$")
_BARE_ADMIN = re.compile(r"(?:自治区|省|市|州|县|区|旗|镇|乡|街道)$")
_QUANTIFIER = re.compile(r"[全各本该我外两几多跨同数0-9一二三四五六七八九十这每某邻他原、等多个旅园校社片城灾辖景学库]$|城$")
_PREFIX = re.compile(r"(?:中华人民共和国|中共|中国|国家|全国)$")
_PREFIX_LINES = re.compile(r"(?:中华人民共和国|中共)$")
_CAPITALS = re.compile(r"(?:上海|北京|天津|重庆|深圳|广州|[一-龥]{2,3})$")
_INNER = re.compile(
    r"(?:(?:[东南西北中内外]?[一-龥]{1,8}?)(?:分局|支队|大队|总队|中队|监管所|稽查局|分中心|派出所|执法局|监察局|检查站)"
    r"|(?:消费者权益保护|金融消费者权益保护|信息通信管理|网络安全管理|网监|刑侦|经侦|网安|治安|交警|交管|食药侦|稽查|法制|执法|投诉|举报|消保|环食药|出入境|消费|信用监管|广告监管|价格监管|价监竞争|政策法规|综合|办公)[一-龥]{0,6}?(?:局|处|司|科|室|厅|中心))"
)


@dataclass(frozen=True, slots=True)
class Name:
    """Half-open offsets of a name found, and how: `lexicon` or `composed`."""

    start: int
    end: int
    origin: str


class Names:
    """The grammar of agency names over a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        listed = {name for a in lexicon.agencies for name in (a.name, *a.aliases.split("|")) if len(name) > 1}
        cores = {f.name + organ for f in lexicon.functions for organ in f.organs.split("|") if organ and f.name}
        places = {name for p in lexicon.places for name in (p.name, p.short) if len(name) > 1}
        entries = [(n, "place") for n in places] + [(n, "organ") for n in PLACE_ORGANS]
        entries += [(n, "core") for n in cores] + [(n, "lexicon") for n in listed]
        table: dict[str, set[str]] = {}
        for name, kind in entries:
            table.setdefault(name, set()).add(kind)
        self._matcher = Matcher(sorted((name, frozenset(kinds)) for name, kinds in table.items()))

    def find(self, text: str) -> Iterator[Name]:
        """Agencies of `text`, in order, without overlap: leftmost, then longest."""
        found = self._matcher.all(text)
        ends: dict[int, list[int]] = {}
        for start, end, kinds in found:
            if "place" in kinds:
                ends.setdefault(end, []).append(start)
        names = list(self._candidates(text, found, ends))
        names.sort(key=lambda n: (n.start, -n.end))
        yield from _join(text, names)

    def _candidates(self, text: str, found: list[tuple[int, int, frozenset[str]]], ends: dict[int, list[int]]) -> Iterator[Name]:
        for start, end, kinds in found:
            if "lexicon" in kinds:
                yield Name(_extend_listed(text, start, ends), end, "lexicon")
            if "core" in kinds:
                yield Name(_extend(text, start, end, ends), end, "composed")
            if "organ" in kinds:
                left = _extend(text, start, end, ends)
                if left < start and _fits(text, left, start, end):
                    yield Name(left, end, "composed")


def _extend_listed(text: str, start: int, ends: dict[int, list[int]]) -> int:
    prefix = re.search(r"中华人民共和国$", text[max(0, start - 7) : start])
    return start - len(prefix.group()) if prefix else start


def _extend(text: str, start: int, end: int, ends: dict[int, list[int]]) -> int:
    """Move the start of a name left over the places (known, unknown, bare 市) and prefixes that belong to it."""
    is_line = text[start:end].endswith(_LINES)
    at = start
    while True:
        known = min(ends.get(at, ()), default=None)
        if known is not None and not (known > 0 and text[known - 1] in "《"):
            at = known
            continue
        left = text[max(0, at - 7) : at]
        unknown = _UNKNOWN_PLACE.search(left) if at == start or _ADMIN.search(left) else None
        if unknown and _is_place(text, at - len(unknown.group()), at):
            at -= len(unknown.group())
            continue
        if at == start and not is_line:
            bare = _BARE_ADMIN.search(left)
            if bare and not _QUANTIFIER.search(left[: -len(bare.group())]):
                return at - len(bare.group())
        prefix = (_PREFIX_LINES if is_line else _PREFIX).search(left)
        return at - len(prefix.group()) if prefix else at


# Characters that do not begin the name of a place but often stand before one.
_BEFORE_PLACE = set("在由向对从经到与和及被给让据获将以为是的了着过该本各全我外两几多位会同向往赴来请于因按如即含有等其这那当每某邻他原")


def _is_place(text: str, start: int, end: int) -> bool:
    """An unlisted place such as 启江市: neither a quantified 全市 nor a common word."""
    surface = text[start:end]
    return surface[0] not in _BEFORE_PLACE and surface[1] not in "各全我两外本该几多个省市区县等于在" and not re.match(
        r"城市|地市|县市|省市|农村|社区|小区|园区|景区|灾区|辖区|市区|城区|地区|山区|校区|片区|库区|牧区|林区|乡镇|街镇|城镇|集镇|超市|上市|股市|楼市|门市|都市", surface[-2:]
    )


def _fits(text: str, left: int, start: int, end: int) -> bool:
    """Whether a place and an organ make a name: 大同市+委 yes, 北京+委 no (a verb), 全市+政府 no."""
    place, organ = text[left:start], text[start:end]
    if organ.startswith("委"):
        return bool(_ADMIN.search(place)) and not re.match(r"[托派任员内屈]", text[end : end + 1])
    if organ in ("政府", "法院", "海关", "团委") and not (_ADMIN.search(place) or organ != "政府"):
        return False
    return not (organ in ("政协", "人大") and text[end : end + 2] in ("委员", "代表") and False)


def _join(text: str, names: list[Name]) -> Iterator[Name]:
    """Leftmost-longest choice; a body named right after another, or its inner department, joins it."""
    last: Name | None = None
    for name in names:
        if last and name.start < last.end:
            if name.start == last.start and name.end > last.end:
                last = name
            continue
        if last and name.start == last.end and _joins(text, last, name):
            last = Name(last.start, name.end, "composed")
            continue
        if last:
            yield _with_inner(text, last, name.start)
        last = name
    if last:
        yield _with_inner(text, last, len(text))


def _joins(text: str, outer: Name, inner: Name) -> bool:
    """市公安局 + 网安支队: the inner one has no place of its own and the outer one is a single body."""
    return inner.origin == "composed" and not text[outer.start : outer.end].endswith(_LINES) and not _ADMIN.match(text[inner.start : inner.start + 1])


def _with_inner(text: str, name: Name, limit: int) -> Name:
    if text[name.start : name.end].endswith(_LINES):
        return name
    inner = _INNER.match(text, name.end, limit)
    return Name(name.start, inner.end(), "composed") if inner else name
