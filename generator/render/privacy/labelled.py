"""Finds what only the words around it show to be private: landlines, accounts, plates, homes, certificates."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from typing import Final

from generator.ground.patterns import deferred
from generator.render.privacy.finding import Kind
from generator.render.privacy.glyphs import BLOCK, CELL
from generator.render.privacy.markup import Marked
from generator.render.privacy.numbers import Hit, is_mobile

_WORDS: Final = {
    Kind.LANDLINE: "电话 電話 座机 座機 固话 宅电",
    Kind.WECHAT: "微信 威信 薇信 v信 wechat vx wx",
    Kind.QQ: "qq 扣扣 企鹅号",
    Kind.PLATE: "车牌 号牌 號牌 牌照 牌号 车号 私家车 轿车 面包车 摩托车 货车 汽车 小车 的车 开着 驾驶",
    Kind.HOME: "单元 室 家住 住在 住址 现住 家庭地址 户籍地 居住地 住处 租住",
    Kind.PASSPORT: "护照 護照 通行证 通行證 台胞证 回乡证",
    Kind.SOCIAL: "社保 社会保障 社会保险 医保 医疗保险 养老保险 公积金 新农合 参保",
    Kind.RELIEF: (
        "低保 低收入 救助 特困 五保 残疾 優待 优抚 优待 军属 烈属 烈士 退役军人 失业 就业创业 扶贫 脱贫 供养 孤儿 "
        "独生子女"
    ),
}
"""What says that private data of a kind may stand next to it."""
_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}
CHINESE: Final = [word.lstrip("v") for word in _KINDS if not word.isascii()]
"""The Chinese characters of the words that have any."""

_SIGNS: Final = " ：:=为是#（(“\"'"
_IS: Final = rf"(?:号码?|號碼?|编号|账号|id|no\.?)?[{_SIGNS}{CELL}]{{0,4}}"
"""What may stand between a word and the number that it is about."""
_NO_UNIT: Final = r"(?![0-9a-z]|[ ]?[元万亿本份张人个户次吨米年])"
_FIGURE: Final = "[0-9一二三四五六七八九十〇零]"
_PLATE: Final = (
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-z][ ·•.-]{0,2}"
    "(?=[a-z0-9]*[0-9])[a-hj-np-z0-9]{4,6}[挂学警港澳]?(?![a-z0-9])"
)
_AFTER: Final = {
    Kind.LANDLINE: rf"""(?!费|会议)话?{_IS}(?:是|为)?[ ]?
        (?P<value>(?:\(?0[1-9][0-9]{{1,2}}\)?[ -]{{0,2}})?[2-8][0-9]{{2,3}}[ -]?[0-9]{{4}})(?![0-9]|\ ?-?[0-9]{{3}})""",
    Kind.WECHAT: rf"""(?!公众|公眾|小程序|群|视频)
        (?:{_IS}(?=[a-z_-]*[0-9_-])|(?:号码?|號|id)?[：:是为][ ]?)(?P<value>[a-z][a-z0-9_-]{{5,19}})(?![\w.@/-])""",
    Kind.QQ: rf"(?!群|邮箱|空间|音乐){_IS}(?:是|为)?(?P<value>[1-9][0-9]{{4,10}})(?![0-9@.])",
    Kind.PLATE: rf"[^0-9a-z，。；{BLOCK}]{{0,8}}(?P<value>{_PLATE})",
    Kind.HOME: rf"""[是为在：:于 ]{{0,3}}
        (?P<value>[^，。；：:！？{BLOCK}{CELL}]{{1,24}}?{_FIGURE}[ ]?(?:号|室|户)(?![线称召码楼院]))""",
    Kind.PASSPORT: rf"{_IS}(?P<value>[a-z]{{1,2}}[ ]?[0-9]{{7,8}}|1[45][0-9]{{7}}|[0-9]{{8}}){_NO_UNIT}",
    Kind.SOCIAL: rf"""(?:卡|证|手册|个人)?(?:号码?|编号|账号|卡号|个人编号|电脑号)[ ：:=为是]{{0,4}}
        (?P<value>[a-z]{{0,3}}[0-9]{{6,20}}x?){_NO_UNIT}""",
    Kind.RELIEF: rf"""[\u3400-\u9fff]{{0,6}}?(?:证|證|手册|卡|本)(?:书|件)?{_IS}(?:[\u3400-\u9fff]{{1,6}}第?)?
        (?P<value>[a-z]{{0,3}}[0-9][0-9-]{{4,21}}[a-z]?[0-9]?){_NO_UNIT}""",
}
"""What follows such a word."""
_DOOR: Final = rf"""
    (?P<value>[^ ]{{0,16}}?{_FIGURE}{{1,5}}[ ]?(?:号楼|号院|栋|幢|座|号|\#楼?|楼)[ ]?(?:{_FIGURE}{{1,2}}[ ]?单元[ ]?)
        (?:{_FIGURE}{{1,2}}(?:层|楼)[ ]?)?{_FIGURE}{{2,5}}(?![0-9户人名家个层%万元])室?
    | [\u3400-\u9fff]{{1,16}}?(?:路|街|巷|弄|胡同|大道|村|屯|小区|社区|新村|花园|家园|公寓|苑|城|庄|里)
        {_FIGURE}{{1,5}}[ ]?号?[ ]?(?:院|弄)?[ -]?{_FIGURE}{{0,4}}[ ]?(?:号楼|栋|幢|座|楼|-)[ ]?{_FIGURE}{{2,5}}室)"""
"""An address to the door, which ends about where its unit or room is named."""
_BUILDINGS: Final = frozenset("楼栋幢座号#-")
"""Characters one of which is in every address to the door."""
_PLATE_BEFORE: Final = f"(?P<value>{_PLATE})[^\\w]?的?$"
_OFFICE: Final = deferred(
    "咨询|服务|监督|举报|投诉|办公|值班|总机|客服|政府|公司|企业|单位|中心|大厅|公安|派出所|医院|银行|学校|幼儿园|"
    "酒店|宾馆|超市|商店|药店|"
    "[省市县区镇乡厅局委院所站社店校办]电|指挥部|工作组|工作队|服务队|村委|居委|预约|报名|求助|报修|抢修|应急|救援|"
    "招聘|公布|公开|对外|"
    "政务|大厦|写字楼|会议|展厅|仓库|门市|园区|车间|营业|hotline|office|service"
)
"""What says that a telephone or a room is an office's, not a person's."""
_CLAUSE = deferred(rf"[，,。；;！？{BLOCK}{CELL}]")
_BEFORE: Final = 30
"""How many characters of the same clause, before a word, are looked at."""

_ANY = deferred("|".join(sorted(_KINDS, key=len, reverse=True)))
_LATIN: Final = (deferred(b"qq"), deferred(rb"x(?<=[vw].)"), deferred(b"wechat"))
"""The words in Latin letters. A pattern that begins with a rare letter is fast."""
_BEHIND: Final = 400
"""Bytes behind such a word that are looked at."""
_TWO: Final = 8
"""The most bytes of two characters."""
_NUMBERED = deferred(r"(?>(?:[^0-9a-z<]|<[^<>]*+>){0,30})[0-9a-z]", re.IGNORECASE)
_DIVIDED = deferred(rb"q(?>(?:<[^<>]*+>)+)q|[vw](?>(?:<[^<>]*+>)+)x")
"""The shorter ones with tags between their letters."""
_NAMED = deferred(rf"(?>(?:[\s{_SIGNS}号码號碼编账\]>]|<[^<>]*+>)*)(?:[0-9a-zA-Z]|(?:<[^<>]*+)?\Z)")
"""The name of an account begins right behind the word, or behind a word such as 账号 and a few signs.

A text that ends before that may go on so. A tag with a bracket in one of its values is taken for one that ends there,
and the end of a CDATA section is nothing.
"""
_HOUSED = deferred(r"[^。]{1,80}[号室户]")
_UNIT_NUMBER = deferred(rf"(?>(?:<[^<>]*+>|\s)*){_FIGURE}")
_FIGURES: Final = frozenset(_FIGURE[4:-1]) | frozenset("0123456789>")


def may_be_in(text: Marked, bare: bytes, words: Collection[str]) -> bool:
    """Whether a text with these words may hold any of it.

    ``bare`` is the text in small letters, without much that is neither a letter nor a digit.
    """
    return _may_have_latin_words(text, bare) or any(_is_followed(text, word) for word in words)


def _may_have_latin_words(text: Marked, bare: bytes) -> bool:
    """Whether there may be an account next to a word in Latin letters."""
    # A single byte is found much faster than two.
    words = [word for word in _LATIN[b"q" not in bare :] if word.search(bare)]
    if (b"q<" in bare or b"v<" in bare or b"w<" in bare) and _DIVIDED.search(bare):
        return True
    if not words:
        return False
    small = text.raw.lower()
    # Some may have signs between their letters.
    ends = [one.end() for word in words for one in word.finditer(small)]
    return (
        text.hides
        or len(ends) < sum(len(word.findall(bare)) for word in words)
        or any(_NAMED.match(small[end : end + _BEHIND].decode(errors="ignore")) for end in ends)
    )


def _is_followed(text: Marked, word: str) -> bool:
    """Whether there may be private data next to a word."""
    # Two that are common characters are looked at before the text is decoded.
    if word in ("室", "信"):
        before = [part[-_TWO:].decode(errors="replace")[-2:] for part in text.raw.split(word.encode())[:-1]]
        if word == "室":
            return any(not _FIGURES.isdisjoint(part) for part in before)
        return any(part.endswith(("v", "V")) for part in before)
    # What is not shown may stand behind it, whatever it is.
    return text.hides or any(_is_followed_at(text.text, one) for one in re.finditer(word, text.text))


def _is_followed_at(text: str, word: re.Match[str]) -> bool:
    kind = _KINDS[word[0]]
    if kind in (Kind.WECHAT, Kind.QQ):
        return _NAMED.match(text, word.end()) is not None
    if word[0] == "单元":
        return _UNIT_NUMBER.match(text, word.end()) is not None
    if kind is Kind.HOME:
        return _HOUSED.match(text, word.end()) is not None
    if kind is Kind.PLATE and not _FIGURES.isdisjoint(text[max(0, word.start() - 4) : word.start()]):
        return True
    return _NUMBERED.match(text, word.end()) is not None


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


def labelled(text: str) -> Iterator[Hit]:
    """Everything of these kinds in text that is folded, with white space collapsed."""
    done = 0
    for word in _ANY.finditer(text):
        kind = _KINDS[word[0]]
        found, offset = _around(kind, text, word)
        if found is None or offset + found.end() <= done:
            continue
        done = offset + found.end()
        if not _is_public(kind, text, word.start(), found["value"]):
            yield kind, _canonical(kind, found["value"]), offset + found.start("value")


def _around(kind: Kind, text: str, word: re.Match[str]) -> tuple[re.Match[str] | None, int]:
    """What stands next to a word, and the offset of the text that it was found in."""
    if word[0].isascii() and re.match("[a-z]", text[max(0, word.start() - 1) : word.start()]):
        return None, 0
    found = None if word[0] in ("单元", "室") else _compiled(_AFTER[kind]).match(text, word.end())
    if found or kind not in (Kind.HOME, Kind.PLATE):
        return found, 0
    is_home = kind is Kind.HOME
    start = max(0, word.start() - _BEFORE)
    if is_home and _BUILDINGS.isdisjoint(text[start : word.start()]):
        return None, 0
    start = max([start, *(edge.end() for edge in _CLAUSE.finditer(text, start, word.start()))])
    near = text[start : word.end() + 8 if is_home else word.start()]
    return _compiled(_DOOR if is_home else _PLATE_BEFORE).search(near), start


def _is_public(kind: Kind, text: str, place: int, value: str) -> bool:
    """Whether this is an office's telephone or rooms, or a mobile number, which is of another kind."""
    if kind is Kind.QQ:
        return is_mobile(value)
    if kind not in (Kind.LANDLINE, Kind.HOME):
        return False
    before = _CLAUSE.split(text[max(0, place - _BEFORE) : place])[-1]
    return _OFFICE.search(before + text[place : place + 1] + value) is not None


def _canonical(kind: Kind, value: str) -> str:
    if kind in (Kind.LANDLINE, Kind.RELIEF):
        return "".join(char for char in value if char.isalnum())
    return re.sub(r"[\s·•.]", "", value) if kind is Kind.PLATE else "".join(value.split())
