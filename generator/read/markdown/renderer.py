"""Writes blocks as HTML, in the form of CommonMark's own examples, and collects the prose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.token import Token

from generator.ground.messages import say
from generator.ground.text import slug
from generator.model.prose import (
    Heading,
    IdHole,
    LabelHole,
    LevelHole,
    PartHole,
    PlainText,
    Prose,
)
from generator.read.markdown.directives import ADMONITIONS, DIRECTIVES, Directive
from generator.read.markdown.figures import close_figure, open_figure, pictures, write_pictures
from generator.read.markdown.inlines import write_inlines
from generator.read.markdown.parse_state import ParseState
from generator.read.markdown.plain import addresses, announces, heads, plain, plain_text, stands_above
from generator.read.markdown.writer import Writer

Tokens = Sequence[Token]


def render(tokens: Tokens, parse_state: ParseState) -> Prose:
    """The prose of a document's tokens. Problems are recorded in ``parse_state``."""
    writer = Writer(parse_state)
    for index, token in enumerate(tokens):
        _BLOCKS.get(token.type, _tag)(writer, tokens, index)
    return Prose(
        pieces=writer.pieces(),
        summary=_summary(tokens),
        headings=tuple(writer.headings),
        ids=frozenset(writer.ids.taken),
    )


def _summary(tokens: Tokens) -> PlainText:
    """The text of the first paragraph at the top level that is no picture, with the next one where it announces it.

    Where it only stands above what the text says, it is the first one that does not.
    """
    first = next((index for index, _ in enumerate(tokens) if _is_text(tokens, index)), None)
    if first is None:
        return ()
    text = plain_text(tokens[first + 1].children or ())
    below = first + 3
    if announces(text) and not stands_above(text) and _is_text(tokens, below):
        return (*text, *plain_text(tokens[below + 1].children or ()))
    is_begun = False
    while (heads(text) if is_begun else stands_above(text)) and _is_text(tokens, below):
        is_begun = is_begun or addresses(text)
        text, below = plain_text(tokens[below + 1].children or ()), below + 3
    return text


def _is_text(tokens: Tokens, index: int) -> bool:
    """Whether a paragraph at the top level that is not a picture begins with a token."""
    found = tokens[index] if index < len(tokens) else None
    return found is not None and found.type == "paragraph_open" and found.level == 0 and "pictures" not in found.meta


def _tag(writer: Writer, tokens: Tokens, index: int) -> None:
    """Write a block's tag, with the line ends that CommonMark's HTML has around it."""
    token = tokens[index]
    if token.hidden:
        return
    if token.nesting < 0:
        writer.out.append(f"</{token.tag}>\n")
        return
    writer.out.append(f"{_break_before(tokens, index)}<{token.tag}")
    if token.attrs:
        writer.attributes(token)
    writer.out.append(f"{' />' if token.nesting == 0 else '>'}{_break_after(tokens, index)}")


def _break_before(tokens: Tokens, index: int) -> str:
    """A line end after the paragraph of a tight list; otherwise empty."""
    return "\n" if index and tokens[index - 1].hidden else ""


def _break_after(tokens: Tokens, index: int) -> str:
    """A line end, unless text or the closing tag follows."""
    token, after = tokens[index], tokens[index + 1] if index + 1 < len(tokens) else None
    if token.nesting == 0 or after is None:
        return "\n"
    is_close = after.type == "inline" or after.hidden or (after.nesting < 0 and after.tag == token.tag)
    return "" if is_close else "\n"


def _paragraph_open(writer: Writer, tokens: Tokens, index: int) -> None:
    token = tokens[index]
    if pictures(tokens[index + 1].children):
        token.meta["pictures"] = tokens[index + 2].meta["pictures"] = True
        writer.out.append(_break_before(tokens, index))
        tokens[index + 2].hidden = False
    else:
        _tag(writer, tokens, index)
    if "checked" in token.meta:
        writer.out.append(f"<label>{_checkbox(checked=token.meta['checked'])}")


def _paragraph_close(writer: Writer, tokens: Tokens, index: int) -> None:
    if "checked" in tokens[index].meta:
        writer.out.append("</label>")
    if "pictures" not in tokens[index].meta:
        _tag(writer, tokens, index)


def _inline(writer: Writer, tokens: Tokens, index: int) -> None:
    before = tokens[index - 1]
    if "pictures" in before.meta:
        write_pictures(writer, before, tokens[index])
    else:
        write_inlines(writer, tokens[index])


def _heading_open(writer: Writer, tokens: Tokens, index: int) -> None:
    token, children = tokens[index], tokens[index + 1].children or ()
    level = int(token.tag[1])
    given = token.attrs.pop("id", None)
    found = str(given) if given else writer.ids.own(slug(plain(children)) or "section")
    writer.headings.append(Heading(level, plain_text(children, pictures=True), found))
    writer.write(f"{_break_before(tokens, index)}<h", LevelHole(level), ' id="', IdHole(found), '"')
    writer.attributes(token)
    writer.out.append(">")


def _heading_close(writer: Writer, tokens: Tokens, index: int) -> None:
    writer.write("</h", LevelHole(int(tokens[index].tag[1])), ">\n")


