"""Why an input did not become a document: one list of reasons, each with what it means and what to do."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Reason(StrEnum):
    """Why an input was turned away. The value is stored in fact bases and printed: it never changes."""

    UNREADABLE = "unreadable"
    LINK = "link"
    EMPTY = "empty"
    NOT_TEXT = "not-text"
    ENCODING_UNKNOWN = "encoding-unknown"
    UNSUPPORTED_TYPE = "unsupported-type"
    BAD_RECORD = "bad-record"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    MISSING_PROGRAM = "missing-program"
    TIMEOUT = "timeout"
    OVER_LIMIT = "over-limit"
    HIDDEN = "hidden"
    SYSTEM_FILE = "system-file"
    OWN_FILE = "own-file"
    KILLED = "killed"
    READING_FAILED = "reading-failed"

    @property
    def english(self) -> str:
        """What it means and what to do, in English."""
        return _EXPLANATIONS[self][1]

    @property
    def vietnamese(self) -> str:
        """What it means and what to do, in Vietnamese."""
        return _EXPLANATIONS[self][0]


_EXPLANATIONS: dict[Reason, tuple[str, str]] = {
    Reason.UNREADABLE: (
        "Không đọc được tệp: kiểm tra quyền truy cập, ổ đĩa, hoặc tệp nén bị hỏng.",
        "The file cannot be read: check its permissions, the disk, or a damaged archive.",
    ),
    Reason.LINK: (
        "Liên kết tới tệp khác không được đi theo: đưa thẳng tệp hoặc thư mục gốc vào.",
        "Links are not followed: give the file or folder that it points to.",
    ),
    Reason.EMPTY: (
        "Không có nội dung: không có chữ nào, hoặc không có bài hay văn bản nào giữa những chữ khác.",
        "There is nothing to read: no words at all, or no article or document among them.",
    ),
    Reason.NOT_TEXT: (
        "Không phải văn bản: dữ liệu nhị phân hoặc ký tự điều khiển.",
        "This is not text: binary data or control characters.",
    ),
    Reason.ENCODING_UNKNOWN: (
        "Không xác định được bảng mã: hãy lưu lại tệp ở dạng UTF-8.",
        "The character encoding is not known: save the file as UTF-8.",
    ),
    Reason.UNSUPPORTED_TYPE: (
        "Không đọc loại này: nếu trong đó có bài hay văn bản, hãy lưu lại ở dạng .docx, .pdf, .html, .txt hoặc .csv.",
        "This type is not read: if it holds articles or documents, save them as .docx, .pdf, .html, .txt or .csv.",
    ),
    Reason.BAD_RECORD: (
        "Bản ghi hoặc bảng không đúng khuôn dạng, hoặc không rõ đâu là nội dung: xem docs/reading.md, mục Records.",
        "A record or table is malformed, or does not say which part is its text: see docs/reading.md, Records.",
    ),
    Reason.TRUNCATED: (
        "Bị cắt cụt: phần nào còn nguyên vẹn thì vẫn được đọc; hãy tải hoặc sao chép lại tệp.",
        "Cut short: whatever part of it is whole is read all the same; fetch or copy the file again.",
    ),
    Reason.TOO_LARGE: (
        "Quá lớn cho một tài liệu: hãy tách tệp ra.",
        "Too large for one document: split the file.",
    ),
    Reason.DAMAGED: (
        "Tệp hỏng: nội dung không theo đúng định dạng của nó; hãy tải hoặc sao chép lại tệp.",
        "The file is damaged: it does not follow its own format; fetch or copy it again.",
    ),
    Reason.ENCRYPTED: (
        "Tệp được bảo vệ bằng mật khẩu: hãy lưu lại một bản không có mật khẩu.",
        "The file is protected by a password: save a copy without one.",
    ),
    Reason.MISSING_PROGRAM: (
        "Thiếu chương trình cần để đọc loại tệp này: hãy cài chương trình được nêu tên rồi chạy lại.",
        "A program that reading this needs is not installed: install the one that is named, and run again.",
    ),
    Reason.TIMEOUT: (
        "Đọc quá lâu nên đã dừng: hãy tách tệp, hoặc chụp lại trang với độ phân giải thấp hơn.",
        "Reading took too long and was stopped: split the file, or scan the page again at a lower resolution.",
    ),
    Reason.OVER_LIMIT: (
        "Tệp nén vượt giới hạn an toàn (dung lượng, tỉ lệ nén, số lớp hoặc số tệp): hãy tự giải nén nếu tin nguồn gốc.",
        "The container exceeds a safety limit (size, ratio, depth or members): unpack it yourself if you trust it.",
    ),
    Reason.HIDDEN: (
        "Tên bắt đầu bằng dấu chấm, tức là tệp hoặc thư mục ẩn: không đọc; nếu cần đọc hãy đổi tên.",
        "Its name begins with a dot, so it is a hidden file or folder: not read; rename it if it is to be.",
    ),
    Reason.SYSTEM_FILE: (
        "Tệp do hệ điều hành hoặc phần mềm tự để lại (Thumbs.db, __MACOSX, ~$…), không phải tư liệu: không đọc.",
        "Left there by a system or a program (Thumbs.db, __MACOSX, ~$…), no document: not read.",
    ),
    Reason.OWN_FILE: (
        "Chính cơ sở dữ kiện đang lập, hoặc tệp đi kèm nó: không đọc.",
        "The fact base that is being built, or a file that goes with it: not read.",
    ),
    Reason.KILLED: (
        "Tiến trình xử lý bị bên ngoài buộc dừng hai lần ở đúng chỗ này, không phải vì thiếu bộ nhớ: chạy lại với "
        "--retry.",
        "The process that worked on it was killed twice here by someone else, not for memory: run again with --retry.",
    ),
    Reason.READING_FAILED: (
        "Chương trình gặp lỗi khi đọc phần này: xin gửi tệp và dòng chi tiết cho người phát triển.",
        "The program failed while it read this: please send the file with the detail shown to the developers.",
    ),
}


# An input with one of these is no document of the archive: it is skipped, and has not failed.
SKIPPED = frozenset({Reason.HIDDEN, Reason.SYSTEM_FILE, Reason.OWN_FILE})


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input, or a record of one, that did not become a document, and why.

    `id`, `path` and `member` are made as for a `Document`; `sha256` is of the source bytes, None where they
    could not be read to the end. `detail` says what exactly was found. `file_type` is that of the innermost file
    that could be looked into (a name of `corpus.filetypes.TYPES`), None where there was none: a link, no permission.
    """

    id: str
    path: str
    reason: Reason
    detail: str = ""
    member: str | None = None
    sha256: str | None = None
    file_type: str | None = None


class ReadError(Exception):
    """Raised inside a reader; `corpus.read.read` turns it into a `Rejected`."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


def in_one_line(error: BaseException) -> str:
    """An unforeseen error as the last line of its traceback, and where it arose: `KeyError: 'name' (warc.py:88)`."""
    *before, last = "".join(traceback.format_exception_only(error)).strip().splitlines()
    places = traceback.extract_tb(error.__traceback__)
    if before or not places:   # of another process: the place of its error is not ours
        return last.strip()
    return f"{last} ({Path(places[-1].filename).name}:{places[-1].lineno})"


class InputNotFound(FileNotFoundError):
    """A path given on the command line does not exist."""


class InputUnreachable(InputNotFound):
    """An address given on the command line cannot be looked into; it says why."""
