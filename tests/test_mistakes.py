"""Mistakes that writers make, in every field: each is told at its place, or changes nothing of what readers see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.space import SiteSpace

SITE = """\
-- content/site.yaml --
title: 日志
base_url: https://example.org/
counters: {走访: , 座谈会: }
-- content/targets/qingshi.md --
---
name: 青石村
kind: village
---
-- content/policies/bangfu.md --
---
title: 帮扶办法
---
"""
FIELDS = {
    "title": "走进青石村",
    "date": "2020-03-05",
    "part": "am",
    "targets": "[qingshi]",
    "tags": "[调研, 慰问]",
    "place": "村委会",
    "weather": "晴",
    "summary": "到村里走访",
    "slug": "zoujin",
    "status": "published",
    "counts": "{走访: 3, 座谈会: 1}",
    "policies": "[bangfu]",
    "authors": "[工作组, 通讯员]",
    "corrections": "[{date: 2020-03-20, note: 改了人数}]",
    "requests": "[{id: shuiku, target: qingshi, title: 修水库, status: raised}]",
}
TEXTS = {"title", "place", "weather", "summary"}
BODY = "　　上午到村委会座谈。\n"
HARMLESS = {("no value", field) for field in FIELDS} | {
    (mistake, field) for field in TEXTS for mistake in ("curly quotes", "semicolon behind")
}
"""A key without a value is as good as no line, and a sign in a text is part of it."""
Mistake = Callable[[str, str], str]
MISTAKES: dict[str, Mistake] = {
    "full-width colon": lambda key, value: f"{key}：{value}",
    "no space": lambda key, value: f"{key}:{value}",
    "space before the colon": lambda key, value: f"{key} : {value}",
    "equals sign": lambda key, value: f"{key} = {value}",
    "full-width comma": lambda key, value: f"{key}: {value.replace(', ', '，')}",
    "enumeration comma": lambda key, value: f"{key}: {value.replace(', ', '、')}",
    "full-width colon within": lambda key, value: f"{key}: {value.replace(': ', '：')}",
    "full-width brackets": lambda key, value: f"{key}: {value.translate(str.maketrans('[]{}', '［］｛｝'))}",
    "lenticular brackets": lambda key, value: f"{key}: {value.translate(str.maketrans('[]', '【】'))}",
    "no brackets": lambda key, value: f"{key}: {value.strip('[]{}')}",
    "bracket not closed": lambda key, value: f"{key}: {value[:-1] if value[-1] in ']}' else '[' + value}",
    "quote not closed": lambda key, value: f'{key}: "{value}',
    "curly quotes": lambda key, value: f"{key}: “{value}”",
    "tab in front": lambda key, value: f"\t{key}: {value}",
    "space in front": lambda key, value: f" {key}: {value}",
    "full-width space in front": lambda key, value: f"　{key}: {value}",
    "list sign in front": lambda key, value: f"- {key}: {value}",
    "misspelt": lambda key, value: f"{key[:-2]}{key[-1]}{key[-2]}: {value}",
    "in capitals": lambda key, value: f"{key.upper()}: {value}",
    "in Markdown": lambda key, value: f"**{key}**: {value}",
    "no value": lambda key, _: f"{key}:",
    "no line end": lambda key, value: f"{key}: {value} language: zh",
    "twice": lambda key, value: f"{key}: {value}\n{key}: {value}",
    "semicolon behind": lambda key, value: f"{key}: {value};",
    "full-width digits": lambda key, value: (
        f"{key}: {value.translate(str.maketrans('0123456789', '０１２３４５６７８９'))}"
    ),
    "invisible character": lambda key, value: f"{key}: {value[:2]}\u200b{value[2:]}",
    "invisible character in the key": lambda key, value: f"{key[:2]}\u200b{key[2:]}: {value}",
    "comment": lambda key, value: f"{key}: {value} # 待核",
    "on the next line": lambda key, value: f"{key}:\n{value}",
}


def mistakes() -> Iterator[tuple[str, str, str]]:
    """The name of a mistake, its field, and the front matter with it, where it changes anything."""
    for name, mistake in MISTAKES.items():
        for field, value in FIELDS.items():
            line = mistake(field, value)
            if line != f"{field}: {value}" and (name, field) not in HARMLESS:
                lines = [line if key == field else f"{key}: {text}" for key, text in FIELDS.items()]
                yield name, field, "\n".join(lines) + "\n"


def test_no_mistake_passes_silently(tmp_path: Path) -> None:
    space = SiteSpace.of(tmp_path, SITE)
    made = {f"{number:03}": one for number, one in enumerate(mistakes())}
    assert len(made) > 200
    for number, (_, _, front_matter) in made.items():
        unique = re.sub("zo\u200b?ujin", f"z{number}", front_matter.replace("shuiku", f"s{number}"))
        space.write(f"content/entries/{number}.md", f"---\n{unique}---\n{BODY}")
    space.write(
        "content/entries/sound.md",
        "---\n" + "".join(f"{key}: {value}\n" for key, value in FIELDS.items()) + f"---\n{BODY}",
    )
    told = set(re.findall(r"^content/entries/(\d+)\.md:\d+", space.run("check", "--all").err, re.MULTILINE))
    for number in told:
        (tmp_path / f"content/entries/{number}.md").unlink()
    space.build()
    sound = shown(space, "2020/03/05/zoujin/", "zoujin", "shuiku")
    silent = [
        f"{name}: {field}"
        for number, (name, field, _) in made.items()
        if number not in told and shown(space, f"2020/03/05/z{number}/", f"z{number}", f"s{number}") != sound
    ]
    assert not silent, "\n".join(silent)


def shown(space: SiteSpace, path: str, slug: str, request: str) -> str:
    """The text of an entry's page, without the links to its neighbours."""
    if not (space.folder / "output" / path).exists():
        return "elsewhere"
    page = space.page(path)
    article = page[page.index("<article") : page.index("</article>")]
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", article)).replace(slug, "").replace(request, "")
