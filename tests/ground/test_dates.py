"""Dates are parsed from front matter, and written as people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ground.dates import DateSpan, parse_day, parse_span, written, written_weekday
from generator.ground.errors import Fault

DAYS = st.dates(date(1900, 1, 1), date(9998, 12, 31))
SPANS = st.builds(lambda day, length: DateSpan(day, day + timedelta(length)), DAYS, st.integers(0, 366))


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2020-03-05", "2020年3月5日", "5 March 2020"),
        ("2020-03-05/06", "2020年3月5日—6日", "5–6 March 2020"),
        ("2020-03-30/04-02", "2020年3月30日—4月2日", "30 March – 2 April 2020"),
        ("2020-12-31/2021-01-02", "2020年12月31日—2021年1月2日", "31 December 2020 – 2 January 2021"),
        ("2020-03-05/2020-03-05", "2020年3月5日", "5 March 2020"),
    ],
)
def test_written(text: str, chinese: str, english: str) -> None:
    assert written(parse_span(text), "zh-CN") == chinese
    assert written(parse_span(text), "en") == english


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2020-03-05/06", "3月5日—6日", "5–6 March"),
        ("2020-03-30/04-02", "3月30日—4月2日", "30 March – 2 April"),
        ("2020-12-31/2021-01-02", "2020年12月31日—2021年1月2日", "31 December 2020 – 2 January 2021"),
    ],
)
def test_written_without_the_year_keeps_it_where_it_changes(text: str, chinese: str, english: str) -> None:
    assert written(parse_span(text), "zh-CN", year=False) == chinese
    assert written(parse_span(text), "en", year=False) == english


@given(SPANS)
def test_what_is_written_in_iso_is_read_back(span: DateSpan) -> None:
    assert parse_span(span.iso()) == span


@given(SPANS)
def test_a_span_covers_its_days_and_no_other(span: DateSpan) -> None:
    days = list(span)
    assert days[0] == span.start
    assert days[-1] == span.end
    assert len(days) == (span.end - span.start).days + 1


@given(st.text(alphabet="0123456789-/年月日. 至—～０２", max_size=24))
def test_a_text_is_a_span_or_a_fault_with_a_remedy(text: str) -> None:
    found = span_or_fault(text)
    if isinstance(found, Fault):
        assert found.hint is not None
    else:
        # Nothing of a date is guessed: its digits are those that were written.
        digits = "".join(re.findall(r"\d", unicodedata.normalize("NFKC", text)))
        assert digits.startswith(str(found.start.year))
        assert str(found.start.day) in digits
        assert str(found.end.day) in digits


def test_spans_as_people_write_them() -> None:
    wrong = {
        text: found
        for texts, span in (
            (
                "2020-03-05 2020年3月5日 2020年03月05日 2020.3.5 2020-3-5 2020/3/5 20200305 2020年3月5号 "
                "２０２０年３月５日 ２０２０－０３－０５",
                "2020-03-05",
            ),
            (
                "2020年3月5日—6日 2020年3月5日-6日 2020年3月5日至6日 2020年3月5日～3月6日 2020.3.5-3.6 2020.3.5-6 "
                "2020-03-05~06 2020-03-05/6 2020/3/5-2020/3/6 2020-03-05—2020-03-06 2020年3月5日——6日",
                "2020-03-05/06",
            ),
            ("2020年12月31日—2021年1月2日 2020-12-31至2021-01-02", "2020-12-31/2021-01-02"),
        )
        for text in texts.split()
        if (found := span_or_fault(text)) != parse_span(span)
    }
    assert wrong == {}


def test_a_year_is_only_added_to_a_month_and_a_day_in_chinese() -> None:
    assert parse_span("3月5日", 2020) == parse_span("2020-03-05")
    assert parse_span("3月5日—6日", 2020) == parse_span("2020-03-05/06")
    for text in ("3月5日", "12-03-05", "3.5", "20-03-05"):
        assert isinstance(span_or_fault(text), Fault), text
    for text in ("12-03-05", "3.5", "3/5"):
        with pytest.raises(Fault):
            parse_span(text, 2020)


def span_or_fault(text: str) -> DateSpan | Fault:
    try:
        return parse_span(text)
    except Fault as fault:
        return fault


def test_weekdays() -> None:
    assert written_weekday(parse_day("2020-03-08"), "zh-CN") == "星期日"
    assert written_weekday(parse_day("2020-03-05"), "en") == "Thursday"
