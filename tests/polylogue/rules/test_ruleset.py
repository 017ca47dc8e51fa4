"""A rule set is data: what it may say, what is refused on the shelf, and what a record may still say years later."""

from copy import deepcopy
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.commands import Command
from polylogue.record.canonical import digest
from polylogue.rules.ruleset import RuleSetInvalid, Threshold, checked, milliseconds, parse
from polylogue.rules.shelf import COMMANDS, names, rule_set, whole
from polylogue.vocabulary import DecisionType, Standing


def changed(place: str, value: object) -> dict[str, Any]:
    """The data of sco-consensus/1 with one value replaced, or taken away where it is None."""
    data = deepcopy(whole("sco-consensus/1"))
    *tables, key = place.split("/")
    inside: Any = data
    for table in tables:
        inside = inside[table]
    if value is None:
        del inside[key]
    else:
        inside[key] = value
    return data


# ── the shelf ──


def test_every_rule_set_on_the_shelf_is_sound_and_named_like_its_file():
    assert names() == ("reconstruction/1", "sco-consensus-half/1", "sco-consensus-sitting/1", "sco-consensus/1")
    assert [rule_set(name).name for name in names()] == list(names())
    assert len({digest(whole(name)) for name in names()}) == len(names())


def test_every_command_has_a_row_and_every_row_a_command():
    assert {kind.__name__ for kind in get_args(Command)} == COMMANDS
    for name in names():
        assert set(rule_set(name).commands) == COMMANDS


def test_a_rule_set_that_is_not_on_the_shelf():
    for name in ("sco-consensus/2", "sco-consensus-1", "../rules/sco-consensus/1", ""):
        with pytest.raises(KeyError):
            rule_set(name)


def test_a_house_changes_one_number_and_inherits_the_rest():
    own, inherited = rule_set("sco-consensus-half/1"), rule_set("sco-consensus/1")
    assert (inherited.quorum.needed(10), own.quorum.needed(10)) == (7, 6)
    assert own.commands == inherited.commands
    assert {key for key, value in whole("sco-consensus-half/1").items() if value != whole("sco-consensus/1")[key]} == {
        "name",
        "title",
        "quorum",
    }


def test_a_reconstruction_counts_everybody_asks_no_reasons_and_calls_nothing():
    rules = rule_set("reconstruction/1")
    assert rules.eligible == frozenset(Standing)
    assert rules.call_types == frozenset()
    assert not rules.object_needs_reason
    assert (rules.circulation_ms, rules.objection_window_ms) == (0, 0)


def test_consensus_is_of_members():
    rules = rule_set("sco-consensus/1")
    assert rules.eligible == {Standing.MEMBER}
    assert rules.call_types == frozenset(DecisionType)
    assert rules.without_concerned == {DecisionType.EXPULSION, DecisionType.SUSPENSION}


# ── thresholds and durations ──


@pytest.mark.parametrize(
    ("fraction", "strict", "size", "needed"),
    [
        ("1/2", True, 10, 6),
        ("1/2", True, 9, 5),
        ("1/2", False, 10, 5),
        ("1/2", False, 9, 5),
        ("2/3", False, 10, 7),
        ("2/3", False, 9, 6),
        ("2/3", True, 9, 7),
        ("2/3", False, 1, 1),
        ("1", False, 10, 10),
        ("2/3", False, 0, 0),
    ],
)
def test_a_threshold_is_exact(fraction: str, strict: bool, size: int, needed: int):
    assert Threshold(Fraction(fraction), "eligible", strict).needed(size) == needed


@given(st.fractions(min_value=Fraction(1, 50), max_value=1), st.booleans(), st.integers(0, 200))
def test_what_is_needed_meets_the_threshold_and_one_less_does_not(fraction: Fraction, strict: bool, size: int):
    needed = Threshold(fraction, "eligible", strict).needed(size)
    exact = fraction * size
    assert (needed > exact, needed - 1 > exact) == (True, False) if strict else (needed - 1 < exact <= needed)


@pytest.mark.parametrize(
    ("written", "means"),
    [("PT0S", 0), ("PT30M", 1_800_000), ("P1D", 86_400_000), ("PT24H", 86_400_000), ("PT1H1M1S", 3_661_000),
     ("PT0.5S", 500), ("PT1.25S", 1_250), ("P30D", 2_592_000_000)],
)  # fmt: skip
def test_a_duration_in_milliseconds(written: str, means: int):
    assert milliseconds(written) == means


