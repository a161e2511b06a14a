"""Ids of private persons, which may be their names: others stand in the sources of a public bundle."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from generator.model.content import Person, PersonRole
from generator.tools.archive.sources import public_ids, register, with_ids
from tests.space import SiteSpace, tree
from tests.tools.archive.campaign import archive, campaign, run, unpacked


def test_ids_of_private_persons_become_numbers_in_each_way_to_write_them() -> None:
    people = {
        key: Person(id=key, name="王某", role=role, title=None, pseudonym=None, aliases=())
        for key, role in (
            ("wang", PersonRole.PRIVATE),
            ("person-1", PersonRole.OFFICIAL),
            ("李", PersonRole.PRIVATE),
        )
    }
    ids = public_ids(people)
    assert ids == {"wang": "person-2", "李": "person-3"}
    for before, after in {
        "{person}`wang`、{person}`` 李 ``": "{person}`person-2`、{person}`` person-3 ``",
        "{person}`wang 家 <wang>`": "{person}`wang 家 <person-2>`",
        "> {person}`老\n> 王 <wang>`": "> {person}`老\n> 王 <person-2>`",
        "{person}`person-1` `wang` {target}`wang`": "{person}`person-1` `wang` {target}`wang`",
        "{person}`wang": "{person}`wang",
    }.items():
        assert with_ids(before, ids) == after
    assert "wang" not in register(people)


def test_no_id_of_a_private_person_is_shown_as_text(tmp_path: Path) -> None:
    space = SiteSpace.of(
        tmp_path / "site",
        "-- content/people.yaml --\npeople: [{id: wu, name: 吴用之, role: private, pseudonym: 老人}]\n",
    )
    told = "{person}`wu`"
    space.entry(body=f"{told}写作`` {told} ``\n\n    {told}\n\n看{{person}}`` 他 <wu> ``<!-- {told} -->\n")
    ran = run("archive", space.folder, "--output", tmp_path / "out")
    says = 'the id of the private person "wu" is shown here as text'
    assert [one for one in ran.problems if "warning" not in one] == [
        f"content/entries/a.md:5:18: {says}",
        f"content/entries/a.md:7:5: {says}",
    ]


def test_roles_behind_code_that_looks_like_one_have_other_ids_too(tmp_path: Path) -> None:
    space = SiteSpace.of(
        tmp_path / "site",
        "-- content/people.yaml --\npeople: [{id: hu1, name: 吴用之, role: private, pseudonym: 老人}]\n",
    )
    space.entry(
        body="写作`{person}`，如{person}`` 他 <hu1> ``，又见`{person}` 和{person}`hu1`。\n\n- 一个`\n- {person}`hu1`\n"
    )
    bag = archive(space, tmp_path / "out")
    assert "hu1" not in (bag / "data/sources/content/entries/a.md").read_text(encoding="utf-8")
    ran = run("verify", bag, "--rebuild")
    assert ran.status == 0, ran.err


def test_no_id_of_a_private_person_is_in_an_anchor_or_written_by_hand(tmp_path: Path) -> None:
    space = SiteSpace.of(
        tmp_path / "site",
        "-- content/people.yaml --\npeople: [{id: wang-xiulan, name: 王秀兰, role: private, pseudonym: 老人}]\n",
    )
    role = "{person}`wang-xiulan`"
    space.entry(body=f"## 见{role}之后\n\n文\n\n## {role}\n\n> # *{role}*\n\n[到](#见之后)\n")
    bag = archive(space, tmp_path / "out", "--pdf")
    for path, body in tree(bag).items():
        assert not any(b"xiulan" in part for part in unpacked(body)), path
    ran = run("verify", bag, "--rebuild")
    assert ran.status == 0, ran.err
    space.write("content/entries/Wang-Xiulan.txt", "文\n")
    space.entry(body=f"{role}\n\n## 她 {{#s-wang-xiulan}}\n\n[附件](Wang-Xiulan.txt)\n")
    ran = run("archive", space.folder, "--output", tmp_path / "other", "--without-pdf")
    says = 'the name of the private person "wang-xiulan" stands here in Latin letters'
    assert ran.problems == [
        f"content/entries/Wang-Xiulan.txt: {says}",
        f"content/entries/a.md:7: {says}",
        f"content/entries/a.md:9: {says}",
    ]
    # However its syllables are set apart, and in files of other kinds.
    (space.folder / "content/entries/Wang-Xiulan.txt").unlink()
    with zipfile.ZipFile(space.write("content/entries/list.zip", b""), "w") as file:
        # What is noted of a folder with nothing in it.
        folder = zipfile.ZipInfo("d/")
        folder.comment = b"Wang Xiulan"
        file.writestr(folder, b"")
    space.entry(title="Wang Xiulan", body="[附件](list.zip)\n", extra="{note: wang.xiu.lan}")
    ran = run("archive", space.folder, "--output", tmp_path / "other", "--without-pdf")
    assert ran.problems == [
        f"content/entries/a.md:2: {says}",
        f"content/entries/a.md:4: {says}",
        f"content/entries/list.zip: {says}",
    ]


def test_a_private_name_in_latin_letters_is_found_whatever_the_id_is(tmp_path: Path) -> None:
    private = (("p1", "欧阳吕秀"), ("p2", "马莉"), ("p4", "单小兰"), ("p5", "孙嘉晟"))
    known_persons = [f"{{id: {key}, name: {name}, role: private}}" for key, name in private]
    people = ", ".join([*known_persons, "{id: p3, name: 张三, role: official}"])
    space = SiteSpace.of(tmp_path / "site", f"-- content/people.yaml --\npeople: [{people}]\n")
    space.write("content/entries/lvxiu_ouyang.txt", "文\n")
    space.entry(body="文 Zhang San\n\n[附件](lvxiu_ouyang.txt)\n", extra="{note: Ōuyáng Lǚxiù, more: OUYANG Luxiu}")
    space.entry("b", "文 Malian, Somali\n", extra="{note: Ma Li}")
    space.entry("c", "文 Li Ma, Ouyang Li Ma lyuxiu\n", date="2020-03-06 # Ouyang\n  # Lyuxiu")
    space.entry("d", "photoOuyangLvXiu2 ou1yang2 lv3xiu4\n\nOuyang,\nLu\u0308xiu\n")
    allowed = "{value: Li Ma, reason: 一国名}"
    space.write("content/site.yaml", f"title: 日志\nprivacy: {{allow: [{allowed}]}}\n")
    space.write("themes/default/assets/ouyanglvxiu.css", "a{}\n")
    # Characters are read otherwise as surnames, and more than one way in given names.
    space.entry("e", "Shan Xiaolan, xie\u2013xiaolan\n\nSun Jiasheng\n\nJiacheng Sun\n\nO u y a n g  L.u.e.x.i.u\n")
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    known = 'the name of the private person "p1" stands here in Latin letters'
    assert [one for one in ran.problems if "site.yaml" not in one] == [
        f"content/entries/a.md:4: {known}",
        f"content/entries/a.md:8: {known}",
        'content/entries/b.md:4: warning: this may be the name of the private person "p2" in Latin letters',
        f"content/entries/c.md:3: {known}",
        f"content/entries/d.md:5: {known}",
        f"content/entries/d.md:7: {known}",
        f"content/entries/e.md:5: {known.replace('p1', 'p4')}",
        f"content/entries/e.md:7: {known.replace('p1', 'p5')}",
        f"content/entries/e.md:9: {known.replace('p1', 'p5')}",
        f"content/entries/e.md:11: {known}",
        f"content/entries/lvxiu_ouyang.txt: {known}",
        f"themes/default/assets/ouyanglvxiu.css: {known}",
    ]
    assert list((tmp_path / "out").iterdir()) == []


def test_ids_of_private_helpers_are_in_no_data(tmp_path: Path) -> None:
    space = campaign(tmp_path)
    space.build()
    assert '"helped_by": ["lead", "一位老人"]' in space.page("data/entries.json")
    # An edit of the title takes another way.
    source = space.folder / "content/entries/2020-03-07-b.md"
    source.write_text(source.read_text(encoding="utf-8").replace("=离村", "回城"), encoding="utf-8")
    space.build()
    records = space.page("data/entries.json")
    assert ("回城" in records, '"helped_by": ["lead", "一位老人"]' in records) == (True, True)


def test_the_sources_of_a_bundle_are_archived_again(tmp_path: Path) -> None:
    people = "".join(
        f"  - {{id: p{n}, name: {name}, role: private, pseudonym: 老人{n}}}\n"
        for n, name in enumerate(("吴用之", "秦钟灵"))
    )
    space = SiteSpace.of(tmp_path / "site", f"-- content/people.yaml --\npeople:\n{people}")
    space.entry(body="看{person}`p0`和{person}`p1`。\n")
    bag = archive(space, tmp_path / "out")
    again = SiteSpace(tmp_path / "again")
    shutil.copytree(bag / "data/sources", again.folder)
    second = archive(again, tmp_path / "second")
    assert tree(second / "data/site") == tree(bag / "data/site")
    assert tree(second / "data/sources") == tree(bag / "data/sources")
