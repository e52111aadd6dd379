"""A draft that the checker refuses, in words: each claim, its statement, and the notes that were looked at."""

from __future__ import annotations

from collections.abc import Iterator

from outputs.checker import UnsupportedClaims
from outputs.passages import clipped

REFUSED = 1     # exit code
_KINDS = {
    "date": "ngày tháng", "decade": "thập niên", "ordinal": "số thứ tự", "symbol": "số hiệu văn bản", "act": "văn bản",
    "number": "con số", "amount in words": "con số viết bằng chữ", "name": "tên riêng", "office": "chức vụ của người",
    "quote": "lời trong ngoặc kép",
}
_MOST = 20


def refusal(error: UnsupportedClaims) -> Iterator[str]:
    """The lines to print."""
    what = f"tệp {error.form} vừa lập" if error.form else "bản thảo"
    yield f"sulieu: {what} bị từ chối, vì {len(error.unsupported)} chỗ không có nguồn nào được dẫn nói đến:"
    for one in error.unsupported[:_MOST]:
        looked = f"đã xem ghi chú {', '.join(map(str, one.notes))}" if one.notes else "câu này không dẫn ghi chú nào"
        yield f"  {_KINDS[one.kind]} “{clipped(one.claim, 80)}” trong câu “{clipped(one.statement, 300)}” ({looked})"
    if len(error.unsupported) > _MOST:
        yield f"  và {len(error.unsupported) - _MOST} chỗ nữa"
    yield "  Không tệp nào được ghi. Hãy bỏ câu ấy hoặc dẫn lời của nguồn nói điều ấy (docs/checker.md)."
