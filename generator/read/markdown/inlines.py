"""Writes inlines as HTML: text, emphasis, code, links, pictures, roles and references to footnotes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from generator.ground.messages import say
from generator.model.prose import IdHole, ImageHole, LinkHole, PartHole, RoleHole
from generator.read.markdown.addresses import written
from generator.read.markdown.parse_state import Place
from generator.read.markdown.plain import plain
from generator.read.markdown.role_target import WRITTEN, parse_target
from generator.read.markdown.writer import Writer

_FIXED: Final[Mapping[str, str]] = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "s_open": "<s>",
    "s_close": "</s>",
    "softbreak": "\n",
    "hardbreak": "<br />\n",
}


def write_inlines(writer: Writer, inline: Token) -> None:
    """Write the children of an inline token."""
    for child in inline.children or ():
        kind = child.type
        if kind == "text":
            writer.out.append(escapeHtml(child.content))
        elif fixed := _FIXED.get(kind):
            writer.out.append(fixed)
        else:
            _OTHERS[kind](writer, inline, child)


def picture(writer: Writer, inline: Token, image: Token, *, classes: str = "", is_figure: bool = False) -> ImageHole:
    """The hole for a picture of the text. A missing alternative text is reported."""
    src = written(image.attrs["src"])
    place = writer.parse_state.within(inline, image.meta["at"])
    children = image.children or ()
    alt = plain(children)
    for role in (child for child in children if child.type == "role"):
        writer.parse_state.report(
            place,
            say('the role "{name}" is in the text of a picture, which cannot lead anywhere', name=role.meta["name"]),
            say("write the name itself"),
        )
    check_unread(writer, place, str(image.attrs.get("title", "")))
    if not alt.strip():
        writer.parse_state.report(
            place,
            say('the picture "{src}" has no alternative text', src=src),
            say("write what it shows between ![ and ], for readers who do not see it"),
            is_warning=True,
        )
    return ImageHole(src=src, alt=alt, line=place.line, column=place.column, classes=classes, is_figure=is_figure)


def check_unread(writer: Writer, place: Place, text: str) -> None:
    """Report the roles in a text that is shown as it is written: a reader would see the id."""
    if WRITTEN.search(text):
        writer.parse_state.report(
            place,
            say("a role works in the text only; here it would be printed as it stands"),
            say("write the words themselves, such as a target's name or a pseudonym"),
        )


def open_link(writer: Writer, inline: Token, link: Token) -> None:
    """Write a link's opening tag, with a hole for its address. An autolink within a link's text gets no tags."""
    writer.links += 1
    if writer.links > 1:
        return
    line, column = place = writer.parse_state.within(inline, link.meta["at"])
    check_unread(writer, place, str(link.attrs.get("title", "")))
    writer.write('<a href="', LinkHole(href=written(link.attrs["href"]), line=line, column=column), '"')
    writer.attributes(link)
    writer.out.append(">")


def close_link(writer: Writer, _inline: Token, _link: Token) -> None:
    """Write a link's closing tag."""
    writer.links -= 1
    if not writer.links:
        writer.out.append("</a>")


def _code(writer: Writer, _inline: Token, code: Token) -> None:
    writer.out.append("<code")
    writer.attributes(code)
    writer.write(">", escapeHtml(code.content), "</code>")


def _image(writer: Writer, inline: Token, image: Token) -> None:
    """A picture in running text. It has no caption, so its title is used where the alternative text is missing."""
    title = str(image.attrs.pop("title", ""))
    check_unread(writer, writer.parse_state.within(inline, image.meta["at"]), title)
    if title and not image.children:
        image.children = [Token("text", "", 0, content=title)]
    elif title:
        writer.parse_state.report(
            writer.parse_state.within(inline, image.meta["at"]),
            say('the title "{title}" is not shown: a picture in running text has no caption', title=title),
            say("put the picture on lines of its own, with an empty line above and below"),
            is_warning=True,
        )
    hole = picture(writer, inline, image, classes=str(image.attrs.pop("class", "")))
    if "id" in image.attrs or "lang" in image.attrs:
        writer.out.append("<span")
        writer.attributes(image)
        writer.write(">", hole, "</span>")
    else:
        writer.out.append(hole)


def _role(writer: Writer, inline: Token, role: Token) -> None:
    key, text = parse_target(role.content)
    place = writer.parse_state.within(inline, role.meta["at"])
    if writer.links:
        writer.parse_state.report(
            place,
            say('the role "{name}" is in a link, and a link cannot hold another', name=role.meta["name"]),
            say("take the role out of the link"),
        )
        writer.out.append(escapeHtml(text or key))
        return
    writer.out.append(RoleHole(role=role.meta["name"], key=key, text=text, line=place.line, column=place.column))


def _footnote(writer: Writer, _inline: Token, reference: Token) -> None:
    number, count = reference.meta["number"], reference.meta["count"]
    own = f"fnref-{number}" if count == 1 else f"fnref-{number}-{count}"
    note, back = PartHole(writer.note_id(f"fn-{number}")), IdHole(writer.note_id(own))
    writer.write(
        '<sup class="footnote-ref"><a href="', note, '" id="', back, f'" role="doc-noteref">[{number}]</a></sup>'
    )


_OTHERS: Final[Mapping[str, Callable[[Writer, Token, Token], None]]] = {
    "code_inline": _code,
    "link_open": open_link,
    "link_close": close_link,
    "image": _image,
    "role": _role,
    "footnote_ref": _footnote,
}
