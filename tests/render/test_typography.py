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
        f'<pre><code class="language-py">if x:\n<span class="line">    {line}</span>\n<span class="line">{line}</span>'
        f"</code></pre>\n<p>{line}</p>"
    )
