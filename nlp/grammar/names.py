"""Find agencies by name: entries of the lexicon, and names composed of place + function + organ.

The thousands of local bodies are not listed; they are built like their parents: 启江市 + 市场监督管理 + 局.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.lexicon import Lexicon, Matcher

# Endings of a line of government rather than of one body: a leading 全市, 各级 stays outside.
_LINES = ("部门", "机关", "机构", "系统", "组织")
AFTER_PLACE = "*"  # the function that stands for none: its organs follow a place directly (大同市+委)
_ADMIN = re.compile(r"(?:自治区|自治州|自治县|省|市|州|县|区|旗|盟|镇|乡|街道|新区|开发区|高新区|兵团)$")
_UNKNOWN_PLACE = re.compile(r"[一-龥]{2}(?:自治州|自治县|省|市|州|县|区|旗|盟|镇|乡|街道|新区|开发区|高新区)$")
_BARE_ADMIN = re.compile(r"(?:自治区|省|市|州|县|区|旗|镇|乡|街道)$")
_QUANTIFIER = re.compile(r"[全各本该我外两几多跨同数0-9一二三四五六七八九十这每某邻他原等旅园校社片灾辖景学库地城]$")
_PREFIX = re.compile(r"(?:中华人民共和国|中共|中国|国家|全国)$")
_PREFIX_LINES = re.compile(r"(?:中华人民共和国|中共)$")
# An inner department right after its body: 市公安局+网安支队, 全国人大+机关, 省人大常委会+法制工作委员会.
_INNER = re.compile(
    r"(?:(?!联合|会同|组织|开展|依法|对|将|在|的|和|与|等|及|向|就|把|为|已|会议|副|原)[一-龥]){0,7}?"
    r"(?:分局|支队|大队|总队|中队|监管所|税务所|司法所|稽查局|执法局|检查站|分中心|派出所|投诉部|监督处|秘书处|12315中心|申诉中心|举报中心|审判庭|检察部)"
    r"|(?:消费者权益保护|金融消费者权益保护|信息通信管理|网络安全管理|网监|刑侦|经侦|网安|治安|交警|交管|食药侦|稽查|法制|执法|消保|环食药|出入境|信用监管|广告监管|价监竞争|政策法规|物业|综合|市场监管|医政|办公)[一-龥]{0,6}?(?:局|处|司|科|室|厅|中心)"
)
# 省文化和旅游厅+市场管理处: a division counts only where its name clearly ends.
_DIVISION = re.compile(
    r"(?:(?!联合|会同|组织|开展|依法|对|将|在|的|和|与|等|及|向|就|把|为|已|会议|副|原|立案|作出|给予|予以|责令|处|罚)[一-龥]){2,10}(?:司|处|科|股)(?=[，。、：；）)”\s]|副?[司处科股]长|副?调研员|负责人|相关|有关|工作人员|提醒|表示|介绍|发布|通报|$)"
    r"|(?:(?!联合|会同|组织|开展|依法|对|将|在|的|和|与|等|及|向|就|把|为|已|会议|副|原)[一-龥]){2,9}(?:办公室|研究院|研究所|检定所|新闻中心|宣传中心|监测中心|检测中心|服务中心)(?=[，。、：；）)”\s]|负责人|的|$)"
    r"|党组(?!书记|成员|副书记|会议|理论|织)"
)
_COUNCIL = re.compile(r"(?:人大|政协|委员会|人大常委会|全国政协|纪委监委|纪委)$")
_COUNCIL_INNER = re.compile(
    r"(?:机关|常委会|办公厅|办公室|党组|秘书处|研究室|信访局|(?:(?!常务|会议)[一-龥]){2,10}?(?:委员会|工作委|财经委|法工委|法制委|教科文卫委|社会建设委|监察司法委))(?!主任|副主任)"
)
# Names that need guarding: 法院 in 政法院校, 警方 in 报警方式, 海关 in 上海关于.
_GUARDED = re.compile(
    r"(?<![政司书医])法院(?![校士系])|(?<!报)警方(?![式向法位面便])|(?<!上)海关(?![于系注键税]|总署|关员|编码)|(?<![中在])央行(?![动为业政程])|(?<![取])消协(?![议定同商])|消保委|(?<![被])监委(?![托员派任])|检察院"
    r"|(?<!\d)1\d{4}(?:(?!电话|热线电话|平台|的|和|、|，|或|向|提供|反映|投诉电话)[一-龥]){0,16}?中心"
)
_SESSION = re.compile(r"(?:中华人民共和国)(?:第[一二三四五六七八九十]+届)?$")
_MOST_PLACES = 4  # 省, 市, 区, 街道
# The app or website of a body is no body.
_PRODUCT = re.compile(r"[”’」]?(?:应用程序|APP|App|app|小程序|公众号|微信公众号|客户端|官方微博|网站备案)")
# Words of two characters before 市 or 县 that are no place: 移交市公安局.
_NO_PLACE = re.compile(
    r"冒充|指出|周末|要求|移送|整合|设在|召开|推动|服务|帮助|鼓励|引导|对照|结合|成立|组成|建立|完善|加强|推进|深入|落实|贯彻|负责|牵头|参加|出席|调研|走访|检查|抽查|督查|巡视|巡察|约谈|通知|告知|提请|报告|"
    r"汇报|发现|查处|立案|处罚|举报|投诉|反映|反馈|接到|收到|获悉|透露|介绍|表示|显示|公布|发布|印发|出台|制定|覆盖|分布|位于|地处|辖有|所辖|划归|隶属|抵达|前往|返回|明确|确定|决定|选择|建议|呼吁|"
    r"移交|会同|联合|通报|邀请|报送|抄送|转交|配合|组织|指导|督促|协调|支持|部分|责成|责令|委托|根据|按照|依据|经过|通过|获得|接受|来自|涉及|包括|以及|其他|其它|相关|有关|所在|属地|当地|"
    r"同级|上级|下级|省级|市级|县级|区级|基层|农村|城乡|社区|小区|园区|景区|灾区|辖区|市区|城区|地区|山区|校区|片区|库区|牧区|林区|老城|新城|主城|全省|全市|全县|全区|我省|我市|我县|我区|本省|本市|各省|各市|各县|各区|"
    r"记者|来到|走进|一个|两个|三个|多个|几个|请向|拨打|欢迎|昨天|今天|近日|日前|目前|随后|同时|此外|另外|超市|上市|股市|楼市|门市|都市|夜市|集市|早市|菜市|城市|县市|省市|地市|乡镇|街镇|城镇|集镇"
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
        listed = {name for a in lexicon.agencies if a.level != "function" for name in (a.name, *a.aliases.split("|")) if len(name) > 1}
        cores = {f.name + organ for f in lexicon.functions for organ in f.organs.split("|") if f.name != AFTER_PLACE}
        organs = {organ for f in lexicon.functions if f.name == AFTER_PLACE for organ in f.organs.split("|")}
        cores |= {name for a in lexicon.agencies if a.level == "function" for name in (a.name, *a.aliases.split("|")) if len(name) > 1}
        places = {p.name for p in lexicon.places} | {p.short for p in lexicon.places if p.level != "county" and len(p.short) > 1}
        entries = [(n, "place") for n in places] + [(n, "organ") for n in organs]
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
        names = [*self._candidates(text, found, ends), *self._guarded(text, ends)]
        names.sort(key=lambda n: (n.start, -n.end))
        yield from _join(text, names)

    def _guarded(self, text: str, ends: dict[int, list[int]]) -> Iterator[Name]:
        for match in _GUARDED.finditer(text):
            if not _PRODUCT.match(text, match.end()):
                start = match.start() if match.group()[0] == "1" else _extend(text, match.start(), match.end(), ends)
                yield Name(start, match.end(), "composed")

    def _candidates(self, text: str, found: list[tuple[int, int, frozenset[str]]], ends: dict[int, list[int]]) -> Iterator[Name]:
        for start, end, kinds in found:
            if _PRODUCT.match(text, end):
                continue
            if "lexicon" in kinds:
                yield Name(_extend_listed(text, start), end, "lexicon")
            if "core" in kinds:
                yield Name(_extend(text, start, end, ends), end, "composed")
            if "organ" in kinds:
                left = _extend(text, start, end, ends)
                if left < start and _fits(text, left, start, end):
                    yield Name(left, end, "composed")


def _extend_listed(text: str, start: int) -> int:
    prefix = _SESSION.search(text[max(0, start - 16) : start])
    return start - len(prefix.group()) if prefix else start


def _extend(text: str, start: int, end: int, ends: dict[int, list[int]]) -> int:
    """Move the start of a name left over the places (known, unknown, bare 市) and prefixes that belong to it."""
    is_line = text[start:end].endswith(_LINES)
    at = start
    for _ in range(_MOST_PLACES):
        known = min((p for p in ends.get(at, ()) if at - p > 2 or _is_edge(text, p)), default=None)
        if known is not None:
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
        break
    prefix = (_PREFIX_LINES if is_line else _PREFIX).search(text[max(0, at - 7) : at])
    return at - len(prefix.group()) if prefix else at


# What may stand before an unlisted place: the edge of a clause, or one of these.
_BEFORE_PLACE = frozenset("在由向对从经到与和及被给让据获将以为是的了着过会同往赴来请于因按如即含有等其自进至示称报讯悉区省市州县：原是")


def _is_place(text: str, start: int, end: int) -> bool:
    """An unlisted place such as 启江市: it begins where a name can begin and is no common word."""
    surface = text[start:end]
    if (
        _NO_PLACE.match(surface)
        or _NO_PLACE.match(surface[1:])
        or surface[0] in _BEFORE_PLACE
        or surface[1] in "由向对从经到与和及被给让据将以为是的了着于各全我本该省市县"
    ):
        return False
    return _is_edge(text, start)


def _is_edge(text: str, start: int) -> bool:
    """Whether a name can begin here: after no Chinese character, or after one that often stands before names.

    Short places need it: 岚县 is one, but not in 清岚县.
    """
    before = text[start - 1 : start]
    return not before or before in _BEFORE_PLACE or not "一" <= before <= "龥"


# Bodies named by neither name nor function, and what only sounds like a body (the annotation guide's list).
_NAMELESS = re.compile(
    r"(?:有关|相关|职能|主管|监管|执法|上级|行业主管|业务主管|各)?部门$|(?:当地|地方|各级|基层)(?:党委|政府|党委政府)$|(?:现场|前线|前方)?指挥部$|(?:联合|专项|事故)?(?:工作|调查|检查|督查|督察|督导|巡视|巡察|暗访|飞行检查)组$|"
    r".*(?:发布会|吹风会|座谈会|推进会|论坛|博览会|听证会|工作会|年会|工作会议|会议|市中心|商圈|大厦|机制|领域|秩序|环境|专项行动)$|派出机构$"
)
_BODY_END = re.compile(
    r"(?:局|厅|委|部|署|院|会|办|室|所|站|中心|队|处|科|司|股|机关|部门|机构|系统|组织|警方|警|政府|海关|组|团|台|联|协|庭|行|党|军|委员|学院|基金|银行|法院|集团军|战区|府|省|社|人大|政协|两高|省部|总|中央|馆|联盟|税务|公安|网安|支|军区|消防|城管|警察|[A-Za-z）])$"
)
_INNER_PUNCTUATION = re.compile(r"[，。；：！？《》%％\s]|、(?![^（]*）)")


def is_plausible(surface: str) -> bool:
    """Whether a surface can be an agency at all, by the guide's mechanical rules: for what statistics proposes."""
    return bool(_BODY_END.search(surface)) and not _NAMELESS.match(surface) and not _INNER_PUNCTUATION.search(surface) and len(surface) > 1


def _fits(text: str, left: int, start: int, end: int) -> bool:
    """Whether a place and an organ make a name: 大同市+委 yes, 北京+委 no (a verb), 全市+政府 no."""
    place, organ = text[left:start], text[start:end]
    if organ.startswith("委"):
        return bool(_ADMIN.search(place)) and not re.match(r"[托派任员内屈]", text[end : end + 1])
    if organ in ("政府", "法院", "海关", "团委") and not (_ADMIN.search(place) or organ != "政府"):
        return False
    return True


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
    surface = text[name.start : name.end]
    if surface.endswith(_LINES):
        return name
    patterns = (_COUNCIL_INNER,) if _COUNCIL.search(surface) else (_INNER, _DIVISION)
    inner = next((m for p in patterns if (m := p.match(text, name.end, limit))), None)
    return Name(name.start, inner.end(), "composed") if inner else name
