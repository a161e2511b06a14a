"""The reference of all fields and settings, ``generator/reference.md`` in English and ``reference.zh.md`` in Chinese.

``python -m generator.tools.reference`` writes both from the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from generator.read.descriptions import FieldDescription, described
from generator.read.vocabulary import WORDS

FILES: Final[Mapping[str, Path]] = {
    "en": Path(__file__).parents[1] / "reference.md",
    "zh": Path(__file__).parents[1] / "reference.zh.md",
}
"""By language, where it is."""
_ENGLISH: Final = """# Fields and settings

Made from the schema by `python -m generator.tools.reference`. What is not called required may be left out. Words may be
written in English or in Chinese: `draft`, `草稿`. Editors check and complete fields with `rizhi schema`.
"""
_CHINESE: Final = """# 字段与设置

由 `python -m generator.tools.reference` 从程序里的定义生成。没有注明“必填”的都可以不写。
固定的词写英文或中文都行：`draft`、`草稿`。`rizhi schema` 给出的定义可以让编辑器补全和检查。
"""
_KINDS: Final = {
    "entry": ("An entry: `content/entries/*.md`", "日志：`content/entries/*.md`"),
    "target": ("A service target: `content/targets/*.md`", "服务对象：`content/targets/*.md`"),
    "policy": ("A policy: `content/policies/*.md`", "政策：`content/policies/*.md`"),
    "page": ("Any other page: `content/pages/*.md`", "其他页面：`content/pages/*.md`"),
    "people": ("People: `content/people.yaml`", "人员：`content/people.yaml`"),
    "site": ("Settings: `content/site.yaml`", "设置：`content/site.yaml`"),
    "portal": ("A portal over many teams: `portal.yaml`", "门户：`portal.yaml`"),
}


def reference(language: str) -> str:
    """The reference in a language, as Markdown."""
    is_chinese = language == "zh"
    parts = [_CHINESE if is_chinese else _ENGLISH]
    head = "| 字段 | 写什么 | 含义 |" if is_chinese else "| field | value | meaning |"
    for kind, titles in _KINDS.items():
        rows = "\n".join(_row(field, language) for field in described(kind))
        parts.append(f"## {titles[is_chinese]}\n\n{head}\n|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def _row(field: FieldDescription, language: str) -> str:
    text = field.chinese if language == "zh" else field.english
    return f"| `{field.path}` | {'；'.join(_value(field)) if language == 'zh' else _english(field)} | {text} |"


def _english(field: FieldDescription) -> str:
    notes = ["required"] if field.is_required else []
    notes += [", ".join(f"`{word}`" for word in field.words)] if field.words else []
    notes += [f"by default `{_shown(field.default)}`"] if _is_plain(field.default) else []
    return "; ".join(notes)


def _value(field: FieldDescription) -> Iterator[str]:
    """The notes on a field in Chinese."""
    if field.is_required:
        yield "必填"
    if field.words:
        yield "、".join(f"`{word}`（{WORDS[word]}）" if word in WORDS else f"`{word}`" for word in field.words)
    if _is_plain(field.default):
        yield f"不写就是 `{_shown(field.default)}`"


def _is_plain(default: object) -> bool:
    return isinstance(default, str | int) and default != ""


def _shown(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


if __name__ == "__main__":
    for spoken, place in FILES.items():
        place.write_text(reference(spoken), encoding="utf-8", newline="\n")
