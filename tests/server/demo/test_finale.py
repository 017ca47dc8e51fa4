"""What the end of a play tells a person to type works where they stand."""

import sys
from pathlib import Path

import pytest

from server.demo.finale import program


@pytest.mark.parametrize(
    ("called", "told"),
    [(".venv/bin/polylogue", ".venv/bin/polylogue"), ("{here}/.venv/bin/polylogue", ".venv/bin/polylogue"),
     ("/elsewhere/polylogue", "/elsewhere/polylogue"), ("-c", "polylogue")],
)  # fmt: skip
def test_the_program_is_named_as_it_can_be_called(
    called: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setattr(sys, "argv", [called.format(here=tmp_path), "demo"])
    assert program() == told


def test_a_program_on_the_path_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    installed = tmp_path / "polylogue"
    installed.write_text("#!/bin/sh\n", encoding="utf-8")
    installed.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", [str(installed), "demo"])
    assert program() == "polylogue"
