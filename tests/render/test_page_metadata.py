"""Metadata of pages: linked data in schema.org's terms, and the tags of Chinese government sites."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.space import PNG, SiteSpace

Site = Callable[[str], SiteSpace]


def linked(page: str) -> list[Any]:
    (text,) = re.findall('<script type="application/ld\\+json">(.*?)</script>', page)
    graph: list[Any] = json.loads(text)["@graph"]
    return graph


@pytest.fixture
def space(site: Site) -> SiteSpace:
    space = site("-- content/targets/t.md --\n---\nname: 红星村\nkind: village\naliases: [红星]\n---\n")
    space.write("content/entries/p.png", PNG)
    space.entry(
        "a",
        title="甲</script><!--",
        date="2020-03-05/06",
        targets="[t]",
        tags="[走访]",
        place="村里",
        cover="p.png",
        corrections="[{date: 2020-04-01, note: 改}]",
    )
    return space


def test_linked_data_of_an_entry(space: SiteSpace) -> None:
    space.build()
    posting, crumbs = linked(space.page("2020/03/05/a/"))
    assert posting["@type"] == "BlogPosting"
    assert posting["headline"] == "甲</script><!--"
    assert posting["temporalCoverage"] == "2020-03-05/2020-03-06"
    assert posting["dateModified"] == "2020-04-01"
    assert posting["contentLocation"] == {"@type": "Place", "name": "村里"}
    assert posting["about"] == [{"@id": "https://example.org/targets/t/", "name": "红星村"}]
    assert posting["correction"] == [{"@type": "CorrectionComment", "datePublished": "2020-04-01", "text": "改"}]
    assert posting["image"] == "https://example.org/pictures/entries/p.png/1.png"
    assert [one["name"] for one in crumbs["itemListElement"]] == ["日志", "2020年", "2020年3月", "甲</script><!--"]


def test_linked_data_of_a_target(space: SiteSpace) -> None:
    space.build()
    place, crumbs = linked(space.page("targets/t/"))
    assert (place["@type"], place["name"], place["alternateName"]) == ("Place", "红星村", ["红星"])
    assert [one["item"] for one in crumbs["itemListElement"]][1:] == [
        "https://example.org/targets/",
        "https://example.org/targets/village/",
        "https://example.org/targets/t/",
    ]


def test_without_a_base_url_there_is_no_linked_data(space: SiteSpace) -> None:
    space.write("content/site.yaml", "title: 日志\n")
    space.build()
    assert "ld+json" not in space.page("2020/03/05/a/")


def tags(page: str) -> dict[str, str]:
    found = re.findall('<meta name="([A-Z]\\w+)" content="(.*?)">', page)
    return dict(found)


def test_the_tags_of_government_sites(space: SiteSpace) -> None:
    assert tags(space.page("") if space.build() else "") == {}
    space.write(
        "content/site.yaml",
        "title: 日志\nbase_url: https://example.org/\norganization: 工作组\n"
        "government: {id_code: '3706000001', column_type: 工作动态}\n",
    )
    space.build()
    own = {"SiteName": "日志", "SiteDomain": "example.org", "SiteIDCode": "3706000001"}
    assert tags(space.page("tags/走访/")) == own | {"ColumnName": "走访", "ColumnType": "工作动态"}
    assert tags(space.page("2020/03/05/a/")) == own | {
        "ArticleTitle": "甲&lt;/script&gt;&lt;!--",
        "PubDate": "2020-03-05",
        "ContentSource": "工作组",
        "Keywords": "走访",
        "Url": "https://example.org/2020/03/05/a/",
        "Image": "https://example.org/pictures/entries/p.png/1.png",
    }


@pytest.mark.parametrize("code", ["12345", "370600000一"])
def test_an_invalid_or_missing_id_code_is_a_problem(space: SiteSpace, code: str) -> None:
    space.write("content/site.yaml", f"title: 日志\ngovernment: {{id_code: '{code}'}}\n")
    assert space.fails().problems == [f'content/site.yaml:2:23: "{code}" is not the code of a government site']
    space.write("content/site.yaml", "title: 日志\ngovernment: {name: 某网站}\n")
    assert space.fails().problems == ["content/site.yaml:2:1: id_code is missing"]
