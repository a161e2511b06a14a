"""The corpus as a site of ours: with everything on, or with a theme that writes the very pages of the peers."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.bench.corpus import KINDS, TARGETS, entries, target

BASE: Final = """\
<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.title }} · {{ site.title }}</title>
{% if page.description %}<meta name="description" content="{{ page.description }}">{% endif %}
<link rel="stylesheet" href="{{ urls.STYLE | href(page) }}">
<link rel="canonical" href="{{ page.url | absolute }}">
<meta property="og:title" content="{{ page.title }}">
<meta property="og:site_name" content="{{ site.title }}">
<meta property="og:url" content="{{ page.url | absolute }}">
<meta property="og:type" content="website">
<link rel="alternate" type="application/atom+xml" title="{{ site.title }}" href="{{ "/feed.xml" | href(page) }}">
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="masthead"><div class="wrap">{{ shared("menu.html", page) }}</div></header>
<main id="main" class="wrap">{% block main %}{% endblock %}</main>
<footer class="colophon"><div class="wrap"><p>{{ site.title }}</p></div></footer>
</body>
</html>
"""

MENU: Final = """\
<p class="nameplate"><a href="{{ "/" | href(place) }}">{{ site.title }}</a></p>
<nav><ul class="menu"><li><a href="{{ urls.DATES | href(place) }}">日期</a></li><li><a href="{{ urls.TARGETS | href(place) }}">服务对象</a></li><li><a href="{{ urls.TAGS | href(place) }}">标签</a></li></ul></nav>
"""

PARTS: Final = """\
{% macro rows(page, rows) %}
<ol class="rows">{% for row in rows %}<li class="row"><article>
<p class="dateline">{{ row.span | when }}<span class="place">{{ row.place }}</span></p>
<h2 class="headline"><a href="{{ row.url | href(page) }}">{{ row.title }}</a></h2>
<p class="summary">{{ row.summary }}</p>
<ul class="names">{% for one in row.targets %}<li><a href="{{ one.url | href(page) }}">{{ one.title }}</a></li>{% endfor %}</ul>
</article></li>
{% endfor %}</ol>
{% endmacro %}
{% macro pager(page, pager) %}
{% if pager.total > 1 %}<nav class="pager">{% if pager.back %}<a href="{{ pager.back | href(page) }}">上一页</a>{% endif %}
<span>第{{ pager.number }}页，共{{ pager.total }}页</span>{% if pager.on %}<a href="{{ pager.on | href(page) }}">下一页</a>{% endif %}</nav>{% endif %}
{% endmacro %}
"""

LIST: Final = """\
{% extends "base.html" %}
{% block main %}
<h1>{{ page.title }}</h1>
{{ parts.rows(page, view.rows) }}
{{ parts.pager(page, view.pager) }}
{% endblock %}
"""

ENTRY: Final = """\
{% extends "base.html" %}
{% block main %}
{% set row = view.row %}
<article class="entry">
<header class="entry-head">
<p class="dateline">{{ row.span | when }}<span class="place">{{ row.place }}</span></p>
<h1>{{ row.title }}</h1>
</header>
<div class="prose">{{ view.body | html(page) }}</div>
<section class="record"><dl>
<div><dt>服务对象</dt>{% for one in row.targets %}<dd><a href="{{ one.url | href(page) }}">{{ one.title }}</a></dd>{% endfor %}</div>
<div><dt>标签</dt><dd>{% for tag in view.tags %}<a href="{{ tag.url | href(page) }}">{{ tag.title }}</a> {% endfor %}</dd></div>
</dl></section>
</article>
<nav class="pager">{% if view.previous %}<a rel="prev" href="{{ view.previous.url | href(page) }}">{{ view.previous.title }}</a>{% endif %}{% if view.next %}<a rel="next" href="{{ view.next.url | href(page) }}">{{ view.next.title }}</a>{% endif %}</nav>
{% endblock %}
"""

LINKS: Final = """\
{% extends "base.html" %}
{% block main %}
<h1>{{ page.title }}</h1>
<ul>{% for one in ITEMS %}<li><a href="{{ one.url | href(page) }}">{{ NAME }}</a></li>{% endfor %}</ul>
{% endblock %}
"""


COUNTERS: Final = """\
counters:
  日志: {derived: entries, unit: 篇}
  在岗: {derived: days, unit: 天}
  对象: {derived: targets, unit: 个}
  诉求: {derived: raised, unit: 项}
  办结: {derived: resolved, unit: 项}
  座谈会: {unit: 场, shared: true}
  走访: {unit: 次, shared: true}
