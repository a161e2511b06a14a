"""Persons, targets and requests that a text seems to name: known ones are recognised, others are offered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from generator.ground.frozen import frozen
from generator.ground.text import nfc
from generator.model.content import Person, PersonRole
from generator.tools.importers.called import called, is_name
from generator.tools.importers.peoples import of_peoples

_TARGET: Final = re.compile(
    r"[㐀-鿿（）()]{2,24}?(?:有限责任公司|有限公司|集团公司|合作社)|(?:街道|[镇乡])[㐀-鿿]{2,4}(?:社区|村(?!民))"
    r"|(?<=[、，。；到赴在进])[㐀-鿿]{2,5}(?<!等)(?:社区|小区)"
)
_LEADING: Final = re.compile(
    r".*(?:深入到?|前往|赶赴|来到|走进|走访|慰问|对接|位于|察看了?|单位|对象|街道|[到赴在为对给由向从的将于了镇乡]|(?:公司|合作社|社区|[村厂局委组们])[与和及])(?=[㐀-鿿（(]{3})"
)
_NAMED: Final = re.compile(
    r"^(?:(?:走访|服务|联系|帮扶)?(?:单位|企业)(?:名称)?|(?:服务|走访)对象)\s*[:：]\s*([㐀-鿿（）()]{2,24})\s*$",
    re.MULTILINE,
)
"""What a field or a column of a table calls so."""
_REQUEST: Final = re.compile(
    r"(?<![^\n])(?:企业|主要|存在的?)?(?:诉求|需求|问题|困难)(?:和困难|及需求)?\s*[:：]\s*(?P<said>[^\s无][^\n]+)|(?<![^。！？\n])[^。！？\n]*(?:希望工作组|希望帮助|希望能够?帮|请求|恳请|急需|急缺|紧缺|无供货|难以解决"
    r"|反映[^。\n]{0,20}(?:困难|问题))[^。！？\n]*[。！？]?"
)


_ON_DUTY: Final = re.compile("([白夜早中晚值带]班)(?=[㐀-鿿])")
"""What stands right before a name in a roster."""
_LISTED: Final = re.compile("(?<![㐀-鿿])([㐀-鿿]{2,4})、$")
_BETWEEN: Final = re.compile(r"\s*[、，,；;/]\s*|(?<=[㐀-鿿])\s+(?=[㐀-鿿])")
_RUN: Final = re.compile("[㐀-鿿·]+")
_SHORT: Final = re.compile("[㐀-鿿]{2,4}")
_IN_TITLE: Final = 2
"""The bits that a name needs in a title, which becomes an address, or alone behind a day, where names often stand."""
_ALONE: Final = -1
"""The same of one that is all of a text: the guess adds three bits at the edges of a clause."""
_LONGEST_LISTED: Final = 8
"""Characters."""
_WHOLE: Final = re.compile("[㐀-鿿]{3,4}")
"""A name of which the last two characters are the given name."""
_CALLED: Final = (
    "(?:大?嫂子?|大?婶子?|大[爷妈娘姐哥叔伯]|奶奶|爷爷|阿姨|叔叔?|伯伯?|哥|姐|妹子?|弟|婆婆|阿婆|老[汉人师]"
    "|书记|主任|队长|组长|村长|厂长|会计|师傅|同志|医生)"
)
_RANKS: Final = "大二三四五六七八九小老幺"
_KIN: Final = "娘爷妈姐哥叔嫂婶伯姨妹弟姑舅"
_MOST_OFFERED: Final = 12
_ENDS: Final = "。！？!?；;\n"
_AROUND: Final = 40
"""Characters that are shown before a name and behind it."""


@frozen(kw_only=True)
class Offer:
    """Something that the site may want to know, seen in a text."""

    kind: str
    """``target`` or ``request``."""
    text: str
    times: int


def names(
    text: str, people: Sequence[Person], targets: Iterable[str], hardship: Iterable[str], titles: Iterable[str] = ()
) -> tuple[str, ...]:
    """The probable names of persons whom the site does not know, in the order of the text.

    Beside a word of hardship all that the guard of a build would notice, elsewhere only what is surely a name; in
    the titles of days, which become addresses, what is hardly anything else.
    """
    # What guesses is slow to import.
    from generator.render.privacy.glyphs import BLOCK
    from generator.render.privacy.guesses import SURE, guessed
    from generator.render.privacy.hardship import Hardship, without_space
    from generator.render.privacy.surnames import COMPOUND

    known = (*(name for one in people for name in (one.name, *one.aliases)), *targets)
    text = nfc(text)
    flat = BLOCK.join(map(without_space, text.split("\n")))
    guard = Hardship(hardship, known=known, registered=())
    found = [(place, name) for _, name, place in guard.hits(flat)]
    found += guessed(flat, SURE)
    found += [one for place, name in found if not guard.knows(name) for one in _listed_before(flat, place)]
    # White space means nothing, or it sets names apart: 星期二 晴 阮志强.
    found += guessed(BLOCK.join(_ON_DUTY.sub(r"\1 ", text).split()), SURE)
    # In a title, what stands next to a name need not be another: 白班 李冬.
    runs = _RUN.findall(_ON_DUTY.sub(r"\1 ", nfc("\n".join(titles))))
    found += guessed("。".join(runs), _IN_TITLE)
    # What begins with a surname of two characters is hardly anything else.
    more = [*called(text), *of_peoples(text), *(one for one in runs if one[:2] in COMPOUND and is_name(one))]
    every = {*_standing(text, (*(name for _, name in found), *more))}
    every = {whole for name in every for whole in _with_rank(text, name) if not guard.knows(whole)}
    return tuple(sorted(every, key=text.find))


def _standing(text: str, names: Iterable[str]) -> Iterator[str]:
    """Those of the names that stand in the text, and not only within longer ones: 古丽扎 in 古丽扎尔 is none."""
    for name in sorted({*names}, key=lambda name: (-len(name), name)):
        if name in text:
            yield name
            text = text.replace(name, "\0" * len(name))


def _with_rank(text: str, name: str) -> Iterator[str]:
    """The name as it stands in the text: 孙二娘, where 孙二 is no whole one."""
    ranked = (
        re.findall(rf"{re.escape(name)}(?:([{_KIN}])(?!\1))?", text) if len(name) == 2 and name[1] in _RANKS else [""]
    )
    yield from (f"{name}{kin}" for kin in dict.fromkeys(ranked))


def are_names(text: str) -> bool:
    """Whether a text behind a day, where names often stand, is made of them alone: 阮志强, 李冬、赵敏."""
    parts = apart(text)
    return bool(parts) and all(_SHORT.fullmatch(one) and is_name(one, _ALONE) for one in parts)


def apart(text: str) -> tuple[str, ...]:
    """The names in a list of them."""
    return tuple(filter(None, _BETWEEN.split(text)))


def _listed_before(text: str, at: int) -> Iterator[tuple[int, str]]:
    """The names that stand in a list before one. Behind an office, the guard of a build takes them for officials."""
    while listed := _LISTED.search(text, max(0, at - _LONGEST_LISTED), at):
        at, name = listed.start(1), listed[1]
        if not is_name(name, 0):
            return
        yield at, name


def familiar(text: str, private: Iterable[str]) -> Iterator[str]:
    """What a text calls private persons whose whole names are known: 秀英嫂子 for 谭秀英."""
    for name in private:
        if _WHOLE.fullmatch(name):
            found = re.findall(rf"(?<!{name[:-2]}){name[-2:]}{_CALLED}", text)
            yield from dict.fromkeys(found)


def is_familiar(called: str) -> bool:
    """Whether such words are a given name and what one calls people: 秀英嫂子."""
    return re.fullmatch(f"[㐀-鿿]{{2}}{_CALLED}", called) is not None


def instead_of(called: str, private: Iterable[Person]) -> str | None:
    """The pseudonym for such words, made of the one for the whole name; None for any others."""
    for one in private:
        if one.pseudonym and called in familiar(called, (one.name,)):
            return f"{one.pseudonym}{called[2:]}"
    return None


def sentence_with(text: str, name: str) -> str:
    """The sentence in which a name stands first, without what is far from it."""
    at = text.find(name)
    begin = max(text.rfind(sign, 0, at) for sign in _ENDS) + 1
    end = next((place for place in range(at, len(text)) if text[place] in _ENDS), len(text))
    before, behind = text[begin:at].lstrip(), text[at + len(name) : end + 1].rstrip()
    before = before if len(before) <= _AROUND else f"…{before[-_AROUND:]}"
    return before + name + (behind if len(behind) <= _AROUND else f"{behind[:_AROUND]}…")


def registered(text: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """The private persons of the site whom a text names."""
    return tuple(
        one
        for one in people
        if one.role is PersonRole.PRIVATE and any(name in text for name in (one.name, *one.aliases))
    )


def stand_ins(people: Iterable[Person]) -> dict[str, str]:
    """What is written instead of the names of private persons, the longest name first."""
    private = (one for one in people if one.role is PersonRole.PRIVATE)
    instead = {name: one.pseudonym or f"{name[0]}某" for one in private for name in (one.name, *one.aliases)}
    return dict(sorted(instead.items(), key=lambda one: -len(one[0])))


def without_names(text: str, instead: Mapping[str, str]) -> str:
    """The text with what is written instead of these names."""
    # The first name counts: 谭秀英 before 秀英嫂子, which begins within it.
    pattern = "|".join(map(re.escape, instead))
    return re.sub(pattern, lambda found: instead[found[0]], text) if pattern else text


def targets_in(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the targets that a text names, in the order of the text; a longer name hides a shorter one in it."""
    found: dict[str, int] = {}
    text = nfc(text)
    for name, target in known.items():
        at = text.find(name)
        if at >= 0:
            found[target] = min(at, found.get(target, at))
            text = text.replace(name, "\0" * len(name))
    return tuple(sorted(found, key=lambda one: found[one]))


