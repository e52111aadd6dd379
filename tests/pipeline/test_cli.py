"""The command line: results on standard output, complaints on standard error, exit codes that scripts rely on."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, fields
from pathlib import Path
from unittest.mock import patch

import pytest

import corpus
from corpus.document import Document, Notice, Page
from corpus.errors import Reason
from outputs.factbase.store import SCHEMA_VERSION
from pipeline.cli import main
from pipeline.command import app
from pipeline.labels import DATE_RULES, NOTICE_PARTS
from pipeline.show_documents import show_documents
from pipeline.usage import in_vietnamese

ARTICLE = (
    "Hội nghị về phân loại án\n\n04/07/2018\n"
    "Chiều 2/7, Tổng cục Thi hành án dân sự tổ chức hội nghị tại Hải Phòng.\n"
    "Bộ Tư pháp yêu cầu các Cục Thi hành án dân sự rà soát, phân loại án trước ngày 30/9/2018.\n"
)


@dataclass
class Done:
    """What a run of the program left behind."""

    returncode: int
    stdout: str
    stderr: str


def sulieu(*arguments: object, cwd: Path | None = None) -> Done:
    """Run the command line as its entry point does, within this process: starting one costs a second each."""
    out, err = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out), redirect_stderr(err), chdir(cwd or Path.cwd()),
        patch.object(sys, "argv", ["sulieu", *map(str, arguments)]),
    ):
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("archive")
    (path / "hoi-nghi.txt").write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def facts(folder, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("out") / "facts.db"
    done = sulieu("build", folder, "-o", target)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "1 đầu vào: 1 xong, 0 trùng, 0 bỏ qua, 0 lỗi" in done.stderr
    return target


def test_export_quotes_the_text(facts):
    lines = [json.loads(line) for line in sulieu("export", facts).stdout.splitlines()]
    assert {"date", "directive", "event"} <= {line["kind"] for line in lines}
    assert all(ARTICLE[line["start"] : line["end"]] == line["text"] for line in lines)


@pytest.mark.parametrize("query", ["phan loai an", "phân loại án"])
def test_search_with_and_without_marks(facts, query):
    done = sulieu("search", facts, query, "--kind", "directive")
    assert "**phân loại án**" in done.stdout
    assert "hoi-nghi.txt" in done.stdout


def test_search_with_other_marks_finds_nothing(facts):
    assert sulieu("search", facts, "phản loài ăn", "--json").stdout.strip() == "[]"


def test_a_hit_shows_the_days_that_its_source_states_and_no_others(facts):
    shown = sulieu("search", facts, "phân loại án", "--kind", "directive").stdout
    assert "hạn: 2018-09-30" in shown
    assert "tài liệu ngày 2018-07-04" in shown


def test_a_figure_is_found_by_what_it_measures(tmp_path):
    (tmp_path / "a.txt").write_text("Năm 2018, số vụ tai nạn giao thông là 18.736 vụ.", encoding="utf-8")
    sulieu("build", tmp_path / "a.txt", "-o", tmp_path / "f.db")
    assert "18.736 vụ" in sulieu("search", tmp_path / "f.db", "tai nạn", "--kind", "figure").stdout


@pytest.mark.parametrize("command", ["people", "decrees", "figures", "status", "topics"])
def test_tables_and_their_json(facts, command):
    assert sulieu(command, facts).returncode == 0
    json.loads(sulieu(command, facts, "--json").stdout)


@pytest.mark.parametrize("form", ["html", "json", "csv", "timelinejs", "ics"])
def test_timeline(facts, form):
    assert "2018" in sulieu("timeline", facts, "--format", form).stdout


@pytest.mark.parametrize("form", ["md", "html"])
def test_history(facts, form, tmp_path):
    done = sulieu("history", facts, "--topic", "thi hành án dân sự", "--format", form, "-o", tmp_path / "history")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "history").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["csv", "webannotation"])
def test_other_exports(facts, form):
    assert "phân loại án" in sulieu("export", facts, "--format", form).stdout


def test_excel_needs_a_name(facts, tmp_path):
    assert sulieu("export", facts, "--format", "xlsx").returncode == 2
    assert sulieu("export", facts, "--format", "xlsx", "-o", tmp_path / "facts.xlsx").returncode == 0
    assert (tmp_path / "facts.xlsx").read_bytes().startswith(b"PK")


def test_extract_and_read_need_no_fact_base(folder):
    file = folder / "hoi-nghi.txt"
    assert json.loads(sulieu("read", file, "--json").stdout)["date"] == "2018-07-04"
    assert {json.loads(line)["kind"] for line in sulieu("extract", file).stdout.splitlines()} >= {"date", "event"}


def test_verify_finds_a_changed_source(facts, folder, tmp_path):
    assert sulieu("verify", facts, folder).returncode == 0
    (tmp_path / "hoi-nghi.txt").write_text("khác", encoding="utf-8")
    done = sulieu("verify", facts, tmp_path)
    assert done.returncode == 3
    assert "tệp gốc: hoi-nghi.txt: hoi-nghi.txt không còn là tệp đã đọc" in done.stdout


def test_verify_counts_what_is_missing_apart_from_what_is_wrong(facts, tmp_path):
    (tmp_path / "trong").mkdir()
    done = sulieu("verify", facts, tmp_path / "trong")
    assert done.returncode == 3
    assert "không tìm thấy: " in done.stdout
    assert re.search(r"kiểm tra, 0 sai lệch, [1-9]\d* tệp gốc không tìm thấy", done.stderr)


def test_failed_inputs_end_with_code_3_and_are_named(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rong.txt").write_bytes(b"")
    (tmp_path / "in" / "tot.txt").write_text(ARTICLE, encoding="utf-8")
    assert sulieu("build", tmp_path / "in", "-o", tmp_path / "f.db").returncode == 3
    assert "rong.txt" in sulieu("status", tmp_path / "f.db").stdout


@pytest.mark.parametrize("arguments, says", [
    (["search", "nowhere.db", "án"], "không có cơ sở dữ kiện này; hãy lập bằng: sulieu build ĐẦU_VÀO -o nowhere.db"),
    (["build", "nowhere", "-o", "f.db"], "nowhere: không có tệp hoặc thư mục này"),
    (["build"], "Lỗi: thiếu tùy chọn '-o' / '--output'."),
    (["build", "--retry", "-o", "nowhere.db"], "nowhere.db: chưa có cơ sở dữ kiện này, nên chưa có gì để đọc lại"),
    (["build", "FOLDER", "-o", "f.db", "--reason", "empty"], "--reason chỉ dùng cùng --retry"),
    (["build", "-o", "f.db"], "Lỗi: thiếu đầu vào: cho tên tệp hoặc thư mục cần đọc"),
    (["build", "-o", "f.db", "--retry", "--reason", "bad"], "cho --reason: 'bad' không phải là một trong: unread"),
    (["build", "FACTS"], "Lỗi: thiếu tùy chọn '-o' / '--output'."),
    (["timeline", "f.db", "--format", "pdf"], "cho '--format': 'pdf' không phải là một trong: 'html', 'json'"),
    (["unknown"], "Lỗi: không có lệnh 'unknown'."),
    (["read", "a", "b"], "Lỗi: thừa đối số: b"),
    (["read", "a", "--all"], "Lỗi: không có tùy chọn --all"),
    (["read", "a", "--only"], "Lỗi: tùy chọn '--only' cần một giá trị."),
    (["read", "a", "--json=1"], "Lỗi: tùy chọn '--json' không nhận giá trị."),
    (["read", "nowhere"], "sulieu: nowhere: không có tệp hoặc thư mục này"),
    (["read", "FOLDER"], "là thư mục; lệnh này đọc một tệp"),
    (["search", "FACTS", "--limit", "x"], "cho '--limit': phải là số nguyên"),
    (["search", "FACTS", "--limit", "0"], "cho '--limit': phải từ 1 trở lên"),
    (["status", "FACTS", "--type", "dok"], "cho --type: 'dok' không phải là một trong: "),
    (["status", "FACTS", "--reason", "bad"], "cho --reason: 'bad' không phải là một trong: unreadable, "),
    (["status", "FOLDER/hoi-nghi.txt"], "không phải cơ sở dữ kiện"),
    (["timeline", "FACTS", "--from", "hôm qua"], "'hôm qua' không phải là ngày tháng; hãy viết năm, tháng hoặc ngày"),
    (["search", "FACTS", "án", "--from", "hôm qua"], "--from: 'hôm qua' không phải là ngày tháng"),
    (["history", "FACTS", "--anniversary", "19/7/1946"], "'19/7/1946' không phải là ngày; hãy viết như 1946-07-19"),
    (["history", "FACTS", "--topic", "!!!"], "chủ đề không có chữ nào; hãy viết một cụm từ"),
    (["search", "FACTS", "("], "không có từ nào để tìm"),
    (["search", "FACTS"], "chưa hỏi gì: hãy cho từ, loại dữ kiện hoặc bộ lọc"),
    (["search", "FACTS", "án", "--from", "2020", "--to", "2019"], "kết thúc trước khi bắt đầu"),
    (["search", "FACTS", "--decree", "???"], "bộ lọc"),
])
def test_usage_errors_end_with_code_2_and_one_clear_message(arguments, says, facts, folder, tmp_path):
    given = [word.replace("FACTS", str(facts)).replace("FOLDER", str(folder)) for word in arguments]
    done = sulieu(*given, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_early_is_no_error(facts):
    command = f'"{sys.executable}" -m pipeline export "{facts}" | head -n 1'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


# `read` and `status` on files of several types


@pytest.fixture(scope="module")
def mixed(tmp_path_factory) -> Path:
    """A zip with whole, empty and broken members, lines of which one is broken, an empty file, a link."""
    path = tmp_path_factory.mktemp("mixed")
    with zipfile.ZipFile(path / "bo.zip", "w") as container:
        container.writestr("hong.pdf", b"%PDF-1.7 nothing")
        container.writestr("2003/tot.txt", ARTICLE)
        container.writestr("rong.txt", "")
    lines = [json.dumps({"id": name, "title": f"Tin {name}", "text": f"Nội dung {name}."}) for name in "ab"]
    (path / "tin.jsonl").write_text("\n".join([lines[0], "{not json", lines[1]]), encoding="utf-8")
    (path / "rong.txt").write_bytes(b"")
    (path / "tot.txt").symlink_to(path / "tin.jsonl")
    return path


@pytest.fixture(scope="module")
def mixed_facts(mixed, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("out") / "mixed.db"
    sulieu("build", mixed, "-o", target)
    return target


def test_one_document_is_shown_in_full(folder):
    done = sulieu("read", folder / "hoi-nghi.txt")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:3] == ["mã: hoi-nghi.txt", "loại tệp: text", "thể loại: bài viết"]
    assert "ngày: 2018-07-04 (theo dòng ngày trong bài)" in lines
    assert done.stdout.endswith(f"\n\n{ARTICLE}\n")


def test_several_documents_are_listed_and_what_was_not_read_is_named(mixed):
    done = sulieu("read", mixed / "tin.jsonl")
    assert done.returncode == 3
    assert done.stdout.splitlines() == [
        "a · jsonl · bài viết · không rõ ngày · Tin a · 11 ký tự",
        "b · jsonl · bài viết · không rõ ngày · Tin b · 11 ký tự",
        "2 tài liệu; 1 phần không đọc được. Xem trọn một tài liệu: --only MÃ",
    ]
    assert done.stderr.startswith("không đọc được tin.jsonl#2: bad-record (")
    assert Reason.BAD_RECORD.vietnamese in done.stderr


@pytest.mark.parametrize("name, code, out, err", [
    ("bo.zip", 3, "mã: bo.zip#2003/tot.txt", "không đọc được bo.zip#rong.txt: empty"),
    ("rong.txt", 3, "", "không đọc được rong.txt: empty"),
    ("tot.txt", 3, "", "không đọc được tot.txt: link"),
])
def test_files_with_nothing_or_not_all_to_read(mixed, name, code, out, err):
    done = sulieu("read", mixed / name)
    assert done.returncode == code
    assert out in done.stdout and err in done.stderr


def test_a_broken_mapping_beside_a_file_is_told(tmp_path):
    (tmp_path / "tin.jsonl").write_text(json.dumps({"text": ARTICLE}), encoding="utf-8")
    (tmp_path / "sulieu-columns.tsv").write_text("field\tcolumn\nnoi_dung\ta\n", encoding="utf-8")
    done = sulieu("read", tmp_path / "tin.jsonl")
    assert done.returncode == 0
    assert "sulieu-columns.tsv: dòng 2: field phải là một trong id, text" in done.stderr


@pytest.mark.parametrize("asked", ["b", "3", "tin.jsonl#3"])
def test_one_of_many_documents_is_chosen_by_id_or_place(mixed, asked):
    done = sulieu("read", mixed / "tin.jsonl", "--only", asked)
    assert done.returncode == 0
    assert "tiêu đề: Tin b" in done.stdout and "Tin a" not in done.stdout


def test_a_document_that_is_not_there_is_a_usage_error(mixed):
    done = sulieu("read", mixed / "tin.jsonl", "--only", "c")
    assert done.returncode == 2 and "mang mã c" in done.stderr


def test_json_of_several_documents_is_an_object_a_line(mixed):
    results = [json.loads(line) for line in sulieu("read", mixed / "bo.zip", "--json").stdout.splitlines()]
    assert [(one["file_type"], one.get("reason")) for one in results] == [
        ("pdf", "truncated"), ("text", None), ("text", "empty"),
    ]


def test_pages_are_shown_with_how_they_were_read():
    pages = (Page(0, 1, "text"), Page(9, 2, "ocr", 87.4))
    out = io.StringIO()
    with redirect_stdout(out):
        show_documents([Document(id="a.pdf", text="Trang một trang hai", pages=pages)], as_json=False)
    lines = out.getvalue().splitlines()
    assert "  1. chữ có sẵn · từ ký tự 0 · Trang một" in lines
    assert "  2. nhận dạng từ ảnh, độ tin cậy 87 · từ ký tự 9 · trang hai" in lines
    assert "tiêu đề: không nêu" in lines and "ngày: không nêu" in lines


def test_status_groups_by_type_and_reason(mixed_facts):
    shown = sulieu("status", mixed_facts).stdout
    rows = [line.split() for line in shown.splitlines()]
    for row in (["jsonl", "2", "0", "0", "1"], ["text", "1", "0", "0", "2"], ["pdf", "0", "0", "0", "1"]):
        assert row in rows
    assert "lỗi khi đọc · text · empty: 2 (trong đó 1 chỉ là một phần của tệp" in shown
    assert Reason.EMPTY.vietnamese in shown
    assert "  - bo.zip#rong.txt (0 byte)" in shown


def test_status_lists_every_input_of_a_group(mixed_facts, tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(12):
        (tmp_path / "in" / f"{number}.txt").write_bytes(b"")
    target = tmp_path / "f.db"
    sulieu("build", tmp_path / "in", "-o", target)
    short = sulieu("status", target).stdout
    assert f"… và 2 đầu vào khác; xem cả: sulieu status {target} --type text --reason empty" in short
    whole = sulieu("status", target, "--type", "text", "--type", "doc", "--reason", "empty").stdout
    assert all(f"  - {number}.txt (0 byte)" in whole for number in range(12))
    assert "không có đầu vào nào như vậy" in sulieu("status", target, "--type", "doc").stdout
    assert "  - tot.txt" in sulieu("status", mixed_facts, "--type", "unknown").stdout


def test_status_of_a_type_lists_what_was_done_too_without_regard_to_capitals(mixed_facts):
    shown = sulieu("status", mixed_facts, "--type", "JsonL").stdout
    assert "\nxong · jsonl: 2\n  - tin.jsonl#1\n  - tin.jsonl#3\n" in shown
    assert "lỗi khi đọc · jsonl · bad-record: 1" in shown and "  - tin.jsonl#2 (" in shown
    assert "rong.txt" in sulieu("status", mixed_facts, "--reason", "EMPTY").stdout


def test_status_as_json_holds_the_same(mixed_facts):
    status = json.loads(sulieu("status", mixed_facts, "--json", "--reason", "empty").stdout)
    assert [(row["file_type"], row["counts"]["failed"]) for row in status["types"]] == [("text", 2)]
    assert [(row["file_type"], row["reason"], row["inputs"], row["parts"]) for row in status["reasons"]] == [
        ("text", "empty", 2, 1)
    ]
    assert [(one["input"], one["part"]) for one in status["listed"]] == [("bo.zip#rong.txt", True), ("rong.txt", False)]


def test_help_is_vietnamese(facts):
    commands = re.findall(r"^  ([a-z]+) ", sulieu("--help").stdout, flags=re.MULTILINE)
    assert len(commands) == len(app.registered_commands)
    for arguments in ([], *([command] for command in commands)):
        words = sulieu(*arguments, "--help").stdout
        assert "Cách dùng: sulieu" in words
        assert not re.search(r"\b(?:Usage|Options|Arguments|Commands|Show|required|default|path|text|integer)\b", words)


def test_every_field_of_a_notice_and_rule_of_a_date_has_a_vietnamese_name():
    assert {part.name for part in fields(Notice)} <= NOTICE_PARTS.keys()
    sources = [path.read_text(encoding="utf-8") for path in Path(corpus.__file__).parent.rglob("*.py")]
    stated = {rule for text in sources for rule in re.findall(r'"((?:html|date|notice|mail|front)-[a-z-]+)"', text)}
    assert stated & DATE_RULES.keys() >= {"notice-head", "html-meta"}
    assert stated <= DATE_RULES.keys()


def test_the_version_names_the_program_and_the_schema():
    done = sulieu("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(rf"sulieu \S+ · lược đồ cơ sở dữ kiện {SCHEMA_VERSION}\n", done.stdout)


@pytest.mark.parametrize("arguments", [
    ("timeline", "FACTS"), ("history", "FACTS"), ("anniversaries", "FACTS", "--year", "2026", "--format", "csv"),
    ("export", "FACTS"), ("export", "FACTS", "--format", "xlsx"), ("build", "FACTS"),
])
def test_a_folder_is_no_file_to_write(arguments, facts, tmp_path):
    done = sulieu(*(facts if one == "FACTS" else one for one in arguments), "-o", tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path} là thư mục" in " ".join(done.stderr.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["timeline", "history", "export"])
def test_a_file_in_no_folder_is_refused_with_what_to_do(command, facts, tmp_path):
    done = sulieu(command, facts, "-o", tmp_path / "khong-co" / "a.md")
    assert done.returncode == 2
    assert "không có thư mục" in done.stderr
    assert "hãy tạo nó" in done.stderr


@pytest.mark.parametrize("said", [
    "f.db: cannot be written (no file can be made); choose another place with -o",
    "f.db: cannot be written (unable to open database file); choose another place with -o",
    "f.db: cannot be written (Permission denied); choose another place with -o",
])
def test_a_place_that_takes_no_file_is_told_in_vietnamese(said):
    assert in_vietnamese(said) == (
        "f.db: không tạo được tệp ở đó, vì không có quyền ghi hoặc nơi ấy không nhận tệp; hãy chọn nơi khác với -o"
    )
