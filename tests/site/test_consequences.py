"""Of a file that cannot be read, only its own faults are told, and not those who refer to what is in it."""

from __future__ import annotations

from pathlib import Path

from tests.space import SiteSpace

SITE = """\
title: 日志
base_url: https://example.org/
counters: {走访: }
kinds: {village: 村, factory: 厂}
menu:
- {title: 政策, link: /policies/}
- {title: 税, link: /policies/tax/}
- {title: 村, link: /targets/qingshi/}
- {title: 关于, link: /about/}
- {title: 诉求, link: /requests/r/}
- {title: 标签, link: /tags/调研/}
- {title: 日, link: /2020/03/05/a/}
"""
REST = """\
-- content/people.yaml --
people:
- {id: li, name: 李队长, role: official}
-- content/targets/qingshi.md --
---
name: 青石村
kind: village
---
## 村史
-- content/targets/school.md --
---
name: 小学
kind: factory
parent: 青石村
---
-- content/policies/tax.md --
---
title: 税
---
-- content/pages/about.md --
---
title: 关于
---
## 甲
-- content/entries/a.md --
---
title: 一
date: 2020-03-05
tags: [调研]
targets: [qingshi]
requests: [{id: r, title: 修路, status: raised}]
counts: {走访: {qingshi: 1}}
---
正文。
-- content/entries/b.md --
---
title: 二
date: 2020-03-06
targets: [青石村]
policies: [tax]
requests: [{id: r, status: reported, target: 青石村}]
counts: {走访: {青石村: 2}}
---
{target}`qingshi`{target}`青石村`{request}`r`{person}`li`{count}`走访`

[a](a.md)[t](../targets/qingshi.md#村史)[p](../policies/tax.md)[v](../pages/about.md#甲)

[x](/policies/tax/)[y](/targets/qingshi/)[z](/about/)[w](/2020/03/05/a/)[u](/tags/调研/)[s](/requests/r/)
"""
COLON = "the colon after the key is full-width (：)"
BROKEN: tuple[tuple[str, str | bytes, str], ...] = (
    ("content/policies/tax.md", "---\ntitel: 税\n---\n", ':2:1: "titel" is not a field that is known here'),
    ("content/policies/tax.md", "---\ntitle：税\n---\n", f":2:6: {COLON}"),
    ("content/policies/tax.md", "---\ntitle: 税\n---\n".encode("utf-16"), ": the file is UTF-16"),
    ("content/targets/qingshi.md", "---\nname：青石村\nkind: 村\n---\n", f":2:5: {COLON}"),
    ("content/targets/qingshi.md", "---\nname: 青石村\n---\n".encode("utf-16"), ": the file is UTF-16"),
    ("content/targets/school.md", "---\nname：小学\n---\n", f":2:5: {COLON}"),
    ("content/pages/about.md", "---\ntitle：关于\n---\n", f":2:6: {COLON}"),
    ("content/entries/a.md", "---\ntitle：一\ndate: 2020-03-05\n---\n", f":2:6: {COLON}"),
    ("content/entries/a.md", "正文。\n", ":1:1: there is no front matter"),
    (
        "content/people.yaml",
        "people:\n- {id: li, name: 李队长, rolle: official}\n",
        ':2:23: "rolle" is not a field that is known here',
    ),
    *(
        ("content/site.yaml", SITE.replace(old, new), told)
        for old, new, told in (
            ("counters: {走访: }", "counters: [走访]", ":3:11: further fields are wanted here, not one value"),
            ("counters: {走访: }", "counters: {走访: {unti: 次}}", ':3:17: "unti" is not a field that is known here'),
            ("{village: 村, factory: 厂}", "[village]", ":4:8: further fields are wanted here, not one value"),
            ("factory: 厂", "Fac tory: 厂", ':4:21: kind "Fac tory" cannot be part of an address'),
            ("menu:", "menu：", f":5:5: {COLON}"),
        )
    ),
)


def test_references_to_what_cannot_be_read_are_not_told(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, f"-- content/site.yaml --\n{SITE}{REST}")
    space.build()
    for path, body, told in BROKEN:
        place = space.folder / path
        whole = place.read_bytes()
        space.write(path, body)
        assert space.run("check").problems == [path + told], body
        place.write_bytes(whole)


def test_what_does_not_depend_on_it_is_told_in_the_same_run(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, f"-- content/site.yaml --\n{SITE}{REST}")
    space.write("content/policies/tax.md", "---\ntitle：税\n---\n")
    space.entry("c", "[x](/no/)[y](/policies/other/){person}`no`\n", targets="[no]", counts="{no: 1}")
    assert space.run("check").problems[-5:] == [
        'content/entries/c.md:4:11: there is no target "no"',
        'content/entries/c.md:5:10: there is no counter "no"',
        "content/entries/c.md:7:1: the link to /no/ leads nowhere",
        'content/entries/c.md:7:31: there is no person "no"',
        f"content/policies/tax.md:2:6: {COLON}",
    ]
