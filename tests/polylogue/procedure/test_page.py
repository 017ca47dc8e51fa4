"""docs/procedure.md says what the rules do: numbers, rows, moves, guards, and how a house changes one number."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from polylogue.commands import Command
from polylogue.rules.ruleset import Guard, checked
from polylogue.rules.shelf import COMMANDS, _over, names, rule_set, whole
from polylogue.vocabulary import ItemPhase, SessionPhase, TextState
from tests.golden.history import golden
from tests.polylogue.procedure.guards import GUARDED
from tests.polylogue.procedure.moves import Move, moves, seen
from tests.polylogue.procedure.page import GUARDS, MOVES, PAGE, RULES, TOGETHER, listed, table
from tests.scenes import Scene

ROOT = Path(__file__).resolve().parents[3]
SCO = whole("sco-consensus/1")["commands"]
FLOORS = ("polylogue", "schema", "ledger", "workers", "server")
CITED = re.compile(r'(?:RULE = |CommandRule\(|Code\.\w+,\s+)"(\d\.\d+)"')


def in_order(kind: type[SessionPhase] | type[ItemPhase] | type[TextState], values: list[str] | None) -> list[str]:
    return [value for value in kind if value in values] if values else []


# ── rules ──


def test_every_rule_has_its_command_and_every_command_its_rule():
    told = {number: commands for number, (commands, _) in RULES.items() if not number.startswith("0.")}
    written: dict[str, set[str]] = {}
    for command, row in SCO.items():
        written.setdefault(row["rule"], set()).add(command)
    assert told == written


def test_every_number_that_code_cites_is_there():
    modules = [path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")]
    cited = {found[1] for path in modules for found in CITED.finditer(path.read_text("utf-8"))}
    assert {"0.1", "0.2", "0.3", "0.4", "0.5"} <= cited <= set(RULES)


# ── tables ──


def test_the_table_of_rows_is_the_data():
    assert [row[0] for row in table("rows")] == list(SCO)
    for command, rule, by, seat, session, item, text, guards in table("rows"):
        row = SCO[command]
        assert rule == row["rule"]
        assert (listed(by), listed(seat)) == (row.get("by", []), row.get("seat", []))
        assert listed(guards) == row.get("guards", [])
        about_item = item != "–"
        assert about_item == (text != "–")
        assert listed(session) == (in_order(SessionPhase, row.get("session")) if row.get("session", ["OPEN"]) else
                                   ["before there is one"])  # fmt: skip
        if about_item:
            assert listed(item) == in_order(ItemPhase, row.get("item"))
            assert listed(text) == in_order(TextState, row.get("text"))
        else:
            assert not {"item", "text"} & set(row)


def test_the_table_of_moves_is_what_is_seen(monkeypatch: pytest.MonkeyPatch):
    """Of the golden session, in which everything moves that can."""
    found, attempt = set[Move](), Scene.attempt

    def watched(self: Scene, command: Command, *args: Any, **more: Any) -> Any:
        before = seen(self.state)
        answer = attempt(self, command, *args, **more)
        found.update(moves(type(command).__name__, before, seen(self.state)))
        return answer

    monkeypatch.setattr(Scene, "attempt", watched)
    golden()
    assert found == MOVES


def test_every_phase_goes_with_some_state_and_every_state_with_some_phase():
    assert set(TOGETHER) == set(ItemPhase)
    assert set.union(*TOGETHER.values()) == set(TextState)


def test_the_table_of_guards_is_the_list_of_guards():
    assert set(GUARDS) == set(Guard)
    assert [guard for guard, (_, code) in GUARDED.items() if code not in GUARDS[guard]] == []


def test_the_table_of_rule_sets_is_the_shelf():
    told = {name.strip("`"): differs for name, _, differs in table("rule sets")}
    assert set(told) == set(names())
    assert rule_set("sco-consensus-half/1").quorum.needed(10) == 6
    assert "6 of 10" in told["sco-consensus-half/1"]
    assert rule_set("sco-consensus-sitting/1").circulation_ms == 30 * 60_000
    assert "30 minutes" in told["sco-consensus-sitting/1"]


def test_the_numbers_in_the_words_are_those_of_the_data():
    rules = rule_set("sco-consensus/1")
    assert f"({rules.quorum.needed(10)} of 10)" in PAGE
    assert f"circulation period of {rules.circulation_ms // 3_600_000} hours" in PAGE
    assert f"have {rules.objection_window_ms // 60_000} minutes to object" in PAGE


def test_the_house_of_the_example_is_sound():
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    own = tomllib.loads(example)
    rules = checked(_over(whole(own.pop("inherits")), own), COMMANDS)
    assert (rules.name, rules.quorum.needed(10), rules.circulation_ms) == ("our-council/1", 10, 2 * 86_400_000)
    assert rules.commands == rule_set("sco-consensus/1").commands
