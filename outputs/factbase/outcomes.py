"""What became of each input of a build, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from corpus.errors import Reason

Status = Literal["done", "duplicate", "skipped", "failed"]
Stage = Literal["scan", "read", "extract", "commit"]


class RunReason(StrEnum):
    """Reasons that arise after reading. The value is stored in fact bases: it never changes."""

    SAME_DOCUMENT = "same-document"
    SAME_TEXT = "same-text"
    EXTRACTION_FAILED = "extraction-failed"
    CRASHED = "crashed"
    HUNG = "hung"
    OUT_OF_MEMORY = "out-of-memory"
    WORKER_LOST = "worker-lost"


_EXPLANATIONS: dict[str, tuple[str, str]] = {
    RunReason.SAME_DOCUMENT: (
        "Cùng mã và cùng nội dung với một tài liệu đã có: không lưu thêm lần nữa.",
        "The same identifier and the same text as a document already there: not stored again.",
    ),
    RunReason.SAME_TEXT: (
        "Nội dung giống hệt một tài liệu khác: vẫn được lưu, nhưng không tính là nguồn mới.",
        "The same text as another document: it is kept, but counts as no new source.",
    ),
    RunReason.CRASHED: (
        "Tiến trình xử lý bị hỏng hai lần ở đúng chỗ này: nhiều khả năng tệp hỏng; hãy lưu lại ở dạng khác.",
        "The process that worked on it crashed twice here: the file is probably damaged; save it in another form.",
    ),
    RunReason.HUNG: (
        "Quá lâu không có dấu hiệu tiến triển nên đã dừng: hãy tách tệp, hoặc cho thêm thời gian bằng --timeout.",
        "It showed no progress for too long and was stopped: split the file, or allow more time with --timeout.",
    ),
    RunReason.OUT_OF_MEMORY: (
        "Cần nhiều bộ nhớ hơn mức cho phép: hãy tách tệp, hoặc cho thêm bộ nhớ bằng --memory.",
        "It needs more memory than it may have: split the file, or allow more with --memory.",
    ),
    RunReason.WORKER_LOST: (
        "Các máy của cụm bị mất nhiều lần khi xử lý phần này: chạy lại với --retry.",
        "Machines of the cluster were lost again and again while they worked on it: run again with --retry.",
    ),
    RunReason.EXTRACTION_FAILED: (
        "Chương trình gặp lỗi khi trích xuất tài liệu này: xin gửi tài liệu và dòng chi tiết cho người phát triển.",
        "The program failed on this document: please send it with the detail shown to the developers.",
    ),
}


def explain(reason: str) -> tuple[str, str]:
    """What a stored reason means and what to do about it, in Vietnamese and in English."""
    if reason in _EXPLANATIONS:
        return _EXPLANATIONS[reason]
    known = Reason(reason)
    return known.vietnamese, known.english


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one input. `reason` is None when it was done."""

    input: str
    path: str
    status: Status
    member: str | None = None
    reason: str | None = None
    detail: str | None = None
    sha256: str | None = None
    document_id: str | None = None
    file_type: str | None = None  # of the innermost file: a name of `corpus.filetypes.TYPES`; None if it was not opened
    file: int | None = None       # key of the file it came in
    stage: Stage | None = None    # at which it ended; None when it was done
    seconds: float | None = None  # to read it and to extract from it
    memory: int | None = None     # bytes: most memory of the worker meanwhile
    run: int | None = None        # key of the run
