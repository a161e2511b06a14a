from __future__ import annotations

import hashlib
import pickle

import pytest

from generator.render.privacy import Finding, Kind
from tests.render.privacy import planted


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (Kind.NAME, "张三", "张*"),
        (Kind.NAME, "张三丰", "张**"),
        (Kind.NAME, "丰", "*"),
        (Kind.NAME, "阿卜杜拉·买买提", "阿***·***"),
        (Kind.NAME, "Li An", "L* **"),
        (Kind.HARDSHIP, "王二小", "王**"),
        (Kind.MOBILE, "13812345678", "138****5678"),
        (Kind.IDENTITY, "370602198112041234", "370***********1234"),
        (Kind.IDENTITY, "37060219811204123X", "370***********123X"),
        (Kind.IDENTITY, "370602811204123", "370********4123"[:15]),
        (Kind.CARD, "6222021234567890", "622*********7890"),
        (Kind.EMAIL, "zhang.san@example.org", "z***@example.org"),
    ],
)
def test_masked_values_for_messages(kind: Kind, value: str, masked: str) -> None:
    assert Finding(kind, value).masked == masked


def test_the_digest_depends_on_the_value_only() -> None:
    assert Finding(Kind.NAME, "张三").digest == "sha256:" + hashlib.sha256("张三".encode()).hexdigest()
    assert Finding(Kind.NAME, "张三").digest == Finding(Kind.HARDSHIP, "张三").digest


def test_a_finding_and_rules_survive_a_process_pool() -> None:
    for value in (Finding(Kind.MOBILE, planted.MOBILE), planted.RULES):
        assert pickle.loads(pickle.dumps(value)) == value
    assert planted.SCANNER.found(planted.MOBILE) == pickle.loads(pickle.dumps(planted.SCANNER)).found(planted.MOBILE)
