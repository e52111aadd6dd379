"""What the command line calls things, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping

STATUS = {"done": "xong", "duplicate": "trùng", "skipped": "bỏ qua", "failed": "lỗi"}

STAGES = {"scan": "khi tìm tệp", "read": "khi đọc", "extract": "khi trích xuất", "commit": "khi lưu"}

DOING = {
    "scan": "đang tìm tệp", "read": "đang đọc", "extract": "đang trích xuất lại", "assemble": "đang tổng hợp",
}

KINDS = {
    "date": "thời gian", "decree": "văn bản", "official": "cán bộ", "figure": "số liệu", "directive": "chỉ đạo",
    "event": "sự kiện", "document": "bài viết",
}

FORCES = {"order": "yêu cầu", "request": "đề nghị", "task": "nhiệm vụ tự đề ra", "promise": "cam kết"}

FIGURE_ROLES = {
    "actual": "thực hiện", "target": "chỉ tiêu", "change": "tăng/giảm", "rank": "thứ hạng", "ratio": "tỷ lệ",
    "gap": "chênh lệch", "norm": "định mức",
}

# What an act does to another, and what is done to it.
RELATIONS = {
    "based_on": "căn cứ", "amends": "sửa đổi", "replaces": "thay thế", "repeals": "bãi bỏ", "guides": "hướng dẫn",
    "promulgated_with": "ban hành kèm theo", "consolidates": "hợp nhất", "corrects": "đính chính",
}
RELATIONS_PASSIVE = {
    "based_on": "làm căn cứ cho", "amends": "được sửa đổi bởi", "replaces": "được thay thế bởi",
    "repeals": "bị bãi bỏ bởi", "guides": "được hướng dẫn bởi", "promulgated_with": "ban hành kèm theo nó là",
    "consolidates": "được hợp nhất trong", "corrects": "được đính chính bởi",
}
DOCUMENT_KINDS = {"news": "bài viết", "notice": "văn bản"}

# Fields of a document and parts of a notice; one that is not named here is shown under its own name.
FIELDS = {
    "id": "mã", "file_type": "loại tệp", "kind": "thể loại", "title": "tiêu đề", "date": "ngày", "author": "tác giả",
    "source": "nguồn", "url": "địa chỉ", "encoding": "bảng mã",
}
NOTICE_PARTS = {
    "parent": "cơ quan cấp trên", "organ": "cơ quan ban hành", "number": "số, ký hiệu", "place": "nơi ban hành",
    "date": "ngày ban hành", "doc_type": "loại văn bản", "subject": "trích yếu", "bases": "căn cứ",
    "addressees": "kính gửi", "recipients": "nơi nhận", "power": "quyền ký", "signer_title": "chức vụ người ký",
    "signer": "người ký", "signers": "những người ký", "signer_titles": "chức vụ những người ký", "annexes": "phụ lục",
    "footnotes": "chú thích", "attestation": "xác thực", "not_before": "ban hành không sớm hơn",
    "not_after": "ban hành không muộn hơn",
}
METADATA = {
    "date": "ngày, như nguồn ghi", "page_head": "đầu mỗi trang", "captured": "ngày thu trang",
    "capture": "việc thu trang", "canonical": "địa chỉ trang tự nêu", "To": "người nhận thư", "Message-ID": "mã thư",
    "tracked_deletions": "đoạn đã đánh dấu xóa", "hidden_passages": "đoạn ẩn, không đọc",
    "comments": "lời ghi chú, không đọc", "truncated": "bị cắt cụt",
    "date_window": "ban hành trong khoảng",
}
PROBLEMS = {
    "file": "cơ sở dữ kiện", "text": "văn bản đã lưu", "quote": "trích dẫn", "fact": "dữ kiện", "source": "tệp gốc",
    "mapping": "bảng đặt tên cột", "missing": "không tìm thấy",
}
READINGS = {"text": "chữ có sẵn", "ocr": "nhận dạng từ ảnh"}
UNSURE_FIGURES = "chữ số chưa chắc"

DATE_RULES = {
    "stated": "trường ngày của bản ghi", "front-matter": "phần khai báo đầu tệp", "date-line": "dòng ngày trong bài",
    "notice-head": "đầu văn bản", "notice-adopted": "câu thông qua ở cuối văn bản", "mail-date": "trường ngày của thư",
    "html-json-ld": "khai báo của trang (JSON-LD)", "html-meta": "khai báo của trang (meta)",
    "html-time": "thẻ thời gian của trang",
}


def ledger(counts: Mapping[str, int]) -> str:
    """`5 đầu vào: 4 xong, 0 trùng, 0 bỏ qua, 1 lỗi`: how a build and `status` sum up outcomes."""
    shown = ", ".join(f"{figure(counts.get(status, 0))} {label}" for status, label in STATUS.items())
    return f"{figure(sum(counts.values()))} đầu vào: {shown}"


def amount(number: float) -> str:
    """`12`, `1,5`, `0,03`, as Vietnamese readers write it."""
    return f"{number:.2f}".rstrip("0").rstrip(".").replace(".", ",") if number < 10 else figure(round(number))


def figure(number: int) -> str:
    """`12.345`, as Vietnamese readers write it."""
    return f"{number:,}".replace(",", ".")
