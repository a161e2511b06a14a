"""Random edits of a small site: everything that people do to one, and some accidents."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image

from generator.pipeline.publish.manifest import STATE
from tests.read.painting import exif, painted, saved
from tests.space import SiteSpace

TARGETS: Final = ("taihe", "guoao", "ximeng")
NAMES: Final = dict(zip(TARGETS, ("泰和", "国奥", "西盟"), strict=True))
"""By which entries call targets now and then."""
TAGS: Final = ("调研", "慰问", "政策")
SUCCEEDED: Final = "{date: 2020-05-01, reason: 有误, successor: e1.md}"
WORDS: Final = ("座谈", "走访", "口罩", "复工", "车间", "村委会", "“送政策”", "Foxconn", "&<>", "第一天")
TEMPLATES: Final = (
    "tags.html", "entry.html", "parts.html", "base.html", "menu.html", "404.html", "article.html", "requests.html",
)  # fmt: skip

Edit = Callable[["Diary"], None]


class Diary:
    """A site that people work on."""

    def __init__(self, space: SiteSpace, dice: random.Random) -> None:
        self.space = space
        self.dice = dice
        self.next = 0

    def begin(self) -> None:
        """A site with some of everything."""
        self.space.write("content/site.yaml", "title: 日志\nbase_url: https://example.org/\ncounters: {座谈会: {}}\n")
        self.space.write("content/people.yaml", "people:\n  - {id: li, name: 李队长, role: official}\n")
        for target in TARGETS:
            self.write_target(target)
        for _ in range(self.dice.randint(1, 5)):
            add(self)
        self.space.write("content/pages/about.md", "---\ntitle: 关于\n---\n说明。\n")

    def text(self, most: int = 4) -> str:
        """Some words."""
        return "".join(self.dice.choices(WORDS, k=self.dice.randint(1, most)))

    def entries(self) -> list[Path]:
        """The entries' files."""
        return sorted((self.space.folder / "content/entries").glob("*.md"))

    def any_entry(self) -> Path:
        """One of them; a new one where there is none."""
        if not self.entries():
            add(self)
        return self.dice.choice(self.entries())

    def write_target(self, target: str, *, is_known: bool = True) -> None:
        """A target, with a parent now and then; ``is_known`` by the name that entries use, and no other target's."""
        above = TARGETS[: TARGETS.index(target)]
        parent = f"parent: {self.called(self.dice.choice(above))}\n" if above and self.dice.random() < 0.3 else ""
        kind = self.dice.choice(("enterprise", "乡村"))
        short_name = NAMES[target if is_known else self.dice.choice(TARGETS)]
        reading = f"pinyin: {self.dice.choice(('an he', 'xi meng'))}\n" if self.dice.random() < 0.3 else ""
        names = f"name: '{self.text()}'\nshort_name: {short_name}\n{reading}"
        text = f"---\n{names}kind: {kind}\n{parent}---\n{self.text()}\n"
        self.space.write(f"content/targets/{target}.md", text)

    def called(self, target: str) -> str:
        """What an entry calls a target: its id or its name."""
        return NAMES[target] if self.dice.random() < 0.3 else target

    def set_field(self, place: Path, name: str, value: str | None) -> None:
        """Writes, changes or takes away a field of a file."""
        text = place.read_text(encoding="utf-8")
        text = re.sub(rf"^{name}:.*\n", "", text, count=1, flags=re.MULTILINE)
        if value is not None:
            text = text.replace("---\n", f"---\n{name}: {value}\n", 1)
        place.write_text(text, encoding="utf-8")


