"""The Chinese lunar calendar from 1950 to 2049: a lunar day next to a date says in which years that can be so."""

from __future__ import annotations

import datetime
from typing import Final

from generator.ground.dates import Day

FIRST_YEAR: Final = 1950
_YEARS: Final = (
    "380536 220aad 0eb5aa 320db2 1e0da4 087d49 2e0d4a 170a95 3a0a97 260556 10cab5 340ad5 "
    "2006d2 0a8ea5 300ea5 1a064a 026c97 280a9b 14f55a 38056a 220b69 0eb752 340b52 1c0b25 "
    "06964b 2c0a4b 1714ab 3a02ad 24056d 10cb69 360da9 200d92 0a9d25 300d25 1b5a4d 3e0a56 "
    "2802b6 12e5b5 3806d5 220ea9 0ebe92 340e92 1e0d26 066a56 2a0a57 1714d6 3c035a 2406d5 "
    "10aec9 360749 200693 08952b 2e052b 180a5b 04555a 28056a 12fb55 3a0ba4 240b49 0cba93 "
    "320a95 1c052d 068a6d 2a0ab5 1735aa 3c05d2 260da5 10dd4a 360e4a 200c95 0a952e 2e0556 "
    "180ab5 0455b2 2a06d2 12cea5 380f25 24064a 0cac97 3004ab 1a055b 066ad6 2c0b69 177752 "
    "3c0b52 260b25 10da4b 340a4b 1e04ab 08a55b 2e05ad 180b6a 045b52 2a0d92 14fd25 380d25 "
    "220a55 0cb4ad 3204b6 1a05b5 "
)  # fmt: skip
"""A hexadecimal number for each year: its first day from 20 January on, its leap month, and which months have 30 days.

Made with the calendar of ICU 78; a test holds some known days against it.
"""
_TABLE: Final = tuple(int(word, 16) for word in _YEARS.split())


def lunar_day(day: Day) -> tuple[int, int] | None:
    """The lunar month and day; a leap month has the number of the month before it. None beyond the table."""
    for year in (day.year, day.year - 1):
        if not 0 <= year - FIRST_YEAR < len(_TABLE):
            continue
        bits = _TABLE[year - FIRST_YEAR]
        left = (day - datetime.date(year, 1, 20)).days - (bits >> 17)
        if left < 0:
            continue
        leap = bits >> 13 & 15
        for at in range(13 if leap else 12):
            length = 29 + (bits >> at & 1)
            if left < length:
                return at + 1 - (1 if leap and at >= leap else 0), left + 1
            left -= length
    return None
