"""Whether a document is a legal text of its own, and which body issues it: what `norms` reads for duties."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import regex

from extractors.clause_words import any_of
from extractors.speech.actors import actor_at
from extractors.speech.context import Context

_TYPE_LINE = regex.compile(rf"{any_of('legal type')}\b[^.:;]{{0,90}}\Z")
_BASIS = regex.compile(r"[*\-\s_]*+căn cứ\b")
_ISSUES = regex.compile(
    rf"[*_\s]*+(?P<who>[\p{{L}}\s,-]{{4,90}}?)\s(?:ban hành|quyết định|ra)\s?:?\s*{any_of('legal type')}?\b"
)
_HEAD_ISSUER = regex.compile(
    r"[*_#\s]*+(?P<who>THỦ TƯỚNG CHÍNH PHỦ|CHÍNH PHỦ|QUỐC HỘI|"
    r"(?:(?:BỘ TRƯỞNG )?BỘ|ỦY BAN|UỶ BAN|CHỦ TỊCH|THỐNG ĐỐC) [\p{Lu}\s,-]{3,60})[*_\s]*\Z"
)
# Pages of a collection of texts: what the text is stands in their head, as a field or as a row of a table.
_PAGE_TYPE = regex.compile(
    r"\n(?:doc_type:\s*\"?|\|\s*\**Lo(?:ạ|a)i v(?:ă|a)n b(?:ả|a)n\**\s*\|\s*)"
    r"(?i:nghị định|quyết định|thông tư|nghị quyết|chỉ thị|luật|pháp lệnh|bộ luật|"
    r"nghi dinh|quyet dinh|thong tu|nghi quyet|chi thi|luat|phap lenh|bo luat)\b"
)
_PAGE_ISSUER = regex.compile(
    r"\n(?:issuing_body:\s*\"?|\|\s*\**(?:Cơ quan|Nơi|Noi|Co quan) (?:ban hành|ban hanh)\**\s*\|\s*)"
    r"(?P<who>[^|\"\n(]{4,80})"
)
_OF_ITSELF = regex.compile(r"\b(luật|bộ luật|nghị định|thông tư|quyết định|quy chế|pháp lệnh) này\b")
# Types of text that only one body issues (Law 64/2025/QH15 on legal documents, article 4).
_ONLY_ISSUER = {
    "luật": "Quốc hội",
    "bộ luật": "Quốc hội",
    "pháp lệnh": "Ủy ban Thường vụ Quốc hội",
    "nghị định": "Chính phủ",
}
# `đề nghị … phản ánh về Bộ Nội vụ để nghiên cứu`: whom to ask about a text is the one who issued it.
_ASK_US = regex.compile(
    r"\bphản ánh (?:kịp thời |ngay |bằng văn bản )?(?:về|đến|tới) (?P<who>[^,;.()\n]{3,90}?)\s(?:để|xem xét)\b"
)
_QUOTES_LAW = regex.compile(
    r"\[\.\.\.\]|hình từ internet|\n(?:theo đó|như vậy|căn cứ (?:theo )?(?:quy định tại )?(?:điều|khoản))\b"
)
_DIGITS = regex.compile(r"\d++")
_CIRCULAR_HEAD = 40  # blocks
_GUIDES = regex.compile(r"(?<=\S)\s(?:đã thống nhất |thống nhất |xin )?(?:hướng dẫn|quy định)\b")
_CIRCULAR = regex.compile(r"\W*+thông tư\b")
_HEAD_BLOCKS = 120


def legal_text(context: Context) -> tuple[bool, str | None]:
    """Whether the document is a legal text (a line with its type, grounds, articles), and the body that issues it."""
    if _PAGE_TYPE.search(context.shadow, 0, min(len(context.shadow), 4000)):
        body = _PAGE_ISSUER.search(context.shadow, 0, min(len(context.shadow), 4000))
        return True, body["who"].strip() if body and not body["who"].isascii() else None
    legal, named = _head(context)
    if not legal and _is_extract(context):
        return True, named or _from_notice(context) or _of_extract(context)
    return legal, named


def _head(context: Context) -> tuple[bool, str | None]:
    """What stands before the first article: type and grounds of the text, and the body that issues it."""
    typed = based = False
    named: str | None = None
    first = context.blocks[:_HEAD_BLOCKS]
    if all(block.marker != "article" for block in first):
        return False, None
    for block in first:
        words = context.lower[block.body : block.end].strip("*_ #")
        if block.marker == "article":
            return typed and based, named or _from_notice(context)
        if words.endswith("?"):
            return False, None
        typed = typed or bool(_TYPE_LINE.match(words))
        based = based or bool(_BASIS.match(words)) or words.startswith("theo đề nghị")
        if found := _HEAD_ISSUER.match(context.shadow, block.body, block.end):
            named = named or _sentence_case(found["who"])
        elif found := _ISSUES.match(context.lower, block.body, block.end):
            who = actor_at(context.shadow, context.lower, found.start("who"), found.end("who"))
            if who and who.kind == "state" and who.head not in ("cơ quan", "đơn vị", "ngành"):
                named = " ".join(context.text[found.start("who") : found.end("who")].split())
    return False, None


def _is_extract(context: Context) -> bool:
    """A stretch of a legal text without its head: its articles follow each other, and it speaks of itself."""
    articles = [block for block in context.blocks[:400] if block.marker == "article"]
    itself = len(_OF_ITSELF.findall(context.lower, 0, 20000)) >= 2
    if len(articles) < (2 if itself else 3):
        return False
    if any(block.heading and context.lower.startswith("?", block.end - 1) for block in context.blocks[:400]):
        return False
    if itself and len(articles) >= 3 and context.blocks[0].marker in ("article", "number"):
        return True
    numbers = [int(found.group()) if (found := _DIGITS.search(block.label)) else 0 for block in articles]
    follow = all(later == number + 1 for number, later in pairwise(numbers))
    return follow and _QUOTES_LAW.search(context.lower, 0, 20000) is None


def _of_extract(context: Context) -> str | None:
    """The issuer of a text that only says what it is (`Nghị định này`), or whom to ask about it."""
    types = Counter(_OF_ITSELF.findall(context.lower, 0, 20000))
    if types and (issuer := _ONLY_ISSUER.get(types.most_common(1)[0][0])):
        return issuer
    asked = _ASK_US.search(context.lower, 0, 20000)
    return " ".join(context.text[asked.start("who") : asked.end("who")].split()) if asked else None


def _from_notice(context: Context) -> str | None:
    notice = context.document.notice
    return notice.organ.value if notice and notice.organ else None


def _sentence_case(capitals: str) -> str:
    """`BỘ TÀI CHÍNH` as `Bộ tài chính`: names of bodies are compared without regard to case."""
    words = " ".join(capitals.split())
    return words[:1] + words[1:].lower()


def circular(context: Context) -> tuple[int, str | None] | None:
    """Of a circular without articles where the text that guides begins, and its issuer.

    `Bộ Tài chính hướng dẫn thực hiện … như sau:` below its type and grounds; its sections follow.
    """
    first = context.blocks[:_CIRCULAR_HEAD]
    if not any(_CIRCULAR.match(context.lower, block.body, block.end) for block in first[: _CIRCULAR_HEAD // 2]):
        return None
    based = False
    for block in first:
        based = based or bool(_BASIS.match(context.lower, block.body, block.end))
        if based and block.opens and "như sau" in context.lower[block.body : block.end]:
            who = actor_at(context.shadow, context.lower, block.body, block.end)
            guides = _GUIDES.search(context.lower, block.body, block.end)
            if who is None or who.kind != "state" or guides is None:
                return None
            return block.start, " ".join(context.text[block.body : guides.start()].split())
    return None
