"""The style sheet of a piece of HTML written into its elements, for editors that keep nothing else of it."""

from __future__ import annotations

import re
from typing import Final

from generator.ground.errors import Fault
from generator.ground.messages import say
from generator.ground.shell import install_command

_TAG: Final = re.compile(r'<[a-z0-9]+((?: [^ ="<>/]+="[^"]*")+)>')
"""A tag with attributes, as the library writes them; in texts it escapes ``<``."""
_CLASS: Final = re.compile(r' class="[^"]*"')
_BETWEEN: Final = re.compile(r">\s*\n\s*<")


def check_installed() -> None:
    """Raises Fault if the library that does it is not installed."""
    try:
        import css_inline  # noqa: F401
    except ImportError:
        raise Fault(
            say("for WeChat, a part of the program is not installed"),
            say("install it: {command}", command=install_command("css-inline")),
        ) from None


def inlined(html: str) -> str:
    """The HTML with its ``<style>`` in the elements, without classes and without lines between the elements.

    Raises ValueError for a style sheet that cannot be read.
    """
    from css_inline import CSSInliner

    styled = CSSInliner(load_remote_stylesheets=False).inline(html)
    body = styled.partition("<body>")[2].rpartition("</body>")[0].strip()
    return _BETWEEN.sub("><", _TAG.sub(lambda tag: _without_class(tag[0]), body))


def _without_class(tag: str) -> str:
    return _CLASS.sub("", tag, count=1)
