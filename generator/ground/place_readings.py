"""Readings of characters in names of places where the library's are those of common words.

Counties and towns are read as the state's gazetteer has them; a surname before 家, as in names of villages, is read
as a surname, and so are some before 庄, 集, 桥 and others, whatever follows: a village and a factory of one place are
read alike. What a writer tells of a name comes before both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_PLACES: Final = {
    line.partition(" ")[0]: tuple(line.split()[1:])
    for line in """\
        长清 chang2 qing1
        长岛 chang2 dao3
        长乐 chang2 le4
        单县 shan4 xian4
        乐陵 lao4 ling2
        六合区 lu4 he2 qu1
        涡阳 guo1 yang2
        浚县 xun4 xian4
        荥经 ying2 jing1
        洪洞 hong2 tong2
        解州 hai4 zhou1
        繁峙 fan2 shi4
        大城县 dai4 cheng2 xian4
        郫都 pi2 du1
        筠连 jun1 lian2
        什邡 shi2 fang1
        宕昌 tan4 chang1
        会稽 kuai4 ji1
        伽师 jia1 shi1
        珲春 hun2 chun1
        穆棱 mu4 ling2
        朝阳 chao2 yang2
        泊头 bo2 tou2
        覃塘 qin2 tang2
    """.replace("        ", "").splitlines()
    if line
}
_SURNAMES: Final = {
    "曾": "zeng1", "翟": "zhai2", "阚": "kan4", "缪": "miao4", "单": "shan4", "解": "xie4", "仇": "qiu2", "查": "zha1",
    "朴": "piao2", "区": "ou1", "员": "yun4", "折": "she2", "召": "shao4", "薄": "bo2", "卜": "bu3", "覃": "qin2",
    "乜": "nie4", "祭": "zhai4", "任": "ren2", "华": "hua4", "葛": "ge3", "种": "chong2",
}  # fmt: skip
_BEFORE: Final = "大小东西南北上下前后新老中村镇乡县区市州省"
"""What stands in front of a surname in the name of a village: 小单家, 西解家庄."""
_LANDS: Final = "山岭岗坡沟河湾桥井台庄店泉塘洲滩坪坝堰堤渠池湖溪圩屯堡寨街巷峪崖洞埠坑岛川"
"""What a place is called after that is long: 长岭, 长桥."""
_SETTLED: Final = r"[寨营屯湾]|庄(?![园稼])|集(?![装成中体团约贸])|桥(?![梁涵洞面墩])"
"""What a place is called after a surname; 单集装箱, 查桥梁 and 市区庄园 hold no surnames."""
_SURNAME: Final = re.compile(
    rf"[曾翟阚缪](?!经)"
    rf"|(?:^|(?<=[{_BEFORE}]))[{''.join(_SURNAMES)}](?=家(?![庭属访园具电]|长(?![{_LANDS}]))|各庄)"
    rf"|(?:^|(?<=[省市县镇乡]))(?:[单仇查解](?={_SETTLED})|区(?=庄(?![园稼])))"
)
"""The first four are hardly anything else in names."""
_POSSIBLE: Final = re.compile(rf"(?:^|(?<=[{_BEFORE}]))[{''.join(_SURNAMES)}](?!$)")
_LONG: Final = re.compile(rf"^长(?![子老官者房孙辈兄男女大成])|(?<=[镇乡县区市家])长(?=[{_LANDS}]|.{{1,2}}[村庄])")
"""In names of places it is long, but for 长子县 and others that grow; 长岭 in 土门镇长岭村 is no head of a town."""
_PLACE: Final = re.compile("|".join(_PLACES))


def surname_readings(name: str) -> Iterator[tuple[int, str]]:
    """The places of the characters that may be surnames in a name, each with its syllable and tone as a surname."""
    for found in _POSSIBLE.finditer(name):
        yield found.start(), _SURNAMES[found[0]]


def place_readings(name: str) -> Iterator[tuple[int, str]]:
    """The places of the characters in a Chinese name that are read otherwise there, each with its syllable and tone."""
    for long in _LONG.finditer(name):
        yield long.start(), "chang2"
    for found in _SURNAME.finditer(name):
        yield found.start(), _SURNAMES[found[0]]
    for found in _PLACE.finditer(name):
        yield from enumerate(_PLACES[found[0]], found.start())
