"""What bag-info.txt says of a bag."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import version

from generator import __version__
from generator.tools.archive.contents import Contents

PUBLIC, INTERNAL = "public", "internal"


def bag_info(contents: Contents) -> Iterator[tuple[str, str]]:
    """Its fields, without those about the payload, which only a sealed bag has."""
    settings, plan = contents.site.settings, contents.plan
    archive = settings.archive
    if settings.organization:
        yield "Source-Organization", settings.organization
    if archive.contact:
        yield "Contact-Name", archive.contact
    yield "External-Description", f"{settings.title}. {settings.description}"
    yield "External-Identifier", settings.base_url or plan.name
    if archive.fonds:
        yield "Internal-Sender-Identifier", archive.fonds
    if contents.stated_day:
        yield "Bagging-Date", contents.stated_day
    yield "Rizhi-Moment", contents.moment
    yield "Bag-Software-Agent", f"Rizhi {__version__}"
    yield "Rizhi-Kind", INTERNAL if contents.order.is_internal else PUBLIC
    yield "Rizhi-Entries", str(len(contents.site.entries))
    yield "Rizhi-Made-With", ", ".join(made_with(contents))


def made_with(contents: Contents) -> list[str]:
    """The programs whose versions decide the bytes of a bundle, and the fonts."""
    fonts = contents.order.fonts
    faces = [fonts.version, f"fonts sha256:{fonts.digest}"] if fonts else []
    programs = [f"Rizhi {__version__}", f"Python {platform.python_version()}", f"Pillow {version('pillow')}"]
    return [*programs, *faces]