def add(diary: Diary) -> None:
    """A new entry, which may link to others, name targets, show a picture."""
    dice = diary.dice
    diary.next += 1
    name = f"e{diary.next}"
    known = [place.stem for place in diary.entries()]
    body = [diary.text(8) + "。", f"## {diary.text()}"]
    if known and dice.random() < 0.4:
        body.append(f"[{diary.text()}]({dice.choice(known)}.md)")
    if dice.random() < 0.4:
        body.append(f"到{{target}}`{diary.called(dice.choice(TARGETS))}`。")
    if dice.random() < 0.3:
        picture(diary)
        body.append("![图](p.png)")
    if dice.random() < 0.3:
        attachment(diary)
        body.append("[表](t.csv)")
    diary.space.entry(name, body="\n\n".join(body) + "\n", title=f"'{diary.text()}'", date=day(diary))
    place = diary.space.folder / f"content/entries/{name}.md"
    diary.set_field(place, "targets", f"[{', '.join(map(diary.called, dice.sample(TARGETS, dice.randint(0, 2))))}]")
    diary.set_field(place, "tags", f"[{', '.join(dice.sample(TAGS, dice.randint(0, 2)))}]")
    if dice.random() < 0.5:
        record(diary, place)


def record(diary: Diary, place: Path | None = None) -> None:
    """What an entry adds to the record: a request raised or followed up, a count, a policy, a role in the text."""
    dice = diary.dice
    place = place or diary.any_entry()
    name, day = f"q{dice.randint(1, 4)}", f"2020-0{dice.randint(3, 5)}-{dice.randint(1, 28):02}"
    match dice.randint(0, 5):
        case 0 | 1:
            status = dice.choice(("raised", "raised", "reported", "resolved", "closed"))
            title = f", title: '{diary.text()}'" if status == "raised" else ", reopened: true"
            target = f", target: {diary.called(dice.choice(TARGETS))}" if dice.random() < 0.2 else ""
            chase = (
                f", handler: '{diary.text()}', deadline: 2020-04-{dice.randint(1, 28):02}"
                if dice.random() < 0.3
                else ""
            )
            note = f"{{id: {name}, status: {status}, date: {day}{title}{target}{chase}, note: '{diary.text()}'}}"
            diary.set_field(place, "requests", f"[{note}]")
        case 2:
            by_target = f"{{{diary.called(dice.choice(TARGETS))}: 2}}"
            counts = f"{{座谈会: {dice.choice((str(dice.randint(0, 30)), by_target))}}}"
            diary.set_field(place, "counts", counts)
        case 3:
            diary.space.write("content/policies/p.md", f"---\ntitle: '{diary.text()}'\n---\n{diary.text()}\n")
            diary.set_field(place, "policies", "[p]")
        case 4:
            note = f"[{{date: {day}, note: '{diary.text()}'}}]"
            diary.set_field(place, "corrections", note)
        case _:
            said = dice.choice(
                ("到{count}`座谈会`场", "到{count}`座谈会 about`场", f"到{{request}}`{name}`", "到{person}`li`")
            )
            place.write_text(place.read_text(encoding="utf-8") + f"\n{said}\n", encoding="utf-8")


def people(diary: Diary) -> None:
    """Persons registered, some of them private; one of their names stands in texts now and then."""
    dice = diary.dice
    private = (
        f"  - {{id: w, name: {dice.choice(('车间', '村委会', '王二麻'))}, role: private}}\n"
        if dice.random() < 0.2
        else ""
    )
    known = f"  - {{id: li, name: 李队长, role: official, title: '{diary.text(1)}'}}\n"
    diary.space.write("content/people.yaml", f"people:\n{known}{private}")


def hardship(diary: Diary) -> None:
    """A name beside a word of hardship, which is a warning."""
    place = diary.any_entry()
    place.write_text(place.read_text(encoding="utf-8") + "\n慰问困难户李小花。\n", encoding="utf-8")


def day(diary: Diary) -> str:
    """A day, or an interval."""
    first = f"2020-{diary.dice.randint(2, 4):02}-{diary.dice.randint(1, 28):02}"
    return first if diary.dice.random() < 0.7 else f"{first}/{int(first[-2:]) + diary.dice.randint(0, 1):02}"


def body(diary: Diary) -> None:
    """More text at the end, or another first paragraph."""
    place = diary.any_entry()
    text = place.read_text(encoding="utf-8")
    if diary.dice.random() < 0.5:
        place.write_text(text + f"\n{diary.text()}\n", encoding="utf-8")
    else:
        head, mark, rest = text.partition("\n---\n")
        place.write_text(f"{head}{mark}{diary.text()}\n\n{rest}", encoding="utf-8")


