"""Dates of publication as sources write them: JSON fields, HTML metadata, the date line under a title.

Only what is stated: a date without its year is no date here. Values are EDTF (`2018-07-04`, `2018-07`, `2018`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import regex

from corpus.shadow import fold, shadow

VIETNAM = timezone(timedelta(hours=7))
_EARLIEST, _LATEST = 1800, 2200
_PLACEHOLDERS = {"0001-01-01", "1900-01-01", "1970-01-01"}  # what programs write for "no date"

_ISO = regex.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:T|\s+)(\d{1,2})[:h-](\d{2})(?:[:-](\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?(?!\d)",
    regex.I,
)
_DAY_FIRST = regex.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?![\d/])")
_IN_WORDS = regex.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}),? (?:nam )?(\d{4})(?!\d)")
_PART = regex.compile(r"(\d{4})(?:-(\d{2}))?")
_EPOCH = regex.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")

# What a line may hold beside its date and still be nothing but a date line. Folded.
_BESIDE_PARTS = (
    r"thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|t[2-7]|cn",
    r"(?:ngay )?cap nhat(?: lan cuoi| moi nhat)?(?: luc| ngay)?",
    r"(?:ngay |da )?dang(?: tai| luc| ngay)?|(?:ngay )?xuat ban(?: luc| ngay)?|ngay (?:viet|gui|dua tin)",
    r"thoi gian|vao luc|luc|ngay|updated?|published|posted(?: on)?",
    r"gmt ?(?:\+ ?0?7(?::00)?)?|utc ?\+ ?0?7",
    r"gio|phut|[ap]m|sa|ch|\d{1,2} ?(?::|h|gio) ?\d{0,2}(?: ?phut)?(?::\d{2})?",
)
_BESIDE = regex.compile(f"(?:{'|'.join(_BESIDE_PARTS)})(?![a-z])")
_FURNITURE = regex.compile(r"[\s|,;:()\[\]*#_>•·/+.-]")


def edtf_day(year: int, month: int, day: int) -> str | None:
    """`2018-07-04`, or None for a day that is not in the calendar or that means "no date"."""
    if not _EARLIEST <= year <= _LATEST:
        return None
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        return None
    return None if value in _PLACEHOLDERS else value


def stated_date(raw: str) -> str | None:
    """The day of a metadata value: ISO 8601, day first (`04/07/2018`), in words, RFC 2822, Unix time.

    A time with a zone is taken to its day in Viet Nam (UTC+7). A month or year alone stays one.
    """
    value = " ".join(shadow(raw).split())
    if part := _PART.fullmatch(value):
        return _month_or_year(part)
    if epoch := _EPOCH.fullmatch(value):
        return _day_of(datetime.fromtimestamp(int(epoch[1]), UTC))
    if iso := _ISO.match(value):
        return _iso_day(iso)
    return _first_date(value) or _rfc_day(value)


def date_line(line: str) -> str | None:
    """The day of a line that holds a date, perhaps a weekday, a time and a label, and nothing else.

    >>> date_line("Cập nhật lúc10:58, Thứ Bảy, 30/08/2014 (GMT+7)")
    '2014-08-30'
    >>> date_line("Ngày 30/08/2014, hội nghị khai mạc") is None
    True
    """
    if len(line) > 120:
        return None
    value = " ".join(fold(shadow(line)).split())
    found = _DAY_FIRST.search(value) or _IN_WORDS.search(value)
    if not found:
        return None
    beside = _DAY_FIRST.sub(" ", value)
    beside = _IN_WORDS.sub(" ", beside)
    beside = regex.sub(r"(?<=[a-z])(?=\d)", " ", beside)  # `lúc10:58`
    beside = _FURNITURE.sub("", _BESIDE.sub(" ", beside))
    return _first_date(value) if not beside else None


def _first_date(value: str) -> str | None:
    if found := _DAY_FIRST.search(value):
        return edtf_day(int(found[4]), int(found[3]), int(found[1]))
    if found := _IN_WORDS.search(fold(value)):
        return edtf_day(int(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.search(value):
        return _iso_day(found)
    return None


def _month_or_year(part: regex.Match[str]) -> str | None:
    if not _EARLIEST <= int(part[1]) <= _LATEST or (part[2] and not 1 <= int(part[2]) <= 12):
        return None
    return str(part[0])


def _iso_day(iso: regex.Match[str]) -> str | None:
    year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    zone = iso[7]
    if not zone or not edtf_day(year, month, day):
        return edtf_day(year, month, day)
    ahead = timedelta() if zone in "Zz" else timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[-2:]))
    try:
        instant = datetime(year, month, day, int(iso[4]), int(iso[5]), int(iso[6] or 0), tzinfo=timezone(ahead))
    except ValueError:
        return None
    return _day_of(instant)


def _rfc_day(value: str) -> str | None:
    try:
        instant = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _day_of(instant) if instant.tzinfo else edtf_day(instant.year, instant.month, instant.day)


def _day_of(instant: datetime) -> str | None:
    try:
        local = instant.astimezone(VIETNAM)
    except (OverflowError, ValueError):
        return None
    return edtf_day(local.year, local.month, local.day)
