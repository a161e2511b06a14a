"""Where headlines, addresses and code are broken."""

from __future__ import annotations

import re

from generator.render.typography import broken_well, headline


def clauses(text: str) -> list[str]:
    return re.findall(r'<span class="clause">(.*?)</span>(?=<span class="clause">|$)', headline(text))


def test_headlines_break_after_clauses_and_not_within_amounts() -> None:
    amount = '<span class="amount">{}</span>'
    cases = {
        "科技周刊（第 147 期）：苹果笔记本": ["科技周刊", f"（{amount.format('第 147 期')}）：", "苹果笔记本"],
        "他说：“先开会，后走访。”大家都同意": ["他说：", "“先开会，", "后走访。”", "大家都同意"],
        "没有标点的标题也可以很长很长": [],
        "到“一站式”大厅，办成3件事、1,200户": [
            "到“一站式”大厅，", f"办成{amount.format('3件')}事、{amount.format('1,200户')}",
        ],
        "<b>标题里的标签</b>，也只是字": ["&lt;b&gt;标题里的标签&lt;/b&gt;，", "也只是字"],
    }  # fmt: skip
    assert {text: clauses(text) for text in cases} == cases
    assert headline("短题，1件") == "短题，1件"
    assert "amount" not in headline("一个很长的编号" + "1" * 60 + "号")
    for text in cases:
        assert re.sub(r"<[^>]*>", "", headline(text)).replace("&lt;", "<").replace("&gt;", ">") == text


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
    assert broken_well("<table>" + html.format("<th>", ">")) == "<table>" + marked
    assert broken_well("<p>1</p>") == "<p>1</p>"
