"""The types of front matter fields. Each converts the written text to a value, or raises Fault with a hint.

YAML is read without types, so these functions decide what a number, a date or a list is.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, TypeVar
from urllib.parse import unquote

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)

from generator.ground.dates import DateSpan, Day, parse_day, parse_span
from generator.ground.errors import Fault
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.ground.pinyin import Reading, syllables
from generator.ground.text import FORBIDDEN, SEGMENT_BYTES, is_han, is_windows_name, name_slug, nfc, normal, slug
from generator.model.content import Part, PersonRole, PolicyLevel, RequestStatus, Status
from generator.model.settings import Derived
from generator.read.vocabulary import CHINESE_NUMBERS, ENGLISH
from generator.read.yaml_writing import in_quotes

T = TypeVar("T")

ALIAS_BYTES: Final = 800
"""The longest alias, so that with the output folder it stays within the longest path of common systems."""
_LIST_SEPARATORS = re.compile(r"[、，,;；【】［］\[\]]\s*|\s+")
_QUOTED = re.compile(r"""^\s*[“‘"'「(（]([^“”‘’"'「」()（）]*)[”’"'」)）]\s*$""")
_SPECIAL = re.compile(r"""[,\[\]{}:#&*!|>'"%@`]|^[-?]""")
"""What a value within brackets may not hold outside quotes (YAML 1.1, 5.3)."""
_WHOLE = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_MOMENT = re.compile(r"(.+?)(?:[ T]\s*(\d{1,2}):(\d{2}))?", re.ASCII)
LANGUAGE: Final = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_BCP47 = re.compile(LANGUAGE)
_ALIAS = re.compile(r"/[^\s?#\\，、；]*")
_ROLE = re.compile(r"\{\w+\}\s?`")


@frozen
class Document:
    """What the rest of a file says of a field."""

    year: int | None
    """The year in its path; None where there is none."""
    date: object
    """What is written as its date."""

    @property
    def day(self) -> str:
        """A day that may stand in it: the last one that it is about."""
        try:
            return str(parse_span(str(self.date), self.year).end)
        except Fault:
            return "2020-03-20"


class Fields(BaseModel):
    """The base class of the schema's mappings: unknown keys are faults, and values are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    example: ClassVar[str] = ""
    """One of these mappings as YAML, with ``{}`` for what was written as a text instead, ``{id}`` for an id made of it,
    and ``{day}`` for a day; empty where none helps."""

    @classmethod
    def written(cls, value: str, document: Document) -> str:
        """The mapping that was probably meant by a text in its place."""
        text = in_quotes(value) if _SPECIAL.search(value) else value
        filled = cls.example.replace("{id}", slug(value) or "1").replace("{day}", document.day).replace("{}", text)
        return f"{{{filled}}}"


def _text(value: object) -> str:
    if isinstance(value, list):
        raise Fault(say("one text is wanted here, not a list"), say("take the brackets or hyphens away"))
    if isinstance(value, dict):
        raise Fault(say("one text is wanted here, not further fields"), say("put the value in quotes"))
    text = "" if value is None else nfc(str(value)).strip()
    if _ROLE.search(text):
        hint = say("write the words themselves, such as a target's name or a pseudonym")
        raise Fault(say("a role works in the text only; here it would be printed as it stands"), hint)
    return text


def _folded(value: object) -> str:
    """A text that is no prose, with half-width letters, digits and signs."""
    return normal("NFKC", _text(value))


def _line(value: object) -> str:
    text = _text(value)
    if not text:
        raise Fault(say("the value is empty"), say("write something, or delete the field"))
    if "\n" in text:
        raise Fault(say("the value has more than one line"), say("write it on one line"))
    return text


def _items(value: str) -> list[str]:
    """The items of what was probably meant as a list; curly quotes around it or an item were meant as YAML's."""
    return [one for item in _LIST_SEPARATORS.split(_QUOTED.sub(r"\1", value)) if (one := _QUOTED.sub(r"\1", item))]


def _list(value: object) -> object:
    if isinstance(value, str):
        items = _items(value)
        # Words that only spaces separate may be one item.
        right = (
            f"[{', '.join(items)}]"
            if len(items) == 1 or not re.search(r"(?<![、，,;；【】［］\[\]\s])\s", value)
            else None
        )
        raise Fault(say("a list is wanted here"), say("write [{items}]", items=", ".join(items)), right=right)
    if isinstance(value, dict):
        raise Fault(say("a list is wanted here, not fields"), say("write [one, two]"))
    return _without_gaps(value)


def _without_gaps(value: object) -> object:
    if isinstance(value, list) and any(item is None for item in value):
        raise Fault(say("an item of the list is empty"), say("delete the hyphen or comma that has nothing behind it"))
    return value


def listed(model: type[Fields]) -> BeforeValidator:
    """A list of mappings, each with the fields of ``model``; one alone needs no hyphen."""

    def check(value: object, info: ValidationInfo) -> object:
        if isinstance(value, str):
            raise Fault(
                say("a list is wanted here"), say("write [{items}]", items=model.written(value, _document(info)))
            )
        if isinstance(value, dict):
            if value.keys() & model.model_fields.keys():
                return [value]
            key = next(iter(model.model_fields))
            raise Fault(say("a list is wanted here, not fields"), say('begin each with "- {key}: …"', key=key))
        return _without_gaps(value)

    return BeforeValidator(check)


def _name(value: object) -> str:
    """An item of a list: a tag, an id."""
    name = _line(value)
    if re.search("[，、；【】]", name):
        items = _items(name)
        raise Fault(
            say('"{name}" holds a Chinese separator', name=name),
            say("separate items with half-width commas: [{items}]", items=", ".join(items)),
            right=", ".join(items),
            in_brackets=True,
        )
    return name


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) == len(values):
        return values
    found = [value for value, number in Counter(values).items() if number > 1]
    if len(found) == 1:
        raise Fault(say('"{name}" is in the list twice', name=found[0]), say("delete one of the two"))
    listed = ", ".join(f'"{value}"' for value in found)
    raise Fault(say("these are in the list twice: {values}", values=listed), say("delete one of each"))