def same_size(diary: Diary) -> None:
    """One letter for another, with the old time put back."""
    place = diary.any_entry()
    before, text = place.stat(), place.read_text(encoding="utf-8")
    place.write_text(text.replace("走", "跑") if "走" in text else text.replace("跑", "走"), encoding="utf-8")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))


def delete(diary: Diary) -> None:
    """An entry gone."""
    diary.any_entry().unlink()


def rename(diary: Diary) -> None:
    """An entry under another name, now and then a date alone."""
    diary.next += 1
    place = diary.any_entry()
    place.rename(place.with_name(diary.dice.choice((f"r{diary.next}.md", f"2020-03-{diary.next % 28 + 1:02}.md"))))


def field(diary: Diary) -> None:
    """A field of an entry set, changed or taken away."""
    dice = diary.dice
    name, value = dice.choice(
        [
            ("title", f"'{diary.text()}'"),
            ("date", day(diary)),
            ("slug", dice.choice((None, f"s{dice.randint(1, 9)}"))),
            ("targets", f"[{diary.called(dice.choice(TARGETS))}]"),
            ("tags", f"[{dice.choice(TAGS)}]"),
            ("status", dice.choice((None, "draft", "review"))),
            ("place", dice.choice((None, f"'{diary.text()}'"))),
            ("summary", dice.choice((None, f"'{diary.text()}'"))),
            ("authors", dice.choice((None, "[li]", "[li, 联络组]"))),
            ("major", dice.choice((None, "true", "是"))),
            ("headline", dice.choice((None, f"'{diary.text()}'"))),
            ("aliases", dice.choice((None, f"[/old/{dice.randint(1, 5)}/]"))),
            ("part", dice.choice((None, "am", "pm"))),
            ("cover", dice.choice((None, "p.png"))),
            ("counts", dice.choice((None, "{座谈会: 2}"))),
            ("withdrawn", dice.choice((None, "{date: 2020-05-01, reason: 有误}", SUCCEEDED))),
        ]
    )
    diary.set_field(diary.any_entry(), name, value)


def target(diary: Diary) -> None:
    """A target written anew, or gone."""
    chosen = diary.dice.choice(TARGETS)
    if diary.dice.random() < 0.1:
        (diary.space.folder / f"content/targets/{chosen}.md").unlink(missing_ok=True)
    else:
        diary.write_target(chosen, is_known=diary.dice.random() < 0.7)


def settings(diary: Diary) -> None:
    """Other settings."""
    derived = ", 日志: {derived: entries}, 办结: {derived: resolved}" if diary.dice.random() < 0.5 else ""
    shared = ", shared: true" if diary.dice.random() < 0.5 else ""
    lines = ["title: 日志", f"counters: {{座谈会: {{unit: 场{shared}}}{derived}}}"]
    lines += ["base_url: https://example.org/"] if diary.dice.random() < 0.8 else []
    lines += [f"per_page: {diary.dice.choice((1, 2, 20))}"] if diary.dice.random() < 0.5 else []
    lines += [f"description: '{diary.text()}'"] if diary.dice.random() < 0.5 else []
    lines += ["pinyin: {调: tiao}"] if diary.dice.random() < 0.3 else []
    lines += ["language: en"] if diary.dice.random() < 0.2 else []
    lines += ["qr: no", "contact: 12345", "icp: 鲁ICP备12345678号"] if diary.dice.random() < 0.3 else []
    lines += ["cards: true"] if diary.dice.random() < 0.3 else []
    lines += ["assets: {originals: true}"] if diary.dice.random() < 0.3 else []
    diary.space.write("content/site.yaml", "\n".join(lines) + "\n")


