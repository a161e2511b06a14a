"""Reads site.yaml into Settings, and checks it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.ground.errors import BuildError, Checked, Fault, Problem, replacing
from generator.ground.messages import say
from generator.ground.pinyin import reading_problems
from generator.ground.text import is_windows_name, nfc, slug
from generator.model import urls
from generator.model.content import Source
from generator.model.settings import (
    DEFAULT_HARDSHIP,
    DEFAULT_KINDS,
    Allowed,
    Archive,
    Cards,
    Counter,
    Government,
    MenuItem,
    Settings,
)
from generator.read.addresses import check_address, site_address, without_signs
from generator.read.schema import GovernmentSettings, MenuFields, SiteFields
from generator.read.typed_fields import corrected, tree_of
from generator.read.validation import validated
from generator.read.yaml_comments import cut_texts
from generator.read.yaml_tree import Tree

FALLBACK_FIELDS: Final[dict[str, Tree]] = {"title": "日志"}
"""Values for fields without a default, so that the rest of a faulty site can be checked."""


def settings(source: Source | None) -> Checked[Settings]:
    """The settings of the site, and their problems. ``source`` is None where site.yaml does not exist.

    A faulty field gets its default, so that the rest of the site can be checked in the same run. The value is None
    only where site.yaml is not valid YAML, because its fields are then unknown.
    """
    if source is None:
        missing = Problem(
            path="content/site.yaml",
            message=say("the file is missing"),
            hint=say("make it with one line in it, such as title: 工作日志"),
        )
        return Checked(_settings(SiteFields.model_validate(FALLBACK_FIELDS)), (missing,))
    try:
        tree = tree_of(SiteFields, source.text, source.path)
    except BuildError as error:
        return Checked(None, error.problems)
    fields, problems = _validated(tree, source.path)
    better = corrected(SiteFields, problems, source.text, source.path)
    return Checked(_settings(fields), (*better, *cut_texts(source.text, source.path)))


def settings_of(fields: SiteFields, path: str) -> Checked[Settings]:
    """The settings that these fields say, and what is wrong with them, each at its field in the file at ``path``."""
    return Checked(_settings(fields), tuple(_problems(fields, path)))


def _validated(tree: dict[str, Tree], path: str) -> tuple[SiteFields, list[Problem]]:
    """The valid fields, with defaults for the others, and the problems of those."""
    try:
        fields = validated(SiteFields, tree, path)
        problems = _problems(fields, path)
        if not problems:
            return fields, []
    except BuildError as error:
        problems = list(error.problems)
    faulty: set[tuple[object, ...]] = {
        problem.field[:2] if problem.field[0] == "counters" else problem.field[:1]
        for problem in problems
        if problem.field
    }
    sound = {key: value for key, value in tree.items() if (key,) not in faulty}
    # A counter with a fault is kept without its fields, so that entries that use it are not reported as well.
    nameless = {problem.field for problem in problems if problem.at_key}
    if isinstance(counters := sound.get("counters"), dict):
        sound["counters"] = {
            key: {} if ("counters", key) in faulty else value
            for key, value in counters.items()
            if ("counters", key) not in nameless
        }
    fields, others = _validated(FALLBACK_FIELDS | sound, path)
    return fields, problems + others


def _settings(fields: SiteFields) -> Settings:
    return Settings(
        title=fields.title,
        description=fields.description,
        language=fields.language,
        base_url=fields.base_url and site_address(fields.base_url),
        timezone=fields.timezone,
        organization=fields.organization,
        license=fields.license,
        contact=fields.contact,
        contact_link=_contact_link(fields.contact or ""),
        icp=fields.icp,
        police=fields.police,
        kinds=fields.kinds or DEFAULT_KINDS["zh" if fields.language.startswith("zh") else "en"],
        counters={
            key: Counter(counter.label or key, counter.unit, counter.derived, counter.shared)
            for key, counter in fields.counters.items()
        },
        menu=None if fields.menu is None else tuple(map(_menu_item, fields.menu)),
        theme=fields.theme,
        per_page=fields.per_page,
        feed_entries=fields.feed_entries,
        overdue_days=fields.requests.overdue_days,
        gap_days=fields.calendar.gap_days,
        allowed=tuple(Allowed(item.value, item.reason) for item in fields.privacy.allow),
        hardship=DEFAULT_HARDSHIP if fields.privacy.hardship is None else fields.privacy.hardship,
        government=_government(fields.government, fields) if fields.government else None,
        cards=Cards(fields.cards.font) if fields.cards else None,
        allow_svg=fields.assets.allow_svg,
        originals=fields.assets.originals,
        pinyin=fields.pinyin,
        search=fields.search,
        qr=fields.qr,
        archive=Archive(**fields.archive.model_dump()),
        extra=fields.extra,
    )


def _government(government: GovernmentSettings, fields: SiteFields) -> Government:
    host = urlsplit(fields.base_url or "").hostname or ""
    return Government(
        name=government.name or fields.title,
        domain=government.domain or host,
        id_code=government.id_code,
        column_type=government.column_type,
    )


def _contact_link(contact: str) -> str | None:
    """Where a contact leads: a page, a telephone, an e-mail address; None for any other words."""
    if contact.startswith("/"):
        return nfc(unquote(contact))
    if contact.startswith(("https://", "http://")) and not _is_strange(contact):
        return urls.external(contact)
    if re.fullmatch(r"[\w.+-]+@[\w.-]+", contact):
        return f"mailto:{contact}"
    return f"tel:{re.sub(r'[^+0-9]', '', contact)}" if re.fullmatch(r"\+?[0-9][0-9 -]{4,}", contact) else None


def _menu_item(item: MenuFields) -> MenuItem:
    if not item.link.startswith("/"):
        return MenuItem(item.title, urls.external(item.link))
    path, _, part = item.link.partition("#")
    return MenuItem(item.title, re.sub(r"/index\.html$", "/", nfc(unquote(path))), nfc(unquote(part)))


def _problems(fields: SiteFields, path: str) -> list[Problem]:
    problems = []
    try:
        site_address(fields.base_url or "https://example.org/")
    except Fault as fault:
        problems.append(
            Problem(
                path=path,
                field=("base_url",),
                message=fault.message,
                hint=fault.hint,
                repair=fault.repair_of(fields.base_url),
            )
        )
    try:
        ZoneInfo(fields.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = say('"{zone}" is no time zone', zone=fields.timezone)
        hint = say("write one such as Asia/Shanghai")
        problems.append(Problem(path=path, field=("timezone",), message=message, hint=hint))
    if fields.government and not re.fullmatch(r"[0-9A-Za-z]{10}", fields.government.id_code):
        message = say('"{code}" is not the code of a government site', code=fields.government.id_code)
        hint = say("write the code that the register of government sites gave this one; never an invented one")
        problems.append(Problem(path=path, field=("government", "id_code"), message=message, hint=hint))
    problems += _registration_problems(fields, path)
    for kind in fields.kinds or ():
        if slug(kind) != kind or is_windows_name(kind):
            message = say('kind "{kind}" cannot be part of an address', kind=kind)
            hint = say('write the id as "{id}" and the name behind the colon', id=slug(kind))
            problems.append(Problem(path=path, field=("kinds", kind), at_key=True, message=message, hint=hint))
    for name, reading in fields.pinyin.items():
        problems += reading_problems(name, reading, path, ("pinyin", name))
    for number, item in enumerate(fields.menu or ()):
        if not item.link.startswith(("/", "https://", "http://")) or _is_strange(item.link):
            message = say('"{link}" is neither a path of the site nor a web address', link=item.link)
            bare = without_signs(item.link)
            example = say("write a path such as /about/, or an address that begins with https://")
            hint = say("write {field}", field=bare) if bare else example
            repair = replacing(item.link, bare) if bare else None
            problems.append(
                Problem(path=path, field=("menu", number, "link"), message=message, hint=hint, repair=repair)
            )
    return problems


def _registration_problems(fields: SiteFields, path: str) -> list[Problem]:
    """The numbers of registration that are none: readers could not look them up."""
    forms = (
        ("icp", fields.icp, r".*ICP.*\d{6,}.*", "鲁ICP备12345678号-1"),
        ("police", fields.police, r"\D*\d{10,14}\D*", "鲁公网安备37000000000000号"),
    )
    return [
        Problem(
            path=path,
            field=(name,),
            message=say('"{number}" is no number of a registered site', number=number),
            hint=say("write it as in the register, such as {example}", example=example),
        )
        for name, number, form, example in forms
        if number and not re.fullmatch(form, number, re.IGNORECASE)
    ]


def _is_strange(link: str) -> bool:
    try:
        check_address(link)
    except Fault:
        return True
    return False
