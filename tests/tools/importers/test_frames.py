"""Pages in frames of saved pages."""

from __future__ import annotations

from tests.tools.importers.sources import lines_of, read


def test_a_page_in_a_frame_of_a_saved_page_is_listed() -> None:
    pages = ("<p>2021年3月5日 晴</p><p>走访三户。</p><iframe src='http://a/2.html'></iframe>", "<p>广告：好茶</p>")
    parts = "".join(
        f"--b\nContent-Type: text/html; charset=utf-8\nContent-Location: http://a/{at}.html\n\n{page}\n"
        for at, page in enumerate(pages, 1)
    )
    made = read(f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n{parts}--b--\n'.encode(), "a.mht")
    assert lines_of(made) == ["2021年3月5日 晴", "走访三户。"]
    assert ("a page within the page", "广告：好茶") in [(str(one.kind), one.text) for one in made.left_out]
