"""E-mail (`.eml`, RFC 5322 and MIME): the message as a document, its attachments as members."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.policy
import email.utils
import hashlib
import io
import re
from collections.abc import Iterator
from email.message import Message

from corpus.containers.member import Members, stated_charset
from corpus.document import Document
from corpus.encodings.runs import decode_text
from corpus.errors import ReadError, Reason, Rejected
from corpus.metadata import describe
from corpus.readers.furniture import prune, unfold_layout
from corpus.readers.html import article, body_text, parse
from corpus.readers.text import decode
from corpus.source import Source, stored_text

_FIELD = re.compile(rb"^(?:From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|Reply-To"
                    rb"|Content-Type|X-[\w-]+):[ \t]?\S", re.I | re.M)
_OTHER_FIELD = re.compile(rb"(?:[!-9;-~]+:|[ \t]).*")
_MOST_PARTS = 10_000
_LONGEST_ADDRESS = 300  # characters of a sender
_LONGEST_FIELD = 4000   # characters


class _ShortFields(email.policy.Compat32):  # type: ignore[misc,unused-ignore]
    """Fields are cut before they are parsed: the standard library takes quadratic time over their parameters."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_FIELD]


_SHORT_FIELDS = _ShortFields()


def is_message(source: Source) -> bool:
    """Whether the file begins with fields of a message: a sender and one that no article has, or its name is `.eml`."""
    head = re.split(rb"\r?\n\r?\n", source.head.removeprefix(b"\xef\xbb\xbf"), maxsplit=1)[0]
    lines = head.splitlines()
    whole = len(head) < len(source.head)
    if not lines or not all(_OTHER_FIELD.fullmatch(line) for line in (lines if whole else lines[:-1])):
        return False
    names = {found.lower().partition(b":")[0] for found in _FIELD.findall(head)}
    if source.suffix in (".eml", ".mht", ".mhtml"):
        return bool(names)
    return b"from" in names and bool({b"message-id", b"mime-version", b"received"} & names)


def read(source: Source) -> Iterator[Document | Source | Rejected]:
    """The message, then each attachment. Raises ReadError."""
    data = source.load()
    try:
        message = email.message_from_bytes(data, policy=_SHORT_FIELDS)
        parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False) if not part.is_multipart()]
    except (RecursionError, ValueError, LookupError, email.errors.MessageError) as error:
        raise ReadError(Reason.DAMAGED, f"MIME: {error}"[:200]) from error
    body = next(iter(_bodies(parts)), None)
    attached = [part for part in parts if part is not body and _is_attached(part)]
    try:
        yield _document(source, data, message, body)
    except ReadError as error:
        if not attached:
            raise
        yield Rejected(
            id=source.name, path=source.name, reason=error.reason, detail=error.detail,
            sha256=hashlib.sha256(data).hexdigest(),
        )
    if attached:
        members = Members(source)
        for number, part in enumerate(attached, 1):
            name = _header(part.get_filename()) or f"{number}.{part.get_content_subtype()}"
            yield from members.source(name, io.BytesIO(_payload(part)), charset=_charset(part))


def _bodies(parts: list[Message]) -> list[Message]:
    """Parts that may be the message's own words: plain text before HTML."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment" and not part.get_filename()]
    kinds = ("text/plain", "text/html")
    bodies = [part for kind in kinds for part in shown if part.get_content_type() == kind]
    return [part for part in bodies if _payload(part).strip()] or bodies


def _is_attached(part: Message) -> bool:
    """Not another form of the message, nor a picture inside its HTML."""
    if part.get_filename() or part.get_content_disposition() == "attachment":
        return part.get("Content-ID") is None or part.get_content_maintype() != "image"
    return part.get_content_maintype() not in ("text", "image", "multipart")


def _document(source: Source, data: bytes, message: Message, body: Message | None) -> Document:
    if body is None:
        raise ReadError(Reason.EMPTY, "a message without words")
    words, encoding = decode(_payload(body), _charset(body))
    if body.get_content_type() == "text/html":
        tree = parse(words)
        prune(tree)
        unfold_layout(tree)
        words = article(tree) or body_text(tree)
    decoded = decode_text(words, encoding)  # programs of 1999 called TCVN3 and VNI whatever they themselves wrote
    text = stored_text(decoded.text)
    name, address = email.utils.parseaddr(_field(message, "from")[:_LONGEST_ADDRESS])  # nested comments recurse
    stated = {"title": _field(message, "subject"), "date": _day(message), "author": name or address}
    described = describe(
        text, {key: value for key, value in stated.items() if value}, date_rule="mail-date", date_lines=False
    )
    described["metadata"] = described["metadata"] | {
        key: value for key in ("To", "Message-ID") if (value := _field(message, key.lower())[:2000])
    }
    return Document(
        id=source.name, text=text, path=source.name, encoding=decoded.encoding, sha256=hashlib.sha256(data).hexdigest(),
        **described,
    )


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, RecursionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    try:
        return stated_charset(part.get_content_charset())
    except (ValueError, LookupError):
        return None


def _day(message: Message) -> str:
    """The day of the `Date` field in its own time zone; its words where they cannot be understood."""
    raw = _field(message, "date")
    try:
        return email.utils.parsedate_to_datetime(raw).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return raw


def _field(message: Message, name: str) -> str:
    """The first field of this name, its encoded words decoded, on one line; letters sent as they are, too."""
    raw = next((value for field, value in message.raw_items() if field.lower() == name), None)
    if raw is None:
        return ""
    try:
        return _header(decode(str(raw).encode("ascii", "surrogateescape"))[0])
    except (ReadError, UnicodeEncodeError):
        return _header(raw)


def _header(raw: object) -> str:
    """Words of a field with its encoded words decoded, on one line."""
    if raw is None:
        return ""
    try:
        decoded = decode_text(str(email.header.make_header(email.header.decode_header(str(raw))))).text
    except (email.errors.MessageError, ValueError, LookupError):
        decoded = str(raw)
    return " ".join(decoded.encode("utf-8", "replace").decode().replace("\x00", "").split())
