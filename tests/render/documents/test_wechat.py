"""Articles for WeChat: only what its editor keeps, nothing lost, and every address and footnote numbered."""

from __future__ import annotations

import re
from html import escape
from typing import Final

import pytest

from generator.render.documents.parse import parse
from generator.render.documents.wechat import DEEPEST, wechat, without_title
from generator.render.inline_styles import inlined
from tests.render.documents.characters import of_html, of_wechat
from tests.render.documents.samples import SAMPLES, html
from tests.render.documents.test_pdf import HOSTILE

NOTES: Final = re.compile(r'<section class="notes">(.*)</section>\Z', re.DOTALL)


def made(source: str, *, pictures: bool = True) -> str:
    return wechat(parse(source), language="zh-CN", picture=lambda src: src if pictures else None)


def test_every_construct_is_plain_elements() -> None:
    kept = {
        *("section", "p", "span", "strong", "em", "sup", "br", "hr", "img", "table", "tbody", "tr", "th", "td"),
        *(f"h{level}" for level in range(1, 7)),
    }
    for name, source in SAMPLES.items():
        written = made(source)
        assert set(re.findall(r"<([a-z0-9]+)", written)) <= kept, name
        assert set(re.findall(r' ([a-z-]+)="', re.sub(r'="[^"]*"', '="', written))) <= {"class", "src", "alt"}, name
        assert "\n" not in written, name


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>甲<strong>乙</strong></p>", '<p class="chinese">甲<strong>乙</strong></p>'),
        ("<p><strong><em>丙</em></strong></p>", '<p class="chinese"><strong><em>丙</em></strong></p>'),
        ("<p lang=en>a &lt; b</p>", "<p>a &lt; b</p>"),
        ('<p class="dateline">烟台</p>', '<p class="dateline">烟台</p>'),
        (
            '<ol start="9"><li>甲<ul><li>乙</li></ul></li></ol>',
            '<p class="item"><span class="marker">9.</span>甲</p><section class="below">'
            '<p class="item"><span class="marker">•</span>乙</p></section>',
        ),
        (
            '<ul><li><input type="checkbox" checked> 甲</li></ul>',
            '<p class="item"><span class="marker">☑</span>甲</p>',
        ),
        (
            "<table><tr><th>甲</th><th>乙</th></tr><tr><td class=align-right>丙</td></tr></table>",
            '<section class="table"><table><tbody><tr><th class="left">甲</th><th class="left">乙</th></tr>'
            '<tr><td class="right">丙</td><td class="left"><br></td></tr></tbody></table></section>',
        ),
        (
            "<table><tr><td class=align-right>1,345.0</td><td>-3.2 %</td><td>2025年初步</td></tr></table>",
            '<section class="table"><table><tbody><tr><td class="right amount">1,345.0</td>'
            '<td class="left amount">-3.2 %</td><td class="left">2025年初步</td></tr></tbody></table></section>',
        ),
        (
            "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>",
            '<section class="table"><table><tbody><tr><td class="left" rowspan="2">甲</td>'
            '<td class="left" colspan="2">乙</td></tr><tr><td class="left">丙</td><td class="left">丁</td></tr>'
            "</tbody></table></section>",
        ),
        (
            "<pre><code>if  a:\n\n    b &lt; c</code></pre>",
            '<section class="listing">if \u00a0a:<br><br>\u00a0\u00a0 \u00a0b &lt; c</section>',
        ),
        ("<p><a>甲</a><a href='#y'>乙</a></p>", '<p class="chinese">甲乙</p>'),
        ("<p><a href='javascript:x'>甲</a></p>", '<p class="chinese">甲</p>'),
        (
            "<p><a href='https://a.cn/'>a.cn</a> <a href='mailto:a@b.cn'>a@b.cn</a></p>",
            '<p class="chinese">a.cn a@b.cn</p>',
        ),
    ],
)  # fmt: skip
def test_how_things_are_written(source: str, expected: str) -> None:
    written = made(source)
    assert written == expected or NOTES.sub("", written) == expected


