"""The corpus as an Eleventy site at its best: lean Nunjucks, collections made once, a feed of twenty."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from tests.bench.corpus import entries

CONFIG: Final = """\
export default function (config) {
  config.setQuietMode(true);
  const grouped = (api, keys) => {
    const found = new Map();
    for (const item of api.getFilteredByGlob("content/entries/*.md"))
      for (const key of keys(item.data)) {
        if (!found.has(key)) found.set(key, []);
        found.get(key).push(item);
      }
    const pages = [];
    for (const [key, items] of found)
      for (let at = 0; at < items.length; at += 20)
        pages.push({ key, number: at / 20 + 1, total: Math.ceil(items.length / 20), items: items.slice(at, at + 20) });
    return pages;
  };
  config.addCollection("entry", (api) => api.getFilteredByGlob("content/entries/*.md"));
  config.addCollection("byTarget", (api) => grouped(api, (data) => data.targets));
  config.addCollection("byTag", (api) => grouped(api, (data) => data.labels));
  config.addCollection("byDay", (api) => grouped(api, (data) => [data.day]));
  config.addCollection("byMonth", (api) => grouped(api, (data) => [data.day.slice(0, 7)]));
  config.addCollection("byYear", (api) => grouped(api, (data) => [data.day.slice(0, 4)]));
  config.addCollection("home", (api) => grouped(api, () => ["home"]));
  config.addPassthroughCopy({ "static": "assets" });
  return { dir: { input: "content", includes: "../layouts", output: "public" }, markdownTemplateEngine: false };
}
"""

BASE: Final = """\
<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }} · 日志</title>
{% if summary %}<meta name="description" content="{{ summary }}">{% endif %}
<link rel="stylesheet" href="/assets/style.css">
<meta property="og:site_name" content="日志">
<meta property="og:type" content="website">
<link rel="alternate" type="application/atom+xml" title="日志" href="/feed.xml">
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<header class="masthead"><div class="wrap"><p class="nameplate"><a href="/">日志</a></p></div></header>
<main id="main" class="wrap">{{ content | safe }}</main>
<footer class="colophon"><div class="wrap"><p>日志</p></div></footer>
</body>
</html>
"""

ENTRY: Final = """\
---
layout: base.njk
---
<article class="entry"><header class="entry-head">
<p class="dateline"><time datetime="{{ day }}">{{ day }}</time><span class="place">{{ place }}</span></p>
<h1>{{ title }}</h1></header>
<div class="prose">{{ content | safe }}</div>
<section class="record"><dl>
<div><dt>服务对象</dt>{% for one in targets %}<dd><a href="/targets/{{ one }}/">{{ one }}</a></dd>{% endfor %}</div>
<div><dt>标签</dt><dd>{% for one in labels %}<a href="/tags/{{ one }}/">{{ one }}</a> {% endfor %}</dd></div>
</dl></section></article>
"""

LIST: Final = """\
---
layout: base.njk
pagination:
  data: collections.COLLECTION
  size: 1
  alias: one
permalink: "URL{% if one.number > 1 %}page/{{ one.number }}/{% endif %}"
eleventyComputed:
  title: "{{ one.key }}"
---
<h1>{{ one.key }}</h1>
<ol class="rows">{% for item in one.items %}<li class="row"><article>
<p class="dateline"><time datetime="{{ item.data.day }}">{{ item.data.day }}</time><span class="place">{{ item.data.place }}</span></p>
<h2 class="headline"><a href="{{ item.url }}">{{ item.data.title }}</a></h2>
<p class="summary">{{ item.data.summary }}</p>
<ul class="names">{% for name in item.data.targets %}<li><a href="/targets/{{ name }}/">{{ name }}</a></li>{% endfor %}</ul>
</article></li>
{% endfor %}</ol>
<nav class="pager"><span>第{{ one.number }}页，共{{ one.total }}页</span></nav>
"""

LISTS: Final = {
    "byTarget": "/targets/{{ one.key }}/",
    "byTag": "/tags/{{ one.key }}/",
    "byDay": "/days/{{ one.key }}/",
    "byMonth": "/months/{{ one.key }}/",
    "byYear": "/years/{{ one.key }}/",
    "home": "/",
}


def write_eleventy(folder: Path, count: int) -> None:
    """The corpus as a site of Eleventy's."""
    files = {
        "package.json": json.dumps({"type": "module"}),
        "eleventy.config.js": CONFIG,
        "layouts/base.njk": BASE,
        "layouts/entry.njk": ENTRY,
        "static/style.css": "body { margin: 0 }\n" * 400,
        "content/entries/entries.json": json.dumps({"layout": "entry.njk"}),
        **{f"content/{name}.njk": LIST.replace("COLLECTION", name).replace("URL", url) for name, url in LISTS.items()},
    }
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    for entry in entries(count):
        summary = entry.body.split("\n", 1)[0].replace("*", "")
        text = (
            f"---\ntitle: {entry.title}\nday: '{entry.date}'\ntargets: [{', '.join(entry.targets)}]\n"
            f"labels: [{', '.join(entry.tags)}]\nplace: {entry.place}\nsummary: {summary}\n"
            f"permalink: /{entry.date:%Y/%m/%d}/{entry.name}/\n---\n{entry.body}"
        )
        (folder / "content" / "entries" / f"{entry.name}.md").write_text(text, encoding="utf-8")
