"""The corpus as a Hugo site at its best: the same pages, lean partials, cached furniture, feeds of twenty."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.bench.corpus import TARGETS, entries, target

CONFIG: Final = """\
baseURL = "https://example.org/"
title = "日志"
languageCode = "zh-CN"
hasCJKLanguage = true
disableKinds = ["RSS"]
[pagination]
pagerSize = 20
disableAliases = true
[taxonomies]
target = "targets"
tag = "tags"
day = "days"
month = "months"
year = "years"
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "feed"
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputs]
home = ["HTML", "atom"]
term = ["HTML"]
taxonomy = ["HTML"]
section = ["HTML"]
page = ["HTML"]
[permalinks]
entries = "/:year/:month/:day/:slug/"
[markup.goldmark.renderer]
unsafe = false
[services.rss]
limit = 20
"""

BASE: Final = """\
<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Title }}</title>
{{ with .Params.summary }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="stylesheet" href="/assets/style.css">
<link rel="canonical" href="{{ .Permalink }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:site_name" content="{{ site.Title }}">
<meta property="og:url" content="{{ .Permalink }}">
<meta property="og:type" content="website">
<link rel="alternate" type="application/atom+xml" title="{{ site.Title }}" href="/feed.xml">
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="masthead"><div class="wrap">{{ partialCached "menu.html" . }}</div></header>
<main id="main" class="wrap">{{ block "main" . }}{{ end }}</main>
<footer class="colophon"><div class="wrap"><p>{{ site.Title }}</p></div></footer>
</body>
</html>
"""

MENU: Final = """\
<p class="nameplate"><a href="/">{{ site.Title }}</a></p>
<nav><ul class="menu"><li><a href="/days/">日期</a></li><li><a href="/targets/">服务对象</a></li><li><a href="/tags/">标签</a></li></ul></nav>
"""

ROW: Final = """\
<li class="row"><article>
<p class="dateline"><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2006年1月2日" }}</time><span class="place">{{ .Params.place }}</span></p>
<h2 class="headline"><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p class="summary">{{ .Params.summary }}</p>
<ul class="names">{{ range .Params.targets }}<li><a href="/targets/{{ . }}/">{{ . }}</a></li>{{ end }}</ul>
</article></li>
"""

LIST: Final = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ $pages := .Paginate .Pages }}
<ol class="rows">{{ range $pages.Pages }}{{ partial "row.html" . }}{{ end }}</ol>
{{ if gt $pages.TotalPages 1 }}<nav class="pager">{{ if $pages.HasPrev }}<a href="{{ $pages.Prev.URL }}">上一页</a>{{ end }}
<span>第{{ $pages.PageNumber }}页，共{{ $pages.TotalPages }}页</span>{{ if $pages.HasNext }}<a href="{{ $pages.Next.URL }}">下一页</a>{{ end }}</nav>{{ end }}
{{ end }}
"""

TAXONOMY: Final = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ end }}
"""

HOME: Final = LIST.replace(".Paginate .Pages", ".Paginate site.RegularPages")

SINGLE: Final = """\
{{ define "main" }}
<article class="entry">
<header class="entry-head">
<p class="dateline"><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2006年1月2日" }}</time><span class="place">{{ .Params.place }}</span></p>
<h1>{{ .Title }}</h1>
</header>
<div class="prose">{{ .Content }}</div>
<section class="record"><dl>
<div><dt>服务对象</dt>{{ range .Params.targets }}<dd><a href="/targets/{{ . }}/">{{ . }}</a></dd>{{ end }}</div>
<div><dt>标签</dt><dd>{{ range .Params.tags }}<a href="/tags/{{ . }}/">{{ . }}</a> {{ end }}</dd></div>
</dl></section>
</article>
<nav class="pager">{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
{{ end }}
"""

FEED: Final = """\
{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
{{ range first 20 site.RegularPages }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated><content type="html">{{ .Content | html }}</content></entry>
{{ end }}</feed>
"""


def write_hugo(folder: Path, count: int) -> None:
    """The corpus as a site of Hugo's."""
    files = {
        "hugo.toml": CONFIG,
        "layouts/baseof.html": BASE,
        "layouts/_partials/menu.html": MENU,
        "layouts/_partials/row.html": ROW,
        "layouts/list.html": LIST,
        "layouts/term.html": LIST,
        "layouts/taxonomy.html": TAXONOMY,
        "layouts/home.html": HOME,
        "layouts/page.html": SINGLE,
        "layouts/home.atom.xml": FEED,
        "static/assets/style.css": "body { margin: 0 }\n" * 400,
    }
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    for number in range(TARGETS):
        place = folder / "content" / "targets" / target(number) / "_index.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"---\ntitle: 服务对象{number:02}\n---\n简介。\n", encoding="utf-8")
    (folder / "content" / "entries").mkdir(parents=True, exist_ok=True)
    for entry in entries(count):
        day = entry.date
        summary = entry.body.split("\n", 1)[0].replace("*", "")
        text = (
            f"---\ntitle: {entry.title}\nslug: {entry.name}\ndate: {day}\ntargets: [{', '.join(entry.targets)}]\n"
            f"tags: [{', '.join(entry.tags)}]\ndays: ['{day}']\nmonths: ['{day:%Y-%m}']\nyears: ['{day:%Y}']\n"
            f"place: {entry.place}\nsummary: {summary}\n---\n{entry.body}"
        )
        (folder / "content" / "entries" / f"{entry.name}.md").write_text(text, encoding="utf-8")
