"""portal.yaml: what a portal is called, how it looks, and the teams that it stands above.

Most of its fields are those of site.yaml. A team is written out, or a pattern finds many: each ``*`` is a folder, the
last one is the team's id, and those before it are its region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from generator.ground.errors import BuildError, Checked, Fault, Field, Problem
from generator.ground.files import read_file
from generator.ground.frozen import frozen
from generator.ground.messages import Message, say
from generator.ground.text import folded, is_windows_name, name_slug, nfc
from generator.model.content import Person, Source
from generator.model.settings import Settings
from generator.read.addresses import site_address
from generator.read.decoding import decoded
from generator.read.schema import PortalFields, PrivacySettings, SiteFields, TeamFields
from generator.read.settings import settings_of
from generator.read.sources import CONTENT, MOST_BYTES
from generator.read.typed_fields import fields_of
from generator.site.records import people as read_people
from generator.tools.portal.places import Place
from generator.tools.portal.team_records import NO_NAMES

Path_ = tuple[str, ...]
PORTAL: Final = "portal.yaml"
PEOPLE: Final = "people.yaml"
"""Next to portal.yaml: persons whom no page of the portal may name, whichever team names them."""


@frozen(kw_only=True)
class Team:
    """A team, as portal.yaml has it."""

    id: str
    name: str | None
    """None where the title of its site is its name."""
    region: tuple[str, ...]
    """From the province to the town, as far as it is known."""
    place: Place
    url: str | None
    """The public address of its site; None where its data says it."""
    field: Field
    """Where it stands in portal.yaml."""


@frozen(kw_only=True)
class Portal:
    """A portal, as its files describe it."""

    settings: Settings
    counters: tuple[str, ...]
    """The labels of the counters that are added up; empty for those that most teams have."""
    teams: tuple[Team, ...]
    """By region, in the order in which they are written."""
    people: tuple[Person, ...]
    endpoint: str | None
    """Where a store with the interface of S3 is; None where the environment says it."""


def read_portal(folder: Path) -> Portal:
    """The portal of a folder. Raises BuildError with all that is wrong with its files."""
    problems: list[Problem] = []
    source = _source(folder, PORTAL)
    if source is None:
        raise BuildError(
            Problem(
                path=PORTAL,
                message=say("there is no {name} in {folder}", name=PORTAL, folder=folder),
                hint=say("go to the folder that holds it, or write one: the README's chapter on portals shows how"),
            )
        )
    found = fields_of(PortalFields, source.text, PORTAL)
    shared = {name: getattr(found, name) for name in SiteFields.model_fields if name in PortalFields.model_fields}
    shared |= {"counters": {}, "privacy": PrivacySettings(allow=found.privacy.allow, hardship=())}
    checked = settings_of(SiteFields.model_construct(**shared), PORTAL)
    problems += checked.problems
    problems += _endpoint_problems(found.storage.endpoint)
    people = _people(folder, problems)
    teams = tuple(_teams(found, folder, problems))
    if problems:
        raise BuildError(*problems)
    assert checked.value is not None
    return Portal(
        settings=checked.value,
        counters=found.counters,
        teams=teams,
        people=people,
        endpoint=found.storage.endpoint,
    )


def _source(folder: Path, name: str) -> Source | None:
    """A file of the portal's own; None where it is missing. Raises BuildError where it cannot be read."""
    try:
        raw = read_file(folder / name, MOST_BYTES)
    except FileNotFoundError:
        return None
    except (OSError, Fault) as error:
        message = error.message if isinstance(error, Fault) else say("it cannot be read: {fact}", fact=str(error))
        raise BuildError(Problem(path=name, message=message, hint=say("look at the file"))) from None
    return decoded(raw, name)[0]


def _endpoint_problems(endpoint: str | None) -> Iterator[Problem]:
    if endpoint is not None and not re.match("https?://[^/]", endpoint):
        message = say('"{value}" is not the address of a store', value=endpoint)
        hint = say("write the address of its interface of S3, such as https://oss-cn-beijing.aliyuncs.com")
        yield _problem(("storage", "endpoint"), message, hint)


def _people(folder: Path, problems: list[Problem]) -> tuple[Person, ...]:
    source = _source(folder, PEOPLE)
    if source is None:
        return ()
    checked: Checked[tuple[Person, ...]] = read_people(source)
    problems += checked.problems
    return checked.value or ()


def _teams(found: PortalFields, folder: Path, problems: list[Problem]) -> Iterator[Team]:
    teams = [team for number, one in enumerate(found.teams) for team in _of(one, number, found, folder, problems)]
    seen: dict[str, Team] = {}
    for team in teams:
        if folded(team.id) in seen:
            problems.append(
                _problem(
                    team.field,
                    say(
                        'two teams have the id "{id}": {one} and {other}',
                        id=team.id,
                        one=seen[folded(team.id)].place.address,
                        other=team.place.address,
                    ),
                    say("give one of them another id:"),
                )
            )
        seen.setdefault(folded(team.id), team)
    problems += _source_problems(teams)
    problems += _region_problems(teams)
    if not teams and not problems:
        problems.append(_problem(("teams",), say("no team is there"), say("write at least one team")))
    return iter(_by_region(teams))


def _source_problems(teams: Sequence[Team]) -> Iterator[Problem]:
    """The teams that are read from one place, so that all that they did would count twice."""
    first: dict[str, Team] = {}
    for team in teams:
        other = first.setdefault(_real(team.place), team)
        if other is not team and other.id != team.id:
            message = say(
                'the teams "{one}" and "{other}" have one source: {place}',
                one=other.id,
                other=team.id,
                place=team.place.address,
            )
            yield _problem((*team.field, "source"), message, say("take one of them out, or mend its source:"))


