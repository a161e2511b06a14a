"""Numbers in every form are found, and figures that look like them stop nothing."""

from __future__ import annotations

from generator.render.privacy import WARNINGS, Kind, Rules, Scanner
from tests.render.privacy import figures

SCANNER = Scanner(Rules())


def test_private_numbers_are_found_in_every_form() -> None:
    cases = figures.private()
    assert len(cases) >= 600
    missed = [
        (kind, text)
        for kind, value, text in cases
        if not any(one.kind is kind and value in ("", one.value) for one in SCANNER.found(f"<p>{text}</p>"))
    ]
    assert missed == []


def test_what_a_word_says_to_be_private_is_a_warning() -> None:
    cases = [(kind, text) for kind, texts in figures.LABELLED.items() for text in texts]
    found = {text: SCANNER.found(f"<p>{text}。</p>") for _, text in cases}
    assert [text for kind, text in cases if kind not in {one.kind for one in found[text]}] == []
    assert [text for text, some in found.items() if any(one.kind not in WARNINGS for one in some)] == []


def test_harmless_figures_stop_nothing() -> None:
    texts = figures.harmless()
    assert len(texts) >= 500
    found = {text: SCANNER.found(f"<p>{text}</p>") for text in texts}
    assert {text: some for text, some in found.items() if any(one.kind not in WARNINGS for one in some)} == {}
    assert len([some for some in found.values() if some]) <= 5


def test_a_number_in_the_address_of_a_link_is_a_warning_at_most() -> None:
    links = {
        "https://example.org/13800001234/": (Kind.IN_LINK,),
        "https://example.org/?tel=13800001234&a=1": (Kind.IN_LINK,),
        f"https://example.org/{figures.IDENTITY}.html": (Kind.IN_LINK,),
        f"https://example.org/{figures.CARDS[0]}/": (),
        "https://example.org/a13800001234b": (),
        "tel:13800001234": (Kind.MOBILE,),
        "/files/13800001234.png": (Kind.MOBILE,),
        "https://example.org/ 13800001234": (Kind.MOBILE,),
        "https://example.org，13800001234": (Kind.MOBILE,),
    }
    found = {link: tuple(one.kind for one in SCANNER.found(f'<a href="{link}">x</a>')) for link in links}
    assert found == links
