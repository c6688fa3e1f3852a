"""Find titles and numbers of laws, rules and official documents (forms after GB/T 9704-2012)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nlp.cover import Cover
from nlp.grammar.quantities import Found
from nlp.lexicon import Matcher, Regulation

_INSTRUMENTS = [
    "法",
    "条例",
    "办法",
    "规定",
    "细则",
    "规则",
    "准则",
    "规范",
    "标准",
    "通知",
    "通告",
    "公告",
    "通报",
    "意见",
    "方案",
    "规划",
    "计划",
    "纲要",
    "决定",
    "决议",
    "令",
    "命令",
    "批复",
    "函",
    "复函",
    "指引",
    "指南",
    "目录",
    "清单",
    "名录",
    "章程",
    "公约",
    "协定",
    "协议",
    "条约",
    "议定书",
    "宣言",
    "措施",
    "要求",
    "制度",
    "程序",
    "规程",
    "导则",
    "要点",
    "建议",
    "解释",
    "备忘录",
    "公报",
    "预案",
    "须知",
    "提示",
    "警示",
    "公示",
    "法典",
    "民法典",
    "宪法",
    "条令",
    "守则",
    "议案",
    "草案",
    "修正案",
    "工作安排",
    "若干规定",
    "暂行办法",
    "罚则",
    "手续",
    "办理",
    "基本要求",
    "技术要求",
    "说明",
    "通知书",
    "告知书",
    "决定书",
    "意见书",
    "声明",
    "答复",
    "请示",
    "报告制度",
    "裁定书",
    "判决书",
    "总体布局",
    "布局",
    "路线图",
    "政策",
    "十条",
    "二十条",
    "举措",
    "倡议",
    "提醒",
    "纪要",
    "会议纪要",
    "安排",
    "体系",
    "大纲",
    "方法",
    "通则",
    "总则",
    "限量",
    "分级",
    "分类",
    "编码",
    "术语",
    "评估",
]
_INSTRUMENT = re.compile("(?:" + "|".join(sorted(_INSTRUMENTS, key=len, reverse=True)) + ")$")
_NOT_OFFICIAL = re.compile(
    r"(?:研究|工作|分析|情况|调查|年度|发展|监测|统计|评估|审计|测评|政府|抽查|体察)?报告$|(?:白|蓝|绿|黄|红)皮书$|统计公报$|日报$|晚报$|早报$|时报$|商报$|都市报$|周报$|快报$|周刊$|"
    r"杂志$|联播$|讲话$|演讲$|合同$|协议书$|故事$|公开信$|倡议书$|承诺书$|保证书$|悔过书$|责任书$|服务协议$|用户协议$|隐私政策$|租赁协议$|购买协议$|转让协议$|年鉴$|手册$"
)
_WORK_BEFORE = re.compile(
    r"(?:电影|纪录片|影片|短片|专题片|宣传片|电视剧|短剧|节目|栏目|小说|图书|书籍|著作|教材|歌曲|歌|组歌|话剧|舞剧|京剧|歌剧|音乐会|报道|杂志|期刊|游戏|软件|动画片|绘本|诗|诗集|题为|署名文章|撰文|散文|画册|画作|交响乐|专栏|本报|合唱|漫画|宣讲|课|书)$"
)
_TAIL = re.compile(r"(?:[（(][^（）()]*[）)]|[〔［][^〕］]*[〕］]|第?[一二三四五六七八九十]+期|\d+(?:\.\d+)?版?)+$")
_YEAR = r"\s?(?:19|20)\d\d年?\s?"
_NUMBER = re.compile(
    rf"(?P<head>(?:[（(][一-龥][）)])?[一-龥]{{1,20}}|(?m:^))(?:〔{_YEAR}〕|［{_YEAR}］|\[{_YEAR}\]|（{_YEAR}）|\({_YEAR}\)|【{_YEAR}】)\s?(?:第\s?)?\d+(?:[-—]\d+)?\s?号"
)
_HEAD_BREAK = re.compile(r".*(?:依据|根据|按照|印发|下发|发布|文号|编号|号为|出具|作出|收到|名为|即|因|以|的|了|和|与|及|由|见|为|是|在)(?=.{2})")
_CASE = re.compile(r"[（(〔](?:19|20)\d\d[）)〕]\s?[一-龥0-9]{1,8}?(?:民|刑|行|执|商|知|赔|破|财保)[一-龥]{0,4}(?:字第)?\d+号")
_PRESIDENT = re.compile(r"(?:中华人民共和国)?(?:第[〇零一二三四五六七八九十百]+号)?主席令(?:第[〇零一二三四五六七八九十百\d]+号)?")
ORDER = re.compile(r"(?:令|公告|通告)(?:\s?(?:19|20)\d\d\s?年)?\s?(?:[〔\[（(](?:19|20)\d\d[〕\]）)])?\s?第\s?[〇零一二三四五六七八九十百\d]+\s?号")
_STANDARD = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:GBZ?|DB\d{2,4}|HJ|YD|YZ|JR|SN|NY|WS|QB|JT|LY|MH|CJJ?|TB|GA|JGJ|SB|LB|MZ|AQ|XF|RB|NB|HG|SJ|YY|LD|CCAR|ISO|IEC|ITU|JT[GTS])(?:/[TZ])?(?:\s?/\s?[TZ])?|T/[A-Z]{2,8})"
    r"\s?-?\d{2,6}(?:\.\d+)*(?:\s?[-—–－:：]{1,2}\s?(?:19|20)?\d{2}(?!\d))?"
)
_BOUND = r"(?:^|(?<=[、，。：；“（\s])|(?<=审议)|(?<=议了)|(?<=通过)|(?<=关于)|(?<=修改)|(?<=制定)|(?<=过了)|(?<=表决)|(?<=审议了)|(?<=和)|(?<=的)|(?<=《))"
_DRAFT = re.compile(
    rf"{_BOUND}(?:(?!会议|审议|其中|还将|关于|提请|通过|对|新)[一-龥]){{2,18}}?(?:法|条例|法典|办法)(?:修订草案|修正草案|修正案草案|草案)(?:修改稿|[一二三]次审议稿|[二三]审稿)?"
)
_MOTION = re.compile(rf"{_BOUND}(?!了)(?:(?!审议|会议|提出)[一-龥]){{0,20}}?关于(?:提请)?审议[^，。；、\n]{{3,50}}?的议案")
_PAPER = "通知|通告|公告|决定|意见|通报|批复|风险提示|消费提示|提示|警示|公示|复函|函|议案|办法|规定|方案|实施意见|指导意见|函告|命令|令|消费警示|预警|说明|工作方案"
_LINE = re.compile(rf"(?m)^[^\n。；！？，:：“”《]{{0,40}}?关于[^\n。；！？]{{2,80}}?的(?:{_PAPER})(?=(?:[（(][^（）()\n]*[）)])?[ 　]*$)")
_DECISION = re.compile(
    r"(?m)^[一-龥（）]{4,40}(?:行政处罚|责令改正|不予处罚|没收|听证|纪律处分|行政监管措施)(?:事先)?(?:决定书|告知书|通知书)(?=(?:[（(][^（）()\n]*[）)])?[ 　]*$)"
)
_QUOTED = re.compile(rf"(?<=“)[^”“，。；\n]{{0,30}}关于[^”“。；\n]{{3,60}}的(?:{_PAPER})(?=”)")
_DRAFT_AFTER = re.compile(
    r"(?:修订草案|修正草案|修正案草案|修正案|草案)(?:（[^（）]{1,10}）)?|（(?:修订|修正)?(?:草案|征求意见稿|送审稿)[^（）]{0,10}）|实施细则(?!》)"
)


class Titles:
    """The grammar of titles and numbers over a list of known regulations."""

    def __init__(self, regulations: Iterable[Regulation]) -> None:
        regulations = list(regulations)
        self._known = {name for r in regulations for name in (r.title, *r.short.split("|")) if name}
        bare = {name for name in self._known if (len(name) >= 3 and _INSTRUMENT.search(name)) or name in ("宪法", "刑法", "党章")}
        self._bare = Matcher((name, name) for name in sorted(bare) if name not in _INSTRUMENTS or name in ("宪法", "民法典", "党章"))

    def find(self, text: str) -> Iterator[Found]:
        """Regulations of `text`, in order, without overlap."""
        motions = [m.span() for m in _MOTION.finditer(text)]
        cover = Cover()
        spans = [*_lines(text), *motions, *self._bracketed(text), *_numbers(text), *self._unbracketed(text)]
        yield from (Found(*span, "REGULATION") for span in sorted(span for span in spans if cover.take(*span)))

    def _bracketed(self, text: str) -> Iterator[tuple[int, int]]:
        for start, end in bracketed(text):
            if self.is_official(text[start + 1 : end - 1], text[max(0, start - 8) : start]):
                yield start, end

    def is_official(self, title: str, before: str) -> bool:
        """Whether a title in 《》 names an instrument rather than a book, a paper or a film."""
        bare = _TAIL.sub("", title.replace(" ", "").replace("　", ""))
        if title in self._known or bare in self._known:
            return True
        if _NOT_OFFICIAL.search(bare) or _WORK_BEFORE.search(before):
            return False
        return bool(_INSTRUMENT.search(bare))

    def _unbracketed(self, text: str) -> Iterator[tuple[int, int]]:
        yield from (m.span() for m in _DRAFT.finditer(text))
        for start, end, _ in self._bare.longest(text):
            more = _DRAFT_AFTER.match(text, end)
            yield start, more.end() if more else end


def bracketed(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the outermost 《…》 of each line, nested ones inside; marks that do not close are passed over."""
    stack: list[int] = []
    for match in re.finditer(r"[《》\n]", text):
        if match.group() == "\n":
            stack.clear()
        elif match.group() == "《":
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            if not stack:
                yield start, match.end()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Whole lines and quotations that are a title: 某某关于……的通告."""
    for pattern in (_LINE, _DECISION, _QUOTED):
        yield from (m.span() for m in pattern.finditer(text))


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(text):
        cut = _HEAD_BREAK.match(match["head"])
        yield match.start() + (cut.end() if cut else 0), match.end()
    for pattern in (_CASE, _PRESIDENT, _STANDARD):
        yield from (m.span() for m in pattern.finditer(text) if "号" in m.group() or pattern is _STANDARD)
