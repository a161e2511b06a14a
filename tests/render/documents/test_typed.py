"""What a writer typed in an official document: headings before their text, lists of names."""

from __future__ import annotations

from generator.render.documents.arrangement import official
from generator.render.documents.blocks import Paragraph, Text
from generator.render.documents.parse import parse


def test_what_stands_before_the_text_of_a_paragraph_with_a_number_is_a_heading() -> None:
    def run_in(*lines: str) -> list[tuple[str, int]]:
        blocks = official(parse("<h1>题</h1>" + "".join(f"<p>{line}</p>" for line in lines)), "zh-CN").blocks
        paragraphs = (one for one in blocks if isinstance(one, Paragraph))
        texts = (part for one in paragraphs for part in one.inlines if isinstance(part, Text))
        return [(part.text, part.style.heading) for part in texts if part.style.heading and not part.style.bold]

    both = run_in("一、甲事。详情。", "<b>二、乙事，丙事。</b>详情。", "文。")
    assert both == [("一、甲事。", 1), ("二、乙事，丙事。", 1)]
    assert run_in("（一）时间：今天", "（二）地点：此地") == [("（一）时间：", 2), ("（二）地点：", 2)]
    assert run_in("一、总则", "（一）甲事。文<sup>2</sup>。", "（二）乙事。<a href='a'>文</a>", "二、附则", "文。") == [
        ("（一）甲事。", 2),
        ("（二）乙事。", 2),
    ]
    for others in (
        # Nothing follows it, it is longer than a heading, or it is counted with nothing.
        ("一、甲事。", "二、乙事。"),
        ("（一）净水厂永久用地由县自然资源和规划局在五月底以前完成报批。逾期不候。", "（二）镇上负责兑付。"),
        ("一、甲事。详情。", "文。"),
        ("十一、十二月份。文。",),
        ("一、“甲。”详情", "二、“乙。”详情"),
        ("一、县里要求：", "二、镇里要求："),
    ):
        assert run_in(*others) == [], others
