"""What the command line calls things, in Vietnamese."""

from __future__ import annotations

STATUS = {"done": "xong", "duplicate": "trùng", "skipped": "bỏ qua", "failed": "lỗi"}

KINDS = {
    "date": "thời gian", "decree": "văn bản", "official": "cán bộ", "figure": "số liệu", "directive": "chỉ đạo",
    "event": "sự kiện", "document": "bài viết",
}

FORCES = {"order": "yêu cầu", "request": "đề nghị", "task": "nhiệm vụ tự đề ra", "promise": "cam kết"}

FIGURE_ROLES = {
    "actual": "thực hiện", "target": "chỉ tiêu", "change": "tăng/giảm", "rank": "thứ hạng", "ratio": "tỷ lệ",
    "gap": "chênh lệch", "norm": "định mức",
}
