# Two commands do everything: `make demo` runs the main job on the sample archive, `make test` checks the project.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEMO   := demo
BENCH  := build/bench

.PHONY: demo test lint explore eval bench bench-large system clean

demo: $(STAMP) system
	@mkdir -p $(DEMO)
	@$(BIN)/sulieu build corpus/samples -o $(DEMO)/facts.db
	@$(BIN)/sulieu timeline $(DEMO)/facts.db --format html -o $(DEMO)/timeline.html
	@for name in history.md history.html history.docx; do \
	    $(BIN)/sulieu history $(DEMO)/facts.db --topic "thi hành án dân sự" --anniversary 1946-07-19 --year 2026 \
	        -o $(DEMO)/$$name || exit; done
	@echo
	@echo "timeline:  $(CURDIR)/$(DEMO)/timeline.html"
	@echo "history:   $(CURDIR)/$(DEMO)/history.html (and .docx, .md)"
	@echo "fact base: $(CURDIR)/$(DEMO)/facts.db"

test: $(STAMP) system lint
	$(BIN)/pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Property tests with fresh random examples, many more than `make test` tries.
explore: $(STAMP)
	HYPOTHESIS_PROFILE=explore $(BIN)/pytest -m hypothesis

# Builds the gold texts, exports, scores, and compares with the floors in tests/floors.json.
eval: $(STAMP)
	$(BIN)/python -m tests.gate

# Reading speed by type of file, extracting speed beside other libraries, whole runs on one core and on two, then how
# long questions and pages of the reading room take.
bench: $(STAMP)
	$(BIN)/python tools/bench_reading.py
	$(BIN)/python tools/bench_extracting.py
	$(BIN)/python tools/bench_run.py --keep $(BENCH)
	$(BIN)/python tools/bench_search.py $(BENCH)/small.db
	$(BIN)/python tools/bench_serve.py $(BENCH)/small.db

# The runs again, one over 30,000 documents and the reading room on them: twenty minutes.
bench-large: $(STAMP)
	$(BIN)/python tools/bench_run.py --large --keep $(BENCH)
	$(BIN)/python tools/bench_search.py $(BENCH)/large.db
	$(BIN)/python tools/bench_serve.py $(BENCH)/large.db

# Programs that reading scans and old Word files needs; nothing here fails where they cannot be installed.
system:
	@sh tools/system-programs.sh

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $(STAMP)

clean:
	rm -rf $(VENV) $(DEMO) build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .import_linter_cache
