"""The corpus as a Pelican site at its best: lean templates, targets as authors, one feed of twenty, nothing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.bench.corpus import entries

CONFIG: Final = """\
SITENAME = "日志"
SITEURL = "https://example.org"
AUTHOR = ""
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-CN"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
STATIC_PATHS = []
THEME_STATIC_PATHS = ["static"]
DEFAULT_PAGINATION = 20
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/{slug}/index.html"
AUTHOR_URL = "targets/{slug}/"
AUTHOR_SAVE_AS = "targets/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
CATEGORY_SAVE_AS = ""
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/index.html"
DAY_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%m}/{date:%d}/index.html"
DIRECT_TEMPLATES = ["index", "tags", "authors"]
PAGINATED_TEMPLATES = {"index": None, "tag": None, "author": None}
PAGINATION_PATTERNS = ((1, "{base_name}/", "{base_name}/index.html"),
                       (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"))
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
SUMMARY_MAX_LENGTH = None
TYPOGRIFY = False
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
MARKDOWN = {"extension_configs": {}, "output_format": "html5"}
"""

BASE: Final = """\
<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{{ SITENAME }}{% endblock %} · {{ SITENAME }}</title>
{% block description %}{% endblock %}
<link rel="stylesheet" href="/theme/style.css">
<meta property="og:site_name" content="{{ SITENAME }}">
<meta property="og:type" content="website">
<link rel="alternate" type="application/atom+xml" title="{{ SITENAME }}" href="/feed.xml">
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="masthead"><div class="wrap"><p class="nameplate"><a href="/">{{ SITENAME }}</a></p>
<nav><ul class="menu"><li><a href="/targets/">服务对象</a></li><li><a href="/tags/">标签</a></li></ul></nav></div></header>
<main id="main" class="wrap">{% block main %}{% endblock %}</main>
<footer class="colophon"><div class="wrap"><p>{{ SITENAME }}</p></div></footer>
</body>
</html>
"""

ROWS: Final = """\
{% macro rows(articles) %}<ol class="rows">{% for one in articles %}<li class="row"><article>
<p class="dateline"><time>{{ one.date.strftime("%Y-%m-%d") }}</time><span class="place">{{ one.place }}</span></p>
<h2 class="headline"><a href="/{{ one.url }}">{{ one.title }}</a></h2>
<p class="summary">{{ one.lead }}</p>
<ul class="names">{% for target in one.authors %}<li><a href="/{{ target.url }}">{{ target }}</a></li>{% endfor %}</ul>
</article></li>
{% endfor %}</ol>{% endmacro %}
"""

LIST: Final = """\
{% extends "base.html" %}{% from "rows.html" import rows %}
{% block main %}<h1>TITLE</h1>
{{ rows(ARTICLES) }}
{% if articles_page is defined and articles_paginator.num_pages > 1 %}<nav class="pager">{% if articles_page.has_previous() %}<a href="/{{ articles_previous_page.url }}">上一页</a>{% endif %}
<span>第{{ articles_page.number }}页，共{{ articles_paginator.num_pages }}页</span>{% if articles_page.has_next() %}<a href="/{{ articles_next_page.url }}">下一页</a>{% endif %}</nav>{% endif %}
{% endblock %}
"""

NAMES: Final = """\
{% extends "base.html" %}
{% block main %}<ul>{% for one, articles in ALL %}<li><a href="/{{ one.url }}">{{ one }}</a></li>{% endfor %}</ul>{% endblock %}
"""

ARTICLE: Final = """\
{% extends "base.html" %}
{% block title %}{{ article.title }}{% endblock %}
{% block description %}<meta name="description" content="{{ article.lead }}">{% endblock %}
{% block main %}<article class="entry"><header class="entry-head">
<p class="dateline"><time>{{ article.date.strftime("%Y-%m-%d") }}</time><span class="place">{{ article.place }}</span></p>
<h1>{{ article.title }}</h1></header>
<div class="prose">{{ article.content }}</div>
<section class="record"><dl>
<div><dt>服务对象</dt>{% for one in article.authors %}<dd><a href="/{{ one.url }}">{{ one }}</a></dd>{% endfor %}</div>
<div><dt>标签</dt><dd>{% for one in article.tags %}<a href="/{{ one.url }}">{{ one }}</a> {% endfor %}</dd></div>
</dl></section></article>{% endblock %}
"""


def write_pelican(folder: Path, count: int) -> None:
    """The corpus as a site of Pelican's."""
    files = {
        "pelicanconf.py": CONFIG,
        "theme/templates/base.html": BASE,
        "theme/templates/rows.html": ROWS,
        "theme/templates/article.html": ARTICLE,
        "theme/templates/index.html": LIST.replace("TITLE", "日志").replace("ARTICLES", "articles_page.object_list"),
        "theme/templates/tag.html": LIST.replace("TITLE", "{{ tag }}").replace("ARTICLES", "articles_page.object_list"),
        "theme/templates/author.html": LIST.replace("TITLE", "{{ author }}").replace(
            "ARTICLES", "articles_page.object_list"
        ),
        "theme/templates/period_archives.html": LIST.replace("TITLE", "{{ period | join(' ') }}").replace(
            "ARTICLES", "dates"
        ),
        "theme/templates/tags.html": NAMES.replace("ALL", "tags"),
        "theme/templates/authors.html": NAMES.replace("ALL", "authors"),
        "theme/static/style.css": "body { margin: 0 }\n" * 400,
    }
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    articles = folder / "content" / "entries"
    articles.mkdir(parents=True, exist_ok=True)
    for entry in entries(count):
        lead = entry.body.split("\n", 1)[0].replace("*", "")
        text = (
            f"Title: {entry.title}\nSlug: {entry.name}\nDate: {entry.date}\nAuthors: {'; '.join(entry.targets)}\n"
            f"Tags: {', '.join(entry.tags)}\nPlace: {entry.place}\nLead: {lead}\n\n{entry.body}"
        )
        (articles / f"{entry.name}.md").write_text(text, encoding="utf-8")
