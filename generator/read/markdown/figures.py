"""Writes figures: pictures that are alone in a paragraph, and the directive ``figure``."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from generator.ground.messages import say
from generator.model.prose import ImageHole
from generator.read.markdown.directives import Directive
from generator.read.markdown.inlines import check_unread, close_link, open_link, picture
from generator.read.markdown.writer import Writer

_LINKED = ["link_open", "image", "link_close"]


def pictures(children: Sequence[Token] | None) -> list[list[Token]]:
    """The picture of each line, with the link around it if there is one; empty unless every line is only a picture."""
    if not children or children[0].type not in ("image", "link_open"):
        return []
    lines: list[list[Token]] = [[]]
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            lines.append([])
        elif child.type != "text" or child.content:
            lines[-1].append(child)
    kinds = [[token.type for token in line] for line in lines]
    return lines if all(kind in (["image"], _LINKED) for kind in kinds) else []


def write_pictures(writer: Writer, paragraph: Token, inline: Token) -> None:
    """Write one figure for each picture of a paragraph that contains nothing else. A title is the caption.

    The last one stays open where a caption follows as a block of its own.
    """
    lines = pictures(inline.children)
    for line in lines:
        image = line[len(line) // 2]
        _inherit(image, paragraph)
        writer.out.append("<figure")
        writer.attributes(image)
        writer.out.append(">")
        if len(line) > 1:
            open_link(writer, inline, line[0])
        writer.out.append(picture(writer, inline, image, is_figure=len(line) == 1))
        if len(line) > 1:
            close_link(writer, inline, line[-1])
        if title := image.attrs.get("title"):
            writer.out.append(f"<figcaption>{escapeHtml(str(title))}</figcaption>")
        if "captioned" not in paragraph.meta or line is not lines[-1]:
            writer.out.append("</figure>\n")


def open_figure(writer: Writer, token: Token, after: Token) -> None:
    """Write the beginning of the directive ``figure``. ``after`` is the next token."""
    read: Directive = token.meta["directive"]
    writer.out.append("<figure")
    writer.attributes(token)
    writer.out.append(">")
    if read.argument:
        writer.out.append(_hole(writer, token, read))
    if not token.meta["is_empty"]:
        writer.out.append("<figcaption>" if after.hidden else "<figcaption>\n")


def close_figure(writer: Writer, token: Token) -> None:
    """Write the end of the directive ``figure``."""
    writer.out.append("</figure>\n" if token.meta["is_empty"] else "</figcaption></figure>\n")


def _hole(writer: Writer, token: Token, read: Directive) -> ImageHole:
    number = token.map[0] if token.map else 0
    alt = read.options.get("alt", "")
    place = writer.parse_state.line(number, read.argument)
    check_unread(writer, place, alt)
    if not alt:
        writer.parse_state.report(
            place,
            say('the picture "{src}" has no alternative text', src=read.argument),
            say("write what it shows in a line :alt: below, for readers who do not see it"),
            is_warning=True,
        )
    return ImageHole(src=read.argument, alt=alt, line=place.line, column=place.column, is_figure=True)


def _inherit(image: Token, paragraph: Token) -> None:
    """Give a picture the attributes of its paragraph. Of several pictures, the first gets the id."""
    if "class" in paragraph.attrs:
        image.attrJoin("class", str(paragraph.attrs["class"]))
    if "lang" in paragraph.attrs:
        image.attrs.setdefault("lang", paragraph.attrs["lang"])
    if "id" in paragraph.attrs:
        image.attrs.setdefault("id", paragraph.attrs.pop("id"))