def _real(place: Place) -> str:
    """What a place is, whatever it is called. What a site's folder publishes is of that site."""
    if not place.is_local:
        return f"{place.endpoint or ''} {place.address}"
    real = place.path.resolve()
    return str(real.parent if real.name == "output" and (real.parent / CONTENT).is_dir() else real)


def _by_region(teams: Sequence[Team]) -> list[Team]:
    """The teams region by region, each where the first of its teams is written."""
    places: dict[Path_, int] = {}
    for team in teams:
        for end in range(len(team.region) + 1):
            places.setdefault(team.region[:end], len(places))
    return sorted(teams, key=lambda team: [places[team.region[:end]] for end in range(len(team.region) + 1)])


def _of(one: TeamFields, number: int, found: PortalFields, folder: Path, problems: list[Problem]) -> Iterator[Team]:
    """The team that a field describes, or those that its pattern finds."""
    field: Field = ("teams", number)
    region = _region(one.region)
    url = _url(one, field, problems)
    if "*" not in one.source:
        place = Place.of(one.source, folder, found.storage.endpoint)
        name = one.id or name_slug(place.address.rstrip("/").rpartition("/")[2].removesuffix(".zip"))
        if _is_fit(name, field, problems):
            yield Team(id=name, name=one.name, region=region, place=place, url=url, field=field)
        return
    if fault := _pattern_problem(one, field):
        problems.append(fault)
        return
    matches = list(_matching(one.source, folder))
    if not matches:
        message = say("nothing is there that looks like {pattern}", pattern=one.source)
        hint = say("each * stands for one folder: look how the folders are called")
        problems.append(_problem((*field, "source"), message, hint))
    for found_place, parts in matches:
        name = parts[-1]
        if _is_fit(name, field, problems):
            own = None if url is None else url.replace("*", name)
            path, place = (*region, *parts[:-1]), Place.of(str(found_place), folder)
            yield Team(id=name, name=None, region=path, place=place, url=own, field=field)


def _pattern_problem(one: TeamFields, field: Field) -> Problem | None:
    """What a pattern cannot be."""
    if one.id or one.name:
        return _problem(
            field,
            say("a pattern finds many teams, so they cannot share an id or a name"),
            say("take id: and name: away, or write the teams one by one"),
        )
    if "://" in one.source:
        return _problem(
            (*field, "source"),
            say("a pattern finds folders on this machine alone"),
            say("write the teams in a store one by one"),
        )
    return None


def _is_fit(name: str, field: Field, problems: list[Problem]) -> bool:
    """Whether an id can be part of an address; a problem is added where it cannot."""
    if name and name == name_slug(name) and not is_windows_name(name) and name not in NO_NAMES:
        return True
    hint = say("write another id: of letters, digits and hyphens")
    problems.append(_problem(field, say('"{id}" cannot be part of an address', id=name), hint))
    return False


def _matching(pattern: str, folder: Path) -> Iterator[tuple[Path, Path_]]:
    """The folders and zips that a pattern finds, each with what its stars stand for."""
    whole = Place.of(pattern, folder).path
    steps = whole.parts[1:]
    found: list[tuple[Path, Path_]] = [(Path(whole.anchor), ())]
    for step in steps:
        if "*" not in step:
            found = [(place / step, parts) for place, parts in found if (place / step).exists()]
            continue
        form = re.compile(".*".join(f"{re.escape(part)}" for part in step.split("*")))
        found = [
            (child, (*parts, nfc(child.name.removesuffix(".zip"))))
            for place, parts in found
            if place.is_dir()
            for child in sorted(place.iterdir())
            if form.fullmatch(child.name) and not child.name.startswith(".") and _may_be_team(child)
        ]
    return iter(found)


def _may_be_team(place: Path) -> bool:
    return place.is_dir() or place.suffix.lower() == ".zip"


def _url(one: TeamFields, field: Field, problems: list[Problem]) -> str | None:
    if one.url is None:
        return None
    try:
        return site_address(one.url)
    except Fault as fault:
        problems.append(_problem((*field, "url"), fault.message, fault.hint))
        return None


def _region(written: str | None) -> tuple[str, ...]:
    """``山东省/烟台市`` → its parts."""
    return tuple(nfc(part.strip()) for part in (written or "").replace("／", "/").split("/") if part.strip())


def _region_problems(teams: Sequence[Team]) -> Iterator[Problem]:
    """Names of regions that cannot be part of an address, or that would share one."""
    written: dict[tuple[str, ...], tuple[str, ...]] = {}
    for team in teams:
        path = tuple(folded(name_slug(name)) for name in team.region)
        for slug, name in zip(path, team.region, strict=True):
            if not slug or slug in NO_NAMES or is_windows_name(slug):
                yield _problem(
                    team.field, say('"{name}" cannot be the name of a region', name=name), say("write it otherwise")
                )
                break
        for end in range(1, len(path) + 1):
            other = written.setdefault(path[:end], team.region[:end])
            if other != team.region[:end]:
                yield _problem(
                    team.field,
                    say(
                        'the regions "{one}" and "{other}" would have one address',
                        one="/".join(other),
                        other="/".join(team.region[:end]),
                    ),
                    say("write the region in one way everywhere"),
                )
                break


def _problem(field: Field, message: Message, hint: Message | None) -> Problem:
    return Problem(path=PORTAL, field=field, message=message, hint=hint)
