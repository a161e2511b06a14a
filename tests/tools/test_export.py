"""The export of selected entries as one file."""

from __future__ import annotations

import errno
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader

from generator.tools import articles, volumes
from tests.space import PNG, SiteSpace

Site = Callable[[str], SiteSpace]


@pytest.fixture
def space(site: Site) -> SiteSpace:
    """Three entries, one with a picture, one of another target."""
    space = site(
        "-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\n---\n"
        "-- content/targets/guoao.md --\n---\nname: 国奥社区\nkind: community\n---\n"
    )
    space.write("content/entries/图 1.png", PNG)
    body = '## 上午\n\n到{target}`taihe`，见[乙](b.md#下午)。\n\n![车间](<图 1.png> "图为车间")\n'
    space.entry("a", title="甲", date="2020-03-05/07", targets="[taihe]", body=body)
    space.entry("b", title="乙", date="2020-03-08", targets="[taihe, guoao]", body="## 下午\n\n乙的正文。\n")
    space.entry("c", title="丙", date="2020-03-20", targets="[guoao]", body="丙的正文。\n")
    space.entry("d", title="草稿", date="2020-03-20", status="draft")
    return space


def export(space: SiteSpace, form: str, *options: str) -> Path:
    place = space.folder / f"feature.{form}"
    told(space, "--output", str(place), "--force", *options)
    return place


def told(space: SiteSpace, *options: str) -> str:
    """What an export says that succeeds."""
    ran = space.run("export chronicle", *options)
    assert ran.status == 0, ran.err
    assert "Wrote " in ran.out
    return ran.out


def test_a_web_page_that_needs_nothing_else(space: SiteSpace) -> None:
    page = export(space, "html").read_text(encoding="utf-8")
    assert re.findall(r"<h2[^>]*>.*?<a[^>]*>(.*?)</a></h2>", page) == ["甲", "乙", "丙"]
    assert 'src="data:image/png;base64,' in page
    assert "<style>" in page
    assert not re.search(r'(?:src|href)="(?!data:|https://example\.org/|#)', page)
    assert 'href="https://example.org/2020/03/08/b/#%E4%B8%8B%E5%8D%88"' in page
    assert "草稿" not in page


