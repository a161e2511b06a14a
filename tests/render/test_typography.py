"""Where headlines, addresses and code are broken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.model.components import Link
from generator.render.typography import broken_headline, broken_well, headline, in_amounts
from tests.space import SiteSpace


def broken(text: str) -> str:
    """A headline with a stroke where a long clause may be broken, amounts in brackets."""
    html = re.sub('<span class="gap">(.)</span>', r"\1", headline(text))
    if not html.startswith('<span class="words">'):
        return html
    inner = html.removeprefix('<span class="words">').removesuffix("</span>")
    return inner.replace('<span class="kept">', "[").replace("</span>", "]").replace("<wbr>", "/")


def test_long_clauses_of_headlines_break_between_words_and_nothing_breaks_within_amounts() -> None:
    cases = {
        "科技周刊（第 147 期）：苹果笔记本": "[科技周刊[（第 147 期）：]]苹果笔记本",
        "竹编订单、羊圈和茶园滴灌，村史馆展板": "[竹编订单、羊圈和茶园滴灌，]村史馆展板",
        "全县乡村振兴驻村帮扶工作日志总汇": "全县/乡村振兴/驻村/帮扶/工作/日志总汇",
        "关于印发《村史馆展板奖补实施细则（试行）》的通知": "关于印发《村史馆/展板奖补实施细则（试行）》的通知",
        "县水务局的工程师和信用社客户经理也来了": "县水务局的/工程师/和信用社/客户/经理也来了",
        "第三季度召开群众会议1200户群众参加": "第三季度/召开/群众/会议/1200户/群众参加",
        "<b>标签</b>，也只是字": "&lt;b&gt;标签&lt;/b&gt;，也只是字",
        "二十四县（市、区）驻村驻企工作队": "二十四县[（市、区）]驻村驻企工作队",
        "短题，1件": "短题，1件",
        "第28期简报丨Wi-Fi与多媒体一体机同步推进": "[第28期简报丨/][Wi-Fi]/与多媒体/一体机同步推进",
        "按GB/T 9704-2012和COVID-19防控要求": "按[GB/T 9704-2012]/和[COVID-19]/防控要求",
        "走访1200户（次），-12～3℃，e-mail通知": "[走访/[1200户（次），]][[-12～3℃]，][[e-mail]通知]",
        "记2023年3月5日全县乡村振兴现场会": "记2023年3月5日/全县/乡村振兴/现场会",
        "see https://example.org/a-long-way/": "see https://example.org/a-long-way/",
        # Words of several characters after a number, and a Latin word in a clause that is wider than a line.
        "村里的水管每天只来水两小时": "村里的/水管/每天只来水两小时",
        "走访1287 公里山路和72小时不停的帮办": "走访/[1287 公里]/山路/和72小时/不停的帮办",
        "一艘30万吨级VLCC从报告抵港到离泊的72小时": "一艘/30万吨级/VLCC/从报告抵港/到离泊的/72小时",
        "一艘30万吨级VLCC从抵港到离泊的72小时": "一艘/30万吨级/VLCC/从抵港到离泊的/72小时",
        # A clause of unknown words, which browsers would end before its sign, and turns with lines of their own.
        "三方会商台风前的塔吊加固：七天变成两小时": "[三方会商台风前的/塔吊加固：]七天变成两小时",
        # A short clause and a long one; what stands in quotation marks is one word; unknown words have two characters.
        "第11期周报：带着问题去5G专网进车间": "第11期周报：[带着/问题去5G专网/进车间]",
        "口罩核心原料熔喷布无供货渠道": "口罩/核心/原料/熔喷布无供货渠道",
        "“一件事一次办”：147项便民事项下放之后": "[“一件事一次办”：][147项/便民/事项下放之后]",
        "园区“一线帮办”专班工作日志": "园区/“一线帮办”/专班工作日志",
        "股份有限公司补齐保税油加注的最后一张表": "股份/有限公司补齐保税/油加注的/最后/一张表",
        "电话0535-1234567（周一至周五 9:00—17:30）": "电话/[0535-1234567]（周一至周五 [9:00—17:30]）",
        "帮办全程记录——再次协调停车场": "帮办全程[记录——]再次协调停车场",
        # A name and its number, of which a word behind a space is no unit; amounts behind Latin words.
        "从 PostgreSQL 9.6 到 PostgreSQL 16 的记录": "[从 PostgreSQL 9.6] [到 PostgreSQL 16] 的记录",
        # No line ends in a word that leads to the next, or within what stands before a conjunction.
        "从 PostgreSQL 9.6 到 MySQL 的完整记录与踩坑笔记": "[从 PostgreSQL 9.6] [到 MySQL] 的/完整记录/与踩坑笔记",
        "给村里三家农户都装上 iPad 3 台和手写板": "给村里/三家/农户都装上 iPad [3 台]/和手写板",
        "在服务器上装 postgresql-16 的步骤": "在服务器上装 [postgresql-16] 的步骤",
    }
    assert {text: broken(text) for text in cases} == cases
    assert "kept" not in headline("一个很长的编号" + "1" * 60 + "号")


def test_long_addresses_and_lines_of_code_are_marked_and_nothing_else() -> None:
    address = "https://example.org/" + "a-long-way/" * 3
    html = f'<p>见 <a href="{address}">{address}</a>，https://a.cn/，{address}?a=1&amp;b=2。</p>'
    marked = f'<span class="address">{address}'
    assert broken_well(html) == (
        f'<p>见 <a href="{address}">{marked}</span></a>，https://a.cn/，{marked}?a=1&amp;b=2</span>。</p>'
    )
    line = "print('a line that does not fit a phone')\n"
    code = f'<pre><code class="language-py">if x:\n    {line}\n{line}</code></pre>\n<p>{line}</p>'
    assert broken_well(code) == (
        '<pre><code class="language-py">if x:\n'
        f'<span class="line in-4">    {line}</span>\n<span class="line">{line}</span></code></pre>\n<p>{line}</p>'
    )


def test_options_of_commands_are_not_torn_in_lines_of_code() -> None:
    line = "install --prefix=$HOME/.local --no-modify-path -y a--b-c &amp;--x"
    shown = line
    for option in ("--prefix", "--no-modify-path", "-y"):
        shown = shown.replace(f" {option}", f' <span class="amount">{option}</span>')
    assert broken_well(f"<pre><code>{line}\n</code></pre>") == (
        f'<pre><code><span class="line">{shown}\n</span></code></pre>'
    )


def test_numbers_and_their_units_are_marked_in_texts() -> None:
    assert in_amounts("<b>11月24日</b>收 300 元，剩下2.5%；从 9.6 到 16 的") == (
        '&lt;b&gt;<span class="amount">11月24日</span>&lt;/b&gt;收 <span class="amount">300 元</span>，'
        '剩下<span class="amount">2.5%</span>；从 9.6 到 16 的'
    )
    assert in_amounts("第 3次，第12届；1个") == (
        '<span class="amount">第 3次</span>，<span class="amount">第12届</span>；<span class="amount">1个</span>'
    )


def test_numbers_and_their_units_are_marked_in_bodies_but_not_in_tags_code_and_headings() -> None:
    kept = '<h2 id="3月5日">3月5日</h2>\n<p><img alt="3人"><code>3个</code></p>\n<pre><code>4个\n</code></pre>\n'
    day = '<span class="amount">2024年</span><span class="amount">1月13日</span>'
    assert broken_well(f"{kept}<p>约定2024年1月13日，还剩<em>1100元</em>。</p>\n{kept}<td>5 &gt; 3个") == (
        f'{kept}<p>约定{day}，还剩<em><span class="amount">1100元</span></em>。</p>\n'
        f'{kept}<td>5 &gt; <span class="amount">3个</span>'
    )


def test_lines_of_code_say_how_far_they_are_indented() -> None:
    line = "print('a line that does not fit a phone')"
    for indent, name in (
        ("", "line"),
        (" ", "line in-2"),
        (" " * 6, "line in-6"),
        ("\t", "line in-8"),
        (" " * 40, "line in-12"),
    ):
        html = f"<pre><code>{indent}{line}\n</code></pre>"
        assert f'<span class="{name}">{indent}print' in broken_well(html)


def test_short_cells_are_marked() -> None:
    html = '<tr>{}村</th><td class="align-right"{}1,234.56</td><td>走访了六户人家</td><td>见 <b>1</b></td></tr></table>'
    marked = html.format("<th data-short>", " data-short>")
    marked = marked.replace("<td>走", "<td data-line>走").replace("<td>见", "<td data-short>见")
    assert broken_well("<table>" + html.format("<th>", ">")) == "<table>" + marked
    wide = '<table><tr><td><img src="a"></td><td>走访了六户人家，也走访了五户人家</td></tr></table>'
    assert broken_well(wide) == wide


def test_headings_in_texts_break_as_headlines_do() -> None:
    html = '<h2 id="a">验收教室采光、支教团队员怎么看</h2><h3>短</h3><p>正文，正文，正文，正文，正文</p>'
    assert broken_well(html) == html
    within = "<h2>全县<em>&lt;乡村&gt;振兴驻村帮扶工作日志汇编</em>总汇</h2>"
    assert broken_well(within) == ("<h2>全县<em>&lt;乡村&gt;振兴<wbr>驻村<wbr>帮扶<wbr>工作<wbr>日志汇编</em>总汇</h2>")
    deep = '<h2>一</h2><p role="heading" aria-level="7"><strong>全县乡村振兴驻村帮扶工作日志汇编</strong></p>'
    assert "<strong>全县<wbr>乡村" in broken_well(deep)


def test_addresses_in_code_break_where_they_begin() -> None:
    address = "https://example.org/" + "a" * 30
    assert broken_well(f"<p>网址 <code>{address}</code></p>") == (
        f'<p>网址 <code><span class="address">{address}</span></code></p>'
    )
    tag = f'<code class="{address}">x</code>'
    assert broken_well(tag) == tag
    assert broken_well("<p>1</p>") == "<p>1</p>"


def test_titles_of_many_are_broken_once() -> None:
    """Whoever lists 20,000 of them in one order and then in another finds each known."""
    broken_headline.cache_clear()
    for _ in range(2):
        for number in range(20_000):
            headline(f"修路{number}")
    assert broken_headline.cache_info().misses == 20_000


def test_the_gap_between_two_scripts_is_kept_at_marks() -> None:
    assert headline("给SINO-Yihe送去1,200册图书和课桌椅") == (
        '<span class="words"><span class="gap">给</span>'
        '<span class="kept">SINO-Yih<span class="gap">e</span></span><wbr>'
        '送<span class="gap">去</span><wbr>1,200册<wbr>图书<wbr>和课桌椅</span>'
    )


def test_names_of_what_a_headline_is_about_are_words() -> None:
    village, school, project = "张家坡镇前园村", "朴家南园初级中学", "大张庄镇东河村万亩苹果标准园项目"
    about = [Link(name, "/") for name in (village, school, project, "别处")]
    for title in (f"在{village}开院坝会，听大家说一说", f"{school}的苹果不愁卖", f"雨里的{village}和{school}"):
        pieces = re.split("<wbr>|<[^<>]*>", headline(title, about=about))
        assert len(pieces) > 3
        for name in (village, school):
            assert any(name in one for one in pieces) is (name in title)
    # One that does not fit a line is broken as any other text.
    assert "<wbr>" in headline(f"建设{project}", about=about)


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_long_numbers_are_in_groups(tmp_path: Path, theme: str) -> None:
    space = SiteSpace.of(tmp_path, "")
    space.write("content/site.yaml", f"title: 日志\ntheme: {theme}\ncounters:\n  物资: {{unit: 件}}\n  走访: {{}}\n")
    space.entry("a", counts="{物资: 2109901, 走访: 1234}")
    space.build()
    for path in ("", "2020/03/05/a/", "chronicle/", "counters/", "counters/物资/"):
        assert "2,109,901" in space.page(path), path
        assert "2109901" not in space.page(path), path
        assert "1,234" not in space.page(path), path
