"""Laws of deciding and folding: the one only reads and is told everything, the other reads no word and asks no rule."""

import json
from dataclasses import replace
from typing import Any, get_args

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.commands import Command
from polylogue.convergence.matrix import histograms
from polylogue.convergence.report import compute
from polylogue.convergence.scope import matrix
from polylogue.convergence.track import Tracker
from polylogue.evolve import evolve, fold
from polylogue.occasion import Acting, Actor, Entry
from polylogue.record.canonical import canonical
from polylogue.record.envelope import read
from polylogue.refusals import RefusalCode
from polylogue.rules.ruleset import RuleSet
from polylogue.state import State
from polylogue.vocabulary import Instant, PersonId, ProvisionState, Role, Seq
from tests.golden.history import golden
from tests.scenes import EN, sco

WHOLE = golden()


def without_words(value: Any) -> Any:
    """A payload in which no commitment is any text's."""
    if isinstance(value, dict):
        sealed = set(value) == {"c", "language"}
        return {k: "0" * 64 if sealed and k == "c" else without_words(v) for k, v in value.items()}
    return [without_words(inner) for inner in value] if isinstance(value, list) else value


# ── deciding ──


def test_every_command_was_decided_and_none_has_changed_the_state():
    """A scene compares the state before and after each decision; here that was done for every command there is."""
    assert {type(command) for command in WHOLE.given} == set(get_args(Command))


def test_a_decision_that_changed_the_state_would_be_found():
    scene = sco(stage="clean")

    class Reports(dict[Any, Any]):
        def get(self, key: Any, default: Any = None) -> Any:
            scene.state.decisions += 1
            return super().get(key, default)

    scene.reports = Reports()
    with pytest.raises(AssertionError, match="CallForConsensus has changed the state"):
        scene.call()


def test_the_same_history_gives_the_same_bytes():
    assert golden().stored == WHOLE.stored


def test_a_refused_command_leaves_no_trace():
    scene = sco()
    root, state = scene.root(), fold(State(), scene.entries)
    assert scene.refuse(c.CleanText(item=scene.item)).code is RefusalCode.TEXT_STATE
    assert (scene.root(), scene.state) == (root, state)


# ── folding ──


def test_folding_what_was_stored_is_folding_what_was_decided():
    assert fold(State(), map(read, WHOLE.stored)) == fold(State(), WHOLE.decided) == WHOLE.state


def test_folding_reads_no_word():
    """All words are erased, and with them every commitment is another's: the state is the same."""
    lines = map(json.loads, WHOLE.stored)
    erased = [canonical(line | {"payload": without_words(line["payload"])}) for line in lines]
    assert len(set(erased) & set(WHOLE.stored)) < len(erased)
    assert fold(State(), map(read, erased)) == WHOLE.state


def test_folding_asks_no_rule():
    """Rules that permit nothing fold what was decided under others, so mending a rule rewrites no history."""
    first, *others = WHOLE.entries
    scheduled = first.event
    assert isinstance(scheduled, e.SessionScheduled)
    nothing = {**scheduled.rule_set, "commands": {}, "eligible": []}
    state = fold(State(), [replace(first, event=replace(scheduled, rule_set=nothing)), *others])
    assert isinstance(state.rules, RuleSet)
    assert state.rules.commands == {}
    assert replace(state, rules=None) == replace(WHOLE.state, rules=None)


def test_a_state_folded_in_two_parts_is_the_same():
    for cut in range(0, len(WHOLE.entries), 7):
        assert fold(fold(State(), WHOLE.entries[:cut]), WHOLE.entries[cut:]) == WHOLE.state


def test_what_is_said_for_no_seat_is_refused():
    scene = sco()
    posted = c.PostPosition(item=scene.item, text="We agree.", language=EN)
    scene.give(posted, "KAZ")
    orphan = Entry(
        Seq(99), Instant("2026-05-04T10:00:00.000Z"), Acting(Actor(PersonId("x"), Role.CHAIR)), scene.entries[-1].event
    )
    with pytest.raises(ValueError, match="entry 99 is done for no seat"):
        evolve(scene.state, orphan)


# ── figures, entry by entry ──


def figures(scene_state: State, item: Any) -> dict[str, object]:
    """What a report of the whole item says now."""
    table, _ = matrix(scene_state, item)
    headline, provisions = compute(table).headline, scene_state.in_text(scene_state.items[item])
    assert sum(map(sum, histograms(table))) == headline.stated
    return {
        "provisions": len(provisions),
        "open_brackets": sum(p.state is ProvisionState.BRACKETED for p in provisions),
        "objections": headline.objections,
        "mean_closeness": headline.mean_closeness,
        "alpha": headline.alpha,
        "unanimity_share": headline.unanimity_share,
        "coverage": headline.coverage,
    }


def test_the_timeline_is_what_a_report_would_have_said_after_each_entry():
    """Also after those that do not feed it: then nothing has changed."""
    tracker, newest = Tracker(), dict[Any, Any]()
    for entry in WHOLE.entries:
        for item, point in tracker.apply(entry):
            assert point.seq == entry.seq
            newest[item] = point
        for item in tracker.state.items:
            point = newest[item]
            assert {name: getattr(point, name) for name in figures(tracker.state, item)} == figures(tracker.state, item)
    assert tracker.state == WHOLE.state


def test_only_what_feeds_an_item_gives_it_a_point():
    """Other acts cost no figures: what is said, asked, called and decided."""
    feeding = (
        e.SessionScheduled, e.ItemAdded, e.StancesStated, e.ProvisionProposed, e.ProvisionWithdrawn,
        e.AlternativeProposed, e.BracketClosed, e.BracketReopened, e.AmendmentAccepted, e.DraftTabled,
        e.CandidateTaken, e.VersionProvided, e.CallClosed, e.EntryCorrected,
    )  # fmt: skip
    tracker = Tracker()
    fed = {type(entry.event) for entry in WHOLE.entries if tracker.apply(entry)}
    assert fed == set(feeding)
