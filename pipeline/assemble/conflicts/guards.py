"""The guard of every rule on one document (`concerns.py`): what a document must hold for the rule to look at it."""

from __future__ import annotations

from pipeline.assemble.conflicts.concerns import Guard, facts, followed, holds, near, saying

_YEARS_LONG = "f.duration GLOB 'P[0-9]*Y'"
_TWO_YEARS = "'[12][0-9][0-9][0-9]/[12][0-9][0-9][0-9]'"
_NEXT = 80      # characters between two figures of one statement
_HEAD = 400     # characters from a title into the first sentence

# Days and months that never meet, as they are written.
_IMPOSSIBLE = [
    f"ngày {day} {word}{month}" for day, months in ((29, (2,)), (30, (2,)), (31, (2, 4, 6, 9, 11)))
    for month in (*months, *(f"0{month}" for month in months if month < 10)) for word in ("", "tháng ")
]

WEEKDAY = facts("date", "f.edtf GLOB '????-??-??*'", holds("m.quote", "thứ ", "chủ nhật", "cn"))
NO_SUCH_DAY = saying(_IMPOSSIBLE)
PERIOD_AHEAD = facts("date", "f.basis = 'work-year'", holds("m.quote", "tháng"))
STALE = facts("date", "f.last_day IS NOT NULL", holds("m.prefix", "tính đến"))
DEADLINE_BEFORE_ISSUE = Guard(
    "SELECT m.document FROM directive_fact f CROSS JOIN mention m ON m.key = f.mention"
    " JOIN document d ON d.key = m.document"
    " WHERE d.kind = 'notice' AND length(f.deadline) = 10 AND length(d.date) = 10 AND f.deadline < d.date"
)
# A notice, or a page with a day of its own: the day stands in its head.
OWN_DAYS = Guard(
    "SELECT d.key FROM document d WHERE d.kind = 'notice' OR (length(d.date) = 10 AND EXISTS (SELECT 1 FROM mention m"
    " CROSS JOIN date_fact f ON f.mention = m.key WHERE m.document = d.key AND m.kind = 'date' AND m.start < 1500"
    " AND m.quote GLOB '*/*/*' AND f.edtf <> d.date))"
)
AGO = facts("date", _YEARS_LONG, holds("m.prefix", "cách đây", "cách nay"))
OFFSET = facts("date", _YEARS_LONG, "m.suffix GLOB '?[sS][aA][uU]*'")
LENGTH = facts("date", _YEARS_LONG, holds("m.prefix", "sau ", "qua ", "chặng đường ", last=True))
SPAN = facts("date", _YEARS_LONG, followed("date", f"g.edtf GLOB {_TWO_YEARS}", _HEAD))
BEFORE_ITS_ACT = facts(
    "decree", "f.year IS NOT NULL", holds("m.prefix", "theo "), followed("date", "g.type = 'interval'", 60)
)
NUMBER_YEAR = facts("decree", "f.number GLOB '*/[12][0-9][0-9][0-9]/*'", followed(
    "date", "g.edtf GLOB '????-??-??' AND instr(f.number, '/' || substr(g.edtf, 1, 4) || '/') = 0", 40
)) | Guard(   # a year in the number after that of the document
    "SELECT m.document FROM decree_fact f CROSS JOIN mention m ON m.key = f.mention"
    " JOIN document d ON d.key = m.document WHERE f.number GLOB '*/[12][0-9][0-9][0-9]/*' AND length(d.date) = 10"
    " AND CAST(substr(f.number, instr(f.number, '/') + 1, 4) AS INTEGER) > CAST(substr(d.date, 1, 4) AS INTEGER) + 1"
)
PARTS = facts("figure", "f.sum_check = 'differs'")
BY_DEGREE = saying(["trình độ chuyên môn", "trình độ đào tạo", "trình độ học vấn"])
SHARE = facts("figure", "f.of IS NOT NULL", "f.role <> 'rank'", followed("figure", "g.unit = '%'", _NEXT))
CHANGE = facts(
    "figure", "f.unit <> '%'", "f.approx = 'exact'", "f.high IS NULL",
    followed("figure", "g.unit = '%' AND g.approx = 'exact'", 2 * _NEXT),
    followed("figure", "g.unit = f.unit AND g.approx = 'exact'", _NEXT),
)
DIRECTION = facts(
    "figure", holds("m.prefix", "từ ", "từ mức ", last=True), followed("figure", "g.unit = f.unit", _NEXT)
)
EXACTNESS = facts(
    "figure", "f.approx IN ('under', 'over', 'about')", "f.high IS NULL", "instr(f.value, '.') = 0",
    "length(rtrim(f.value, '0')) >= 6",
)
NAMED_TWICE = facts("figure", "f.unit = '%'", followed("figure", "g.unit = '%' AND " + holds("n.prefix", "về "), 200))
FLOWS = facts("figure", "f.unit IN ('việc', 'vụ', 'vụ việc', 'vụ án', 'đơn', 'hồ sơ', 'trường hợp')") & saying(
    ["thụ lý", "tiếp nhận"],
    ["giải quyết xong", "thi hành xong", "xử lý xong", "xét xử xong", "đã giải quyết", "đã xét xử"],
    ["chuyển kỳ sau", "tồn đọng", "còn tồn", "chưa giải quyết", "còn lại"],
)
CLAIM = (
    facts("figure", "f.unit = 'chỉ tiêu'", "f.of IS NOT NULL")
    | saying(["năm sau cao hơn năm trước", "năm sau luôn cao hơn năm trước", "năm sau đều cao hơn năm trước"])
    | (facts("figure", "f.role = 'target'") & near(["vượt"], ["chỉ tiêu", "kế hoạch", "mục tiêu", "dự toán"], 4))
)
ADMITTED = saying(
    ["vượt chỉ tiêu", "vượt các chỉ tiêu", "hoàn thành chỉ tiêu", "hoàn thành các chỉ tiêu", "vượt nhiệm vụ",
     "vượt các nhiệm vụ", "hoàn thành nhiệm vụ", "hoàn thành các nhiệm vụ"],
    ["chưa hoàn thành", "không hoàn thành", "chưa đạt", "không đạt"], ["chỉ tiêu"],
)
FIRSTS = Guard(
    "SELECT m.document FROM decree_fact f CROSS JOIN mention m ON m.key = f.mention"
    " WHERE f.number IS NOT NULL AND f.year IS NOT NULL"
    " GROUP BY m.document HAVING count(DISTINCT f.number || ' ' || f.year) > 1"
) & near(["văn bản", "đạo luật", "bộ luật", "luật", "hiến pháp", "sắc lệnh", "nghị định"], ["đầu tiên"], 8)
ACTING = facts("official", "(f.title GLOB '[qQ].*' OR f.title GLOB '[qQ][uU][yY][ềỀ][nN]?*')")

TARGETS = facts("figure", "f.unit IN ('chỉ tiêu', '%')", "f.role IN ('ratio', 'gap')") & saying(["chỉ tiêu"]) | saying([
    f"{often}{well} vượt {each}chỉ tiêu"
    for often in ("đều", "luôn") for well in ("", " đạt và") for each in ("", "các ")
])
ASSIGNED = near(["chỉ tiêu"], ["giao"], 20)
AWARDS = saying(
    ["bức trướng", "bằng khen", "giấy khen", "cờ thi đua", "huân chương", "kỷ niệm chương",
     "tập thể lao động xuất sắc", "chiến sĩ thi đua"], ["tặng", "công nhận"],
)