def test_without_an_address_of_the_site_there_are_no_links_to_it(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\n")
    page = export(space, "html").read_text(encoding="utf-8")
    assert not re.search(r'href="(?!#)', page)
    assert "泰和新材" in page


def test_markdown_with_its_pictures_in_a_folder(space: SiteSpace) -> None:
    text = export(space, "md").read_text(encoding="utf-8")
    assert text.startswith("# 日志\n\n工作纪实\n\n")
    assert re.findall("^#+ .*", text, re.MULTILINE) == [
        "# 日志",
        "## 3月5日—7日 [甲](https://example.org/2020/03/05/a/)",
        "### 上午",
        "## 3月8日 [乙](https://example.org/2020/03/08/b/)",
        "### 下午",
        "## 3月20日 [丙](https://example.org/2020/03/20/c/)",
    ]
    picture = re.search(r'!\[车间\]\(<?(.*?)>? "图为车间"\)', text)
    assert picture
    assert picture[1] == "feature-files/entries/图 1.png"
    with Image.open(space.folder / picture[1]) as shown:
        assert shown.size == (1, 1)


def test_a_word_file_with_headings_and_pictures(space: SiteSpace) -> None:
    place = export(space, "docx")
    document = Document(str(place))
    styles = [(one.style.name, one.text) for one in document.paragraphs if one.style and "Head" in str(one.style.name)]
    assert ("Heading 1", "3月5日—7日 甲") in styles
    assert ("Heading 2", "上午") in styles
    assert [name for name in zipfile.ZipFile(place).namelist() if name.startswith("word/media/")]
    first = place.read_bytes()
    assert export(space, "docx").read_bytes() == first


def test_a_pdf(space: SiteSpace) -> None:
    place = export(space, "pdf")
    first = place.read_bytes()
    reader = PdfReader(place)
    shown = reader.pages[0].extract_text()
    assert [
        one
        for one in ("工作纪实", "日志", "3 月 5 日—7 日 甲", "泰和新材", "图为车间", "乙的正文。")
        if one not in shown
    ] == []
    assert reader.metadata is not None
    assert str(reader.metadata["/CreationDate"]).startswith("D:20200320")
    assert export(space, "pdf").read_bytes() == first


def test_a_long_pdf_is_a_file_for_each_year_or_month(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volumes, "LONGEST", 2)
    space.entry("d", title="戊", date="2021-03-20")
    space.entry("e", title="己", date="2020-04-01")
    place = space.folder / "feature"
    assert told(space, "--output", f"{place}.pdf") == (
        "Wrote 5 entries to 3 files:\n"
        f"  {place}-2020-03.pdf: 3 entries\n"
        f"  {place}-2020-04.pdf: 1 entry\n"
        f"  {place}-2021.pdf: 1 entry\n"
    )
    found = {place.name: PdfReader(place).metadata for place in space.folder.glob("feature*.pdf")}
    assert {name: metadata and metadata.title for name, metadata in found.items()} == {
        "feature-2020-03.pdf": "日志 · 2020年3月",
        "feature-2020-04.pdf": "日志 · 2020年4月",
        "feature-2021.pdf": "日志 · 2021年",
    }


def test_a_character_without_a_font_is_a_problem_of_its_entry(space: SiteSpace) -> None:
    space.entry("c", title="丙", date="2020-03-20", body="此处\U00013000。\n")
    place = space.folder / "feature.pdf"
    ran = space.run("export chronicle", "--output", str(place))
    assert (ran.status, place.exists()) == (1, False)
    assert ran.problems == ["content/entries/c.md: no font on this computer has the character \U00013000 (U+13000)"]


def test_of_several_entries_each_is_told_with_its_own_characters(space: SiteSpace) -> None:
    space.entry("c", title="丙", date="2020-03-20", body="此处\U00013000。\n")
    space.entry("d", title="丁", date="2020-03-20", body="1\ufe0f\u20e3 第一件\n")
    space.entry("e", title="戊", date="2020-03-20", body="1 第一件，共1件\n")
    ran = space.run("export chronicle", "--output", str(space.folder / "feature.pdf"))
    told = "no font on this computer has the character"
    assert ran.problems == [
        f"content/entries/c.md: {told} \U00013000 (U+13000)",
        f"content/entries/d.md: {told} 1\ufe0f\u20e3 (U+0031 U+FE0F U+20E3)",
    ]
    ran = space.run("export report --month 2020-03 --full --format pdf", "--output", str(space.folder / "report.pdf"))
    assert [one.split(":")[0] for one in ran.problems] == ["content/entries/c.md", "content/entries/d.md"]


def test_a_pdf_that_is_less_than_promised_says_so(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    space.entry("c", title="丙", date="2020-03-20", body="此处\ue000。\n")
    told = "content/entries/c.md: warning: the PDF is PDF/A-2b, not 2a, since nobody knows what U+E000 means"
    place = str(space.folder / "x.pdf")
    for asked in ("export chronicle", "export entry content/entries/c.md", "export report --year 2020 --full"):
        ran = space.run(asked, "--format", "pdf", "--output", place, "--force")
        assert (ran.status, ran.problems) == (0, [told]), asked
        assert space.run(asked, "--format", "pdf", "--output", place, "--force", "--strict").status == 1
    monkeypatch.setattr(articles, "is_full", lambda _: False)
    for asked, path in (
        ("export entry content/entries/a.md", "content/entries/a.md"),
        ("export chronicle --to 2020-03-10", "x.pdf"),
    ):
        ran = space.run(asked, "--format", "pdf", "--output", place, "--force")
        assert [one.split(": the typesetter")[0] for one in ran.problems] == [
            f"{path}: warning: the PDF is PDF/A-2b, not PDF/A-2a and PDF/UA-1"
        ]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (("--from", "2020-03-06"), ["甲", "乙", "丙"]),
        (("--from", "2020-03-08"), ["乙", "丙"]),
        (("--to", "2020-03-08"), ["甲", "乙"]),
        (("--from", "2020-03-07", "--to", "2020-03-08"), ["甲", "乙"]),
        (("--target", "guoao"), ["乙", "丙"]),
        (("--target", "guoao", "--to", "2020-03-10"), ["乙"]),
    ],
)
def test_a_selection(space: SiteSpace, options: tuple[str, ...], titles: list[str]) -> None:
    page = export(space, "html", *options).read_text(encoding="utf-8")
    assert re.findall(r"<h2[^>]*>.*?<a[^>]*>(.*?)</a></h2>", page) == titles
    if "--target" in options:
        assert "<h1>日志 · 国奥社区</h1>" in page


@pytest.mark.parametrize(
    ("options", "status", "expected"),
    [
        (("--target", "guoaoo"), 2, 'there is no target "guoaoo"\nhint: did you mean "guoao"?'),
        (("--from", "2021-01-01"), 2, "no published entry is among those\nhint: choose other days or another target"),
        (("--from", "5/3/2020"), 2, 'date "5/3/2020" is not written as a day\nhint: write a day as 2020-03-05'),
        (("--format", "odt"), 2, "--format: write one of docx, pdf, html, md"),
    ],
)
def test_what_cannot_be_exported(space: SiteSpace, options: tuple[str, ...], status: int, expected: str) -> None:
    place = space.folder / "feature.docx"
    ran = space.run("export chronicle", "--output", str(place), *options)
    assert ran.status == status
    assert expected in ran.err
    assert not place.exists()


def test_nothing_private_leaves_in_a_file_either(space: SiteSpace) -> None:
    space.entry("c", title="丙", body="电话13800001234。\n")
    for form in ("docx", "pdf", "html", "md"):
        place = space.folder / f"feature.{form}"
        ran = space.run("export chronicle", "--format", form, "--output", str(place))
        assert ran.status == 1
        assert ran.problems == ["content/entries/c.md:5:3: a mobile phone number stands here: 138****1234"]
        assert not place.exists()


