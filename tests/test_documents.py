"""What the documents for users say is so: links, commands, examples."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.main import main
from tests.space import PNG, SiteSpace

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
GUIDES = (ROOT / "generator/guide.md", ROOT / "generator/guide.zh.md")
REFERENCES = (ROOT / "generator/reference.md", ROOT / "generator/reference.zh.md")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)")


def fences(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def slugs(text: str) -> set[str]:
    """The anchors of headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_links_lead_somewhere() -> None:
    dead = []
    for place in (README, *GUIDES, *REFERENCES):
        text = re.sub(r"^```.*?^```$", "", place.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for name, part in LINK.findall(re.sub(r"`[^`\n]*`", "", text)):
            target = place.parent / name if name else place
            if not target.exists() or (part and part not in slugs(target.read_text(encoding="utf-8"))):
                dead.append(f"{place.name}: {name}#{part}")
    assert dead == []


def test_the_readme_is_short_and_begins_with_what_it_is() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 160
    first = "\n".join(lines[:30])
    assert first.index("static site generator") < first.index("rizhi build") < first.index("bash tests/run")
    chinese = "\n".join(lines).partition("# 中文说明\n")[2]
    assert chinese.index("RIZHI_LANGUAGE") < chinese.index("rizhi build")


def test_the_commands_of_the_readme_run_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = README.read_text(encoding="utf-8")
    for language, heading in (("en", "## Your own diary"), ("zh", "## 写自己的日志")):
        folder = tmp_path / language
        folder.mkdir()
        monkeypatch.chdir(folder)
        commands = [
            shlex.split(line, comments=True) for line in fences(text.partition(heading)[2], "sh")[0].splitlines()
        ]
        assert [one[1] for one in commands] == ["init", "new", "new", "check", "fix", "build", "serve"]
        for program, *arguments in commands:
            assert program == ".venv/bin/rizhi"
            if arguments[0] != "serve":
                ran = CliRunner(env={"RIZHI_LANGUAGE": language}).invoke(main, arguments, prog_name="rizhi")
                assert ran.exit_code == 0, (arguments, ran.stderr)
        assert (folder / "my-diary/output/index.html").is_file()


def test_the_examples_of_entries_are_accepted(tmp_path: Path) -> None:
    examples = fences(README.read_text(encoding="utf-8"), "markdown")
    assert len(examples) == 2
    space = SiteSpace.of(tmp_path, "-- content/site.yaml --\ntitle: 日志\ncounters: {走访: {unit: 次}}\n")
    for name in ("taihe", "guoao"):
        space.write(f"content/targets/{name}.md", f"---\nname: {name}\nkind: enterprise\n---\n")
    space.write("content/entries/village-office.png", PNG)
    for number, example in enumerate(examples):
        space.write(f"content/entries/{number}.md", example)
    assert space.build("--strict").err == ""


def test_the_examples_of_the_guides_are_accepted(tmp_path: Path) -> None:
    """People and what may be published; requests, raised and followed up."""
    for guide in GUIDES:
        space = SiteSpace.of(tmp_path / guide.stem, "")
        text = guide.read_text(encoding="utf-8")
        blocks = fences(text, "yaml")
        (people,) = [one for one in blocks if one.startswith("people:")]
        (privacy,) = [one for one in blocks if one.startswith("privacy:")]
        space.write("content/people.yaml", people)
        space.write("content/site.yaml", f"title: 日志\n{privacy}")
        space.write("content/targets/foxconn.md", "---\nname: 厂\nkind: enterprise\n---\n")
        raised, followed = (
            "id: meltblown, status: raised, title: 缺熔喷布, target: foxconn",
            "id: meltblown, status: resolved",
        )
        records = [part for one in blocks if one.startswith("requests:") for part in one.split("---\n")]
        for number, record in enumerate(records or [f"requests: [{{{raised}}}]\n", f"requests: [{{{followed}}}]\n"]):
            date = f"2020-03-1{3 + number}"
            space.write(
                f"content/entries/{number}.md",
                f"---\ntitle: 日志\ndate: {date}\n{record}---\n办公信箱 office@example.org\n",
            )
        space.build()


def test_the_logo_and_the_colours_of_the_guides_are_published(tmp_path: Path) -> None:
    styles = {fences(guide.read_text(encoding="utf-8"), "css")[0] for guide in GUIDES}
    assert len(styles) == 1
    space = SiteSpace.of(tmp_path, "")
    space.entry()
    space.write("themes/default/css/95-own.css", styles.pop())
    space.write("themes/default/assets/logo.png", PNG)
    space.build()
    assert "url(logo.png)" in space.page("assets/style.css")
    assert "assets/logo.png" in space.tree()


def test_every_option_that_is_named_exists() -> None:
    known = {
        "--quiet",
        "--upgrade",
        "--force",
        "--reinstall",
        "--delete",
        "--exclude",
        "--no-deps",
        "--wheel-dir",
        "--validate",
        "--nthreads",
        "--nworkers",
    }
    queue = [main]
    while queue:
        command = queue.pop()
        known |= {name for param in command.params for name in param.opts} | {"--help", "--version"}
        queue += list(getattr(command, "commands", {}).values())
    for place in (README, *GUIDES):
        text = re.sub(r"^```css.*?^```$", "", place.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known, place
