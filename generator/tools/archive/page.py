"""The look of the pages that explain a bundle. They stand alone, for any browser, without a script or another file."""

from __future__ import annotations

from html import escape
from typing import Final

_STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{max-width:44em;margin:2em auto;padding:0 1em;font:1.1em/1.7 sans-serif;overflow-wrap:break-word}"
    "pre{border:1px solid;padding:.6em;white-space:pre-wrap;overflow-wrap:anywhere}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.3em .5em;text-align:left;vertical-align:top}"
    # On a phone, each row is a block of lines.
    "@media(max-width:40em){thead{display:none}tr{display:block;border:1px solid;margin:.8em 0;padding:.3em .5em}"
    "td{display:block;border:0;padding:0}}"
)


def page(title: str, body: str) -> bytes:
    """A page with a ``title`` in plain text and a ``body`` in HTML."""
    return (
        '<!doctype html>\n<html lang="zh-CN"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n{body}</html>\n"
    ).encode()
