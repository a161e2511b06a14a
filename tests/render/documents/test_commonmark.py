"""Markdown made of HTML: our own reader shows the same text again, and it looks as a person would write it."""

from __future__ import annotations

import random
from html import escape
from typing import Final

import pytest
from hypothesis import given, settings

from generator.render.documents import markdown
from tests.read.markdown.test_properties import texts
from tests.render.documents.samples import SAMPLES, html, seen

STYLES: Final = ("strong", "em", "s", "template_code", "sup", "span", 'a href="x y"')


def written(source: str) -> str:
    return markdown(source, address=lambda address: address)


def test_the_reader_shows_the_same_text() -> None:
    shown = {name: (seen(html(written(source))), seen(source)) for name, source in SAMPLES.items()}
    assert {name: texts for name, texts in shown.items() if texts[0] != texts[1]} == {}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(texts)
def test_text_is_never_markup(text: str) -> None:
    text = escape("".join(char for char in text if char.isprintable() or char == "\n"))
    for source in (
        f"<p>{text}</p>",
        f"<h2>甲{text}</h2>",
        f"<ul><li>{text}</li></ul>",
        f"<table><tr><th>甲{text}</th></tr><tr><td>乙{text}</td></tr></table>",
        f"<blockquote><p>甲<br />{text}</p></blockquote>",
        f'<figure><img src="a.png" alt="{text}"><figcaption>{text}</figcaption></figure>',
        f"<pre><code>{text}</code></pre>",
    ):
        assert seen(html(written(source))) == seen(source)


def test_styles_stand_beside_anything() -> None:
    sources = [f"<p>{''.join(styled(chance, 0) for _ in range(4))}</p>" for chance in map(random.Random, range(60))]
    assert [source for source in sources if seen(html(written(source))) != seen(source)] == []


def styled(chance: random.Random, depth: int) -> str:
    text = escape("".join(chance.choice("中文ab1“”（）。, *_~`[]!.—") for _ in range(chance.randint(1, 6))))
    if depth > 2 or chance.random() < 0.4:
        return text
    style = chance.choice(STYLES[: 3 if depth else None])
    return f"<{style}>{text}{styled(chance, depth + 1)}</{style.split()[0]}>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h1>标题</h1>", "# 标题"),
        ("<p>甲<strong>“乙”</strong>丙</p>", "甲**“乙”**丙"),
        ('<p>a<strong>"b"</strong>c</p>', '&#97;**"b"**&#99;'),
        ("<p><strong>甲 </strong>乙</p>", "**甲** 乙"),
        ("<p><strong>甲</strong><em>乙</em></p>", "**甲**_乙_"),
        ("<p><strong>甲<em>乙</em></strong></p>", "**甲*乙***"),
        ("<p><del>旧</del>新</p>", "~~旧~~新"),
        ("<p>甲<br />乙</p>", "甲\\\n乙"),
        ("<p>1. 甲</p>", "1\\. 甲"),
        ("<p># 甲</p>", "\\# 甲"),
        ("<p>a_b *c* [d] &lt;e&gt; {f} 3~5 &amp;amp; R&amp;D</p>", "a_b \\*c\\* \\[d\\] \\<e> \\{f} 3~5 \\&amp; R&D"),
        ("<p>::: note</p>", "\\::: note"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ('<p><a href="a b.pdf">甲</a></p>', "[甲](<a b.pdf>)"),
        ('<h2 id="甲">甲</h2><p><a href="#%E7%94%B2">见</a></p>', "## 甲\n\n[见](#甲)"),
        ('<h2 id="x">甲</h2><p><a href="#x">见</a></p>', "## 甲 {#x}\n\n[见](#x)"),
        ('<p><a href="#nowhere">见</a></p>', "见"),
        ('<figure><img src="a.jpg" alt="合影"></figure>', "![合影](a.jpg)"),
        (
            '<figure><img src="a.jpg" alt="合影"><figcaption>"会"场</figcaption></figure>',
            '![合影](a.jpg "\\"会\\"场")',
        ),
        (
            '<figure><img src="a.jpg" alt="合影"><figcaption><a href="b">会场</a></figcaption></figure>',
            "![合影](a.jpg)\n\n[会场](b)",
        ),
        (
            '<figure><a href="b.jpg"><img src="a.jpg" alt="合影"></a><figcaption>会场</figcaption></figure>',
            '[![合影](a.jpg "会场")](b.jpg)',
        ),
        ("<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>", "- 甲\n  - 乙\n- 丙"),
        ("<ul><li>甲</li></ul><ul><li>乙</li></ul>", "- 甲\n\n* 乙"),
        ('<ol start="9"><li><p>甲</p></li><li><p>乙</p></li></ol>', "9. 甲\n\n10. 乙"),
        ('<ol class="steps" role="list"><li>办结</li></ol>', "- 办结"),
        ('<ul><li><label><input type="checkbox" checked> 甲</label></li></ul>', "- [x] 甲"),
        ("<dl><dt>四进</dt><dd>甲</dd><dd>乙</dd></dl>", "四进\n: 甲\n: 乙"),
        (
            '<table><thead><tr><th class="align-right">甲|乙</th></tr></thead><tr><td>1</td></tr></table>',
            "| 甲\\|乙 |\n| --: |\n| 1 |",
        ),
        ("<blockquote><p>甲</p><p>乙</p></blockquote>", "> 甲\n>\n> 乙"),
        ("<p>甲</p><hr /><p>乙</p>", "甲\n\n___\n\n乙"),
        ('<pre><code class="language-py">``` x\n</code></pre>', "````py\n``` x\n````"),
        (
            '<aside class="admonition tip"><p class="admonition-title">提示</p><p>甲</p></aside>',
            ":::{tip} 提示\n\n甲\n:::",
        ),
        ('<nav class="skip-in-documents"><p>目录</p></nav><nav><p>甲</p></nav>', "甲"),
        ("<article><unknown>甲<p>乙</p>丙</unknown></article>", "甲\n\n乙\n\n丙"),
    ],
)
def test_it_is_written_as_a_person_would(source: str, expected: str) -> None:
    assert written(source) == expected + "\n"


def test_addresses_are_written_as_the_caller_says() -> None:
    source = '<p><a href="甲.html">乙</a></p><figure><img src="a.jpg" alt="丙"></figure>'
    assert markdown(source, address=lambda address: f"x/{address}") == "[乙](x/甲.html)\n\n![丙](x/a.jpg)\n"


def test_footnotes_of_several_entries_have_numbers_of_their_own() -> None:
    one = html("甲[^1]\n\n[^1]: 注\n")
    assert written(f"<section>{one}</section><section>{one}</section>") == "甲[^1]\n\n甲[^2]\n\n[^1]: 注\n\n[^2]: 注\n"
