"""What a writer typed at the end of an official document, which the form has in places of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import Final

from generator.ground.frozen import frozen
from generator.render.documents.annexes import enclosed, is_mark, issued_below, marks
from generator.render.documents.blocks import (
    Block,
    Blocks,
    Break,
    Footnotes,
    Heading,
    Inline,
    Inlines,
    Paragraph,
    Rule,
    Text,
)
from generator.render.documents.closing import Closing, Copy, broken
from generator.render.documents.runs import plain
from generator.render.documents.signature_forms import (
    DAY,
    ISSUED,
    LABELLED,
    OFFICE,
    SIGNED,
    SIGNER,
    is_ended,
    signs_alone,
)
from generator.render.documents.typed_lists import SPACE, bare, typed_lists, without

_REMARK: Final = re.compile(r"[（(](?=[^（(]*(?:联系|电话|此件|此文|公开|传达|印发))[^。]{1,100}[)）]")
"""Whom to ask, and who may read it."""
_BRACKETED: Final = re.compile(r"[（(][^。]{1,100}[)）]")
_NOTE: Final = re.compile(r"附\s*注\s*[：:]\s*")
_CONTACT: Final = re.compile(
    r"(?:此件(?:发至|(?:主动|依申请|不予)?公开)[^。；，：]{0,20}|(?:附\s*注"
    r"|(?:业务|办公)?(?:联\s*系\s*(?:人|单位|部门|科室|电话|方式|地址)|电\s*话|手机|传\s*真|电子邮箱|邮箱|邮编|地\s*址)"
    r"(?:[及和、]\S{1,6})?)\s*[：:][^。！？]{1,80})。?"
)
"""The same without brackets: in an end of which something else is sure."""
_COPIES: Final = re.compile(r"(?:主\s*题\s*词|抄\s*[送报]|[主分发报]\s*送|[报送发])\s*[：:].+")
"""Who gets it, at the foot of the last page."""
_COPIED: Final = re.compile(r"(?<!^)(?=(?:抄\s*[送报]|(?<!抄)[主分报]\s*送|(?<![抄主分报])[报送]|(?<!印)发)\s*[：:])")
"""Where another of these begins in a line."""
_SUBJECTS: Final = re.compile(r"主\s*题")
"""What it is about, there: no sentence."""
_PRINTED: Final = re.compile(rf"(\S[^。；，]{{1,40}}?)?\s*({DAY}\s*印[发制]?|[（(]?共\s*印\s*\d+\s*份[）)]?)")
"""Who printed it, and when; how often."""
_LABELLED: Final = re.compile(r"[^。；，：:]{1,10}[：:]")
"""What a sentence begins with that may stand below who signs: 备注：."""
_LONGEST: Final = 120
"""Characters of what does."""
_SENTENCE: Final = re.compile(r"[。！？；：…!?;:”）)]\s*$|^\s*(?:[特专谨]此\S{2,4}|此[复致报函])\s*$")
"""How what is no signature ends."""
_PLACE: Final = re.compile(r"[\u4e00-\u9fff]{2,6}?[省市州县区旗镇乡](?=[\u4e00-\u9fff]{2})")
"""What the names of several offices of a place begin with."""
_BREAK: Final = Break()


class Kind(Enum):
    """What a part of an end is."""

    LIST = auto()
    OFFICE = auto()
    DAY = auto()
    SIGNED = auto()
    """Both in a line."""
    UNDATED = auto()
    """Who signs without a day."""
    REMARK = auto()
    BRACKETED = auto()
    """A remark where something else is sure."""
    CONTACT = auto()
    """The same, without brackets."""
    COPIES = auto()
    PRINTED = auto()
    LAST = auto()
    """Any line below these."""
    OTHER = auto()
    """Anything else below who signs, which stays there."""


_SIGNING: Final = (Kind.DAY, Kind.SIGNED, Kind.UNDATED)
_FOOT: Final = (Kind.COPIES, Kind.PRINTED, Kind.LAST)
"""What stands at the foot of the last page, below annexes, too."""


@frozen
class _Part:
    """A part of an end."""

    kind: Kind
    lines: tuple[Inlines, ...]
    blocks: Blocks
    """As it was written."""


def ended(blocks: Blocks, closing: Closing, title: str, *, is_one: bool) -> tuple[Blocks, Closing, Blocks]:
    """The blocks without the end that a writer typed below them, the closing with that and with annexes, and the rest.

    The rest is what else stands below who signs, which a writer keeps there.

    What a document with this ``title`` issues comes before these.

    Of several texts, each keeps its own; what they list is not listed again.
    """
    end = len(blocks)
    while end and isinstance(blocks[end - 1], Footnotes):
        end -= 1
    listed = " ".join(plain(name) for one in typed_lists(blocks) for name in one.names)
    names = tuple(name for name in closing.attachments if plain(name) not in listed)
    closing = replace(closing, attachments=names)
    if not is_one:
        return blocks, closing, ()
    issued = _enclosed(blocks[:end], title, plain(closing.signature))
    start = issued or _annexes(blocks[:end], plain(closing.signature))
    text, parts = _parted(blocks[:start], plain(closing.signature))
    if not parts and not issued:
        start = end
        text, parts = _parted(blocks[:end], plain(closing.signature))
    annexes, foot = _with_foot(blocks[start:end])
    rest = tuple(block for one in parts if one.kind is Kind.OTHER for block in one.blocks)
    return (*text, *blocks[end:]), replace(_closed(closing, [*parts, *foot]), annexes=annexes), rest


def _with_foot(annexes: Blocks) -> tuple[Blocks, list[_Part]]:
    """The annexes, and below them what stands at the foot of the last page."""
    left = list(annexes)
    foot: list[_Part] = []
    while left and _is_foot(left[-1]):
        foot[:0] = _parts(left.pop(), [], "", "")
    return tuple(left), foot


def _is_foot(block: Block) -> bool:
    found = _parts(block, [], "", "")
    return bool(found) and all(one.kind in _FOOT for one in found)


def _enclosed(blocks: Blocks, title: str, signature: str) -> int:
    """Where what a document issues begins: below its signature, or where none is typed anywhere; 0 for nowhere."""
    lists = [range(one.start, one.end) for one in typed_lists(blocks)]
    for at in enclosed(blocks, title):
        above, below = (_is_signed(part, signature) for part in (blocks[:at], blocks[at:]))
        if (above or not below) and not any(at in one for one in lists):
            return at
    # What stands at the foot of the last page is no title, and below the mark of an annex is its own.
    starts = (at for at in issued_below(blocks[: _annexes(blocks, signature) + 1], title) if not _is_foot(blocks[at]))
    return next((at for at in starts if surely_signed(blocks[:at], signature)), 0)


def surely_signed(blocks: Blocks, signature: str) -> bool:
    """Whether a text ends with who signs it, and when."""
    above, parts = known(blocks, signature)
    return surely_signs(parts, above, signature)


def _is_signed(blocks: Blocks, signature: str) -> bool:
    return any(one.kind in _SIGNING for one in _parted(blocks, signature)[1])


def _annexes(blocks: Blocks, signature: str) -> int:
    """Where the annexes begin, which are such only below the end of a text."""
    found = marks(blocks, [plain(name) for one in typed_lists(blocks) for name in one.names])
    return next((at for at in found if is_mark(blocks[at]) or _is_between(blocks, at, signature)), len(blocks))


def _is_between(blocks: Blocks, at: int, signature: str) -> bool:
    """Whether an end is above a line, and below it a text."""
    return bool(_parted(blocks[:at], signature)[1] and _parted(blocks[at + 1 :], signature)[0])


def _parted(blocks: Blocks, signature: str) -> tuple[Blocks, list[_Part]]:
    """A text and the parts of its end, from above: below an office and a day, anything may stand that is no text."""
    text, parts = known(blocks, signature)
    if any(one.kind in _SIGNING for one in parts):
        return text, parts
    for at in range(len(blocks) - 1, 0, -1):
        if not _may_be_below(blocks[at]):
            break
        above, found = known(blocks[:at], signature)
        if surely_signs(found, above, signature):
            return above, [*found, *_below(blocks[at:], is_foot=found[-1].kind in _FOOT)]
    return text, parts


def _may_be_below(block: Block) -> bool:
    """Whether it may stand below who signs, though nothing is known of it."""
    if not isinstance(block, Paragraph):
        return not isinstance(block, Heading)
    text = plain(block.inlines).strip()
    return not block.role and len(text) <= _LONGEST and ("。" not in text or _LABELLED.match(text) is not None)


def surely_signs(parts: Sequence[_Part], above: Sequence[Block], signature: str) -> bool:
    """Whether below the end of a text stands who signs it, and when."""
    kinds = [one.kind for one in parts]
    offices = [plain(one.lines[0]) for one in parts if one.kind is Kind.OFFICE]
    is_named = any(name == signature or signs_alone(name) or _is_signer(name) for name in offices)
    if not ((is_named and Kind.DAY in kinds) or Kind.SIGNED in kinds) or not above or isinstance(above[-1], Heading):
        return False
    return Kind.LIST in kinds or not isinstance(above[-1], Paragraph) or bool(_SENTENCE.search(_last(above)))


def _below(blocks: Blocks, *, is_foot: bool) -> Iterator[_Part]:
    """What stands below who signs, as parts of the end; a line between it and annexes is none.

    ``is_foot`` tells whether it stands below what is at the foot of the last page.
    """
    lists = {one.start: one for one in typed_lists(blocks)}
    at = 0
    while at < len(blocks):
        block, start = blocks[at], at
        at = lists[at].end if at in lists else at + 1
        more = _parts(block, [], "", "")
        if start in lists:
            yield _Part(Kind.LIST, lists[start].names, blocks[start:at])
        elif more and all(one.kind in _FOOT for one in more):
            is_foot = True
            yield from more
        elif is_foot and isinstance(block, Paragraph):
            yield from (_Part(Kind.LAST, (line,), (block,)) for line in broken(block.inlines))
        elif not isinstance(block, Rule) or 0 < start < len(blocks) - 1:
            yield _Part(Kind.OTHER, (), (block,))


def known(blocks: Blocks, signature: str) -> tuple[Blocks, list[_Part]]:
    """A text and the known parts of its end. What might be of the text is, unless something sure is above it."""
    text = list(blocks)
    lists = typed_lists(blocks)
    parts: list[_Part] = []
    while text:
        if lists and lists[-1].end == len(text):
            found = lists.pop()
            parts.insert(0, _Part(Kind.LIST, found.names, tuple(text[found.start :])))
            del text[found.start :]
        elif more := _parts(text[-1], [one.kind for one in parts], signature, _last(text[:-1])):
            parts[:0] = more
            del text[-1]
        else:
            break
    while parts and not _is_sure(parts[0].kind, text):
        text += parts.pop(0).blocks
    return tuple(text), parts


def _last(above: Sequence[Block]) -> str:
    """The last line of a text; empty where it ends with anything else than a line."""
    if not above or not isinstance(last := above[-1], Paragraph):
        return ""
    return plain([*broken(last.inlines)][-1]).strip()


def _is_sure(kind: Kind, above: Sequence[Block]) -> bool:
    if kind is Kind.DAY:
        match above:
            case (*_, Heading()):
                # It is the text below it.
                return False
            case (*_, Paragraph()):
                return bool(_SENTENCE.search(_last(above)))
            case _:
                return True
    return kind not in (Kind.BRACKETED, Kind.CONTACT)


def _parts(block: Block, below: Sequence[Kind], signature: str, above: str) -> list[_Part]:
    """The parts of an end that a paragraph is, a line each; none where it is of the text.

    ``above`` is the line above it.
    """
    if not isinstance(block, Paragraph) or block.role:
        return []
    parts: list[_Part] = []
    lines = [*broken(block.inlines)]
    said = [above, *(plain(line).strip() for line in lines)]
    for line, text, before in zip(reversed(lines), reversed(said), reversed(said[:-1]), strict=False):
        kind = _kind(text, [*(one.kind for one in parts), *below], signature, before)
        if kind is None:
            return []
        parts.insert(0, _Part(kind, (bare(line, SPACE),), (replace(block, inlines=line),)))
    return parts


def _is_signer(name: str) -> bool:
    return any(form.fullmatch(name) for form in (OFFICE, LABELLED))


_ABOVE_DAY: Final = ([Kind.DAY], [Kind.OFFICE], [Kind.SIGNED])
"""What may stand below who signs."""


def _kind(text: str, below: Sequence[Kind], signature: str, above: str) -> Kind | None:
    """What a line is between others; None where it is of the text."""
    is_signed = any(kind in below for kind in _SIGNING)
    name = text.rstrip("。")
    is_sure = name == signature or signs_alone(name)
    is_signer = is_sure or _is_signer(name)
    is_any = below[:1] == [Kind.DAY] and SIGNER.fullmatch(name)
    if below[:1] in _ABOVE_DAY and (is_signer or is_any):
        return Kind.OFFICE
    if is_sure and not is_signed and (ISSUED.fullmatch(above) or is_ended(above)):
        return Kind.OFFICE if ISSUED.fullmatch(above) else Kind.UNDATED
    forms = {
        Kind.PRINTED: _PRINTED,
        Kind.REMARK: _REMARK,
        Kind.BRACKETED: _BRACKETED,
        Kind.COPIES: _COPIES,
        Kind.CONTACT: _CONTACT,
    }
    if not is_signed:
        # A day in brackets is no remark.
        forms = {Kind.DAY: ISSUED, **forms, Kind.SIGNED: SIGNED}
    return next((kind for kind, form in forms.items() if form.fullmatch(text)), None)


def _closed(closing: Closing, parts: Sequence[_Part]) -> Closing:
    """The closing with these parts."""
    found = {kind: [line for one in parts if one.kind is kind for line in one.lines] for kind in Kind}
    date = joined([*map(unadorned, found[Kind.DAY])])
    offices = [*map(unadorned, (*found[Kind.OFFICE], *found[Kind.UNDATED]))]
    for line in found[Kind.SIGNED]:
        both = SIGNED.fullmatch(plain(line))
        assert both
        offices, date = [*offices, (Text(both[1].strip()),)], (Text(both[2] or both[3]),)
    copies = [_copy(line, one.kind) for one in parts if one.kind in _FOOT for line in _each(one.lines[0])]
    return replace(
        closing,
        attachments=(*found[Kind.LIST], *closing.attachments),
        signature=joined([one for line in offices for one in _side_by_side(line)]) or closing.signature,
        date=date or closing.date,
        remarks=tuple(_remarks(parts)),
        copies=tuple(copies),
    )


def unadorned(line: Inlines) -> Inlines:
    """A line as the form has it, without bold and italics and a full stop."""
    texts = (
        replace(one, style=replace(one.style, bold=False, italic=False)) if isinstance(one, Text) else one
        for one in bare(line)
    )
    return tuple(texts)


def _side_by_side(line: Inlines) -> list[Inlines]:
    """The offices in a line, of which the form has one below the other."""
    text = plain(line)
    names = text.split()
    if len(names) == 1 and (place := _PLACE.match(text)):
        # Lines between Chinese characters are no longer apart.
        names = re.split(rf"(?<!^)(?={place[0]})", text)
    return [(Text(name),) for name in names] if len(names) > 1 and all(map(OFFICE.fullmatch, names)) else [line]


def _remarks(parts: Sequence[_Part]) -> Iterator[Inlines]:
    """The remarks in brackets; those that follow each other without any are in the same."""
    contacts: list[Inlines] = []
    for one in (*parts, None):
        if one and one.kind is Kind.CONTACT:
            note = _NOTE.match(plain(one.lines[0]))
            contacts.append(bare(tuple(without(one.lines[0], note.end() if note else 0))))
            continue
        if contacts:
            yield (Text("（"), *joined(contacts, Text("，")), Text("）"))
            contacts = []
        if one and one.kind in (Kind.REMARK, Kind.BRACKETED):
            yield one.lines[0]


def _each(line: Inlines) -> Iterator[Inlines]:
    """The lines of those who get it: line ends between Chinese characters are none in a paragraph."""
    match line:
        case (Text(text, style),):
            yield from ((Text(one, style),) for one in _COPIED.split(text))
        case _:
            yield line


def _copy(line: Inlines, kind: Kind) -> Copy:
    """A line at the foot of the page: whom it goes to, or who printed it, and when."""
    if kind is Kind.PRINTED and (found := _PRINTED.fullmatch(plain(line))):
        return ((Text(found[1]),) if found[1] else ()), (Text(found[2]),)
    is_sentence = kind is Kind.COPIES and not _SUBJECTS.match(plain(line))
    return ((*bare(line), Text("。")) if is_sentence else bare(line, SPACE)), ()


def joined(lines: Sequence[Inlines], between: Inline = _BREAK) -> Inlines:
    """Several lines as one, with signs or breaks between them."""
    return tuple(inline for at, line in enumerate(lines) for inline in ((between, *line) if at else line))