def _number(value: object) -> int:
    text = _folded(value)
    if not text:
        raise Fault(say("the number is missing"), say("write digits behind a colon and a space, such as 3"))
    if text in CHINESE_NUMBERS:
        return CHINESE_NUMBERS[text]
    if not _WHOLE.fullmatch(text):
        if text.isdecimal():
            raise Fault(say('"{value}" is too large', value=text), say("write a number of at most nine digits"))
        found = re.findall(r"(?<!\d)\d{1,9}(?!\d)", text, re.ASCII)
        smaller = say("write a whole number, in a smaller unit: 35000 (元) for 3.5 (万元)")
        usual = smaller if "." in text else say("write digits only, such as 3")
        hint = say("write {field}", field=found[0]) if len(found) == 1 else usual
        raise Fault(say('"{value}" is not a whole number', value=_text(value)), hint)
    return int(text)


def _positive(value: object) -> int:
    number = _number(value)
    if number < 1:
        raise Fault(say('"{value}" is less than 1', value=number), say("write 1 or more"))
    return number


def _count(value: object) -> int:
    number = _number(value)
    if number < 0:
        raise Fault(say('"{value}" is less than 0', value=number), say("write 0 or more"))
    return number


def _counted(value: object) -> int | dict[str, int]:
    """A count, or one for each service target."""
    if isinstance(value, dict):
        return {_name(key): _count(item) for key, item in value.items()}
    return _count(value)


def flag(value: object) -> bool:
    """A yes or no in one of its spellings. Raises Fault."""
    text = _folded(value).lower()
    if text in ("true", "yes", "on", "是"):
        return True
    if text in ("false", "no", "off", "否"):
        return False
    raise Fault(say('"{value}" is neither yes nor no', value=text), say("write true or false"))


def _document(info: ValidationInfo) -> Document:
    found: Document | None = info.context
    return found or Document(None, None)


def _day(value: object) -> Day:
    return parse_day(_line(value))


def _span(value: object, info: ValidationInfo) -> DateSpan:
    return parse_span(_line(value), _document(info).year)


