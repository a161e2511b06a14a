"""Pictures that a theme writes into its texts go into the bag without metadata, and the sources build to the same."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from generator.read.pictures import picture
from tests.read.test_data_uris import deep
from tests.space import SiteSpace
from tests.tools.archive.campaign import NAME, archive, photo, run

ADDRESS = f"data:image/jpeg;base64,{b64encode(photo()).decode()}"
DRAWING = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{ADDRESS}"/></svg>'
HOME = Path("themes/default/templates/home.html").read_text(encoding="utf-8")
FILES = {
    "css/a.css": f"a{{background:url({ADDRESS})}}".encode(),
    "css/b.css": f"/* 文 */ b{{background:url('{ADDRESS}')}}".encode("gb18030"),
    "css/c.css": f"c{{background:url(data:image/svg+xml;base64,{b64encode(DRAWING.encode()).decode()})}}".encode(),
    "templates/home.html": f'<img alt="" src="{ADDRESS}">{{% endblock %}}'.join(
        HOME.rsplit("{% endblock %}", 1)
    ).encode(),
    "assets/a.svg": DRAWING.encode(),
    "assets/a.mjs": f"export const a = '{ADDRESS}'".encode(),
    "assets/a.json": f'{{"a": "{ADDRESS}"}}'.replace("/", "\\/").encode(),
    "assets/a.htm": f"<img src={ADDRESS} alt=a>".encode(),
}


def test_pictures_in_addresses_of_a_theme_are_cleaned(tmp_path: Path) -> None:
    space = SiteSpace.of(
        tmp_path / "site", f"-- content/people.yaml --\npeople: [{{id: qin, name: {NAME}, role: private}}]\n"
    )
    space.entry()
    for name, body in FILES.items():
        space.write(f"themes/default/{name}", body)
    bag = archive(space, tmp_path / "out")
    clean = picture(photo(), is_original=True).body
    published = [f"assets/{name}" for name in ("style.css", "a.svg", "a.mjs", "a.json", "a.htm")]
    texts = [
        *((bag / "data/sources/themes/default" / name).read_bytes() for name in FILES),
        *((bag / "data/site" / name).read_bytes() for name in (*published, "index.html")),
    ]
    for text in texts:
        found = deep(text)
        assert clean in found, text[:99]
        assert not any(NAME.encode() in one for one in found)
    ran = run("verify", bag, "--rebuild")
    assert ran.status == 0, ran.err


@pytest.mark.parametrize("written", ["<!-- data:text/plain;base64,{} -->", "`data:text/plain;base64,{}`", "{}"])
def test_base64_in_a_source_is_refused_with_its_place(tmp_path: Path, written: str) -> None:
    space = SiteSpace.of(
        tmp_path / "site", f"-- content/people.yaml --\npeople: [{{id: qin, name: {NAME}, role: private}}]\n"
    )
    space.entry("a", body="文。" + written.format(b64encode(NAME.encode()).decode()))
    ran = run("archive", space.folder, "--output", tmp_path / "out", "--without-pdf")
    assert (ran.status, "content/entries/a.md: the private person" in ran.err) == (1, True), ran.err
    assert list((tmp_path / "out").iterdir()) == []
