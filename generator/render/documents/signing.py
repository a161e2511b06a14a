"""The end of an official document as nodes: an office never signs on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from generator.render.documents.signers import signers

Node = tuple[Any, ...]
"""The kind of a node, then what it is made of."""

_OF_NODES: Final = ("quote", "ragged")
LANDSCAPE: Final = "landscape"
"""The kind of pages on their sides; what they hold is its last part."""
_OF_ITEMS: Final = ("list", "tasks", "enum")
"""The kinds that draw nothing around what they hold: nodes, or items that are nodes. It is their last part."""


def signed(
    text: Sequence[Node],
    attachments: tuple[Sequence[Node], bool],
    end: tuple[Any, ...],
    rest: tuple[Sequence[Node], Sequence[Node]],
) -> Iterator[Node]:
    """The nodes of a text, and below it the attachments, then the end: the signature, the day and the remarks.

    Below its last line or its last row, and on the page of that, room is left for all of it, or for the first of
    attachments that have no room on a page, and it is set into it. What ends with something else comes along to their
    page as a whole. The ``rest`` are remarks without room there and annexes, and what is at the foot of the last page.
    """
    attached, is_whole = attachments
    others, copies = rest
    if text and text[-1][0] == LANDSCAPE:
        inside = signed(text[-1][1], attachments, end, ([], [] if others else copies))
        yield from (*text[:-1], (LANDSCAPE, [*inside]), *others)
        yield from [("foot", copies)] if others and copies else []
        return
    signature: list[Node] = [("end", *end)] if any(end) else []
    foot: list[Node] = [("foot", copies)] if copies else []
    listed: list[Node] = [("blank",), *attached] if attached else []
    below = [*listed, *signature, *others, *foot]
    together = len(listed) + len(signature) if is_whole else 2
    if is_whole and not others:
        together = len(below)
    below, after = below[:together], below[together:]
    if not below:
        yield from text
        return
    # Below a table, a line more: it keeps a distance from what follows it.
    more = int(bool(text) and text[-1][0] == "table")
    room = ("room", below, more)
    is_short = not attached and not copies
    last = (_below_table(text[-1], room, is_short=is_short) if more else _below_line(text[-1], room)) if text else None
    yield from text[:-1]
    yield last or ("kept", list(text[-1:]) or [("blank",)])
    yield "signed", below, last is not None, more
    yield from after


def signed_out(line: str) -> Node | None:
    """The number of a document and who let it out; None for any other line."""
    found = signers(line)
    return ("signers", found.number, found.label, "\n".join(found.names)) if found else None


def _below_table(table: Node, room: Node, *, is_short: bool) -> Node | None:
    """The table with room below its last row; None where that row might be on another page.

    A high row comes along as a whole if what stands below it ``is_short``: both have room on a page.
    """
    *before, rows, first, foot, repeats, is_whole, tail = table
    if is_short and tail and not foot and not is_whole:
        rows, foot = rows[:-tail], rows[-tail:]
    return (*before, rows, first, foot, repeats, is_whole, tail, [room]) if foot or is_whole else None


def _below_line(node: Node, room: Node) -> Node | None:
    """The node with room below its last line; None where it does not end with a paragraph."""
    kind, *parts = node
    if kind in ("par", "flat"):
        return "last", [(kind, [*parts[0], ("break",), room])]
    if kind not in (*_OF_NODES, *_OF_ITEMS) or not parts[-1]:
        return None
    *before, last = [parts[-1]] if kind in _OF_NODES else parts[-1]
    found = _below_line(last[-1], room) if last else None
    if found is None:
        return None
    inside = [*last[:-1], found]
    return (kind, *parts[:-1], inside if kind in _OF_NODES else [*before, inside])
