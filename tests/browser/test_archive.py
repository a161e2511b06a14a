"""A bundle on a computer with nothing but a browser: verify.html finds what was done to it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.tools.archive.campaign import copied


def test_a_browser_checks_a_bundle(browser: Browser, tmp_path: Path) -> None:
    bag = copied(tmp_path)
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((bag / "verify.html").as_uri())
    state, faults = page.locator("#state"), page.locator("#faults li")
    page.locator("#folder").set_input_files(bag)
    expect(state).to_have_class("good")
    receipt = bag.with_name(f"{bag.name}-receipt.txt").read_text(encoding="utf-8")
    digest = re.search(r"(?:[0-9a-f]{8}\s+){16}", receipt)
    assert digest
    page.locator("#receipt").fill(digest[0].upper())
    page.locator("#receipt").blur()
    expect(state).to_have_class("good")
    page.locator("#receipt").fill("0" * 128)
    page.locator("#receipt").blur()
    expect(faults).to_contain_text(["tagmanifest-sha512.txt: 与凭证不符"])

    with (bag / "data/web/site.wacz").open("r+b") as wacz:
        wacz.seek(500)
        wacz.write(b"!")
    (bag / "data/site/index.html").unlink()
    (bag / "data/site/about/index.html").rename(bag / "data/site/about/new.html")
    (bag / "tagmanifest-sha256.txt").unlink()
    (bag / "x.exe").write_text("x")
    info = bag / "bag-info.txt"
    info.write_text(info.read_text(encoding="utf-8").replace("2020", "2019"), encoding="utf-8")
    page.locator("#folder").set_input_files(bag)
    expect(state).to_contain_text(re.compile("有 [1-9]+ 处不符"))
    found = set(faults.all_inner_texts())
    for fault in (
        "data/web/site.wacz: 被改动 · changed",
        "data/site/index.html: 缺少 · missing",
        "data/site/about/index.html: 缺少 · missing",
        "data/site/about/new.html: 多出来的 · added",
        "tagmanifest-sha256.txt: 缺少 · missing",
        "x.exe: 多出来的 · added",
        "bag-info.txt: 被改动 · changed",
    ):
        assert fault in found, (fault, found)
    assert not [url for url in asked if not url.startswith("file:")]
    page.close()
