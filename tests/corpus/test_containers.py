"""Files inside files: every member is accounted for, named, and read as if it lay alone."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from corpus import limits
from corpus.containers.member import clean_name
from corpus.document import Document
from corpus.errors import Reason, Rejected
from corpus.limits import Budget, Limits
from tests.corpus.making import ARTICLE, lines, outcomes, page, read_bytes, tarred, zipped

TEXT = ARTICLE.encode()
MIXED = {
    "2003/a.txt": TEXT,
    "2003/b.html": page("Ngày truyền thống", "Ngày 19/7 hằng năm là Ngày truyền thống của ngành."),
    "c.jsonl": lines({"id": "r1", "text": "Bài một."}, {"text": "Bài hai."}, {"no": 1}),
}
MIXED_OUTCOMES = {
    "X#2003/a.txt": "read",
    "X#2003/b.html": "read",
    "r1": "read",
    "X#c.jsonl#2": "read",
    "X#c.jsonl#3": "bad-record",
}


def expected(name: str) -> dict[str, str]:
    return {key.replace("X", name, 1): value for key, value in MIXED_OUTCOMES.items()}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(MIXED)),
        ("a.dat", zipped(MIXED, zipfile.ZIP_STORED)),
        ("b.zip", zipped(MIXED, zipfile.ZIP_BZIP2)),
        ("a.tar", tarred(MIXED)),
        ("g.tar", tarred(MIXED, tarfile.GNU_FORMAT)),
        ("u.tar", tarred(MIXED, tarfile.USTAR_FORMAT)),
        ("a.tar.gz", gzip.compress(tarred(MIXED))),
        ("a.tgz", gzip.compress(tarred(MIXED))),
        ("a.tar.bz2", bz2.compress(tarred(MIXED))),
        ("a.tar.xz", lzma.compress(tarred(MIXED))),
        ("a.zip.gz", gzip.compress(zipped(MIXED))),
    ],
)
def test_members_are_read_in_order_under_the_containers_name(tmp_path: Path, name: str, data: bytes) -> None:
    results = read_bytes(tmp_path, name, data)
    assert outcomes(results) == expected(name)
    assert {result.path for result in results} == {name}
    assert [result.member for result in results] == ["2003/a.txt", "2003/b.html", "c.jsonl#1", "c.jsonl#2", "c.jsonl#3"]
    first = results[0]
    assert isinstance(first, Document) and first.text == ARTICLE
    assert first.sha256 == hashlib.sha256(TEXT).hexdigest()


def test_a_container_in_a_container_in_a_container(tmp_path: Path) -> None:
    packed = gzip.compress(TEXT, mtime=0)
    inner = zipped({"a.txt": TEXT, "dir/b.txt.gz": packed})
    results = read_bytes(tmp_path, "o.zip", zipped({"m.tar.gz": gzip.compress(tarred({"i.zip": inner}))}))
    assert outcomes(results) == {"o.zip#m.tar.gz#i.zip#a.txt": "read", "o.zip#m.tar.gz#i.zip#dir/b.txt.gz": "read"}
    assert results[1].member == "m.tar.gz#i.zip#dir/b.txt.gz"
    assert results[1].sha256 == hashlib.sha256(packed).hexdigest()


@pytest.mark.parametrize(("suffix", "compress"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_compression_adds_nothing_to_an_identifier(tmp_path: Path, suffix: str, compress) -> None:  # type: ignore[no-untyped-def]
    data = compress(TEXT)
    (result,) = read_bytes(tmp_path, f"a.txt.{suffix}", data)
    assert isinstance(result, Document)
    assert (result.id, result.member, result.text) == (f"a.txt.{suffix}", None, ARTICLE)
    assert result.sha256 == hashlib.sha256(data).hexdigest(), "of the file on disk"
    assert outcomes(read_bytes(tmp_path, f"b.csv.{suffix}", compress(b"id,text\nx,abc\n"))) == {"x": "read"}


def test_gzip_members_one_after_another_with_padding_are_one_stream(tmp_path: Path) -> None:
    first, second = lines({"id": "a", "text": "một"}), lines({"id": "b", "text": "hai"})
    data = gzip.compress(first) + bytes(512) + gzip.compress(second) + bytes(7)
    assert outcomes(read_bytes(tmp_path, "a.gz", data)) == {"a": "read", "b": "read"}


def test_names_met_twice_are_numbered(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for name in ("a.txt", "a~2.txt", "a.txt", "./a.txt", "b", "b"):
            archive.writestr(name, TEXT)
    found = outcomes(read_bytes(tmp_path, "a.zip", made.getvalue()))
    assert list(found) == ["a.zip#a.txt", "a.zip#a~2.txt", "a.zip#a~2~2.txt", "a.zip#a~3.txt", "a.zip#b", "a.zip#b~2"]


@pytest.mark.parametrize(
    ("stated", "cleaned"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\a.txt", "Windows/a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("..", "_"),
        ("", "_"),
        ("a\u202etxt.exe\x00.txt", "a_txt.exe_.txt"),
        ("Nghi\u0323 di\u0323nh.txt", "Nghị dịnh.txt"),
        ("a" * 2000 + ".txt", "a" * 400 + "…" + "a" * 95 + ".txt"),
    ],
)
def test_names_are_cleaned(stated: str, cleaned: str) -> None:
    assert clean_name(stated) == cleaned


def test_names_that_lead_elsewhere_write_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    found = outcomes(read_bytes(folder, "a.zip", zipped({"../../out.txt": TEXT, "/abs.txt": TEXT})))
    assert found == {"a.zip#out.txt": "read", "a.zip#abs.txt": "read"}
    assert [path.name for path in tmp_path.rglob("*.txt")] == []


@pytest.mark.parametrize(
    "raw", ["Nghị định.txt".encode(), "Nghi\u0323 đi\u0323nh.txt".encode("cp1258")], ids=["utf-8", "windows-1258"]
)
def test_names_without_a_stated_encoding(tmp_path: Path, raw: bytes) -> None:
    data = zipped({"x" * len(raw): TEXT}).replace(b"x" * len(raw), raw)
    assert outcomes(read_bytes(tmp_path, "a.zip", data)) == {"a.zip#Nghị định.txt": "read"}


def test_hidden_members_are_told_and_not_read_and_a_folder_is_one(tmp_path: Path) -> None:
    data = zipped({
        "__MACOSX/._a.txt": b"x", "__MACOSX/b/._c.txt": b"x", "b/.git/config": b"x", "b/.git/x/y": b"x", "dir/": b"",
        "a.txt": TEXT, "b/Thumbs.db": b"x",
    })
    assert outcomes(read_bytes(tmp_path, "a.zip", data)) == {
        "a.zip#a.txt": "read", "a.zip#__MACOSX": "system-file", "a.zip#b/.git": "hidden",
        "a.zip#b/Thumbs.db": "system-file",
    }


def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in (("soft", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("dev", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    found = outcomes(read_bytes(tmp_path, "a.tar", made.getvalue()))
    assert found == {"a.tar#soft": "link", "a.tar#hard": "link", "a.tar#dev": "unsupported-type", "a.tar#a.txt": "read"}

    link = zipfile.ZipInfo("soft")
    link.external_attr = 0o120777 << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zip_archive:
        zip_archive.writestr(link, "/etc/passwd")
    assert outcomes(read_bytes(tmp_path, "a.zip", made.getvalue())) == {"a.zip#soft": "link"}


def test_long_names_of_tar_files(tmp_path: Path) -> None:
    name = "/".join(["thư mục dài"] * 20) + "/a.txt"
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        assert outcomes(read_bytes(tmp_path, "a.tar", tarred({name: TEXT}, form))) == {f"a.tar#{name}": "read"}


def test_a_member_under_a_password(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT}))
    data[6] |= 1  # the flag, before the member and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert outcomes(read_bytes(tmp_path, "a.zip", bytes(data))) == {"a.zip#a.txt": "encrypted", "a.zip#b.txt": "read"}


@pytest.mark.parametrize(
    ("name", "data"), [("a.zip", zipped({})), ("a.tar.gz", gzip.compress(tarred({}))), ("b.zip", zipped({"d/": b""}))]
)
def test_a_container_without_members_is_one_rejection(tmp_path: Path, name: str, data: bytes) -> None:
    (result,) = read_bytes(tmp_path, name, data)
    assert isinstance(result, Rejected) and result.id == name


# Cut and damaged

MANY = {f"{n}.txt": f"Bài số {n}: {n * 7919 % 100003} {n * 104729 % 1000003}".encode() * 40 for n in range(30)}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(MANY)),
        ("s.zip", zipped(MANY, zipfile.ZIP_STORED)),
        ("a.tar", tarred(MANY)),
        ("a.tar.gz", gzip.compress(tarred(MANY))),
        ("a.tar.xz", lzma.compress(tarred(MANY))),
    ],
)
def test_what_is_whole_of_a_cut_container_is_read_and_the_cut_is_said(tmp_path: Path, name: str, data: bytes) -> None:
    for part in (0.3, 0.5, 0.8):
        results = read_bytes(tmp_path, name, data[: int(len(data) * part)])
        found = outcomes(results)
        assert found.pop(name) == "truncated"
        whole = [result for result in results if isinstance(result, Document)]
        assert [result.member for result in whole] == list(MANY)[: len(whole)]
        assert all(result.text.encode() == MANY[result.member or ""] for result in whole)
        assert len(whole) >= (0 if name.endswith("xz") else len(MANY) * part - 4)
        assert [reason for reason in found.values() if reason != "read"] in ([], ["truncated"])


def test_a_zip_written_as_a_stream_is_saved_too(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.made = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data) -> int:  # type: ignore[no-untyped-def,override]
            self.made += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, data in MANY.items():
            archive.writestr(name, data)
    assert set(outcomes(read_bytes(tmp_path, "a.zip", bytes(pipe.made))).values()) == {"read"}
    results = read_bytes(tmp_path, "a.zip", bytes(pipe.made[: len(pipe.made) // 2]))
    assert outcomes(results)["a.zip"] == "truncated"
    assert sum(isinstance(result, Document) for result in results) > 8


def test_a_tar_that_ends_between_members_is_cut_all_the_same(tmp_path: Path) -> None:
    data = tarred({"a.txt": TEXT}).rstrip(b"\x00")
    found = outcomes(read_bytes(tmp_path, "a.tar", data + bytes(-len(data) % 512)))
    assert found == {"a.tar#a.txt": "read", "a.tar": "truncated"}


def test_one_damaged_member_does_not_touch_the_others(tmp_path: Path) -> None:
    data = zipped({"a.txt": TEXT, "b.txt": b"x" + TEXT, "c.txt": TEXT}, zipfile.ZIP_STORED)
    data = data.replace(b"x" + TEXT, b"y" + TEXT)
    found = outcomes(read_bytes(tmp_path, "a.zip", data))
    assert found == {"a.zip#a.txt": "read", "a.zip#b.txt": "damaged", "a.zip#c.txt": "read"}


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.bz2", "a.txt.xz"])
def test_a_single_document_that_is_cut_is_none(tmp_path: Path, name: str) -> None:
    text = "".join(f"{n * 7919 % 100003} " for n in range(9000)).encode()
    compress = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[name.rsplit(".", 1)[1]]
    assert outcomes(read_bytes(tmp_path, name, compress(text)[:-200])) == {name: "truncated"}


# Limits


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        limits, "LIMITS", Limits(total=10_000_000, ratio=50, free=100_000, free_total=1_000_000, depth=3, members=20)
    )


BOMB = b"a" * 900_000


@pytest.mark.usefixtures("small")
def test_a_bomb_is_one_rejection_and_the_others_are_read(tmp_path: Path) -> None:
    found = outcomes(read_bytes(tmp_path, "a.zip", zipped({"a.txt": TEXT, "bomb.txt": BOMB, "c.txt": TEXT})))
    assert found == {"a.zip#a.txt": "read", "a.zip#bomb.txt": "over-limit", "a.zip#c.txt": "read"}
    assert outcomes(read_bytes(tmp_path, "a.txt.gz", gzip.compress(BOMB))) == {"a.txt.gz": "over-limit"}
    rows = lines({"id": "a", "text": "một"}) + b"\n" * 900_000
    assert list(outcomes(read_bytes(tmp_path, "a.jsonl.gz", gzip.compress(rows))).values()) == ["read", "over-limit"]


@pytest.mark.usefixtures("small")
def test_many_small_bombs_end_the_file(tmp_path: Path) -> None:
    found = outcomes(read_bytes(tmp_path, "a.zip", zipped({f"{n}.txt": b"a" * 99_000 for n in range(15)})))
    assert found["a.zip"] == "over-limit" and list(found.values()).count("read") == 10


@pytest.mark.usefixtures("small")
def test_too_many_members_end_the_file(tmp_path: Path) -> None:
    found = outcomes(read_bytes(tmp_path, "a.tar", tarred({f"{n}.txt": TEXT for n in range(30)})))
    assert found["a.tar"] == "over-limit" and list(found.values()).count("read") == 20


@pytest.mark.usefixtures("small")
def test_containers_nested_too_deeply(tmp_path: Path) -> None:
    data = TEXT
    for name in ("a.txt", "b.zip", "c.zip", "d.zip"):
        data = zipped({name: data})
    assert outcomes(read_bytes(tmp_path, "e.zip", data)) == {"e.zip#d.zip#c.zip#b.zip": "over-limit"}


def test_the_limits_are_shared_by_all_depths() -> None:
    budget = Budget(stored=10, limits=Limits(members=2))
    budget.member()
    budget.member()
    with pytest.raises(Exception, match="over-limit"):
        budget.member()
    with pytest.raises(Exception, match="over-limit"):
        budget.enter(0)


# 7z


def test_7z(tmp_path: Path) -> None:
    libarchive = pytest.importorskip("libarchive")
    path = tmp_path / "made.7z"
    with libarchive.file_writer(str(path), "7zip") as archive:
        for name, data in MIXED.items():
            archive.add_file_from_memory(name, len(data), data)
    data = path.read_bytes()
    assert outcomes(read_bytes(tmp_path, "a.7z", data)) == expected("a.7z")
    (cut,) = read_bytes(tmp_path, "b.7z", data[:-20])
    assert isinstance(cut, Rejected) and cut.reason in (Reason.TRUNCATED, Reason.DAMAGED)


def test_7z_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "libarchive", None)
    (result,) = read_bytes(tmp_path, "a.7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(24))
    assert isinstance(result, Rejected) and (result.reason, result.detail) == (Reason.MISSING_PROGRAM, "libarchive")
