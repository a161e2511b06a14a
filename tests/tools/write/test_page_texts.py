"""What the page says, by itself and in its forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.tools import write
from generator.tools.write.forms import forms


def test_every_text_of_the_page_has_its_chinese() -> None:
    folder = Path(write.__file__).with_name("page")
    texts = (folder / "texts.js").read_text(encoding="utf-8")
    known = set(re.findall(r'"((?:[^"\\]|\\.)*)": "', texts))
    code = "".join(one.read_text(encoding="utf-8") for one in folder.glob("*.js") if one.name != "texts.js")
    said = set(re.findall(r'\bt\("((?:[^"\\]|\\.)*)"[,)]', code))
    assert said - known == set()
    unsaid = [one for one in known if f'"{one}"' not in code and not re.search(rf"\b{re.escape(one)}:", code)]
    assert [one for one in unsaid if not one.startswith("New ")] == []


def test_no_help_speaks_of_files_and_yaml() -> None:
    def helps(fields: list[dict[str, Any]]) -> Iterator[str]:
        for field in fields:
            yield field["help"]
            yield from helps(field.get("fields", []))

    told = [text for language in ("zh", "en") for form in forms(language).values() for text in helps(form)]
    assert len(told) > 100
    assert [text for text in told if re.search(r"[`\[{]|\.ya?ml|\.md|content/", text)] == []
