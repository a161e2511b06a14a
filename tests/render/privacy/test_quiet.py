"""What is no private data raises no alarm."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.render.privacy import Finding, Kind, Rules, Scanner
from tests.render.privacy import planted
from tests.render.privacy.planted import CONTEXTS, SCANNER, card, identity

CONTENT = Path(__file__).parents[3] / "content"


def wrong(number: str) -> str:
    """An identity number with another check, and by Luhn's rule no card's either."""
    return no_card(number[:-1] + last for last in "0123456789" if last != number[-1])


def no_card(numbers: Iterable[str]) -> str:
    return next(number for number in numbers if number.isdecimal() and card(number[:-1]) != number)


QUIET = {
    "days": "2020-03-05 2020-03-13",
    "many days": "2020-03-05 2020-03-13 2020-04-01 2021-11-12 2012-10-31",
    "days of a December": "2019-12-31 2020-01-01 2020-12-11 1999-11-11",
    "address with a date": "/2020/03/05/13812345/slug/",
    "time": '<time datetime="2020-03-05T00:00:00+08:00">3月5日</time>',
    "office": "0535-6396000",
    "two offices": "0535-6396000 0535-6396001",
    "office in markup": "咨询电话<b>0535</b>-<b>6396000</b>",
    "hotline": "12345",
    "service": "400-123-4567",
    "service in fours": "400 1234 567",
    "service by phone": "客服电话：400-123-4567、4001234567、800-810-8888，拨打8008108888",
    "service in America": "电话1-800-345-5588，拨打 +1 (888) 345-5588，热线：1 866 345 5588",
    "document": "鲁政发〔2020〕5号",
    "money": "投入1,381,234,5678元",
    "large count": "1381234567890123",
    "thousand millions": "13800000000000元",
    "counting": "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22",
    "fours": "4000 5000 6000 7000 8000 9000",
    "years": "1949-2019 100周年",
    "years and a count": "1978—2018 400亿",
    "cells": "<tr><td>138</td><td>1234</td><td>5678</td></tr>",
    "items": "<li>138</li><li>1234</li><li>5678</li>",
    "terms": "<dt>138</dt><dd>12345678</dd>",
    "paragraphs": "<p>13812</p><p>345678</p>",
    "joined with a letter": "138a12345678",
    "longer": "138123456789",
    "shorter": "1381234567",
    "not a mobile": "12812345678",
    "comma": "138,1234,5678",
    "coordinate": "134.12345678",
    "long fraction": "0.3742857142857142857",
    "identity with another check": wrong(planted.IDENTITY),
    "identity of no day": no_card(identity(f"370602198102300{n:02}") for n in range(9)),
    "identity of another century": no_card(identity(f"370602189902280{n:02}") for n in range(9)),
    "identity of no province": identity("99060219810228001"),
    "old identity of no day": "370602811304001",
    "card with another check": planted.CARD[:-1] + str((int(planted.CARD[-1]) + 1) % 10),
    "card of no bank": card("922202123456789"),
    "card too long": card("62220212345678901234"),
    "fingerprint": hashlib.sha256(b"rizhi").hexdigest(),
    "fingerprint with digits": "a13812345678f00dbeefcafe",
    "asset": "style.3f2a91bc13812345678d.css",
    "media query": "body{color:red}\n@media (min-width: 40rem) {a{b:c}}",
    "minified media query": "a{b:c}@media print{d{e:f}}@font-face{src:url(a.woff)}",
    "keyword of JSON-LD": '{"@context": "https://schema.org", "@type": "Article"}',
    "handle": "欢迎关注 @yantai_siji，也可以 @ 我们",
    "version": "mermaid@10.2.3/dist",
    "picture for fine screens": "logo@2x.png",
    "italian": "<p>An Italian report; Lian and Li-anne, lis and, Lia N</p>",
    "parts of two paragraphs": "<p>来的是张</p><p>三丰收了</p>",
    "parts with text between": "张先生和三丰",
    "parts with a comma": "开张，三丰收",
    "a clause that ends with a surname": "来的是老张，三丰那边没人",
    "a heading and another paragraph": "<h2>张</h2><p>别的</p><p>见三丰收</p>",
    "hidden": "张某、张**、张×丰、张□□",
    "only half": "阿卜杜拉来过，买买提也来过",
    "percentage": "100%、50%以上",
    "escape of nothing": "a\\b c:\\path &unknown; &#xZZ; %ZZ",
}


@pytest.mark.parametrize("context", [name for name in CONTEXTS if name != "csv"])
def test_no_alarm(context: str) -> None:
    found = {case: SCANNER.found(CONTEXTS[context](text)) for case, text in QUIET.items()}
    assert {case: alarms for case, alarms in found.items() if alarms} == {}


@pytest.mark.parametrize("text", ["丰收", "丰1", "a丰", "五谷丰登", "张<b>三</b>丰"])
def test_a_single_character_counts_only_alone(text: str) -> None:
    assert Scanner(Rules(names=("丰",))).found(text) == ()


def test_the_demo_is_quiet() -> None:
    rules = Rules(names=planted.RULES.names, hardship=("困难户", "困难", "低保", "患病", "重疾", "慰问", "看望"))
    scanner, places = Scanner(rules), sorted(CONTENT.rglob("*.[my][da]*"))
    assert len(places) > 15
    found = {place.name: scanner.found(place.read_text(encoding="utf-8")) for place in places}
    assert {name: alarms for name, alarms in found.items() if alarms} == {}


@pytest.mark.parametrize(
    ("allowed", "text", "quiet"),
    [
        ("138 1234 5678", "13812345678", True),
        ("+86-138-1234-5678", "138<b>1234</b>5678", True),
        ("１３８１２３４５６７８", "138 1234 5678", True),
        ("13812345679", "13812345678", False),
        ("Zhang.San@Example.ORG", "zhang.san@example.org", True),
        ("a@b.cn", "zhang.san@example.org", False),
        (planted.IDENTITY_X.lower(), planted.IDENTITY_X, True),
        (planted.CARD, planted.CARD, True),
        ("sha256:" + hashlib.sha256(b"13812345678").hexdigest(), "138 1234 5678", True),
        ("SHA256:" + hashlib.sha256(b"13812345678").hexdigest().upper(), "138 1234 5678", True),
        ("sha256:" + hashlib.sha256(b"13812345679").hexdigest(), "138 1234 5678", False),
        ("", "138 1234 5678", False),
        ("0535-123", "138 1234 5678", False),
    ],
)
def test_what_is_allowed(allowed: str, text: str, quiet: bool) -> None:
    assert (Scanner(Rules(allowed=(allowed,))).found(text) == ()) is quiet


def test_a_name_cannot_be_allowed() -> None:
    mark = "sha256:" + hashlib.sha256("张三丰".encode()).hexdigest()
    found = Scanner(Rules(names=("张三丰",), allowed=("张三丰", mark))).found("张三丰")
    assert [finding.kind for finding in found] == [Kind.NAME]


@pytest.mark.parametrize(
    "text", ["", "<", "&", "\\", "%", "@", "\ud800", "<!--", "-->", "&#1114112;", "&#0;", "\x00\x01\x02"]
)
def test_anything_is_text(text: str) -> None:
    assert SCANNER.found(text) == ()
    assert SCANNER.places(Finding(Kind.NAME, planted.HAN), text) == ()


def test_the_letters_of_a_picture_are_no_words() -> None:
    scanner = Scanner(Rules(names=("Li An", "Wu")))
    page = '<p>{}</p><img src="data:image/png;base64,{}" alt="{}">'
    letters = "AAwxab3cdef+Wu/13800001234+qq=="
    assert scanner.found_in(page.format("", letters, "").encode()) == ()
    for place in range(3):
        words = ["", letters, ""]
        words[place] += " Wu"
        assert scanner.found_in(page.format(*words).encode()) != (), place
