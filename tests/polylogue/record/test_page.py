"""docs/record.md says what an entry is to the byte: its members are written so, and its examples run."""

import json
import re
from pathlib import Path

import pytest

from polylogue.events import FORMAT
from server.cli import main

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "record.md").read_text("utf-8")


def test_the_members_are_those_that_are_written():
    line = json.loads((ROOT / "tests" / "golden" / "events.jsonl").read_bytes().splitlines()[0])
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(line)


def test_the_examples_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(ROOT)
    known: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        exec(example, known)  # noqa: S102 -- our own page
    printed = capsys.readouterr().out.strip()
    assert printed == json.loads((ROOT / "tests" / "golden" / "tree.json").read_text("utf-8"))["root"]
    assert f"`{printed}`" in PAGE


def test_the_format_is_the_one_that_is_written():
    assert f"**format {FORMAT}**" in PAGE


def test_the_commands_are_there():
    assert set(re.findall(r"`polylogue (\w+)`", PAGE)) <= set(main.told)
