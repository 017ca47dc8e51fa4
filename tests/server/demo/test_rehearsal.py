"""The scripts of the demo, rehearsed on the rules alone: what happens in each, and that parts are fairly given out."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from polylogue import events as e
from polylogue.convergence.report import compute
from polylogue.convergence.scope import matrix
from polylogue.evolve import evolve
from polylogue.refusals import RefusalCode
from polylogue.state import State
from polylogue.vocabulary import (
    CallOutcome,
    ClauseForm,
    DraftStop,
    ItemPhase,
    OpinionKind,
    SessionPhase,
    TextState,
)
from server.demo.acts import SCRIPTS, ScriptInvalid, script, script_of, turns
from server.demo.rehearsal import Rehearsal, rehearse
from server.scenarios.loader import load
from tests.server.demo.parts import choices, gains, gives, members, of_kind, taken

SEEDS = range(3)


@cache
def played(seed: int) -> Rehearsal:
    script = script_of(seed)
    return rehearse(script, load(script.scenario))


def calls_on(rehearsal: Rehearsal, number: int) -> list[CallOutcome]:
    closed = (entry.event for entry in of_kind(rehearsal, e.CallClosed))
    return [event.outcome for event in closed if rehearsal.state.items[event.item].number == number]


def objectors(rehearsal: Rehearsal) -> set[str]:
    """Who objected in a call, or to a wording that would have closed a bracket which stayed open."""
    raised = {str(entry.seat) for entry in of_kind(rehearsal, e.ObjectionRaised)}
    refused = (r for r in rehearsal.refusals if r.code is RefusalCode.BRACKET_OBJECTED)
    maintained = {str(entry.seat) for entry in of_kind(rehearsal, e.ObjectionMaintained)}
    return raised | maintained | {seat for r in refused for seat in str(r.params["seats"]).split(", ")}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_said_at_once_may_come_in_any_order(seed: int):
    script = script_of(seed)
    said_at_once = list(turns(script.acts))
    assert [act for turn in said_at_once for act in turn] == list(script.acts)
    assert max(map(len, said_at_once)) >= 10
    assert len(said_at_once) < 0.6 * len(script.acts)
    backwards = tuple(act for turn in said_at_once for act in reversed(turn))
    assert ended(rehearse(replace(script, acts=backwards), load(script.scenario))) == ended(played(seed))


def ended(rehearsal: Rehearsal) -> list[Any]:
    """How the items ended, and what everybody holds of each clause in the end."""
    state = rehearsal.state
    number = {id: place for place, id in enumerate(state.provisions)}
    held = {
        (seat, number[clause]): (stance.level, stance.importance, state.carried((clause, other), stance))
        for seat, stances in state.stances.items()
        for (clause, other), stance in stances.items()
        if other is None
    }
    items = [
        (item.phase, item.text, item.decision and item.number, len(item.provisions)) for item in state.items.values()
    ]
    versions = {(number[p.id], text.language, text.status) for p in state.provisions.values() for text in p.wording}
    return [items, held, versions, len(rehearsal.entries), [refusal.code for refusal in rehearsal.refusals]]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_item_is_blocked_and_then_adopted_with_two_opinions(seed: int):
    rehearsal = played(seed)
    assert calls_on(rehearsal, 1) == [CallOutcome.BLOCKED, CallOutcome.ADOPTED]
    (raised,) = of_kind(rehearsal, e.ObjectionRaised)
    blocked, adopted = of_kind(rehearsal, e.CallClosed)[:2]
    assert [counted.seat for counted in blocked.event.verdict.objections] == [raised.seat]
    assert adopted.event.verdict.objections == ()
    (amended,) = [a for a in of_kind(rehearsal, e.AmendmentAccepted) if blocked.seq < a.seq < adopted.seq]
    amendment = rehearsal.state.amendments[amended.event.amendment]
    assert amendment.provision == raised.event.provision
    assert amendment.seat != raised.seat
    kinds = sorted(entry.event.kind for entry in of_kind(rehearsal, e.OpinionPlaced))
    assert kinds == [OpinionKind.INTERPRETATION, OpinionKind.RESERVATION]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_second_item_is_adopted_at_the_first_call_after_the_winner_of_a_round_was_taken(seed: int):
    rehearsal = played(seed)
    assert calls_on(rehearsal, 2) == [CallOutcome.ADOPTED]
    state = rehearsal.state
    closed = taken(rehearsal)
    assert [(state.items[p.item].number, w.form) for w, p in closed] == [(2, ClauseForm.ALTERNATIVE)] * 2
    (taking,) = of_kind(rehearsal, e.CandidateTaken)
    last = state.rounds[taking.event.item][-1]
    assert (last.taken, last.proposed.stop) == (last.choice.winner, DraftStop.NO_OBJECTION)
    assert len(last.ranked) == 3
    item = next(item for item in state.items.values() if item.number == 2)
    assert (item.phase, item.text) == (ItemPhase.CONCLUDED, TextState.ADOPTED)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_third_item_fails_and_is_deferred_with_a_reason(seed: int):
    rehearsal = played(seed)
    item = next(item for item in rehearsal.state.items.values() if item.number == 3)
    assert item.phase is ItemPhase.DEFERRED
    (deferred,) = of_kind(rehearsal, e.ItemDeferred)
    assert rehearsal.texts[deferred.seq, "/reason"]
    assert RefusalCode.BRACKET_OBJECTED in [refusal.code for refusal in rehearsal.refusals]
    assert calls_on(rehearsal, 3) in ([], [CallOutcome.BLOCKED])


@pytest.mark.parametrize("seed", SEEDS)
def test_members_come_closer_where_a_text_is_adopted(seed: int):
    rehearsal = played(seed)
    state, figures = State(), dict[int, list[tuple[int, float]]]()
    for entry in rehearsal.entries:
        evolve(state, entry)
        for item in state.items.values():
            found = compute(matrix(state, item.id)[0]).headline
            if found.coverage == 1 and found.mean_closeness is not None:
                figures.setdefault(item.number, []).append((found.objections, float(found.mean_closeness)))
    for number in (1, 2):
        assert figures[number][0][0] > 0
        assert figures[number][-1][0] == 0
        assert figures[number][-1][1] > figures[number][0][1] + 0.05
    assert figures[3][-1][0] > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_member_comes_late_and_there_is_a_quorum_all_the_same(seed: int):
    rehearsal = played(seed)
    first, second = of_kind(rehearsal, e.RollCallRecorded)
    assert len(members(rehearsal.state).intersection(first.event.absent)) == 1
    assert second.event.absent == ()
    late = members(rehearsal.state).intersection(first.event.absent)
    assert not [entry for entry in rehearsal.entries if entry.seat in late and first.seq < entry.seq < second.seq]


@pytest.mark.parametrize("seed", SEEDS)
def test_drafts_are_tabled_with_alternatives_and_one_made_of_an_amendment(seed: int):
    rehearsal = played(seed)
    drafts = of_kind(rehearsal, e.DraftTabled)
    assert len(drafts) == len(of_kind(rehearsal, e.CandidatesProposed)) == 4
    alternatives = [a for entry in drafts for clause in entry.event.clauses for a in clause.alternatives]
    assert [a for a in alternatives if a.sources[0].amendment]
    assert all(a.backers for a in alternatives)


@pytest.mark.parametrize("seed", SEEDS)
def test_positions_come_in_three_languages_with_the_english_beside(seed: int):
    posted = of_kind(played(seed), e.PositionPosted)
    assert {entry.event.text.language for entry in posted} == {"en", "ru", "zh-Hans"}
    foreign = [entry.event for entry in posted if entry.event.text.language != "en"]
    assert all([t.language for t in event.translations] == ["en"] for event in foreign)
    assert of_kind(played(seed), e.InterestsStated)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_member_and_some_partners_speak(seed: int):
    rehearsal = played(seed)
    assert members(rehearsal.state) <= {str(entry.seat) for entry in rehearsal.entries}
    speakers = {entry.seat for entry in of_kind(rehearsal, e.PositionPosted)}
    assert speakers - members(rehearsal.state)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_record_is_sealed_at_the_end(seed: int):
    assert played(seed).state.phase is SessionPhase.SEALED


@pytest.mark.parametrize("seed", SEEDS)
def test_in_every_script_every_member_gains_and_gives(seed: int):
    everybody = members(played(seed).state)
    assert gains(played(seed)) | choices(played(seed))[0] >= everybody - objectors(played(seed))
    assert gives(played(seed)) >= everybody


def test_across_the_scripts_every_member_has_words_of_its_own_taken_up():
    assert set().union(*(gains(played(seed)) for seed in SEEDS)) == members(played(0).state)


def test_no_member_is_the_obstacle_twice():
    obstacles = [seat for seed in SEEDS for seat in objectors(played(seed))]
    assert len(obstacles) == len(set(obstacles)) == 9


def test_seeds_go_round():
    assert [script_of(seed).name for seed in (0, 1, 2, 3)] == [*SCRIPTS, SCRIPTS[0]]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"do": "Applaud"}, "there is no such command"),
        ({"do": "CloseBracket", "said": {"clause": "1.2"}}, "refused, SESSION_PHASE"),
        ({"do": "CloseBracket", "said": {"clause": "9.9"}}, "KeyError"),
        ({"do": "StateStances", "said": {"item": 1, "stances": "1=X"}}, "KeyError"),
        ({"said": {"loudly": True}}, "loudly means nothing here"),
        ({"refused": RefusalCode.SESSION_SEALED}, "SESSION_SEALED was to be answered"),
    ],
)
def test_a_script_that_asks_for_the_impossible_is_refused_at_the_act(changed: dict[str, Any], said: str):
    whole = script(SCRIPTS[0])
    place = next(number for number, act in enumerate(whole.acts) if act.do == "OpenSession")
    acts = (*whole.acts[:place], replace(whole.acts[place], **changed), *whole.acts[place + 1 :])
    with pytest.raises(ScriptInvalid) as refused:
        rehearse(replace(whole, acts=acts), load(whole.scenario))
    assert whole.acts[place].where in str(refused.value)
    assert said in str(refused.value)
