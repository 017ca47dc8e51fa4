"""A writing process is killed in the midst of it, and started again; `make torture CYCLES=20` does it so often."""

import os
from pathlib import Path

import pytest

from tests.ledger.torture import torture

CYCLES = os.environ.get("CYCLES")
"""How often in the long tests, where somebody says so."""


def test_killed_five_times(tmp_path: Path):
    assert torture(5, tmp_path)


@pytest.mark.torture
def test_killed_often(tmp_path: Path):
    assert torture(int(CYCLES or 100), tmp_path, seed=2)


@pytest.mark.torture
def test_killed_often_on_postgresql(tmp_path: Path, postgres_url: str):
    assert torture(int(CYCLES or 50), tmp_path, postgres_url, seed=3)
