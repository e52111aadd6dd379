"""Imports point one way, and nothing heavy is imported before it is used."""

import subprocess
import sys

import pytest
from importlinter.cli import lint_imports

HEAVY = {"spacy", "pandas", "underthesea", "trafilatura"}


def test_imports_point_one_way(monkeypatch, request):
    monkeypatch.chdir(request.config.rootpath)
    assert lint_imports() == 0


@pytest.mark.parametrize("module", ["sulieu", "pipeline.cli", "pipeline.run"])
def test_heavy_libraries_are_imported_where_they_are_used(module):
    code = f"import sys, {module}; print(*({HEAVY} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
