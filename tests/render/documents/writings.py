"""Texts made by chance of everything that a text can have, and the characters that a reader of them sees."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from tests.render.documents.characters import Reading

PICTURES: Final = ("a.png", "b.png")
LINKS: Final = tuple(f"https://example.org/{name}" for name in ("a", "b/c", "d?e=f"))
_HAN: Final = "车间料品路灯水泥厂房图纸口罩设备仓库日报会议机床"
_SIGNS: Final = (
    *((one, one) for one in ("，", "。", "、", "；", "“料”", "《表》", "……", "——", " ", " ", "a_b", "W8", "12%", "é")),
    *((f"\\{one}", one) for one in "*[]`#<>{}~|_$"),
    ("&amp;", "&"), ("&lt;b&gt;", "<b>"), ("&quot;", '"'), ("1\\.", "1."),
)  # fmt: skip
_KINDS: Final = {"note": "注", "tip": "提示", "warning": "注意", "danger": "危险"}


@dataclass
class Writing:
    """Makes one text. What its parts return is Markdown; what they say is noted in ``said``."""

    chance: random.Random
    said: Reading = field(default_factory=Reading)
    footnotes: list[str] = field(default_factory=list)
    _is_in_note: bool = False

    def whole(self, blocks: int) -> str:
        """The text, with its footnotes behind it."""
        written = "\n\n".join(self.block(0) for _ in range(blocks))
        return "\n\n".join((written, *self.footnotes)) + "\n"

    def block(self, depth: int) -> str:
        """A block of any kind; within others, of those that may stand there."""
        kinds: list[Callable[[int], str]] = [self.paragraph, self.paragraph, self.listing, self.tasks, self.code]
        if depth < 2:
            kinds += [self.quote, self.box]
        if depth == 0:
            kinds += [self.heading, self.figure, self.table, self.rule, self.numbered, self.definitions]
        return self.chance.choice(kinds)(depth)

    def blocks(self, depth: int, indent: str) -> str:
        """One or two blocks behind ``indent``, the first of them without it."""
        written = "\n\n".join(self.block(depth + 1) for _ in range(self.chance.randint(1, 2)))
        return _indented(written, indent)

    def say(self, text: str) -> None:
        """Notes what a reader sees."""
        if self._is_in_note:
            self.said.notes[-1] += text
        else:
            self.said.text += text

    def words(self) -> str:
        """A text without structure. It begins and ends with a letter, so that nothing in it is taken for a block."""
        out = self.chance.choice(_HAN)
        self.say(out)
        for _ in range(self.chance.randint(1, 6)):
            written, shown = self.chance.choice(_SIGNS) if self.chance.random() < 0.3 else (self.letters(),) * 2
            out += written
            self.say(shown)
        last = self.chance.choice(_HAN)
        self.say(last)
        return out + last

    def letters(self) -> str:
        """Some letters."""
        return "".join(self.chance.choice(_HAN) for _ in range(self.chance.randint(1, 9)))

    def line(self) -> str:
        """Words and everything that may stand among them."""
        kinds = (
            lambda: f"**{self.words()}**", lambda: f"*{self.words()}*", lambda: f"~~{self.words()}~~",
            lambda: f"***{self.words()}***", lambda: f"**{self.words()}*{self.words()}*{self.words()}**",
            self.inline_code, self.link, self.address, self.footnote, self.inline_picture,
            lambda: "{target}`taihe`" + self.shown("泰和新材"),
        )  # fmt: skip
        out = self.words()
        for _ in range(self.chance.randint(0, 3)):
            out += self.chance.choice(kinds)() + self.words()
        return out

    def shown(self, text: str) -> str:
        """Notes a text that is written otherwise."""
        self.say(text)
        return ""

    def inline_code(self) -> str:
        """Code within a line."""
        text = f"{self.letters()} = x[1] * {self.letters()}"
        self.say(text)
        return f"`{text}`"

    def link(self) -> str:
        """A link with a text of its own."""
        address = self.chance.choice(LINKS)
        if address not in self.said.addresses and not self._is_in_note:
            self.said.addresses.append(address)
        return f"[{self.words()}]({address})" if not self._is_in_note else self.words()

    def address(self) -> str:
        """A link whose text is its address."""
        address = self.chance.choice(LINKS)
        self.say(address)
        return f"<{address}>"

    def footnote(self) -> str:
        """A reference to a new footnote, which may have two paragraphs."""
        if self._is_in_note:
            return ""
        self.said.notes.append("")
        self._is_in_note = True
        written = "\n\n".join(self.line() for _ in range(self.chance.randint(1, 2)))
        self._is_in_note = False
        number = len(self.said.notes)
        self.footnotes.append(f"[^n{number}]: {_indented(written, '    ')}")
        return f"[^n{number}]"

    def inline_picture(self) -> str:
        """A picture among words."""
        return f"![{self.words()}]({self.chance.choice(PICTURES)})"

    def paragraph(self, _depth: int) -> str:
        """A paragraph, perhaps of two lines."""
        return self.line() + (f"\\\n{self.line()}" if self.chance.random() < 0.3 else "")

    def heading(self, _depth: int) -> str:
        """A heading."""
        return f"{'#' * self.chance.randint(2, 4)} {self.line()}"

    def listing(self, depth: int) -> str:
        """A list with bullets, one of whose items has blocks."""
        return f"- {self.line()}\n- {self.blocks(depth + 1, '  ')}\n- {self.line()}"

    def numbered(self, depth: int) -> str:
        """A list with numbers."""
        start = self.chance.choice((1, 9, 2020))
        indent = " " * (len(str(start + 1)) + 2)
        return f"{start}. {self.line()}\n{start + 1}. {self.blocks(depth, indent)}"

    def tasks(self, _depth: int) -> str:
        """A list of tasks."""
        out = []
        for _ in range(2):
            is_done = self.chance.random() < 0.5
            self.say("☑" if is_done else "☐")
            out.append(f"- [{'x' if is_done else ' '}] {self.line()}")
        return "\n".join(out)

    def definitions(self, depth: int) -> str:
        """A term with two definitions."""
        return f"{self.line()}\n: {self.line()}\n: {self.blocks(depth, '  ')}"

    def table(self, _depth: int) -> str:
        """A table."""
        columns = self.chance.randint(1, 4)
        rows = [f"| {' | '.join(self.line() for _ in range(columns))} |" for _ in range(3)]
        return "\n".join((rows[0], "|" + ":-:|" * columns, *rows[1:]))

    def quote(self, depth: int) -> str:
        """A quotation."""
        return f"> {self.blocks(depth, '> ')}"

    def box(self, depth: int) -> str:
        """An admonition with the usual title or its own."""
        kind = self.chance.choice([*_KINDS])
        if self.chance.random() < 0.5:
            title = f" {self.words()}"
        else:
            self.say(_KINDS[kind])
            title = ""
        fence = ":" * (5 - depth)
        return f"{fence}{{{kind}}}{title}\n{self.blocks(depth, '')}\n{fence}"

    def figure(self, _depth: int) -> str:
        """A picture with a caption."""
        written = f"![{self.words()}]({self.chance.choice(PICTURES)}"
        caption = f"图为{self.letters()}"
        self.say(caption)
        return f'{written} "{caption}")'

    def code(self, _depth: int) -> str:
        """A listing of code."""
        text = f"if {self.letters()}:\n    x  = [*a]\n\n    # {self.letters()} <b>"
        self.say(text)
        return f"```python\n{text}\n```"

    def rule(self, _depth: int) -> str:
        """A line between parts."""
        return "---"


def _indented(text: str, indent: str) -> str:
    first, *others = text.split("\n")
    return "\n".join((first, *(f"{indent}{line}".rstrip() for line in others)))