def _moment(value: object) -> datetime.datetime:
    """A datetime without a zone; the site's settings supply the zone."""
    text = _line(value)
    match = _MOMENT.fullmatch(_folded(value))
    assert match is not None
    try:
        day = parse_day(match[1])
    except Fault as fault:
        remedy = say("write a day and a time, such as 2020-03-10 08:00")
        raise Fault(say('"{value}" is not a time', value=text), remedy) from fault
    hour, minute = int(match[2] or 0), int(match[3] or 0)
    if hour > 23 or minute > 59:
        raise Fault(say('"{value}" is not a time', value=text), say("hours run to 23, minutes to 59"))
    return datetime.datetime.combine(day, datetime.time(hour, minute))


def _word(value: object) -> object:
    """The English word for a Chinese one that means the same."""
    word = _folded(value).lower() if isinstance(value, str) else value
    return ENGLISH.get(word, word) if isinstance(word, str) else word


def _words(kind: type[StrEnum]) -> WithJsonSchema:
    chinese = [name for name, word in ENGLISH.items() if word in list(kind)]
    return WithJsonSchema({"type": "string", "enum": [*kind, *chinese]})


def _slug(value: object) -> str:
    text = _line(value)
    if text in (".", "..") or re.search(r"[/\\]", text) or text.startswith("."):
        raise Fault(
            say('slug "{slug}" would leave its folder', slug=text),
            say("a slug is one part of an address: no / or \\, and no dot at its beginning"),
        )
    if re.search(r'[\s?#%<>:"|*]', text):
        raise Fault(
            say('slug "{slug}" has a character that addresses and file names cannot hold', slug=text),
            say("use letters, digits, hyphens"),
        )
    if re.search(r"[\[\],;!\u2018-\u201f\u3001-\u3011\uff01-\uff0c\uff1a-\uff20]", text):
        # Typed with an input method, or meant for YAML.
        raise Fault(say('slug "{slug}" has punctuation in it', slug=text), say("use letters, digits, hyphens"))
    return text


def _tag(value: object) -> str:
    name = _name(value)
    if not slug(name) or is_windows_name(name_slug(name)):
        raise Fault(say('no address can be made of the tag "{name}"', name=name), say("use letters or digits in it"))
    return name


def _person(value: object) -> str:
    """A person's name and nothing else, so that the privacy scan can search for it."""
    name = _line(value)
    if not re.fullmatch(r"[^\W\d_]+(?:[ ·•・‧.'’-]+[^\W\d_]+)*\.?", name):
        raise Fault(
            say("this is more than a name, or none"),
            say("write the name alone; other names of the same person go under aliases: [one, two]"),
        )
    if len(name) < 2:
        raise Fault(say("a name of one character would be found everywhere, or nowhere"), say("write the whole name"))
    if " " in name and any(map(is_han, name)):
        raise Fault(
            say("this may be two names"),
            say("write each person under an id of their own, and a Chinese name without a space"),
        )
    return name


def _id(value: object) -> str:
    """The id of something that has a page."""
    name = _name(value)
    if not slug(name) or is_windows_name(name_slug(name)):
        raise Fault(say('no address can be made of the id "{id}"', id=name), say("use letters or digits in it"))
    return name


def _alias(value: object) -> str:
    """An old address, decoded to Unicode, since one that is copied from a browser is percent-encoded."""
    text = _line(value)
    path = nfc(unquote(text))
    segments = path.split("/")[1:]
    segments = segments[:-1] if segments and not segments[-1] else segments
    is_too_long = len(path.encode()) > ALIAS_BYTES
    if is_too_long or not _ALIAS.fullmatch(text) or not segments or not all(map(_is_segment, segments)):
        raise Fault(say('"{alias}" is not an old address', alias=text), say("write a path such as /old/path/"))
    if segments[0] in ("assets", "cards", "data", "files", "pictures", "site.webmanifest"):
        raise Fault(
            say('"{alias}" is among the addresses that the site makes itself', alias=text),
            say("change or delete the alias"),
        )
    return path


