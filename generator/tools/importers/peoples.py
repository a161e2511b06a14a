"""Names of other peoples of China, who have no surnames that tell them: 古丽扎尔, 娜仁托娅, 吉克石布, 岩温罕."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.render.privacy.surnames import PARTS

_MORE: Final = """
    央宗 旺久 旺扎 曲吉 曲扎 曲培 仓决 次央 达娃 德庆 德央 嘎玛 贡觉 降央 晋美 京巴 朗杰 琼达 桑杰 桑旦 旺杰
    旺珍 西绕 益珍 拉珍 赤列 班玛 伦珠 欧珠 仁钦 仁真 才旦 才仁 项秀 万玛 官却 贡保 更登 托娅 图娅 那仁 阿茹娜
    阿古拉 宝力德 宝力格 布仁 恩和 格根 满都拉 孟克 娜布其 诺敏 奇木格 青格乐 赛罕 苏雅拉 特日格乐 铁木尔 图门
    乌恩 乌力吉 希吉日 新吉勒 道尔吉 格日乐 照日格图 马合木提 马木提 买合木提 麦合木提 艾尔肯 阿不力孜 阿布力
    阿巴斯 夏木 艾比拜 巴吐尔 多力坤 海米提 海拉提 吉力力 居来提 卡米力 凯赛尔 米吉提 米娜瓦尔 木明 穆合塔尔
    穆罕默德 尼加提 帕尔哈提 帕坦木 泰来提 热合木 热比亚 热依拉 沙吾提 塔依尔 吐尔地 吐尔干 吐尔孙 托乎提 图荪
    乌斯曼 肖开提 亚库甫 伊力 伊敏 伊明 依布拉音 依力 再娜甫 再努 早热 扎克尔 祖丽 祖农 叶尔肯 努尔兰 加尔恒
    塞力克 吾兰 古再丽 阿丽 石布 石一 布哈 子古 尔洛 尔布 尔哈 拉日 拉者 曲者 且沙 俄切 古哈 罗洪 洛古 马黑 麦吉
    莫洛 木牛 乌呷 伍呷 苏呷 沙呷 日呷 尔呷 牛呷 石呷 有呷 色日 史铁 土比 体古 铁哈 瓦渣 热古 恩扎 比曲 依伙
    依洛 克惹 金古 贾巴 加拉 曲木
"""
_EVERY: Final = sorted({*PARTS, *_MORE.split()}, key=lambda part: (-len(part), part))
_PART: Final = "|".join(_EVERY)
_IN_WORDS: Final = "来和日大有一子加且者石牛金木马海土比力江才万多更米明白西夏青平先伊"
_SOUNDS: Final = frozenset("".join(_EVERY)) - frozenset(_IN_WORDS)
"""Characters that go on with such a name and are in few other words."""
_HEADS: Final = _SOUNDS | frozenset("万孜")
_TAILS: Final = _SOUNDS | frozenset("提江")
_PIECE: Final = re.compile(_PART)
_DAI_NAME: Final = "(?:[岩玉][温罕应甩叫坎宰香波喃旺腊约燕光糯扁]|波[罕温应岩]|咪[涛罕])[㐀-鿿]?"
_DAI: Final = re.compile(f"(?:(?<![㐀-鿿])|(?<=[到找给向为人女儿孙户民])){_DAI_NAME}(?=[、，。；家等和与（]|$)")
_ROLE: Final = re.compile(
    "(?:[村牧农居渔]民|户主?|对象|人员|孤儿|儿童|老人|家长|学生|群众|老乡|大[爷妈娘姐哥叔婶]|阿妈|阿爸|奶奶|爷爷"
    "|[儿孙]女|[妻儿孙]子|丈夫|护林员|巡护员|队员|叫|[找给看帮]|[、和与])$"
)
_PLACE: Final = re.compile("[村镇乡县市旗州湖山河路街巷]|苏木|嘎查|草原|社区|牧场|大街|机场|林场|水库|浩特|察布|巴托")
_MOST_SOUNDS: Final = 3
_WHOLE: Final = 3
"""Characters of a part that is a name on its own: 巴特尔."""


def of_peoples(text: str) -> Iterator[str]:
    """The names in a text. A part of two characters is one only behind what says that a person follows."""
    yield from (found[0] for found in _DAI.finditer(text))
    for start, end in _runs(text):
        parts = _PIECE.findall(text[start:end])
        is_whole = len(parts) > 1 or any(len(part) >= _WHOLE for part in parts) or end - start > _WHOLE
        is_told = _ROLE.search(text[max(0, start - 4) : start]) is not None
        if (is_whole or is_told) and not _PLACE.match(text, end):
            yield text[start:end]


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where parts of names stand, one or several in a row, with the sounds in front of them and behind."""
    # What guesses is slow to import.
    from generator.render.privacy.lexicon import is_word

    done = 0
    while first := _PIECE.search(text, done):
        start, end = first.span()
        while start > done and text[start - 1] in _HEADS and first.start() - start < _MOST_SOUNDS:
            start -= 1
        # At the edges, a character may be of the word next to it.
        while 0 < start < first.start() and is_word(text[start - 1 : start + 1]):
            start += 1
        while more := _PIECE.match(text, end):
            end = more.end()
        last = end
        while text[end : end + 1] in _TAILS and end - last < _MOST_SOUNDS:
            end += 1
        while end > last and is_word(text[end - 1 : end + 1]):
            end -= 1
        yield start, end
        done = end