def test_a_broken_site_is_reported_and_nothing_is_written(space: SiteSpace) -> None:
    space.entry("e", date="2020-02-30")
    place = space.folder / "feature.docx"
    ran = space.run("export chronicle", "--output", str(place))
    assert (ran.status, place.exists()) == (1, False)
    assert ran.problems == ['content/entries/e.md:3:7: date "2020-02-30" is not a day']


def test_links_within_an_entry_lead_there_in_every_format(space: SiteSpace) -> None:
    space.entry("c", title="丙", date="2020-03-20", body="见[后面](#后面)。\n\n## 后面\n\n在这里。\n")
    text = export(space, "md").read_text(encoding="utf-8")
    assert "[后面](#2020-03-20-c_后面)" in text
    assert "### 后面 {#2020-03-20-c_后面}" in text
    page = export(space, "html").read_text(encoding="utf-8")
    assert '<a href="#2020-03-20-c/后面">后面</a>' in page
    assert '<h3 id="2020-03-20-c/后面">' in page


@pytest.mark.parametrize("name", ["a&b.png", "it's.png", "图 (1).png"])
def test_pictures_of_any_name_go_along(space: SiteSpace, name: str) -> None:
    space.write(f"content/entries/{name}", PNG)
    space.entry("c", title="丙", date="2020-03-20", body=f"![图](<{name}>)\n")
    assert [one for one in zipfile.ZipFile(export(space, "docx")).namelist() if one.startswith("word/media/")]
    export(space, "md")
    assert (space.folder / "feature-files/entries" / name).is_file()
    assert export(space, "html").read_text(encoding="utf-8").count("data:image/png") == 2


def test_a_file_that_somebody_worked_on_is_not_written_over(space: SiteSpace) -> None:
    place = space.write("feature.docx", "mine")
    ran = space.run("export chronicle", "--output", str(place))
    assert ran.status == 2
    assert ran.err.endswith("feature.docx is there already\nhint: choose another name, or add --force\n")
    assert place.read_text() == "mine"


def test_what_the_system_refuses_is_told_by_the_name_that_was_written(
    space: SiteSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    space.write("letter", "信")
    monkeypatch.chdir(space.folder)
    long = "长" * 100
    for place, fact in {
        "letter/x.docx": "letter is a file, not a folder\nhint: choose another place",
        "/proc/x.docx": "/proc/x.docx",
        f"{long}.docx": f"the name {long}.docx is too long\nhint: choose a shorter one",
    }.items():
        ran = space.run("export chronicle", "--output", place)
        assert (ran.status, fact in ran.err, "rizhi-" in ran.err) == (2, True, False), ran.err
    ran = space.run("export entry a", "--format", "wechat", "--output", "letter")
    assert "letter is a file, not a folder\nhint: choose another place" in ran.err

    def refuse(**_named: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/there/.rizhi-1234")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    ran = space.run("export chronicle", "--output", "x.docx", language="zh")
    assert "系统不允许读写 x.docx\n建议：请放开权限，或者换一个位置" in ran.err


def test_a_folder_gets_the_file_under_its_usual_name(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("there", "new/"):
        (space.folder / "there").mkdir(exist_ok=True)
        ran = space.run("export chronicle", "--output", f"{space.folder}/{folder}")
        place = space.folder / folder / "chronicle.docx"
        assert (ran.status, ran.out) == (0, f"Wrote 3 entries to {place}.\n"), ran.err
        assert place.is_file()
    monkeypatch.chdir(space.folder)
    names = {
        ("export chronicle", "--from", "2020-03-06"): "chronicle-from-2020-03-06.docx",
        ("export chronicle", "--from", "2020年3月6日", "--to", "2020-03-08"): "chronicle-2020-03-06-2020-03-08.docx",
        ("export chronicle", "--target", "泰和新材", "--format", "md"): "chronicle-泰和新材.md",
        ("export report", "--week", "2020-W11", "--kind", "community"): "report-2020-W11-community.docx",
        ("export report", "--to", "2020-03-08", "--target", "taihe"): "report-to-2020-03-08-taihe.docx",
        ("export report",): "report.docx",
    }
    told = {options: space.run(options[0], *options[1:]) for options in names}
    assert {options: re.findall(r" to (.*)\.\n", ran.out) for options, ran in told.items()} == {
        options: [name] for options, name in names.items()
    }


def test_pictures_that_hold_text_are_looked_through(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\nassets: {allow_svg: true}\n")
    space.write("content/entries/a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><text>13800001234</text></svg>')
    space.entry("c", title="丙", date="2020-03-20", body="![图](a.svg)\n")
    ran = space.run("export chronicle", "--output", str(space.folder / "x.html"))
    assert ran.problems == ["content/entries/a.svg: a mobile phone number stands here: 138****1234"]


def test_a_broken_cache_is_done_without(space: SiteSpace) -> None:
    space.build()
    for cache in (space.folder / ".rizhi").glob("[0-9a-f]*"):
        whole = cache.read_bytes()
        cache.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) // 2))
    export(space, "html")
