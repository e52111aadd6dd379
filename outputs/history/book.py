"""A history as a book: A4 pages, sources at the foot, bookmarks, tagged for screen readers (PDF/UA-1)."""

from __future__ import annotations

from outputs.errors import MissingLibrary
from outputs.history.model import History
from outputs.history.notes_in_print import feet, printed_notes
from outputs.history.pictures import image
from outputs.history.render import render


def history_pdf(history: History) -> bytes:
    """The same history gives the same bytes on one machine. Raises MissingLibrary."""
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:  # OSError: the library is there, Pango is not
        raise MissingLibrary("PDF", "weasyprint + Pango", "documents") from error
    at_the_foot = feet(history) if history.length == "full" else {}   # a short one has its notes near
    page = render(
        "history_print.html.j2", history, image, paged=True, feet=at_the_foot, printed=printed_notes(history)
    )
    book = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=("data",)))  # only the pictures it carries
    return bytes(book.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"sulieu"))
