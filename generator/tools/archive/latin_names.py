"""Names of private persons in Latin letters, where a writer wrote them by hand, or in attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import IO, Final

from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.pinyin import NameReader, characters, readings, without_marks
from generator.ground.pinyin import Reading as Syllables
from generator.model.content import Person, PersonRole
from generator.render.privacy.attachments.reader import Reading

_SURE: Final = 3
"""Syllables of a name that no other words have by chance; two may be the name of a country: Mali."""
_GAP: Final = r"(?:%20|[\W_]){0,8}"
"""What may stand between syllables: spaces, hyphens, a comma, the end of a line and the sign of a comment."""
_MARKED: Final = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff\uff21-\uff5a]")
"""Letters with marks, marks, and wide letters."""
_JOINT: Final = re.compile("(?<=[a-z])(?=[A-Z])")
"""Where a word begins in another: photoZhangSan."""
_SPACED: Final = re.compile("(?<![A-Za-z])[A-Za-z](?:[ ._-]{1,2}[A-Za-z]){3,}(?![A-Za-z])")
"""Letters that stand apart: Z h a n g S a n."""
_APART: Final = re.compile("[ ._-]")
_SURNAMES: Final = {
    "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "朴": "piao", "区": "ou", "员": "yun", "折": "she",
    "召": "shao", "薄": "bo", "卜": "bu", "覃": "qin", "乜": "nie", "祭": "zhai", "种": "chong", "乐": "yue",
    "黑": "he", "盖": "ge",
    "秘": "bi", "洗": "xian", "宓": "fu", "尉": "yu", "牟": "mu", "万": "mo", "澹": "tan",
}  # fmt: skip
"""How characters are read as surnames, or in them, that are mostly read otherwise."""


@frozen
class LatinName:
    """A private person's name in Latin letters."""

    person: str
    """The id."""
    words: str
    """What finds it in a text without marks and capitals: its syllables in each order, however they are set apart
    (Zhang San, san-zhang), and the id where that is the name."""
    is_sure: bool
    """Whether it can be nothing else."""

    def problem(self, path: str, line: int) -> Problem:
        """What is said where it stands; ``line`` is 0 for the name of the file."""
        if self.is_sure:
            message = say('the name of the private person "{person}" stands here in Latin letters', person=self.person)
            hint = say("write another word here; in the roles of the bundle, the id is replaced")
        else:
            message = say('this may be the name of the private person "{person}" in Latin letters', person=self.person)
            hint = say("if it is the name, write another word here; else allow it, under privacy: allow: in site.yaml")
        return Problem(
            path=path, line=line, message=message, hint=hint, is_file_name=not line, is_warning=not self.is_sure
        )


@frozen
class LatinNames:
    """Such names of all private persons."""

    names: tuple[LatinName, ...]
    allowed: tuple[str, ...]
    """Words that are none, without marks and capitals."""
    pattern: re.Pattern[str]
    """What finds any of the names."""

    @classmethod
    def of(cls, people: Iterable[Person], allowed: Iterable[str]) -> LatinNames:
        """Those of these persons, apart from words that a site allows."""
        private = (one for one in people if one.role is PersonRole.PRIVATE)
        names = tuple(name for one in private if (name := _latin_name(one)))
        # What holds no letters would take away the ends of words.
        words = tuple(_plain(one) for one in allowed if re.search("[A-Za-z]", one))
        return cls(names, words, _pattern(one.words for one in names))

    def problems(self, path: str, text: str = "") -> Iterator[Problem]:
        """Each of them in a text as it goes into the bag, or in the name of its file."""
        shown, plain = self._without_allowed(path), self._without_allowed(text)
        if not self.names or not (self.pattern.search(shown) or self.pattern.search(plain)):
            return
        for name in self.names:
            pattern = _pattern([name.words])
            lines = dict.fromkeys(plain.count("\n", 0, found.start()) + 1 for found in pattern.finditer(plain))
            for line in [0, *lines] if pattern.search(shown) else lines:
                yield name.problem(path, line)

    def in_file(self, path: str, file: IO[bytes]) -> Iterator[Problem]:
        """The same in a file that may be of any kind, each once. Raises OSError."""
        if not self.names:
            return
        found: dict[str, Problem] = {}
        for piece in Reading(file).texts():
            if isinstance(piece, str):
                for problem in self.problems("", piece):
                    found.setdefault(str(problem.message), replace(problem, path=path, line=0))
        yield from found.values()

    def _without_allowed(self, text: str) -> str:
        plain = _plain(text)
        for word in self.allowed:
            # No name goes on over a figure.
            plain = plain.replace(word, "0")
        return plain


def _plain(text: str) -> str:
    """The text without marks and capitals. Chinese text, of which there is much, has neither."""
    together = _SPACED.sub(lambda found: _APART.sub("", found[0]), text)
    parted = _JOINT.sub(" ", together)
    return without_marks(parted) if _MARKED.search(parted) else parted.lower()


def _latin_name(person: Person) -> LatinName | None:
    """A person's name in Latin letters; None where neither the name nor the id says it."""
    typed = re.sub(r"[^a-z]", "", person.id.lower())
    words, is_sure = dict[str, None](), False
    for read in map(_read, (person.name, *person.aliases)):
        # The family name may stand last.
        turns = [(*read[at:], *read[:at]) for at in range(len(read))]
        is_id = any(re.fullmatch(_word(turn), typed) for turn in turns)
        if is_id:
            words[re.escape(_plain(person.id))] = None
        if is_id or (len(read) > 1 and all(all(syllables) for syllables in read)):
            is_sure |= is_id or len(read) >= _SURE
            words.update((_word(turn), None) for turn in turns)
    return LatinName(person.id, "|".join(words), is_sure) if words else None


def _read(name: str) -> tuple[Syllables, ...]:
    """What each character of a name may be read as, and each word of other letters; of such, an empty one as well."""
    parts, chars = NameReader({}).of(name), [name[at] for at in characters(name)]
    found = list[Syllables]()
    for number, part in enumerate(parts):
        if len(chars) == len(parts):
            others = (_SURNAMES[chars[0]],) if not number and chars[0] in _SURNAMES else ()
            found.append(tuple(dict.fromkeys((part.rstrip("12345"), *others, *readings(chars[number])))))
        else:
            found.append((part.rstrip("12345"), ""))
    return tuple(found)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    # Of Chinese text, of which there is most, no sign is tried against each of the words.
    return re.compile(f"(?<![a-z])(?=[a-z])(?:{'|'.join(words)})(?![a-z])")


def _word(name: tuple[Syllables, ...]) -> str:
    """What finds syllables with tones or without, one behind the other. Passports write lü as lyu, others as lue."""
    return _GAP.join(f"(?:{'|'.join(re.escape(one) for one in some if one)})[1-5]?" for some in name).replace(
        "v", "(?:v|ue?|yu)"
    )
