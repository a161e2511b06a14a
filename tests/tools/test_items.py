"""Entries as documents of their own."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import partial
from io import BytesIO

from pypdf import PdfReader

from generator.model import urls
from generator.model.options import Options, Selection
from generator.model.pages import SiteChrome
from generator.pipeline.assets.image_pipeline import opened_images
from generator.pipeline.plan.assembly import assembled
from generator.pipeline.plan.sources import read_sources
from generator.pipeline.plan.templates import templates_of
from generator.pipeline.run import run_export
from generator.pipeline.session import BuildRequest, Session
from generator.render.typefaces import fonts
from generator.site.plan.components import components
from generator.site.plan.diary import entry_pages
from generator.site.references import pictures_of
from generator.tools.items import Item, items
from tests.space import PNG, SiteSpace

Site = Callable[[str], SiteSpace]


def made(space: SiteSpace) -> list[Item]:
    def work(session: Session) -> list[Item]:
        with opened_images(session) as images:
            sources = read_sources(session.snapshot, session.cache, 1)
            site, theme = assembled(session.options, session.snapshot, sources, session.cache, [])
            images.encode_all(pictures_of(site), 1)
            found = components(site, partial(images.measure, keeps_original=False)).value
            assert theme is not None
            assert found is not None
            templates = templates_of(
                theme, site.settings, SiteChrome(), sources, session.cache, elsewhere=partial(urls.absolute, "")
            )
            pages = entry_pages(found, has_cards=False)
            return list(items(pages, templates, images, site.settings, fonts=fonts(), jobs=2))

    now = datetime.datetime(2020, 9, 13, tzinfo=datetime.UTC)
    options = Options(folder=space.folder, selection=Selection(now=now))
    return run_export(BuildRequest(options=options, output=space.folder / "output", publishes=False), work)


def test_everything_that_an_entry_says_is_in_its_document(site: Site) -> None:
    space = site(
        "-- content/site.yaml --\ntitle: 日志\norganization: 某工作组\ncounters: {走访: {unit: 次}}\n"
        "-- content/targets/taihe.md --\n---\nname: 泰和新材料公司\nshort_name: 泰和\nkind: enterprise\n---\n"
        "-- content/policies/tax.md --\n---\ntitle: 减税政策\n---\n"
    )
    space.write("content/entries/1.png", PNG)
    space.entry(
        "a",
        '正文[^1]。\n\n![车间](1.png "图为车间")\n\n[^1]: 注文。\n',
        title="进企业",
        date="2020-03-05/06",
        part="am",
        place="开发区",
        weather="晴",
        targets="[taihe]",
        authors="[甲, 乙]",
        tags="[调研]",
        counts="{走访: 3}",
        policies="[tax]",
        requests="[{id: cloth, title: 缺布, status: raised, note: 没有货源}]",
        corrections="[{date: 2020-03-07, note: 改了一字}]",
    )
    space.entry("b", "不见了。\n", title="撤回的", withdrawn="{date: 2020-03-20, reason: 重复}")
    space.entry("c", "\U00013000\n", title="没有字体的")
    whole, withdrawn, undrawn = sorted(made(space), key=lambda one: one.path)
    shown = re.sub(r"\s", "", PdfReader(BytesIO(whole.body)).pages[0].extract_text())
    said = (
        "进企业", "某工作组·2020年3月5日—6日上午·晴·开发区", "甲、乙", "正文[1]。", "图为车间", "[1]注文。",
        "泰和新材料公司", "走访3次", "缺布", "没有货源", "2020年3月7日改了一字", "减税政策", "调研",
    )  # fmt: skip
    assert [one for one in said if one not in shown] == []
    assert (whole.path, whole.pages, whole.problems) == ("content/entries/a.md", 1, ())
    text = PdfReader(BytesIO(withdrawn.body)).pages[0].extract_text()
    assert "重复" in text
    assert "不见了" not in text
    assert [problem.path for problem in undrawn.problems] == ["content/entries/c.md"]
    assert "U+13000" in str(undrawn.problems[0].message)