def _code(writer: Writer, tokens: Tokens, index: int) -> None:
    token = tokens[index]
    language = unescapeAll(token.info).split(maxsplit=1)[:1]
    writer.out.append(f"{_break_before(tokens, index)}<pre")
    writer.attributes(token)
    if token.info.startswith("{"):
        _check_fence(writer, token)
    name = f' class="language-{escapeHtml(language[0])}"' if language else ""
    writer.out.append(f"><code{name}>{escapeHtml(token.content)}</code></pre>\n")


def _check_fence(writer: Writer, fence: Token) -> None:
    """Warn of a directive between backticks. MyST allows it, but here it is code."""
    name = fence.info[1:].partition("}")[0]
    if name in DIRECTIVES:
        writer.parse_state.report(
            writer.parse_state.line(fence.map[0] if fence.map else 0, fence.markup),
            say('the directive "{name}" is shown as code: it is between backticks', name=name),
            say("write colons for the backticks: :::{{{name}}}", name=name),
            is_warning=True,
        )


def _table_open(writer: Writer, tokens: Tokens, index: int) -> None:
    # A wide table scrolls within the box, so the box has to be focusable by keyboard.
    writer.out.append(f'{_break_before(tokens, index)}<div class="table-wrap" tabindex="0">\n<table')
    writer.attributes(tokens[index])
    writer.out.append(">\n")


def _table_close(writer: Writer, _tokens: Tokens, _index: int) -> None:
    writer.out.append("</table>\n</div>\n")


def _item_open(writer: Writer, tokens: Tokens, index: int) -> None:
    _tag(writer, tokens, index)
    checked = tokens[index].meta.get("checked")
    if checked is None:
        return
    if tokens[index + 1].type == "paragraph_open" and not pictures(tokens[index + 2].children):
        tokens[index + 1].meta["checked"] = tokens[index + 3].meta["checked"] = checked
    else:
        writer.out.append(_checkbox(checked=checked))


def _checkbox(*, checked: bool) -> str:
    state = ' checked=""' if checked else ""
    return f'<input class="task-list-item-checkbox" type="checkbox" disabled=""{state} /> '


def _directive_open(writer: Writer, tokens: Tokens, index: int) -> None:
    token = tokens[index]
    read: Directive = token.meta["directive"]
    writer.out.append(_break_before(tokens, index))
    if read.name == "figure":
        open_figure(writer, token, tokens[index + 1])
        return
    names = ("admonition", read.name) if read.name in ADMONITIONS else ()
    writer.out.append(f"<{token.tag}")
    writer.attributes(token, classes=" ".join(dict.fromkeys(names)))
    writer.out.append(">\n")
    if names and not read.argument:
        writer.write('<p class="admonition-title">', LabelHole(read.name), "</p>\n")


def _directive_close(writer: Writer, tokens: Tokens, index: int) -> None:
    if tokens[index].tag == "figure":
        close_figure(writer, tokens[index])
    else:
        _tag(writer, tokens, index)


def _title_open(writer: Writer, _tokens: Tokens, _index: int) -> None:
    writer.out.append('<p class="admonition-title">')


def _caption_open(writer: Writer, _tokens: Tokens, _index: int) -> None:
    writer.out.append("<figcaption>")


def _caption_close(writer: Writer, _tokens: Tokens, _index: int) -> None:
    writer.out.append("</figcaption></figure>\n")


def _notes_open(writer: Writer, _tokens: Tokens, _index: int) -> None:
    writer.out.append('<section class="footnotes">\n<ol>\n')


def _notes_close(writer: Writer, _tokens: Tokens, _index: int) -> None:
    writer.out.append("</ol>\n</section>\n")


def _note_open(writer: Writer, tokens: Tokens, index: int) -> None:
    writer.write('<li id="', IdHole(writer.note_id(f"fn-{tokens[index].meta['number']}")), '">\n')


def _note_back(writer: Writer, tokens: Tokens, index: int) -> None:
    """Write the links back from a footnote, one for each reference to it."""
    number = tokens[index].meta["number"]
    for count in range(1, tokens[index].meta["count"] + 1):
        own = f"fnref-{number}" if count == 1 else f"fnref-{number}-{count}"
        # U+FE0E prevents phones from showing an emoji.
        link = '" class="footnote-backref" role="doc-backlink">↩\ufe0e</a>'
        writer.write(' <a href="', PartHole(writer.note_id(own)), link)


_BLOCKS: Final[Mapping[str, Callable[[Writer, Tokens, int], None]]] = {
    "inline": _inline,
    "paragraph_open": _paragraph_open,
    "paragraph_close": _paragraph_close,
    "heading_open": _heading_open,
    "heading_close": _heading_close,
    "fence": _code,
    "code_block": _code,
    "table_open": _table_open,
    "table_close": _table_close,
    "list_item_open": _item_open,
    "directive_open": _directive_open,
    "directive_close": _directive_close,
    "title_open": _title_open,
    "caption_open": _caption_open,
    "caption_close": _caption_close,
    "footnotes_open": _notes_open,
    "footnotes_close": _notes_close,
    "footnote_open": _note_open,
    "footnote_back": _note_back,
}