def _is_segment(name: str) -> bool:
    """Whether a file or folder of this name can be published everywhere."""
    return (
        bool(name)
        and not name.startswith(".")
        and not is_windows_name(name)
        and not FORBIDDEN.search(name)
        and len(name.encode()) <= SEGMENT_BYTES
    )


def _language(value: object) -> str:
    text = _line(value)
    if not _BCP47.fullmatch(text):
        raise Fault(say('"{language}" is no language tag', language=text), say("write zh-CN or en"))
    return text


Text = Annotated[str, PlainValidator(_text), WithJsonSchema({"type": "string"})]
Line = Annotated[str, PlainValidator(_line), WithJsonSchema({"type": "string", "minLength": 1})]
Name = Annotated[str, PlainValidator(_name), WithJsonSchema({"type": "string", "minLength": 1})]
Person = Annotated[str, PlainValidator(_person), WithJsonSchema({"type": "string", "minLength": 1})]
Persons = Annotated[tuple[Person, ...], BeforeValidator(_list), AfterValidator(_distinct)]
Id = Annotated[str, PlainValidator(_id), WithJsonSchema({"type": "string", "minLength": 1})]
Tag = Annotated[str, PlainValidator(_tag), WithJsonSchema({"type": "string", "minLength": 1})]
Language = Annotated[str, PlainValidator(_language), WithJsonSchema({"type": "string", "pattern": _BCP47.pattern})]
Slug = Annotated[str, PlainValidator(_slug), WithJsonSchema({"type": "string", "pattern": r"^[^./\\\s][^/\\\s]*$"})]
Pinyin = Annotated[Reading, PlainValidator(lambda value: syllables(_line(value))), WithJsonSchema({"type": "string"})]
Alias = Annotated[str, PlainValidator(_alias), WithJsonSchema({"type": "string", "pattern": "^/[^?#]*$"})]
_D: Final = "[0-9０-９]"
_NUMERAL: Final = {"type": ["integer", "string"], "pattern": f"^({_D}{{1,9}}|[零〇一二两三四五六七八九十]{{1,3}})$"}
Number = Annotated[int, PlainValidator(_positive), WithJsonSchema(_NUMERAL | {"minimum": 1})]
Count = Annotated[int, PlainValidator(_count), WithJsonSchema(_NUMERAL | {"minimum": 0})]
Counted = Annotated[
    int | dict[str, int],
    PlainValidator(_counted),
    WithJsonSchema(
        {
            "oneOf": [
                _NUMERAL | {"minimum": 0},
                {"type": "object", "additionalProperties": _NUMERAL | {"minimum": 0}},
            ]
        }
    ),
]
Flag = Annotated[bool, PlainValidator(flag), WithJsonSchema({"enum": [True, False, "是", "否"]})]
_DAY_PATTERN: Final = rf"{_D}{{4}}\s*[-./年]?\s*{_D}{{1,2}}\s*[-./月]?\s*{_D}{{1,2}}\s*[日号]?"
DayField = Annotated[Day, PlainValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY_PATTERN}$"})]
SpanField = Annotated[DateSpan, PlainValidator(_span), WithJsonSchema({"type": "string", "pattern": _D})]
Moment = Annotated[
    datetime.datetime, PlainValidator(_moment), WithJsonSchema({"type": "string", "pattern": f"^{_DAY_PATTERN}"})
]
PartWord = Annotated[Part, BeforeValidator(_word), _words(Part)]
StatusWord = Annotated[Status, BeforeValidator(_word), _words(Status)]
StageWord = Annotated[RequestStatus, BeforeValidator(_word), _words(RequestStatus)]
RoleWord = Annotated[PersonRole, BeforeValidator(_word), _words(PersonRole)]
LevelWord = Annotated[PolicyLevel, BeforeValidator(_word), _words(PolicyLevel)]
DerivedWord = Annotated[Derived, BeforeValidator(_word), _words(Derived)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_list), AfterValidator(_distinct)]
Tags = Annotated[tuple[Tag, ...], BeforeValidator(_list), AfterValidator(_distinct)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_list)]
Aliases = Annotated[tuple[Alias, ...], BeforeValidator(_list)]
Free = Annotated[dict[str, Any], WithJsonSchema({"type": "object"})]
