"""Pages in the markup habits of Vietnamese sites: `web/NAME.html` is read as `web/NAME.txt` says, word for word.

The expected file holds what the page states (`title:`, `date:` with its rule, `author:`, `source:`), an empty line and
the text; of a page without an article only `rejected:`, the reason and its detail.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import Rejected
from corpus.read import read
from corpus.scan import Item
from tests.corpus.making import read_bytes
from tests.corpus.word_files import tcvn3, vni, windows_1258

WEB = Path(__file__).parent / "web"
PLAIN = (WEB / "vnexpress.html").read_text(encoding="utf-8")
ARTICLE = (WEB / "vnexpress.txt").read_text(encoding="utf-8")


def shown(result: Document | Rejected) -> str:
    if isinstance(result, Rejected):
        return f"rejected: {result.reason}, {result.detail}\n"
    said = {
        "title": result.title, "date": f"{result.date} ({result.date_rule})" if result.date else None,
        "author": result.author, "source": result.source,
    }
    return "".join(f"{name}: {value or '-'}\n" for name, value in said.items()) + f"\n{result.text}\n"


@pytest.mark.parametrize("name", sorted(path.stem for path in WEB.glob("*.html")))
def test_the_page_is_read_as_its_text_file_says(name: str) -> None:
    (result,) = read(Item(WEB / f"{name}.html", f"{name}.html"))
    assert shown(result) == (WEB / f"{name}.txt").read_text(encoding="utf-8")


def references(markup: str) -> str:
    """Every letter that is not ASCII as a numeric character reference, decimal and hexadecimal in turn."""
    return re.sub("[^\x00-\x7f]", lambda m: f"&#{ord(m[0])};" if ord(m[0]) % 2 else f"&#x{ord(m[0]):x};", markup)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(references(PLAIN).encode(), id="character references"),
        pytest.param(PLAIN.encode("utf-16"), id="utf-16"),
        pytest.param(windows_1258(PLAIN), id="windows-1258"),
        pytest.param(tcvn3(PLAIN), id="tcvn3"),
        pytest.param(vni(PLAIN), id="vni"),
        pytest.param(PLAIN.replace("\n", "\r\n").encode(), id="dos line ends"),
        pytest.param(PLAIN.replace('charset="utf-8"', 'charset="iso-8859-1"').encode(), id="a charset that lies"),
        pytest.param(re.sub(r"</(?:p|li)>", "", PLAIN).encode(), id="missing closing tags"),
        pytest.param(
            PLAIN.replace("<header", f"<script>var a = '{'x' * 5_000_000}'</script><header").encode(), id="long script"
        ),
        pytest.param(
            f"<!-- saved from url=(0029)https://bao.example/ -->\n{PLAIN.replace('a.jpg', './a_files/a.jpg')}".encode(),
            id="saved by a browser",
        ),
    ],
)
def test_the_same_page_in_other_clothes(tmp_path: Path, data: bytes) -> None:
    (result,) = read_bytes(tmp_path, "a.html", data)
    assert shown(result) == ARTICLE
