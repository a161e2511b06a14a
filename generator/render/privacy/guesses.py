"""Guesses which characters of some sentences are a person's name, from the lexicon and from the words around them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from generator.ground.patterns import deferred
from generator.render.privacy.glyphs import BLOCK, CELL
from generator.render.privacy.lexicon import candidates, is_word
from generator.render.privacy.surnames import COMPOUND, PARTS, RARE, SINGLE

LIMIT: Final = -1
"""The bits that a name needs at least. In a sentence of hardship, one warning too many is better than one too few."""
SURE: Final = 5
"""Those of one that is to be asked about wherever it stands."""
_HOPELESS: Final = -20
"""The bits below which no words around them make a name of some characters."""
_ROLE, _AFTER_DE, _AFTER_VERB, _AFTER_WORD, _WITHIN, _LISTED = 7, 4, 3, -3, -6, 8
_DETAILS, _PERSON, _BEFORE_WORD, _INSIDE, _CLAUSE_BITS = 12, 6, 1, -4, 3
"""Bits of what stands before and after a name; at the edge of a clause, none.

Fitted to half of the sentences in tests/fixtures/hardship and to public prose, then rounded.
"""

_Span = tuple[int, int]
_HAN: Final = "㐀-鿿"
_CLAUSE = deferred(f"[{_HAN}]+")

_OFFICIAL: Final = (
    "书记|主任|局长|处长|科长|股长|所长|站长|院长|校长|园长|镇长|乡长|县长|市长|区长|省长|厅长|部长|会长|社长|村长|馆长|"
    "台长|理事长|秘书长|董事长|总经理|经理|总监|厂长|主席|委员|队长|组长|班长|店长|行长|检察长|护士长|队员|干部|民警|警官|"
    "法官|检察官|律师|记者|通讯员|志愿者|义工|社工|网格员|医生|医师|大夫|护士|教授|讲师|老师|教师|教练|专家|辅导员|联络员|"
    "负责人|代表|主持人|主播|村官|选调生|干事|助理员|理赔员|指导员|技术员|农技员|宣讲员|调研员|支书|作家|演员|歌手|导演|"
    "博士|博士后|院士|总统|总理|将军|司令|政委|参谋|学者|诗人|画家|音乐家|学家|企业家|创始人|皇帝|明星|选手|作者|编辑"
)
_OFFICIAL_BEFORE = deferred(f"(?:{_OFFICIAL})[：:]?$")
"""Who comes to help, not who is helped."""
_OFFICIAL_AFTER = deferred(
    f"(?:副|总)?(?:{_OFFICIAL})|走访|慰问|看望|探望|带队|带领|主持|强调|指出|要求|部署|宣讲|报道|捐赠|捐款|资助|代表|率|"
    "陪同|一行|介绍|调研|出席|讲话|摄"
)
_PLACE_AFTER = deferred(
    "[村庄镇乡县市区街巷沟坪湾屯寨峪洼]|社区|小区|小学|中学|大学|学校|学院|幼儿园|医院|卫生院|卫生室|诊所|药店|公司|集团|超市|物业|"
    "食品|家政|保险|客车|汽车|基金|科技|电子|商贸|饭店|酒店|农机|服饰|机械|化工|银行|物流|建筑|建设|新材|合作社|农场|"
    "林场|牧场|大厦|广场|花园|家园|苑|号楼|大院|胡同|项目|工程|制度|精神|主义|实验|综合征|(?P<perhaps>[路省州山河江湖岛桥岭厂])"
)
"""What the name before it makes a place, a company or a thing; some only where they begin no other word (路上)."""
_FOREIGN: Final = "斯尔克特夫布姆格塞蒂顿迪诺莫纳托科伊玛曼萨鲁蒙卢洛奇"
_FOREIGN_NAME = deferred(f"[^·]([{_FOREIGN}])(?!\\1)[{_FOREIGN}]$")
"""Two characters of sounds stand for a name of another language (马塞洛), unless one is said twice (蒙蒙)."""
_FOREIGN_WORD = deferred(f"(?:([{_FOREIGN}乔哈麦狄葛罗辛杜妮亚凯恩普森德利波高里威金贝坦福汉])(?!\\1)){{3,}}")
"""So do three or more in a row that names of China have, too (麦凯恩, 哈利波特)."""
_PLACE_NAME = deferred("[村镇县市区省街巷乡屯路岛庄寨]$|家[庄沟湾坪寨店营洼堡窑坡坝塬铺集岭](?:..?)?$")
_KIN: Final = (
    "某|大爷|大妈|大娘|大姐|大哥|大嫂|大叔|大婶|奶奶|爷爷|阿姨|叔叔|伯伯|婆婆|阿婆|阿公|老人|老汉|师傅|先生|女士|同志|"
    "小朋友"
)
_ANONYMOUS = deferred(f"{_KIN}|老师|同学|[×x*＊○〇□]")
"""After a surname: who it is stays hidden."""
_ROLE_BEFORE = deferred(
    "(?:(?<!施)工|[户人员者生童属妇民军兵婴妻夫伴子女母父妈爸亲孤例接盲主儿师匠农徒娃]|对象|家庭|群众|青年|病人|党员|大爷|大娘|奶奶|"
    "爷爷|兄弟|(?<![呼喊])叫做?|姓名|取名|户名|本名|真名|原名)(?:的|了|有|是|叫)?[：:“，]?$"
)
_VERB_BEFORE = deferred(
    "[给为向对把将替帮助陪和与跟同叫到去是有因由请劝访问过看了着塞予找见]$|慰问$|看望$|联系$|救助$|敲开$"
)
_DE_BEFORE = deferred("[的后时前里上中家]$")
_EDGE_BEFORE = deferred(f"(?:^|[^{_HAN}])$")
_DETAILS_AFTER = deferred("[，,（(]?(?:男|女)[，,、）)]|[，,（(]?(?:今年|现年)?[0-9一二三四五六七八九十]{1,3}岁")
_PERSON_AFTER = deferred(
    "家(?!庄|沟|湾)|的(?:[家儿女丈妻老父母孩房手眼腿病低婆公媳爸妈]|小儿|小女|轮椅|医)|一家|两户|两家|三[人户家]|手[里中上]|"
    f"{_KIN}|同学|夫妇|夫妻|兄妹|姐弟|说|今年|[（(]|等(?:[0-9一二三四五六七八九十]|困难|.?[人户名])|因|患|得了|查出|失业|离异|隔离|从|脸上|告诉|"
    "反映"
)
_EDGE_AFTER = deferred(f"$|[^{_HAN}]")
_WORD_AFTER = deferred(
    "[的在是有和与及也已曾正还都将把被对从到为由两一今现没原领收住用去来不想上下申签按参刚独丢常最终给向跟同就又当急没无欠拖带抱拿坐躺靠站蹲哭笑摔瘫失拄背养种开打做吃睡回]|.[了着过]"
)
_AND = deferred("[、和与及]")
_LIST = deferred(f"(?:[（(][^（）()]{{1,12}}[）)])?[、，,；;/和与及{CELL}{BLOCK}]+")
_PART: Final = "|".join(sorted(PARTS, key=len, reverse=True))
_SOUND: Final = "".join(set("".join(PARTS)) - set("和"))
_SOUNDS: Final = f"(?:{_PART}|[{_SOUND}])"
_OTHER_NAMES = deferred(
    f"(?:(?:{_PART})|(?<![{_HAN}])[{_SOUND}]{{2}}){_SOUNDS}{{0,4}}·(?:{_PART}|[{_SOUND}]{{2}}){_SOUNDS}{{0,4}}(?![（(][a-z])"
    f"|(?:{_PART}){{2,4}}"
)
_OF_DIARIES: Final = ("日志", "日记", "周记", "手记", "札记")
"""The ends of words that are no names: 周日志."""
_SURNAMES: Final = frozenset((*SINGLE, *RARE, *COMPOUND))
_OF_HOME: Final = ("的", "里", "中", "住")
_NO_START = deferred("[·・《]|[0-9][万位余元项名石单支]")
_NOT_OURS_AFTER = deferred("[·・《]|[（(](?:[a-z]|化名)")


@functools.lru_cache(maxsize=4096)
def guessed(text: str, least: int = LIMIT) -> tuple[tuple[int, str], ...]:
    """The places and the characters of what may be names in a few sentences. Many pages show the same ones."""
    people, officials = _Decided(text, _LIST), _Decided(text, _AND)
    for match in _OTHER_NAMES.finditer(text):
        people.add(match.span())
    weighed: list[tuple[int, _Span]] = []
    for bits, span in _candidates(text):
        if not _is_official(text, *span):
            weighed.append((bits + _left(text, span[0]) + _right(text, span[1]) + _whole(text, *span), span))
        elif bits >= least:
            officials.add(span)
    weighed.sort(key=lambda one: (-one[0], one[1]))
    # Who stands in a list with others is what they are.
    for more in (0, _LISTED, _LISTED):
        for score, span in weighed:
            if score + more < least or people.overlap(span) or officials.overlap(span):
                continue
            if officials.precede(span):
                officials.add(span)
            elif not more or people.precede(span) or people.follow(span):
                people.add(span)
    return tuple((start, text[start:end]) for start, end in sorted(people.spans))


class _Decided:
    """Names that are decided on. ``joint`` is what may be between two of them in a list."""

    def __init__(self, text: str, joint: re.Pattern[str]) -> None:
        self.spans: list[_Span] = []
        self._text = text
        self._joint = joint
        self._starts: set[int] = set()
        self._next: set[int] = set()
        self._taken = bytearray(len(text))

    def add(self, span: _Span) -> None:
        self.spans.append(span)
        self._starts.add(span[0])
        self._taken[slice(*span)] = b"x" * (span[1] - span[0])
        if joint := self._joint.match(self._text, span[1]):
            self._next.add(joint.end())

    def overlap(self, span: _Span) -> bool:
        return any(self._taken[slice(*span)])

    def precede(self, span: _Span) -> bool:
        """Whether one of them is before the span in the same list."""
        return span[0] in self._next

    def follow(self, span: _Span) -> bool:
        joint = self._joint.match(self._text, span[1])
        return joint is not None and joint.end() in self._starts


def _candidates(text: str) -> Iterator[tuple[int, _Span]]:
    for clause in _CLAUSE.finditer(text):
        for start, end, bits in candidates(clause[0]):
            span = clause.start() + start, clause.start() + end
            if bits >= _HOPELESS and not _is_nobody(text, *span):
                yield bits, span


def _is_nobody(text: str, start: int, end: int) -> bool:
    """Whether the characters belong to a place, a foreign name, or a name that hides who it is (张某, 张大爷, 化名)."""
    if (
        _ANONYMOUS.match(text, start + 1)
        or _NOT_OURS_AFTER.match(text, end)
        or _PLACE_NAME.search(text, start - 1, end)
        or _FOREIGN_NAME.match(text, start, end)
        or text[end - 2 : end] in _OF_DIARIES
        or ((word := _FOREIGN_WORD.match(text, start)) and word.end() >= end)
    ):
        return True
    if text[end - 1] == "家" and text[end : end + 1] in _OF_HOME:
        return True
    # 彭家 in a cell, and in 彭家的, is a household or a hamlet: no more is said than the surname.
    home = text.find("家", start + 1, end)
    if home > 0 and text[start:home] in _SURNAMES and (home == end - 1 or text[home + 1] in _OF_HOME):
        return True
    if _NO_START.match(text, max(0, start - 1)):
        return True
    place = _PLACE_AFTER.match(text, end)
    return place is not None and not (place.lastgroup and is_word(text[end : end + 2]))


def _is_official(text: str, start: int, end: int) -> bool:
    return bool(_OFFICIAL_BEFORE.search(text, max(0, start - 5), start) or _OFFICIAL_AFTER.match(text, end))


def _left(text: str, start: int) -> int:
    left = text[max(0, start - 8) : start]
    if _ROLE_BEFORE.search(left):
        return _ROLE
    if _VERB_BEFORE.search(left):
        # 了解春耕: what looks like a verb may begin another word.
        return 0 if is_word(text[start - 1 : start + 1]) else _AFTER_VERB
    if _EDGE_BEFORE.search(left):
        return 0
    if _DE_BEFORE.search(left):
        return _AFTER_DE
    return _AFTER_WORD if is_word(left[-2:]) else _WITHIN


def _right(text: str, end: int) -> int:
    if _DETAILS_AFTER.match(text, end):
        return _DETAILS
    if _PERSON_AFTER.match(text, end):
        return _PERSON
    if _EDGE_AFTER.match(text, end):
        return 0
    return _BEFORE_WORD if _WORD_AFTER.match(text, end) or is_word(text[end : end + 2]) else _INSIDE


def _whole(text: str, start: int, end: int) -> int:
    return _CLAUSE_BITS if _EDGE_BEFORE.search(text[max(0, start - 1) : start]) and _EDGE_AFTER.match(text, end) else 0
