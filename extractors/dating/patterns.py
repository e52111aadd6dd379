"""What the patterns of dates are built of."""

from __future__ import annotations

import regex

from extractors.calendar import sexagenary_years
from extractors.dating.atoms import Atom

MOST_MEMBERS = 12   # of a list: các ngày 10, 11, 12 và 13/6
MOST_HEADS = 3      # of its members may repeat the head word: each opens a list of its own, read again
G = r"(?: {1,4}+\n? {0,4}+|\n {0,4}+)"          # a gap, over one line end
D = r"(?:3[01]|[12]\d|0?[1-9])(?![\d])"
M = r"(?:1[0-2]|0?[1-9])(?![\d])"
Y = r"(?:1\d|20|21)\d\d(?![\d]|[.,]\d{3})"
PART = r"(?:nửa đêm|rạng sáng|sáng sớm|sáng|trưa|chiều tối|chiều muộn|chiều|tối muộn|tối|đêm|khuya)"
YEAR_WORD = r"năm (?P<said>nay|ngoái|trước|tới|sau)"
CAN_CHI = (
    r"(?P<can>canh|tân|nhâm|quý|giáp|ất|bính|đinh|mậu|kỷ|kỉ)"
    r" (?P<chi>thân|dậu|tuất|hợi|tý|tí|sửu|dần|mão|mẹo|thìn|tỵ|tị|ngọ|mùi)(?!\p{L})"
)
YEAR_SHIFTS = {"nay": 0, "ngoái": -1, "trước": -1, "tới": 1, "sau": 1, "này": 0}
MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}
MONTH_WORD = (
    r"(?P<word>mười hai|mười một|mười|giêng|chạp|hai|ba|tư|năm(?= năm \d)|sáu|bảy|bẩy|tám|chín"
    r"|một)(?!\p{L})"
)
GAP = regex.compile(G)
LIST_LINK = regex.compile(rf" ?[,;] ?|{G}(?:và|hoặc|hay){G}| ?- ?|{G}(?:đến|tới){G}")


def first_can_chi_year(found: regex.Match[str]) -> int:
    """The first year from 1900 on of the Can Chi name that CAN_CHI read."""
    stem = found["can"].replace("kỉ", "kỷ")
    branch = {"tí": "tý", "tị": "tỵ", "mẹo": "mão"}.get(found["chi"], found["chi"])
    return (sexagenary_years(stem, branch) or [0])[0]


def set_year(atom: Atom, found: regex.Match[str]) -> None:
    """The year that `found` says: a number, or `năm ngoái`; `năm trước`, `năm sau` count from the year told of."""
    said = found.groupdict().get("said") or ""
    atom.year = int(found["y"]) if found["y"] else None
    atom.year_shift, atom.narrated = YEAR_SHIFTS.get(said), said in ("trước", "sau")