@pytest.mark.parametrize(
    "written", ["", "PT", "P", "30M", "PT30", "P1DT1H", "PT1.2345S", "-PT1M", "P1M", "PT٣M", " PT1M"]
)
def test_what_is_no_duration(written: str):
    with pytest.raises(RuleSetInvalid, match="no duration"):
        milliseconds(written)


# ── what is refused ──


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        ("name", None, "'name' is missing"),
        ("title", 7, "no text"),
        ("quorum/fraction", None, "'fraction' is missing"),
        ("quorum/fraction", 0.66, "no text; fractions too"),
        ("quorum/fraction", "two thirds", "Invalid literal"),
        ("quorum/fraction", "1/0", "Fraction"),
        ("quorum/fraction", "0", "can be reached"),
        ("quorum/fraction", "-1/2", "can be reached"),
        ("quorum/fraction", "3/2", "can be reached"),
        ("quorum/base", "voting", "eligible"),
        ("quorum/strict", "false", "neither true nor false"),
        ("timings/circulation", "a day", "no duration"),
        ("timings/objection_window", 30, "expected string"),
        ("stances/object_needs_reason", 1, "neither true nor false"),
        ("calls/types", ["ORDINARY", "MIRACLE"], "MIRACLE"),
        ("calls", None, "'calls' is missing"),
        ("eligible", ["CITIZEN"], "CITIZEN"),
        ("enter_for", "CHAIR", "is not a valid Role"),
        ("commands/CloseCall/rule", None, "'rule' is missing"),
        ("commands/CloseCall/by", ["KING"], "KING"),
        ("commands/CloseCall/seat", ["CITIZEN"], "CITIZEN"),
        ("commands/CloseCall/session", ["ASLEEP"], "ASLEEP"),
        ("commands/CloseCall/item", ["FORGOTTEN"], "FORGOTTEN"),
        ("commands/CloseCall/text", ["BURNT"], "BURNT"),
        ("commands/CloseCall/guards", ["GOOD_MOOD"], "GOOD_MOOD"),
        ("commands/CloseCall", "never", "string indices"),
        ("commands", ["CloseCall"], "attribute"),
    ],
)
def test_what_is_impossible_is_named(place: str, value: object, why: str):
    for read in (parse, lambda data: checked(data, COMMANDS)):
        with pytest.raises(RuleSetInvalid, match=why) as found:
            read(changed(place, value))
        assert str(found.value).startswith("a rule set without a name" if place == "name" else "sco-consensus/1")


def test_a_quorum_of_more_than_everybody_is_never_met():
    data = changed("quorum/fraction", "1")
    assert parse(data).quorum.needed(10) == 10
    data["quorum"]["strict"] = True
    with pytest.raises(RuleSetInvalid, match="can be reached"):
        parse(data)


def test_what_is_done_for_a_delegation_is_done_by_nobody_else():
    for row in ({"by": ["CHAIR"]}, {"seat": []}):
        data = changed("commands/StateStances", whole("sco-consensus/1")["commands"]["StateStances"] | row)
        with pytest.raises(RuleSetInvalid, match="StateStances is done for a delegation"):
            checked(data, COMMANDS)


@pytest.mark.parametrize(
    ("place", "value", "why"),
    [
        ("commands/Filibuster", {"rule": "7.1"}, "Filibuster"),
        ("commands/CloseCall", None, "CloseCall"),
        ("qourum", {"fraction": "1/2"}, "unknown in the rule set: qourum"),
        ("quorum/fractoin", "1/2", "unknown in quorum: fractoin"),
        ("timings/circulaton", "PT1H", "unknown in timings: circulaton"),
        ("commands/CloseCall/guard", ["WINDOW_OVER"], "unknown in the row of CloseCall: guard"),
    ],
)
def test_what_is_misspelt_is_refused_on_the_shelf_and_read_in_a_record(place: str, value: object, why: str):
    """A record of today must still be read when a command has been added or has gone."""
    data = changed(place, value)
    with pytest.raises(RuleSetInvalid, match=why):
        checked(data, COMMANDS)
    parse(data)
