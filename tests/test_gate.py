"""The evaluation gate, wherever the gold lies beside the project."""

import pytest

from tests.gate import NoFloors, evaluate, failures, gold_files, raised, read_floors, table


@pytest.mark.skipif(not gold_files(), reason="no gold beside the project (../shared/gold): nothing was evaluated")
@pytest.mark.parametrize("path", gold_files(), ids=lambda path: path.stem)
def test_no_score_falls_below_its_floor(path):
    scores = evaluate(path)
    print(f"{path.name}\n{table(scores)}")
    try:
        assert not failures(path, scores, read_floors())
    except NoFloors as unknown:
        pytest.skip(str(unknown))


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    return path


def test_a_floor_is_only_ever_raised(gold):
    high = {"date": {"span_F1": 0.9, "fact_F1": 0.8}}
    low = {"date": {"span_F1": 0.7, "fact_F1": 0.85}}
    floors = {gold.name: raised(gold, high, {})}
    floors[gold.name] = raised(gold, low, floors)
    assert floors[gold.name]["floors"] == {"date": {"span_F1": 0.88, "fact_F1": 0.83}}
    assert failures(gold, low, floors) == ["gold.jsonl: date span_F1 0.700 is below its floor 0.880"]


def test_floors_do_not_hold_for_another_gold(gold):
    floors = {gold.name: raised(gold, {"date": {"span_F1": 0.9, "fact_F1": 0.9}}, {})}
    gold.write_text("{}\n{}\n", encoding="utf-8")
    with pytest.raises(NoFloors, match="no floors for this gold"):
        failures(gold, {}, floors)
