"""What a change of the program makes stale: the extractors that it reaches, and no other."""

from importlib.resources import files

import pytest

from corpus.document import Document
from extractors.extract import KINDS, STAGES, extract
from extractors.facts import Facts
from extractors.versions import MODULES, _bytes, versions, versions_if

TEXT = (
    "Ngày 19/7/1946, Chủ tịch Hồ Chí Minh ký Sắc lệnh số 130/SL. Bộ trưởng Vũ Đình Hòe yêu cầu các tòa án báo cáo"
    " trước ngày 2/9/1946. Cả nước có 25 nghìn vụ án."
)


def changed_by(name: str) -> set[str]:
    before, after = versions(), versions_if({name: (_bytes(name) or b"") + b"\n# more\n"})
    return {kind for kind in KINDS if before[kind] != after[kind]}


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("extractors/data/figure_roles.tsv", {"figure"}),
        ("extractors/quantities/ranks.py", {"figure"}),
        ("extractors/data/directive_verbs.tsv", {"directive"}),
        ("extractors/data/relation_cues.tsv", {"relation"}),
        ("extractors/anchors.py", set(KINDS)),
        ("corpus/shadow.py", set(KINDS)),
        ("corpus/readers/html.py", set()),
    ],
)
def test_a_change_reaches_what_uses_it(name, kinds):
    assert changed_by(name) == kinds


def test_every_stage_has_its_module():
    assert {stage.kind: stage.module for stage in STAGES} == MODULES


FOR_ASSEMBLY = {"organisation_history.tsv"}


def test_every_table_of_the_extractors_belongs_to_one():
    names = [path.name for path in (files("extractors") / "data").iterdir() if path.name.endswith(".tsv")]
    assert {name for name in names if not changed_by(f"extractors/data/{name}")} == FOR_ASSEMBLY


def test_known_facts_are_kept_and_stale_ones_found_again():
    document = Document(id="a", text=TEXT)
    whole = extract(document)
    assert extract(document, whole, stale=()) == whole
    for stage in STAGES:
        without = Facts(**{name: getattr(whole, name) for name in Facts.__slots__ if name != stage.found})
        assert extract(document, without, stale={stage.kind}) == whole


def test_what_builds_on_other_facts_than_before_is_found_again():
    document = Document(id="a", text=TEXT)
    whole = extract(document)
    known = Facts(decrees=whole.decrees, dates=(), officials=whole.officials, relations=whole.relations)
    assert extract(document, known, stale={"date"}) == whole
