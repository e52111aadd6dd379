"""Facts as plain data: what goes to another process comes back equal."""

from corpus.document import Document
from corpus.isolated_worker import HEAD, framed, loaded
from corpus.read import read
from corpus.scan import scan
from extractors.extract import extract
from extractors.plain import plain, restored
from tests.corpus.test_samples import SAMPLES


def test_the_facts_of_the_samples_come_back():
    for item in scan([SAMPLES]):
        for document in read(item):
            if isinstance(document, Document):
                facts = extract(document)
                assert restored(loaded(framed(plain(facts))[HEAD.size :])) == facts