def theme(diary: Diary) -> None:
    """A template, a string, the style sheet or a file of the theme; now and then the bundled ones again."""
    dice = diary.dice
    own = diary.space.folder / "themes"
    chosen = dice.randint(0, 5)
    if chosen == 0:
        shutil.rmtree(own, ignore_errors=True)
    elif chosen == 1:
        diary.space.write("themes/default/strings/zh-CN.yaml", f"targets: '{diary.text()}'\n")
    elif chosen == 2:
        diary.space.write("themes/default/css/95-own.css", f"body {{ order: {dice.randint(1, 9)} }}\n")
    elif chosen == 3:
        diary.space.write("themes/default/assets/x.txt", diary.text())
    else:
        name = dice.choice(TEMPLATES)
        bundled = Path(__file__).parents[2] / "themes/default/templates" / name
        text = bundled.read_text(encoding="utf-8")
        comment = f"{{# {dice.random()} #}}" if dice.random() < 0.3 else f"<!-- {dice.randint(1, 99)} -->"
        diary.space.write(f"themes/default/templates/{name}", text + comment)


def picture(diary: Diary) -> None:
    """A picture painted anew: noise, a drawing in several widths, or one that is cut short."""
    dice = diary.dice
    image = painted(seed=dice.randint(1, 9)) if dice.random() < 0.7 else Image.new("RGB", (700, 9), dice.randint(0, 9))
    body = saved(image, "PNG", exif=exif(dice.randint(1, 8)))
    diary.space.write("content/entries/p.png", body[: -9 if dice.random() < 0.1 else None])


def attachment(diary: Diary) -> None:
    """An attachment written anew, of another size now and then."""
    diary.space.write("content/entries/t.csv", "a,b\n" * diary.dice.choice((1, 300, 900)))


def page(diary: Diary) -> None:
    """A page outside the diary."""
    place = f"content/pages/{diary.dice.choice(('aaa', 'about', 'method'))}.md"
    diary.space.write(place, f"---\ntitle: '{diary.text()}'\n---\n{diary.text()}\n")


def output(diary: Diary) -> None:
    """A published file changed by somebody else, or gone."""
    found = (diary.space.folder / "output").rglob("*.*")
    places = [place for place in found if place.suffix in (".html", ".webp") and STATE not in place.parts]
    if places:
        place = diary.dice.choice(sorted(places))
        if diary.dice.random() < 0.5:
            place.unlink()
        else:
            place.write_text("x", encoding="utf-8")


def accident(diary: Diary) -> None:
    """A cache, or what was developed of a picture, that is cut, flipped, of another version or gone."""
    state = diary.space.folder / STATE
    for cache in [*state.glob("[0-9a-f]*"), *(state / "pictures").glob("*")]:
        whole = cache.read_bytes()
        at = diary.dice.randrange(len(whole) + 1)
        match diary.dice.randint(0, 3):
            case 0:
                cache.write_bytes(whole[:at])
            case 1:
                flipped = bytes([whole[at] ^ 1 << diary.dice.randrange(8)]) if at < len(whole) else b""
                cache.write_bytes(whole[:at] + flipped + whole[at + 1 :])
            case 2:
                cache.write_bytes(whole.replace(b"rizhi", b"other").replace(b"3.1", b"3.0"))
            case _:
                cache.unlink()


def mend(diary: Diary) -> None:
    """What may be wrong put right: all that leads somewhere taken out, all targets there."""
    for place in diary.entries():
        text = place.read_text(encoding="utf-8")
        text = re.sub(
            r"^(\[.*\]\(.*|到\{.*|slug:.*|aliases:.*|cover:.*|requests:.*|policies:.*|counts:.*|withdrawn:.*)\n",
            "",
            text,
            flags=re.MULTILINE,
        )
        place.write_text(text, encoding="utf-8")
    for chosen in TARGETS:
        diary.write_target(chosen)
    diary.space.write("content/people.yaml", "people:\n  - {id: li, name: 李队长, role: official}\n")


EDITS: Final[tuple[Edit, ...]] = (
    add, add, body, body, same_size, delete, rename, field, field, field, target, settings, theme, theme,
    picture, attachment, page, output, accident, record, record, record, record, people, hardship,
)  # fmt: skip