def offers(text: str, known: Mapping[str, str]) -> Iterator[Offer]:
    """Candidates for targets and requests."""
    found = [_LEADING.sub("", match[0]) for match in _TARGET.finditer(text)]
    found = [*(one for one in found if len(one) >= 3), *(one for one in _NAMED.findall(text) if one not in found)]
    counted = Counter(name for name in found if not any(one in name or name in one for one in known))
    for name, times in counted.most_common(_MOST_OFFERED):
        yield Offer(kind="target", text=name, times=times)
    for match in _REQUEST.finditer(text):
        yield Offer(kind="request", text=(match["said"] or match[0]).strip()[:120], times=1)


def pseudonym(name: str, taken: Iterable[str]) -> str:
    """A name to publish instead: 李某, 欧阳某; another one for the next of that surname."""
    # What knows surnames is slow to import.
    from generator.render.privacy.surnames import COMPOUND

    used = set(taken)
    first = (
        name[:2] if len(name) > 2 and name[:2] in COMPOUND else name[0] if "㐀" <= name[0] <= "鿿" else name[0].upper()
    )
    bases = [f"{first}某", f"{first}某某", *(f"{first}某{sign}" for sign in "甲乙丙丁戊己庚辛壬癸")]
    bases = bases if "㐀" <= name[0] <= "鿿" else [f"{first}.", *(f"{first}. {n}" for n in range(2, 99))]
    return next((one for one in bases if one not in used), f"{bases[0]}{len(used)}")
