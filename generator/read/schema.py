"""The schema of the content: the fields of each kind of file. Invalid fields are reported as problems."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Final, TypeVar

from pydantic import Field as Described
from pydantic import ValidationError, field_validator

from generator.ground.errors import BuildError, Fault, Field, Problem
from generator.ground.messages import Message, say
from generator.model.content import Part, PersonRole, PolicyLevel, RequestStatus, Status
from generator.model.settings import Derived
from generator.read import fields
from generator.read.fields import Fields
from generator.read.yaml_tree import Tree

F = TypeVar("F", bound=Fields)


class RequestFields(Fields):
    """A request in an entry: raised there, or followed up."""

    id: fields.Id
    status: RequestStatus
    title: fields.Line | None = None
    target: fields.Name | None = None
    date: fields.DayField | None = None
    note: fields.Text | None = None
    helped_by: fields.Names = ()
    reopened: fields.Flag = False


class CorrectionFields(Fields):
    """A correction in an entry."""

    date: fields.DayField
    note: fields.Line


class WithdrawalFields(Fields):
    """Why and when an entry was withdrawn."""

    date: fields.DayField
    reason: fields.Line


class EntryFields(Fields):
    """The front matter of an entry."""

    title: fields.Line = Described(description="标题 · headline")
    date: fields.SpanField = Described(description="日期或起止日期 · a day or an interval: 2020-03-05, 2020-03-05/06")
    part: Part | None = Described(default=None, description="上午 am、下午 pm、晚上 evening · half of the day")
    targets: fields.Names = Described(default=(), description="服务对象的编号 · ids of service targets")
    tags: fields.Tags = Described(default=(), description="标签 · tags")
    place: fields.Line | None = Described(default=None, description="地点 · place")
    weather: fields.Line | None = Described(default=None, description="天气 · weather")
    summary: fields.Text | None = Described(default=None, description="摘要 · summary, else the first paragraph")
    cover: fields.Line | None = Described(default=None, description="题图 · picture beside the entry")
    language: fields.Language | None = Described(default=None, description="语言 · language, else the site's")
    slug: fields.Slug | None = Described(default=None, description="网址末段 · last part of the address")
    aliases: fields.Aliases = Described(default=(), description="旧网址 · old addresses")
    status: Status = Described(default=Status.PUBLISHED, description="草稿 draft、待审 review、发布 published")
    publish_at: fields.Moment | None = Described(default=None, description="发布时间 · when to publish")
    authors: fields.Names = Described(default=(), description="作者 · authors")
    reviewed_by: fields.Line | None = Described(default=None, description="审核人 · reviewer")
    counts: dict[fields.Name, fields.Counted] = Described(
        default={}, description="计数 · what the counters add up, in all or by service target"
    )
    requests: Annotated[tuple[RequestFields, ...], fields.AsList] = Described(default=(), description="诉求 · requests")
    policies: fields.Names = Described(default=(), description="送达的政策 · policies handed over")
    corrections: Annotated[tuple[CorrectionFields, ...], fields.AsList] = Described(
        default=(), description="更正 · corrections after publication"
    )
    withdrawn: WithdrawalFields | None = Described(default=None, description="撤回 · withdrawal")
    extra: fields.Free = Described(default={}, description="自定字段 · the writer's own fields")


class TargetFields(Fields):
    """The front matter of a service target."""

    name: fields.Line
    kind: fields.Name
    short_name: fields.Line | None = None
    aliases: fields.Names = ()
    parent: fields.Name | None = None
    place: fields.Line | None = None
    summary: fields.Text | None = None
    closed: fields.DayField | None = None
    extra: fields.Free = {}


class PolicyFields(Fields):
    """The front matter of a policy."""

    title: fields.Line
    issuer: fields.Line | None = None
    level: PolicyLevel | None = None
    topic: fields.Line | None = None
    number: fields.Line | None = None
    date: fields.DayField | None = None
    files: fields.Lines = ()
    extra: fields.Free = {}


class PageFields(Fields):
    """The front matter of a page outside the diary."""

    title: fields.Line
    summary: fields.Text | None = None
    language: fields.Language | None = None
    aliases: fields.Aliases = ()
    status: Status = Status.PUBLISHED
    extra: fields.Free = {}


class PersonFields(Fields):
    """A person in people.yaml."""

    id: fields.Name
    name: fields.Person
    role: PersonRole
    title: fields.Line | None = None
    pseudonym: fields.Line | None = None
    aliases: fields.Persons = ()


class PeopleFields(Fields):
    """people.yaml: one list."""

    people: Annotated[tuple[PersonFields, ...], fields.AsList] = ()


class CounterFields(Fields):
    """A counter in site.yaml."""

    label: fields.Line | None = None
    unit: fields.Line | None = None
    derived: Derived | None = None


class MenuFields(Fields):
    """An item of the menu in site.yaml."""

    title: fields.Line
    link: fields.Line


class RequestSettings(Fields):
    """The settings of requests."""

    overdue_days: fields.Number = 30


class CalendarSettings(Fields):
    """The settings of the calendar."""

    gap_days: fields.Number = 7


class AllowedFields(Fields):
    """A value that may be published although it looks private, and why."""

    value: fields.Line
    reason: fields.Line


class PrivacySettings(Fields):
    """The settings of the privacy scan."""

    allow: Annotated[tuple[AllowedFields, ...], fields.AsList] = ()
    hardship: fields.Names | None = None


class GovernmentSettings(Fields):
    """What a Chinese government site has to declare on every page."""

    id_code: fields.Line
    name: fields.Line | None = None
    domain: fields.Line | None = None
    column_type: fields.Line | None = None


class AssetSettings(Fields):
    """The settings of pictures and attachments."""

    allow_svg: fields.Flag = False
    originals: fields.Flag = False


class CardSettings(Fields):
    """The settings of share cards."""

    font: fields.Line | None = None


class SiteFields(Fields):
    """site.yaml."""

    title: fields.Line
    description: fields.Text = ""
    language: fields.Language = "zh-CN"
    base_url: fields.Line | None = None
    timezone: fields.Line = "Asia/Shanghai"
    organization: fields.Line | None = None
    license: fields.Line | None = None
    kinds: dict[fields.Name, fields.Line] | None = None
    counters: dict[fields.Id, CounterFields] = {}
    menu: Annotated[tuple[MenuFields, ...], fields.AsList] | None = None
    theme: fields.Slug = "default"
    per_page: fields.Number = 20
    feed_entries: fields.Number = 20
    requests: RequestSettings = RequestSettings()
    calendar: CalendarSettings = CalendarSettings()
    assets: AssetSettings = AssetSettings()
    cards: CardSettings | None = None
    search: fields.Flag = True
    privacy: PrivacySettings = PrivacySettings()
    government: GovernmentSettings | None = None
    extra: fields.Free = {}

    @field_validator("counters", mode="before")
    @classmethod
    def _counters_without_fields(cls, value: object) -> object:
        # A counter without fields of its own is written as a key without a value.
        return {key: item or {} for key, item in value.items()} if isinstance(value, dict) else value

    @field_validator("cards", mode="before")
    @classmethod
    def _cards_or_none(cls, value: object) -> object:
        if isinstance(value, dict):
            return value
        return {} if fields.flag(value) else None


SCHEMAS: Final[Mapping[str, type[Fields]]] = {
    "entry": EntryFields,
    "target": TargetFields,
    "policy": PolicyFields,
    "page": PageFields,
    "people": PeopleFields,
    "site": SiteFields,
}
"""The schema of each kind of file."""


def validated(kind: type[F], tree: dict[str, Tree], path: str) -> F:
    """The typed fields of a file. A field without a value counts as absent.

    Raises BuildError with a problem for each fault, at its field.
    """
    try:
        return kind.model_validate(_without_empty(tree))
    except ValidationError as error:
        found = (_problem(kind, dict(fault), tree, path) for fault in error.errors(include_url=False))
        raise BuildError(*found) from None


def _without_empty(tree: dict[str, Tree]) -> dict[str, Tree]:
    """The tree without empty fields."""
    filled: dict[str, Tree] = {}
    for key, value in tree.items():
        if isinstance(value, list):
            filled[key] = [_without_empty(item) if isinstance(item, dict) else item for item in value]
        elif isinstance(value, dict) and key not in ("counters", "extra"):
            filled[key] = _without_empty(value)
        elif value is not None:
            filled[key] = value
    return filled


def _problem(kind: type[Fields], fault: dict[str, Any], tree: dict[str, Tree], path: str) -> Problem:
    place: Field = tuple(fault["loc"])
    is_key = place[-1:] == ("[key]",)
    if is_key:
        place = place[:-1]
    name = str(place[-1]) if place else ""
    thrown = (fault.get("ctx") or {}).get("error")
    match fault["type"]:
        case "missing":
            fact = say("{key} is empty", key=name) if _is_present(tree, place) else say("{key} is missing", key=name)
            return Problem(path=path, field=place, at_key=True, message=fact, hint=_example(name))
        case "extra_forbidden":
            return Problem(
                path=path,
                field=place,
                at_key=True,
                message=say('"{key}" is not a field that is known here', key=name),
                hint=_nearest(name, list(_model_at(kind, place[:-1]).model_fields)),
            )
        case "enum" if not isinstance(fault["input"], str):
            message = say("one word is wanted here")
            return Problem(path=path, field=place, message=message, hint=_choices(fault))
        case "enum":
            message = say('"{value}" is not one of the words that are known here', value=fault["input"])
            return Problem(path=path, field=place, message=message, hint=_choices(fault))
        case "value_error" if isinstance(thrown, Fault):
            return Problem(path=path, field=place, at_key=is_key, message=thrown.message, hint=thrown.hint)
        case _:
            return Problem(
                path=path,
                field=place,
                message=say("further fields are wanted here, not one value"),
                hint=_fields_wanted(_model_at(kind, place)),
            )


def _is_present(tree: Tree, place: Field) -> bool:
    """Whether a key exists, without a value."""
    for step in place[:-1]:
        if isinstance(tree, dict) and isinstance(step, str):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int):
            tree = tree[step]
    return isinstance(tree, dict) and place[-1] in tree


WORDS: Final[Mapping[str, str]] = {
    "draft": "草稿", "review": "待审", "published": "发布",
    "am": "上午", "pm": "下午", "evening": "晚上",
    "raised": "提出", "reported": "已上报", "coordinating": "协调中", "resolved": "办结", "closed": "终止",
    "official": "公职人员", "representative": "单位代表", "private": "普通群众",
    "entries": "篇数", "days": "天数", "targets": "服务对象",
    "state": "国家", "province": "省", "city": "市", "county": "县",
}  # fmt: skip
"""The Chinese of the words that a field may contain, for the hints."""

CHINESE_KEYS: Final[Mapping[str, str]] = {
    "标题": "title", "题目": "title", "日期": "date", "时间": "date", "标签": "tags", "地点": "place",
    "天气": "weather", "摘要": "summary", "作者": "authors", "状态": "status", "服务对象": "targets",
    "对象": "targets", "封面": "cover", "题图": "cover", "计数": "counts", "诉求": "requests", "政策": "policies",
    "更正": "corrections", "语言": "language", "名称": "name", "名字": "name", "姓名": "name", "类别": "kind",
    "类型": "kind", "简称": "short_name", "上级": "parent", "网址": "base_url", "单位": "organization",
    "菜单": "menu", "说明": "description", "简介": "description",
}  # fmt: skip
"""Field names that Chinese writers may use, with the right names, for the hints."""


def _choices(fault: dict[str, Any]) -> Message:
    words = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
    return say("write one of {choices}", choices=", ".join(f"{word} ({WORDS[word]})" for word in words))


def _model_at(kind: type[Fields], place: Field) -> type[Fields]:
    """The schema of the mapping at ``place``."""
    model: Any = kind
    for step in place:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    found: type[Fields] = model
    return found


def _model_in(annotation: Any) -> type[Fields] | None:
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := _model_in(part))), None)


def _nearest(name: str, known: list[str]) -> Message:
    translated = CHINESE_KEYS.get(name, name)
    close = [translated] if translated in known else get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if close:
        return say('did you mean "{name}"?', name=close[0])
    if "extra" in known:
        return say("known are {names}; fields of your own go under extra:", names=", ".join(known))
    return say("known are {names}", names=", ".join(known))


def _fields_wanted(model: type[Fields]) -> Message:
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    if not needed:
        return say("write each on its own line below, indented, with a colon and a space")
    return say(
        "write on lines of their own below, indented: {fields}", fields=" ".join(f"{name}: …" for name in needed)
    )


_EXAMPLES = {
    "title": say("add a line such as title: 进企业、进村居、进项目"),
    "date": say("add a line such as date: 2020-03-07"),
    "name": say("add a line such as name: 国奥社区"),
    "kind": say("add a line such as kind: village"),
    "status": say("add a line such as status: raised"),
    "id_code": say("write the code that the register of government sites gave this one; never an invented one"),
}


def _example(name: str) -> Message:
    return _EXAMPLES.get(name, say("add a line {key}: with its value", key=name))