def test_no_text_is_lost_or_taken_for_markup() -> None:
    hostile = "".join(
        f"<h2>{it}</h2><p>{it} <b>{it}</b> <em>{it}</em> <code>{it}</code> <a href='https://a.cn/'>{it}</a></p>"
        f"<pre>{it}</pre><ul><li>{it}</li></ul><dl><dt>{it}</dt><dd>{it}</dd></dl><p><img src='a.png' alt='{it}'></p>"
        f"<table><tr><th>{it}</th></tr><tr><td>{it}</td></tr></table>"
        f"<figure><img src='b' alt=''><figcaption>{it}</figcaption></figure>"
        for it in map(escape, HOSTILE)
    )
    wrong = {}
    for name, source in (SAMPLES | {"hostile": hostile}).items():
        styled = inlined(f"<style>.marker {{ display: inline-block }}</style><section>{made(source)}</section>")
        said = of_html(f"<body>{source}</body>").packed()
        if (found := of_wechat("", f"<body>{styled}</body>").packed()) != said:
            wrong[name] = (found, said)
    assert wrong == {}


def test_links_and_footnotes_are_numbered_together() -> None:
    written = made(
        html("甲[a](https://a.cn/x)乙[^1]丙[b](https://b.cn/)又[a](https://a.cn/x)。\n\n[^1]: 注[c](https://c.cn/)\n")
    )
    assert re.findall(r"(\S)<sup class=\"mark\">\u2060\[(\d)\]</sup>", written) == [
        ("a", "1"), ("乙", "2"), ("b", "3"), ("a", "1"), ("c", "4"),
    ]  # fmt: skip
    notes = NOTES.search(written)
    assert notes
    assert re.findall(r'<span class="marker">\[(\d)\]</span>(.*?)</p>', re.sub("<sup.*?</sup>", "", notes[1])) == [
        ("1", "https://a.cn/x"), ("2", "注c"), ("3", "https://b.cn/"), ("4", "https://c.cn/"),
    ]  # fmt: skip


def test_an_address_can_be_read_where_it_says_the_same_so() -> None:
    letters, others = "%E8%B5%B0%E8%AE%BF", "%20%2F%C4%E3%E2%80%8B"
    written = made(f"<p><a href='https://a.cn/{letters}/{others}'>甲</a></p>")
    assert f"https://a.cn/走访/{others}" in written
    assert "mark" not in made(f"<p><a href='https://a.cn/{letters}'>a.cn/走访</a></p>")


def test_pictures_that_are_not_taken_leave_their_description() -> None:
    assert (
        made('<p><img src="a.svg" alt="图&lt;1&gt;"></p>', pictures=False) == '<p class="chinese">［图&lt;1&gt;］</p>'
    )


def test_what_is_nested_deep_stays_on_the_page() -> None:
    written = made(f"{'<blockquote>' * 30}<p>底</p>{'</blockquote>' * 30}")
    assert written == '<section class="quote">' * DEEPEST + '<p class="chinese">底</p>' + "</section>" * DEEPEST


def test_the_title_has_a_box_of_its_own() -> None:
    assert without_title(parse("<h1>甲</h1><p>乙</p>")) == parse("<p>乙</p>")
    assert without_title(parse("<h2>甲</h2>")) == parse("<h2>甲</h2>")


def test_styles_come_into_the_elements() -> None:
    sheet = "<style>.a { color: red } .a > p:first-child { margin: 0 }</style>"
    source = f'{sheet}\n<section class="a">\n<p>甲 class="b"</p>\n<p>乙</p></section>'
    assert inlined(source) == ('<section style="color: red;"><p style="margin: 0;">甲 class="b"</p><p>乙</p></section>')
    assert inlined('<p class="b"><img src="1.png" alt="> class=&quot;b&quot;" class="c"></p>') == (
        '<p><img src="1.png" alt="> class=&quot;b&quot;"></p>'
    )