"""


def theme() -> dict[str, str]:
    """The templates that write the peers' pages, by name."""
    links = {
        "tags.html": ("view.tags", "one.title"),
        "targets.html": ('view.kinds | map(attribute="targets") | sum(start=())', "one.name"),
        "kind.html": ("view.block.targets", "one.name"),
        "dates.html": ("view.years", "one.year"),
        "year.html": ("view.block.months", "one.month"),
    }
    return {
        "base.html": BASE,
        "menu.html": MENU,
        "parts.html": PARTS,
        "entry.html": ENTRY,
        **dict.fromkeys(
            ("chronicle.html", "subscribe.html"), '{% extends "base.html" %}{% block main %}{% endblock %}'
        ),
        **dict.fromkeys(("home.html", "day.html", "month.html", "tag.html", "target.html"), LIST),
        **{name: LINKS.replace("ITEMS", items).replace("NAME", one) for name, (items, one) in links.items()},
    }


def people() -> str:
    """Fifty private persons."""
    lines = (
        f"  - {{id: p{number}, name: 欧阳{chr(0x4E00 + 61 * number)}{chr(0x4F00 + 37 * number)}, role: private}}\n"
        for number in range(50)
    )
    return "people:\n" + "".join(lines)


def _record(number: int, target: str) -> str:
    """What an entry counts, and of every ten three requests that are raised and two that are resolved."""
    lines = [f"counts: {{座谈会: {number % 3}, 走访: {number % 5}}}"]
    if number % 10 in (0, 3, 6):
        lines.append(f"requests: [{{id: r{number}, title: 诉求{number}, target: {target}, status: raised}}]")
    elif number % 10 in (1, 4) and number > 30:
        lines.append(f"requests: [{{id: r{number - 31}, status: resolved, note: 办好了}}]")
    return "\n".join(lines) + "\n"


WITHOUT: Final = ("search", "addresses", "record", "people")
"""What can be left out: the search; the site's address, without which there are no feeds; the record; private persons."""


def write_rizhi(folder: Path, count: int, *, lean: bool = False, without: str = "") -> None:
    """The corpus as a site of ours; a ``lean`` one writes what the peers write and nothing else in a page."""
    content = folder / "content"
    for name in ("entries", "targets"):
        (content / name).mkdir(parents=True, exist_ok=True)
    # No peer has a search.
    settings = "title: 日志\n" + ("search: false\n" if lean or without == "search" else "")
    settings += "" if without == "addresses" else "base_url: https://example.org/\n"
    settings += "" if lean or without == "record" else COUNTERS
    (content / "site.yaml").write_text(settings, encoding="utf-8")
    if not lean and without != "people":
        (content / "people.yaml").write_text(people(), encoding="utf-8")
    for number in range(TARGETS):
        text = f"---\nname: 服务对象{number:02}\nkind: {KINDS[number % 4]}\n---\n简介。\n"
        (content / "targets" / f"{target(number)}.md").write_text(text, encoding="utf-8")
    for number, entry in enumerate(entries(count)):
        record = "" if lean or without == "record" else _record(number, entry.targets[0])
        text = (
            f"---\ntitle: {entry.title}\ndate: {entry.date}\ntargets: [{', '.join(entry.targets)}]\n"
            f"tags: [{', '.join(entry.tags)}]\nplace: {entry.place}\n{record}---\n{entry.body}"
        )
        (content / "entries" / f"{entry.name}.md").write_text(text, encoding="utf-8")
    for name, template in theme().items() if lean else ():
        place = folder / "themes" / "default" / "templates" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(template, encoding="utf-8")
