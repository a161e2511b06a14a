"""A site's own theme, which overrides the default theme file by file."""

from __future__ import annotations

import pytest

from tests.space import PNG, SiteSpace


def test_one_template_is_replaced_and_the_others_stay(space: SiteSpace) -> None:
    space.entry("a", tags="[走访]")
    space.write("themes/default/templates/tags.html", "<p>{{ 'tags' | t }}: {{ view.tags | length }}</p>")
    space.build()
    assert space.page("tags/") == "<p>标签: 1</p>"
    assert "<!doctype html>" in space.page("")


def test_a_string_is_replaced_and_the_others_stay(space: SiteSpace) -> None:
    space.entry("a")
    space.write("themes/default/strings/zh-CN.yaml", "dates: 按日子找\n")
    space.build()
    assert "按日子找" in space.page("")
    assert "最新日志" in space.page("")


def test_style_sheets_are_replaced_and_added_by_name(space: SiteSpace) -> None:
    space.entry("a")
    space.write("themes/default/css/90-print.css", "/* own print */")
    space.write("themes/default/css/95-own.css", "body { color: green }")
    space.build()
    style = space.page("assets/style.css")
    assert "/* own print */\nbody { color: green }\n" in style
    assert "@media print" not in style
    assert "--paper" in style


def test_other_files_of_a_theme_are_published(space: SiteSpace) -> None:
    space.entry("a")
    space.write("themes/default/assets/logo.bin", b"logo")
    space.build()
    assert space.tree()["assets/logo.bin"] == b"logo"


def test_a_theme_of_another_name_extends_the_default(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\ntheme: ours\n")
    space.write("themes/ours/templates/404.html", "没有")
    space.entry("a")
    space.build()
    assert space.page("404.html") == "没有"
    assert "标题" in space.page("")


def test_a_theme_may_replace_all_styles(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\ntheme: ours\n")
    space.write("themes/ours/theme.yaml", "style: own\n")
    space.write("themes/ours/css/1.css", "body { color: green }")
    space.write("themes/ours/assets/icon.png", PNG)
    space.write("themes/ours/templates/base.html", "<p>{% block main %}{% endblock %}</p>")
    space.entry("a", tags="[走访]")
    space.build()
    files = space.tree()
    assert files["assets/style.css"] == b"body { color: green }\n"
    assert [path for path in files if path.startswith("assets/")] == [
        "assets/apple-touch-icon.png",
        "assets/icon-192.png",
        "assets/icon-512.png",
        "assets/icon.png",
        "assets/style.css",
    ]
    assert "走访" in space.page("tags/")


def test_what_a_style_sheet_names_must_be_there(space: SiteSpace) -> None:
    named = (
        "icon.png",
        "'fonts/a.woff2?v=1#x'",
        "../assets/icon.png",
        "data:image/png;base64,x",
        "https://a.cn/b",
        "#c",
    )
    css = "".join(f"a {{ background: url({one}) }}\n" for one in named)
    space.write("themes/default/css/90-own.css", f'/* url(old.png) */\n{css}b {{ background:\nurl( "nix.png" ) }}\n')
    space.write("themes/default/assets/icon.png", PNG)
    space.write("themes/default/assets/fonts/a.woff2", "wOF2")
    space.entry("a")
    assert space.build().problems == ["themes/default/css/90-own.css:9:1: warning: there is no file assets/nix.png"]
    assert "nix.png" in space.build().err


@pytest.mark.parametrize("line", ["style: ours", "styles: own", "style: [own]"])
def test_invalid_theme_settings_are_a_problem(space: SiteSpace, line: str) -> None:
    space.entry("a")
    space.write("themes/default/theme.yaml", f"# ours\n{line}\n")
    column = line.index(" ") + 1
    assert space.fails().err == (
        f"themes/default/theme.yaml:2:{column + 1}: the only setting here is style, which is own or added\n"
        f"  {line}\n"
        f"  {' ' * column}^\n"
        "  hint: write style: own if it uses no style sheets and assets of the default theme, else style: added\n"
        "1 problem, 0 warnings. Nothing was published.\n"
    )
    space.write("themes/default/theme.yaml", "style: added\n")
    space.build()


def test_a_broken_link_in_a_template_is_the_templates_problem(space: SiteSpace) -> None:
    space.entry("a")
    space.write("themes/default/templates/tags.html", '<p><a href="nowhere/">x</a></p>')
    assert space.fails().err == (
        "themes/default/templates/tags.html: the link to /tags/nowhere/ leads nowhere\n"
        "  hint: mend the template; the page is /tags/\n"
        "1 problem, 0 warnings. Nothing was published.\n"
    )


def test_a_string_that_is_missing_is_named(space: SiteSpace) -> None:
    space.entry("a")
    space.write("themes/default/templates/tags.html", "<p>\n{{ 'no such' | t }}</p>")
    assert "themes/default/templates/tags.html:2: the template is at fault: 'the theme has no string no such'" in (
        space.fails().err
    )


def test_incomplete_strings_are_a_problem(space: SiteSpace) -> None:
    space.entry("a")
    space.write("themes/default/strings/zh-CN.yaml", "weekdays: 一二三\n")
    assert space.fails().err == (
        "themes/default/strings/zh-CN.yaml: the strings are incomplete: weekdays must have seven characters\n"
        "  hint: compare them with strings/en.yaml of the default theme\n"
        "1 problem, 0 warnings. Nothing was published.\n"
    )
    space.write("content/site.yaml", "title: x\nlanguage: fr\n")
    space.write("themes/default/strings/fr.yaml", "skip: x\n")
    assert space.fails().problems == [
        "themes/default/strings/fr.yaml: the strings are incomplete: the theme has no string home"
    ]


def test_a_style_sheet_in_assets_is_a_problem(space: SiteSpace) -> None:
    space.entry("a")
    space.write("themes/default/assets/style.css", "body {}")
    assert space.fails().problems == [
        "themes/default/assets/style.css: the style sheet is made of the files in css/, so this one would be lost"
    ]
