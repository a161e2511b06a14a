"""The export of one entry, called by the path of its file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

from generator.cli.main import main
from tests.space import PNG, SiteSpace

Site = Callable[[str], SiteSpace]


@pytest.fixture
def space(site: Site) -> SiteSpace:
    """An entry with a picture, a draft, one for later, and one that was withdrawn."""
    space = site("-- content/targets/taihe.md --\n---\nname: 泰和新材\nkind: enterprise\n---\n")
    space.write("content/entries/1.png", PNG)
    space.entry("2020/visit", '到{target}`taihe`。\n\n![车间](../1.png "图为车间")\n', title="走访", targets="[taihe]")
    space.entry("draft", title="草稿", status="draft")
    space.entry("review", title="待审", status="review")
    space.entry("later", title="以后", publish_at="2999-01-01 08:00")
    space.entry("gone", title="不要了", withdrawn="{date: 2020-03-20, reason: 重复}")
    return space


def export(space: SiteSpace, path: str, *options: str) -> str:
    ran = space.run(f"export entry {path}", "--force", *options)
    assert ran.status == 0, ran.err
    place = re.search(r"Wrote 1 entry to (.+)\.\n", ran.out)
    assert place, ran.out
    return place[1]


def test_each_format(space: SiteSpace) -> None:
    assert export(space, "2020/visit", "--output", str(space.folder / "out.PDF")) == str(space.folder / "out.pdf")
    for form in ("docx", "pdf", "md", "html"):
        place = str(space.folder / f"out.{form}")
        assert export(space, "2020/visit", "--output", place) == place
    page = (space.folder / "out.html").read_text(encoding="utf-8")
    assert "<h1>走访</h1>" in page
    assert 'src="data:image/png;base64,' in page
    assert '<a href="https://example.org/targets/taihe/">泰和新材</a>' in page
    assert not re.search(r'(?:src|href)="(?!data:|https://example\.org/|#)', page)
    assert Document(str(space.folder / "out.docx")).paragraphs[0].text == "走访"
    assert "![车间](out-files/entries/1.png" in (space.folder / "out.md").read_text(encoding="utf-8")


def test_a_path_as_writers_name_it(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("content/entries/2020/visit.md", "entries/2020/visit.md", "2020/visit.md", "2020/visit")
    whole = str(space.folder / names[0])
    monkeypatch.chdir(space.folder.parent)
    assert [export(space, path) for path in (*names, whole)] == ["visit.docx"] * 5
    monkeypatch.chdir(space.folder / "content/entries/2020")
    assert export(space, "visit.md", "--format", "html") == f"{space.folder}/visit.html"


def test_the_site_is_found_around_the_file(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    above = space.folder.parent
    monkeypatch.chdir(above)
    nowhere = SiteSpace(Path(space.folder.name) / "content/entries/2020/visit.md")
    ran = nowhere.run("export entry", "--format", "md", "--output", str(above / "a.md"))
    assert ran.status == 0, ran.err
    assert (above / "a.md").read_text(encoding="utf-8").startswith("# 走访\n")
    assert [one.name for one in (above / "a-files/entries").iterdir()] == ["1.png"]


def test_what_is_not_exported(space: SiteSpace) -> None:
    place = space.folder / "out.docx"
    said = {
        "vist.md": (2, 'there is no entry vist.md\nhint: did you mean "content/entries/2020/visit.md"?'),
        "走访": (2, 'did you mean "content/entries/2020/visit.md"?'),
        "../../etc/passwd": (2, "there is no entry ../../etc/passwd\nhint: write the path of its file"),
        "content/targets/taihe.md": (2, "there is no entry content/targets/taihe.md"),
        "draft.md": (1, "content/entries/draft.md:4:9: this entry is a draft, and only published ones are exported"),
        "review.md": (
            1,
            "content/entries/review.md:4:9: this entry is under review, and only published ones are exported",
        ),
        "later.md": (1, "content/entries/later.md:4:13: this entry is to be published later"),
        "gone.md": (1, "content/entries/gone.md:4:12: this entry was withdrawn, so it is not sent to anybody"),
    }
    ran = {path: space.run(f"export entry {path}", "--output", str(place)) for path in said}
    wrong = {
        path: (ran[path].status, ran[path].err)
        for path, (status, text) in said.items()
        if ran[path].status != status or text not in ran[path].err
    }
    assert wrong == {}
    assert not place.exists()


def test_what_is_wrong_with_its_file_is_told(space: SiteSpace) -> None:
    space.entry("2020/visit", date="2020-02-30")
    ran = space.run("export entry 2020/visit", "--output", str(space.folder / "out.docx"))
    assert (ran.status, ran.problems) == (1, ['content/entries/2020/visit.md:3:7: date "2020-02-30" is not a day'])


def test_nothing_private_leaves(space: SiteSpace) -> None:
    space.write("content/people.yaml", "people:\n- {id: wang, name: 王小二, role: private, pseudonym: 老王}\n")
    space.entry("2020/visit", "见到王小二。\n", title="走访")
    for form in ("docx", "pdf", "md", "html"):
        ran = space.run("export entry 2020/visit", "--output", str(space.folder / f"out.{form}"))
        assert ran.status == 1
        assert ran.problems == [
            'content/entries/2020/visit.md:5:3: the private person "wang" is named here, which must not be published'
        ]
    assert not list(space.folder.glob("out*"))


def test_no_file_is_called_by_a_private_name(space: SiteSpace) -> None:
    space.write("content/people.yaml", "people:\n- {id: wang, name: 王小二, role: private, pseudonym: 老王}\n")
    space.entry("2020/王小二", title="走访")
    for form in ("docx", "pdf", "md", "html", "wechat"):
        ran = space.run("export entry 2020/王小二.md", "--format", form)
        assert ran.status == 1
        assert ran.problems[0].startswith('content/entries/2020/〈wang〉.md: the private person "wang" is named here')
        assert "rename the file" in ran.err
        place = str(space.folder / f"王小二月报.{form}")
        ran = space.run("export entry 2020/visit", "--output", place, "--format", form)
        assert (ran.status, "the name of the file holds a private person's name" in ran.err) == (2, True), ran.err
        assert "王小二" not in ran.out + ran.err
    for kind in ("chronicle", "report"):
        ran = space.run(f"export {kind}", "--output", str(space.folder / "王小二.docx"))
        assert (ran.status, "the name of the file holds a private person's name" in ran.err) == (2, True), ran.err
    assert not list(space.folder.glob("王小二*"))


def test_no_folder_that_an_export_makes_is_called_by_a_private_name(space: SiteSpace) -> None:
    space.write("content/people.yaml", "people:\n- {id: wang, name: 王小二, role: private, pseudonym: 老王}\n")
    for command, place in (
        ("export entry 2020/visit --format wechat", "王小二/wx"),
        ("export entry 2020/visit", "月报/王小二/x.docx"),
        ("export chronicle", "王小二/"),
        ("export report", "王小二/x.md"),
    ):
        ran = space.run(command, "--output", f"{space.folder}/{place}")
        assert ran.status == 2
        assert "the name of a new folder holds a private person's name" in ran.err
        assert "王小二" not in ran.out + ran.err
    assert not list(space.folder.glob("*王小二*"))
    # A folder that is there is somebody's own.
    (space.folder / "王小二").mkdir()
    assert space.run("export chronicle", "--output", str(space.folder / "王小二")).status == 0


def test_no_export_takes_the_place_of_a_file_of_the_site(space: SiteSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    source = space.folder / "content/entries/2020/visit.md"
    text = source.read_bytes()
    picture = space.folder / "content/entries/1.png"
    (space.folder / "link.md").symlink_to(source)
    monkeypatch.chdir(source.parent)
    for place in ("visit.md", "new.md", "new.docx", "new", "../../site.yaml.md", "../../../link.md"):
        for kind in ("entry visit", "chronicle", "report"):
            ran = space.run(f"export {kind}", "--output", place, "--force")
            assert (ran.status, "would be one of the site's own files" in ran.err) == (2, True), (place, ran.err)
    ran = space.run("export entry visit", "--output", str(picture), "--format", "docx", "--force")
    assert (ran.status, picture.read_bytes()) == (2, PNG)
    # What nobody has named goes into the folder of the site.
    ran = space.run("export entry visit.md", "--format", "md", "--force")
    assert (ran.status, ran.out) == (
        0,
        f"Wrote 1 entry to {space.folder}/visit.md.\n"
        "It is not in this folder, where it would be one of the site's own files.\n",
    )
    assert source.read_bytes() == text


def test_a_path_outside_of_any_site_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here.md").write_text("正文。\n", encoding="utf-8")
    for path, fact in {"nofile.md": "there is no file nofile.md", "here.md": "here.md lies in no site"}.items():
        ran = CliRunner(env={"RIZHI_LANGUAGE": "en"}).invoke(main, ["export", "entry", path])
        assert (ran.exit_code, fact in ran.stderr) == (2, True), ran.stderr
