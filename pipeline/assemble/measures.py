"""What a figure measures, and whose: forms in which two names of one metric or subject meet (`measure_words.tsv`)."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

import regex

from corpus import tables
from corpus.shadow import fold
from extractors.calendar import month_length
from outputs.factbase.name_forms import name_forms

MEASURES = {"actual": "level", "target": "level", "ratio": "level", "change": "change", "gap": "gap", "rank": "rank"}
# Words that name no metric by themselves: what they count is said elsewhere.
_VAGUE = frozenset({
    "so", "so tien", "so nguoi", "tong so", "tong", "gia tri", "ty le", "ti le", "muc", "khoang", "nguoi", "so luong",
    "tong so tien", "ket qua", "don vi", "tien", "viec", "vu", "dong", "diem", "trieu", "tri gia", "gia",
})
_NAME = regex.compile(r"\p{Lu}[\p{L}\d]*(?:[ -]\p{Lu}[\p{L}\d]*)+|\p{Lu}{2,}")
_BELOW_PROVINCE = regex.compile(
    r"(?<!\p{L})(?i:(?P<commune>xã|phường|thị trấn|thôn|ấp|bản|làng|khu phố|buôn|xóm)"
    r"|huyện|quận|thị xã|thành phố|tp\.?)\s"
    r"(?P<name>\d{1,2}|\p{Lu}[\p{L}\d]*+(?:[ -]\p{Lu}[\p{L}\d]*+){0,3})"
)
_HEADS = regex.compile(r"\A(?:các cơ quan|cơ quan|toàn|các|những|tập thể|tại)\s+", regex.I)
# `4.936 việc, đạt tỷ lệ 56,87%`: a share directly behind an amount is one of what the amount counts.
_SHARE_OF = regex.compile(
    r"(?<!\p{L})(?P<of>\p{L}+),? (?:và |đã )?(?:đạt|chiếm|bằng)(?: (?:tỷ|tỉ) lệ| khoảng| trên| gần| hơn| được)*\s*\Z"
)


def metric_form(metric: str) -> str | None:
    """The form in which a metric meets others; None for words that measure nothing by themselves."""
    form = _form(metric)
    return form if form and form not in _VAGUE and " " in form else None


def subject_form(subject: str) -> str | None:
    """The form in which a subject meets others."""
    forms = name_forms(_HEADS.sub("", subject.strip()))
    return forms[-1] if forms else None


def is_name(subject: str) -> bool:
    """Whether a subject has a name of its own, which means the same in another document."""
    return _NAME.search(subject) is not None


def is_shared_name(subject: str) -> bool:
    """Whether a subject is of a place whose name places of several provinces bear, and says no place above it.

    >>> is_shared_name("UBND xã Tân Lập"), is_shared_name("xã Tân Lập, huyện Đan Phượng"), is_shared_name("quận 9")
    (True, False, True)
    """
    found = _BELOW_PROVINCE.search(subject)
    if found is None or subject[found.end() :].strip(" ."):
        return False
    return found["commune"] is not None or found["name"].isdigit() or found["name"] in _shared_districts()


def communes_in(text: str) -> frozenset[str]:
    """The names that a text gives to communes and what is below: `Tân Lập` alone is the same one in that text only.

    >>> sorted(communes_in("Xã Tân Lập và huyện Đan Phượng, phường Bến Nghé"))
    ['Bến Nghé', 'Tân Lập']
    """
    return frozenset(found["name"] for found in _BELOW_PROVINCE.finditer(text) if found["commune"])


@cache
def _shared_districts() -> frozenset[str]:
    return frozenset(row["name"] for row in tables.table("pipeline", "shared_district_names"))


@lru_cache(maxsize=8192)
def stem(metric: str) -> str:
    """What is left of a metric without the words that say nothing of what is measured.

    >>> stem("chỉ tiêu về việc"), stem("tỷ lệ giải quyết xong việc")
    ('viec', 'viec')
    """
    return str(_openers().sub("", f"{_form(metric)} ")).strip()


def aspect(metric: str, before: str) -> str | None:
    """What a share regards: cases (`việc`) or money (`tiền`), by its metric or the amount directly before it.

    None where its metric measures something of its own (`tỷ lệ hộ nghèo`). `before` are the words before the figure.
    """
    left = stem(metric)
    if left:
        return _aspects().get(left)
    found = _SHARE_OF.search(before.lower())
    return _aspects().get(fold(found["of"])) if found else None


def less_is_better(metric: str) -> bool:
    """Whether a target of it is reached from above: `tỷ lệ hộ nghèo`."""
    return _holds(metric, "less")


def is_stock(metric: str) -> bool:
    """Whether a metric is a state at the end of a period, not a sum over it: `dân số`, `số án tồn đọng`."""
    return _holds(metric, "stock")


def span_of(first_day: str, last_day: str) -> str:
    """How long a period is: `day`, `3 months`, `year`, `5 years`, `45 days`. Sums of other spans are other quantities.

    >>> span_of("2017-10-01", "2018-09-30"), span_of("2018-01-01", "2018-03-31")
    ('year', '3 months')
    """
    first, last = date.fromisoformat(first_day), date.fromisoformat(last_day)
    if first == last:
        return "day"
    if first.day != 1 or last.day != month_length(last.year, last.month):
        return f"{(last - first).days + 1} days"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months % 12:
        return f"{months} months" if months > 1 else "month"
    return f"{months // 12} years" if months > 12 else "year"


def _form(name: str) -> str:
    forms = name_forms(name)
    return forms[-1] if forms else ""


def _holds(metric: str, kind: str) -> bool:
    form = f" {_form(metric)} "
    return any(f" {word} " in form for word in _words(kind))


@cache
def _words(kind: str) -> tuple[str, ...]:
    rows = tables.table("pipeline", "measure_words")
    if wrong := next((row for row in rows if row["kind"] not in ("head", "aspect", "stock", "less")), None):
        raise tables.TableError(f"measure_words.tsv: {wrong['name']!r} has no kind `{wrong['kind']}`")
    return tuple(_form(word) for row in rows if row["kind"] == kind for word in tables.many(row["words"]))


@cache
def _openers() -> regex.Pattern[str]:
    longest = sorted(set(_words("head")), key=lambda word: (-len(word), word))
    return regex.compile(rf"\A(?:(?:{'|'.join(map(regex.escape, longest))}) )++")


@cache
def _aspects() -> dict[str, str]:
    rows = (row for row in tables.table("pipeline", "measure_words") if row["kind"] == "aspect")
    return {_form(word): row["name"] for row in rows for word in tables.many(row["words"])}
