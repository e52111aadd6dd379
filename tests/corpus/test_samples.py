"""The sample archive is read whole: every document has its title, date and kind."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from corpus.document import Document
from corpus.read import read
from corpus.scan import scan

SAMPLES = Path(str(files("corpus") / "samples"))


def documents() -> list[Document]:
    found = [result for item in scan([SAMPLES]) if item.name != "README.md" for result in read(item)]
    assert all(isinstance(result, Document) for result in found)
    return [result for result in found if isinstance(result, Document)]


def test_there_are_enough_of_every_kind() -> None:
    kinds = [document.kind for document in documents()]
    assert len(kinds) >= 16 and kinds.count("notice") >= 4


def test_every_document_has_title_date_and_its_own_id() -> None:
    found = documents()
    assert all(document.title and document.date and document.date_rule for document in found)
    assert len({document.id for document in found}) == len(found)


def test_every_notice_names_organ_number_and_signer() -> None:
    notices = [document.notice for document in documents() if document.notice]
    assert all(notice.organ and notice.number and notice.signer and notice.subject for notice in notices)


def test_menus_and_related_links_are_not_in_the_page() -> None:
    (page,) = (document for document in documents() if document.id.endswith(".html"))
    assert not any(word in page.text for word in ("Trang chủ", "Giá vàng", "thời tiết", "Chia sẻ"))
