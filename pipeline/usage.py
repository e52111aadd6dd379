"""The option parser in Vietnamese.

typer states its messages in English and has no catalogue for them (only a part goes through gettext), so what it
would print is put into Vietnamese line by line; a message of a later typer that is not known here stays as it is.
"""

from __future__ import annotations

import errno
import io
import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

# The parser's errors: typer names only this one of them, the others are its relatives.
USAGE_ERRORS: type[Exception] = typer.BadParameter.__mro__[2]

_PHRASES: tuple[tuple[str, str], ...] = (  # as typer says it, in what it prints; as we do
    (r"^Usage: ", "Cách dùng: "),
    (r"^Try '(.+)' for help\.$", r"Xem hướng dẫn: \1"),
    (r"^Options:$", "Tùy chọn:"),
    (r"^Arguments:$", "Đối số:"),
    (r"^Commands:$", "Lệnh:"),
    (r"Show this message and exit\.", "Hiện hướng dẫn này."),
    (r" <path>", " " * 7),
    (r" <str>", " " * 6),
    (r"\[required\]", "[bắt buộc]"),
    (r"; required\]", "; bắt buộc]"),
    (r"\[default: ", "[mặc định: "),
    (r"^Error: ", "Lỗi: "),
    (r"Missing argument (.+?)\.", r"thiếu đối số \1."),
    (r"Missing option (.+?)\.", r"thiếu tùy chọn \1."),
    (r"Missing parameter: ", "thiếu "),
    (r"Missing command\.", "thiếu tên lệnh."),
    (r"Invalid value for (.+?): ", r"giá trị không hợp lệ cho \1: "),
    (r"Invalid value: ", ""),
    (r"No such command (.+?)\.", r"không có lệnh \1."),
    (r"No such option: (\S+)", r"không có tùy chọn \1"),
    (r"\(Possible options: (.+)\)", r"(có thể là: \1)"),
    (r"Did you mean (.+)\?", r"có phải là \1?"),
    (r"Got unexpected extra arguments? ?(?:\(s\) )?\((.+)\)", r"thừa đối số: \1"),
    (r"Option (\S+) requires (?:an argument|\d+ arguments)\.?", r"tùy chọn \1 cần một giá trị."),
    (r"Option (\S+) does not take a value\.?", r"tùy chọn \1 không nhận giá trị."),
    (r"Value error, ", ""),
    (r"(\S+) is not one of (.+)$", r"\1 không phải là một trong: \2"),
    (r"Input should be a valid integer, unable to parse string as an integer", "phải là số nguyên"),
    (r"(\S+) is not a valid integer(?: range)?\.", r"\1 không phải là số nguyên."),
    (r"Input should be greater than or equal to (\S+)", r"phải từ \1 trở lên"),
    (r"(\S+) is not in the range x>=(\d+)\.", r"phải từ \2 trở lên."),
    # Errors of ours: Python programs read them in English.
    (r"^(\w+): (.+) is not installed; install it with: (.+)$", r"\1: chưa cài \2; hãy cài bằng: \3"),
    (r"no such file or folder", "không có tệp hoặc thư mục này"),
    (r"no such fact base; make one with `sulieu build INPUT -o (.+)`",
     r"không có cơ sở dữ kiện này; hãy lập bằng: sulieu build ĐẦU_VÀO -o \1"),
    (r"cannot be written \((?:no file can be made|unable to open database file|Permission denied|"
     r"attempt to write a readonly database|Operation not permitted)\); choose another place with -o",
     "không tạo được tệp ở đó, vì không có quyền ghi hoặc nơi ấy không nhận tệp; hãy chọn nơi khác với -o"),
    (r"cannot be written \((?:database or disk is full|No space left on device)\); choose another place with -o",
     "không ghi được, vì đĩa đã đầy; hãy dọn chỗ hoặc chọn nơi khác với -o"),
    (r"cannot be written \(Not a directory\); choose another place with -o",
     "không ghi được, vì trên đường dẫn có một tệp đứng ở chỗ của thư mục; hãy chọn nơi khác với -o"),
    (r"cannot be written \((.+)\); choose another place with -o", r"không ghi được (\1); hãy chọn nơi khác với -o"),
    (r"another build is at work on it; wait for its end", "một lần lập khác đang chạy trên đó; hãy chờ nó xong"),
    (r"nothing more can be stored \((.+)\); make room there and run the same command again: it goes on from here",
     r"không lưu thêm được nữa (\1); hãy dọn chỗ trên đĩa rồi chạy lại đúng lệnh này để làm tiếp"),
    (r"the folder for temporary files is full or cannot be written \((.+)\); make room, or name another in TMPDIR, and "
     r"run the same command again",
     r"thư mục tạm đã đầy hoặc không ghi được (\1); hãy dọn chỗ hoặc đặt thư mục khác trong TMPDIR, rồi chạy lại đúng "
     "lệnh này"),
    (r"no process can be started \((?:python cannot be started again: )?(.+)\); make room for it and run the same "
     r"command again",
     r"không mở thêm được tiến trình nào (\1); hãy dọn chỗ cho nó (bộ nhớ, thư mục tạm) rồi chạy lại đúng lệnh này"),
    (r"another program is writing to it; close it and run the same command again",
     "chương trình khác đang ghi vào đó; hãy đóng nó rồi chạy lại đúng lệnh này"),
    (r"--cluster needs dask\.distributed: ", "--cluster cần dask.distributed: "),
    (r"no dask scheduler answers there; start one with: ", "không có bộ điều phối dask nào trả lời; hãy bật bằng: "),
    (r"the cluster has no workers; start some with: ", "cụm chưa có máy làm việc nào; hãy bật bằng: "),
    (r"the cluster has lost all its workers; start some and run the same command again",
     "cụm không còn máy làm việc nào; hãy bật lại rồi chạy lại đúng lệnh này"),
    (r"the connection to the cluster was lost; run the same command again",
     "mất kết nối với cụm; hãy chạy lại đúng lệnh này"),
    (r"sulieu is not installed on this worker; install the same version there",
     "máy này chưa cài sulieu; hãy cài đúng phiên bản này trên đó"),
    (r"^a worker has ", "một máy của cụm có "),
    (r": has (.+); install the same versions there", r": có \1; hãy cài cùng phiên bản trên đó"),
    (r"; install the same versions there", "; hãy cài cùng phiên bản trên đó"),
    (r"\(here (\S+)\)", r"(ở đây \1)"),
    (r"a worker does not see this folder; put the archive where all machines see it",
     "một máy của cụm không thấy thư mục này; hãy đặt kho ở nơi mọi máy cùng thấy"),
    (r"is not a fact base; choose another name with -o", "không phải cơ sở dữ kiện; hãy chọn tên khác với -o"),
    (r"is not a fact base \((.+)\)", r"không phải cơ sở dữ kiện (\1)"),
    (r"is a database, but not a fact base of sulieu", "là cơ sở dữ liệu, nhưng không phải cơ sở dữ kiện của sulieu"),
    (r"Parquet needs the package pyarrow", "Dạng parquet cần gói pyarrow"),
    (r"needs the package (\S+): pip install (.+)", r"cần gói \1: pip install \2"),
    (r"holds a password or a signature, which would be stored; give it through the environment or the configuration of"
     r" fsspec", "có mật khẩu hoặc chữ ký, mà địa chỉ thì được lưu lại; hãy khai báo chúng trong biến môi trường hoặc"
     " trong cấu hình của fsspec"),
    (r"one address at a time; containers are read as they are",
     "mỗi lần chỉ một địa chỉ; tệp nén cứ để nguyên, chương trình tự mở"),
    (r"was made by another version \(schema (\d+), this one reads (\d+)\); build it anew",
     r"do phiên bản khác lập (lược đồ \1, phiên bản này đọc \2); hãy lập lại bằng sulieu build với tên mới"),
    (r"(\S+|'.+') is not a day; write the anniversary as (\S+)", r"\1 không phải là ngày; hãy viết như \2"),
    (r"(\S+|'.+') is not a date; write a year, month or day such as (.+), (\S+) or (\S+)",
     r"\1 không phải là ngày tháng; hãy viết năm, tháng hoặc ngày như \2, \3 hoặc \4"),
    (r"the topic holds no word; give a phrase such as", "chủ đề không có chữ nào; hãy viết một cụm từ như"),
    (r"the query (.+) holds no word to look for; see", r"câu hỏi \1 không có từ nào để tìm; xem"),
    (r"the query has (\d+) characters; ask with (\d+) at most", r"câu hỏi dài \1 ký tự; tối đa \2"),
    (r"the query has more than (\d+) words; ask with fewer", r"câu hỏi có hơn \1 từ; hãy hỏi ngắn hơn"),
    (r"(\S+) asks for too much; put (\d+) letters or more before the \*",
     r"\1 quá rộng; hãy viết ít nhất \2 chữ cái trước dấu *"),
    (r"documents are found by their words: give a query", "bài viết được tìm theo từ: hãy cho từ cần tìm"),
    (r"nothing is asked for: give words, a kind or a filter", "chưa hỏi gì: hãy cho từ, loại dữ kiện hoặc bộ lọc"),
    (r"the span of time ends before it begins: ", "khoảng thời gian kết thúc trước khi bắt đầu: "),
    (r"\bfrom: (?=(?:\S+|'.+') is no date)", "--from: "),
    (r"\bto: (?=(?:\S+|'.+') is no date)", "--to: "),
    (r"([\w-]+): (\S+|'.+') is no date; write .+", r"\1: \2 không phải là ngày tháng; hãy viết như 1946-07-19"),
    (r"the filter (\w+) (.+) holds no word", r"bộ lọc \1 \2 không có từ nào"),
    (r"the filter decree (.+) names no decree; write (.+) or (.+)",
     r"bộ lọc decree \1 không nêu văn bản nào; hãy viết như \2 hoặc \3"),
)
_NO_WRITING = {   # errors of the system that are no fault of the program
    errno.EACCES: "không có quyền ghi hoặc đọc ở đó; hãy chọn nơi khác",
    errno.EPERM: "không có quyền ghi hoặc đọc ở đó; hãy chọn nơi khác",
    errno.EROFS: "nơi ấy chỉ đọc được; hãy chọn nơi khác với -o",
    errno.ENOSPC: "đĩa đã đầy; hãy dọn chỗ hoặc chọn nơi khác với -o",
    errno.EDQUOT: "đã hết phần đĩa được dùng; hãy dọn chỗ hoặc chọn nơi khác với -o",
    errno.ENAMETOOLONG: "tên tệp quá dài; hãy chọn tên ngắn hơn",
}
_KNOWN = tuple((re.compile(said, re.MULTILINE), ours) for said, ours in _PHRASES)


def in_vietnamese(said: str) -> str:
    """What typer says, in Vietnamese as far as it is known.

    >>> in_vietnamese("Error: Missing argument 'FILE'.")
    "Lỗi: thiếu đối số 'FILE'."
    """
    for pattern, ours in _KNOWN:
        said = pattern.sub(ours, said)
    return said


def no_writing(error: OSError) -> str | None:
    """What a reader can do about an error of the system; None for one that he can do nothing about."""
    told = _NO_WRITING.get(error.errno or 0)
    return told and (f"{error.filename}: {told}" if error.filename else told)


def complain(error: Any) -> int:
    """Print one of USAGE_ERRORS; its exit code."""
    said = io.StringIO()
    error.show(file=said)
    typer.echo(in_vietnamese(said.getvalue()), err=True, nl=False)
    return int(error.exit_code)


class Command(TyperCommand):
    """A command whose help is in Vietnamese."""

    def get_help(self, ctx: typer.Context) -> str:
        """The text of `--help`."""
        return in_vietnamese(super().get_help(ctx))


class Commands(TyperGroup):
    """A group of commands whose help is in Vietnamese."""

    def get_help(self, ctx: typer.Context) -> str:
        """The text of `--help`."""
        return in_vietnamese(super().get_help(ctx))
