"""The catalogue of items: catalogue.csv by DA/T 22-2015, 文件目录.XML by 档发〔2012〕7号, the handover list.

What the archive decides is never invented: what site.yaml does not say stays blank, and is told as a warning.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from generator.ground.errors import Problem
from generator.ground.frozen import frozen
from generator.ground.messages import say
from generator.model.content import Entry
from generator.model.settings import Archive, Settings
from generator.read.sources import SETTINGS
from generator.render.data_files import spreadsheet
from generator.tools.archive.bag import ALGORITHMS, CRATE, TAG_FILES, files_below
from generator.tools.archive.bilingual import PARTS, Both
from generator.tools.archive.contents import Contents
from generator.tools.archive.record import FOLDER

SEPARATOR: Final = "、"
COLUMNS: Final = ("序号", "件号", "档号", "文号", "责任者", "题名", "日期", "密级", "保管期限", "页数", "备注", "文件")
"""DA/T 22-2015, annex, with the number of the item, how long it is kept, and its file."""
_SETTINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "fonds": ("全宗号", "档号"),
    "category": ("档号",),
    "retention": ("保管期限", "档号"),
    "organization": ("档号",),
    "first_item": ("件号", "档号"),
    "security": ("密级",),
    "contact": ("联系人",),
}
"""What stays blank without each setting."""
_RETENTION: Final[Mapping[str, str]] = {"永久": "Y", "30年": "D30", "10年": "D10", "定期30年": "D30", "定期10年": "D10"}
"""The codes of DA/T 13-2022 for how long something is kept."""
_SECRET: Final = frozenset(("绝密", "机密", "秘密", "内部", "内部资料"))
"""Security levels of what is not for the public."""
_PUBLIC: Final = "公开"
_LATER: Final = (
    "说明、目录、校验文件",
    "data/ 以外；data/ro-crate-*",
    "",
    len(TAG_FILES) + len(ALGORITHMS) + len(CRATE),
)
"""The row of the handover list for the files that are written after it."""
_UNSIZED: Final = "写在本清单之后"
_PARTS: Final = ("序号", "内容", "位置", "件数", "文件数", "字节数", "备注")


@frozen(kw_only=True)
class Item:
    """An item of the catalogue: one entry."""

    entry: Entry
    cells: tuple[str, ...]
    """As many as COLUMNS."""
    path: str
    """Its file, from the bag's folder: a PDF, or else its page."""


def catalogue(contents: Contents, pages: Mapping[str, tuple[str, int]]) -> tuple[Item, ...]:
    """Writes the lists; returns the items. ``pages`` gives the PDF of an entry's path, and its number of pages."""
    items = tuple(_items(contents, pages))
    contents.put(f"{FOLDER}/catalogue.csv", spreadsheet(COLUMNS, [one.cells for one in items]).encode())
    contents.put("文件目录.XML", _xml(contents, items))
    return items


def blanks(settings: Settings) -> Iterator[Problem]:
    """Warnings of what site.yaml does not say, and so stays blank: who made the record, what the archive decides."""
    archive = settings.archive
    if not settings.organization:
        yield Problem(
            path=SETTINGS,
            message=say("organization: is missing, so these stay blank in the bundle: {left}", left="立档单位、责任者"),
            hint=say("write there who made the record: it answers for each entry that names no author"),
            is_warning=True,
        )
    missing = [name for name in _SETTINGS if getattr(archive, name) is None]
    if missing:
        left = dict.fromkeys(cell for name in missing for cell in _SETTINGS[name])
        yield Problem(
            path=SETTINGS,
            message=say(
                "archive: does not say {names}, so these stay blank in the bundle: {left}",
                names=", ".join(missing),
                left=SEPARATOR.join(left),
            ),
            hint=say("ask the archive that takes the record over, and write them under archive:"),
            is_warning=True,
        )
    if archive.retention and archive.retention not in _RETENTION:
        yield Problem(
            path=SETTINGS,
            field=("archive", "retention"),
            message=say('"{value}" has no code for the number of an item, which stays blank', value=archive.retention),
            hint=say("write one of {choices}", choices="永久, 30年, 10年"),
            is_warning=True,
        )


def contradictions(settings: Settings, *, is_internal: bool) -> Iterator[Problem]:
    """A warning where a bundle for the public is marked as secret, or one that is not for the public as public."""
    level = settings.archive.security
    if level not in ((_PUBLIC,) if is_internal else _SECRET):
        return
    if is_internal:
        message = say('the bundle is not for the public, and each of its items is marked "{value}"', value=level)
        hint = say("write the security level of what is in it, as the archive says")
    else:
        message = say('the bundle is for the public, and each of its items is marked "{value}"', value=level)
        hint = say("archive with --internal, or write the security level of what was published")
    yield Problem(path=SETTINGS, field=("archive", "security"), message=message, hint=hint, is_warning=True)


