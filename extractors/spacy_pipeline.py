"""The extractors as spaCy components: the public face for people who work in spaCy.

    nlp = vietnamese()                 # spacy.blank("vi") with underthesea's words
    nlp.add_pipe("sulieu_dates")       # facts in doc.spans["date"], each under span._.sulieu
    doc = nlp("Ngày 19/7/1946, Sắc lệnh số 130/SL được ban hành.")

Facts overlap, so they are span groups and never `doc.ents`. A span is widened to whole tokens;
`span._.sulieu` keeps the exact offsets. `doc._.sulieu_date` is the day that relative dates resolve against.
"""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

from corpus.document import Document, normalise_text
from extractors.dates import find_dates
from extractors.decrees import find_decrees
from extractors.directives import find_directives
from extractors.events import find_events
from extractors.facts import KINDS, Fact
from extractors.figures import find_figures
from extractors.language import words
from extractors.officials import find_officials

TOKENIZER = "sulieu.underthesea.v1"



def _fact(span: Span) -> Fact | None:
    return span.doc.user_data.get(("sulieu", span.label_, span.id_))


if not Span.has_extension("sulieu"):
    Span.set_extension("sulieu", getter=_fact)
if not Doc.has_extension("sulieu_date"):
    Doc.set_extension("sulieu_date", default=None)


class UndertheseaTokenizer(DummyTokenizer):
    """Vietnamese words as tokens; every character of the text stays in its place."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokens of a text; white space between words is a token of its own unless it is one blank."""
        pieces: list[str] = []
        spaces: list[bool] = []
        at = 0
        for start, end in words(text):
            if start > at:
                _blank(text[at:start], pieces, spaces)
            pieces.append(text[start:end])
            spaces.append(False)
            at = end
        if at < len(text):
            _blank(text[at:], pieces, spaces)
        return Doc(self.vocab, words=pieces, spaces=spaces)


def _blank(gap: str, pieces: list[str], spaces: list[bool]) -> None:
    if pieces and gap[0] == " " and not spaces[-1]:
        spaces[-1], gap = True, gap[1:]
    if gap:
        pieces.append(gap)
        spaces.append(False)


@spacy.registry.tokenizers(TOKENIZER)
def make_tokenizer() -> Callable[[Language], UndertheseaTokenizer]:
    """For `[nlp.tokenizer]` in a spaCy configuration."""

    def create(nlp: Language) -> UndertheseaTokenizer:
        return UndertheseaTokenizer(nlp.vocab)

    return create


def vietnamese() -> Language:
    """`spacy.blank("vi")` with underthesea's words as tokens (spaCy's own `vi` needs another segmenter)."""
    return spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})


class FactComponent:
    """Runs one extractor over a Doc and puts its facts into `doc.spans[kind]`."""

    def __init__(self, kind: str, find: Callable[[Document], list[Fact]]) -> None:
        self.kind = kind
        self.find = find

    def __call__(self, doc: Doc) -> Doc:
        """Raises ValueError if the text is not NFC with `\\n` line ends: offsets would not be those of the Doc."""
        if normalise_text(doc.text) != doc.text:
            raise ValueError("the text is not in NFC; pass corpus.document.normalise_text(text) to nlp()")
        facts = self.find(Document(id="", text=doc.text, date=doc._.sulieu_date))
        doc.spans[self.kind] = [_span(doc, fact) for fact in facts]
        return doc


def _span(doc: Doc, fact: Fact) -> Span:
    # Two facts may widen to the same tokens, so each span finds its fact by an identifier of its own.
    name = f"{fact.start}:{fact.end}:{fact.rule}"
    doc.user_data["sulieu", fact.kind, name] = fact
    return doc.char_span(fact.start, fact.end, label=fact.kind, span_id=name, alignment_mode="expand")


def _factory(kind: str, find: Callable[[Document], list[Fact]]) -> Callable[[Language, str], FactComponent]:
    def make(nlp: Language, name: str) -> FactComponent:
        return FactComponent(kind, find)

    Language.factory(f"sulieu_{kind}s", func=make)
    return make


assert KINDS == ("date", "decree", "official", "figure", "directive", "event")
make_dates = _factory("date", find_dates)
make_decrees = _factory("decree", find_decrees)
make_officials = _factory("official", find_officials)
make_figures = _factory("figure", find_figures)
make_directives = _factory("directive", find_directives)
make_events = _factory("event", find_events)