def counted_again(settings: Settings, entries: Iterable[Entry]) -> Iterator[Problem]:
    """A warning where the numbers of items begin again with a year, whose other items may have taken some of them."""
    years = sorted({one.span.start.year for one in entries})
    if settings.archive.first_item is not None and len(years) > 1:
        yield Problem(
            path=SETTINGS,
            field=("archive", "first_item"),
            message=say(
                "it is the number of the first item of {first}; those of {years} are counted from 1",
                first=years[0],
                years=SEPARATOR.join(map(str, years[1:])),
            ),
            hint=say("if the archive has given away the first numbers of these years, correct them in the lists"),
            is_warning=True,
        )


def _items(contents: Contents, pages: Mapping[str, tuple[str, int]]) -> Iterator[Item]:
    settings = contents.site.settings
    archive = settings.archive
    numbers = _item_numbers(contents.site.entries, archive.first_item)
    for number, (entry, item) in enumerate(zip(contents.site.entries, numbers, strict=True)):
        page = f"data/site/{contents.page_of(entry)}"
        path, count = pages.get(entry.path, (page, 0))
        cells = (
            str(number + 1),
            item,
            _number(archive, entry, item),
            "",
            SEPARATOR.join(contents.names_of(entry)),
            entry.title,
            f"{entry.span.start:%Y%m%d}",
            archive.security or "",
            archive.retention or "",
            str(count) if count else "",
            SEPARATOR.join(_notes(entry, contents.attachments_of(entry))),
            path,
        )
        yield Item(entry=entry, cells=cells, path=path)


def _item_numbers(entries: Iterable[Entry], first: int | None) -> Iterator[str]:
    """The number of each item, 件号, which goes on within a year and begins again with the next (DA/T 22-2015)."""
    next_of: dict[int, int] = {}
    for entry in entries:
        year = entry.span.start.year
        if first is None:
            yield ""
        else:
            # The first item that is handed over stands behind those of other hands.
            number = next_of.get(year, 1 if next_of else first)
            next_of[year] = number + 1
            yield f"{number:04}"


def _number(archive: Archive, entry: Entry, item: str) -> str:
    """The number of an item, 档号 (DA/T 13-2022); blank where a part of it is not known."""
    code = _RETENTION.get(archive.retention or "")
    parts = (archive.fonds, archive.category, code, archive.organization, item)
    if not all(parts):
        return ""
    return f"{archive.fonds}-{archive.category}·{entry.span.start.year}-{code}-{archive.organization}-{item}"


def _notes(entry: Entry, attachments: Sequence[str]) -> Iterator[str]:
    if entry.span.end != entry.span.start:
        yield f"至{entry.span.end:%Y%m%d}"
    if entry.corrections:
        yield "有更正"
    if entry.withdrawn:
        yield "已撤回，只存题名"
    if attachments:
        yield f"附件{len(attachments)}个：{SEPARATOR.join(map(posixpath.basename, attachments))}"


def _xml(contents: Contents, items: tuple[Item, ...]) -> bytes:
    settings = contents.site.settings
    head = {
        "全宗号": settings.archive.fonds or "",
        "立档单位": settings.organization or "",
        "目录名称": settings.title,
        "件数": str(len(items)),
        "制作日期": contents.stated_day.replace("-", ""),
    }
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<文件目录>"]
    lines += [f"  <{name}>{escape(value)}</{name}>" for name, value in head.items()]
    for item in items:
        cells = (f"    <{name}>{escape(value)}</{name}>" for name, value in zip(COLUMNS, item.cells, strict=True))
        lines += ["  <件>", *cells, "  </件>"]
    return ("\n".join([*lines, "</文件目录>"]) + "\n").encode()


def handover(contents: Contents, count: int) -> None:
    """Writes the list of what is handed over, part by part. It is the last file that the record gets."""
    sizes = {
        part: [(contents.bag / path).stat().st_size for path in files_below(contents.bag, part)]
        for part, _ in _present(contents)
    }
    # It counts itself, so its length is in it. Each round adds digits at most, so that comes to an end.
    body, before = b"", None
    while body != before:
        before, own = body, [len(body)]
        rows: list[tuple[object, ...]] = []
        for number, (part, words) in enumerate(_present(contents), start=1):
            all_sizes = [*sizes[part], *(own if part == FOLDER else ())]
            items = count if part == "data/items" else ""
            rows.append((number, words.zh, part, items, len(all_sizes), sum(all_sizes), ""))
        rows.append((len(rows) + 1, *_LATER, "", _UNSIZED))
        body = spreadsheet(_PARTS, rows).encode()
    contents.put(f"{FOLDER}/handover.csv", body)


def _present(contents: Contents) -> list[tuple[str, Both]]:
    return [(part, words) for part, words in PARTS.items() if (contents.bag / part).is_dir()]
