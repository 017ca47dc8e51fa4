"""What is said to be possible is accepted when somebody does it, and what is said not to be is refused for that reason.

The commands here are made of nothing but what a move names, as a client makes them; who gives them is really admitted.
"""

import pickle
from dataclasses import replace
from itertools import count
from typing import Any, get_args

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from polylogue import commands as c
from polylogue import events as e
from polylogue.decide import decide
from polylogue.moves import PLAIN, Answer, Move, Target, available
from polylogue.occasion import Occasion
from polylogue.refusals import Refusal, RefusalCode
from polylogue.rules.ruleset import parse
from polylogue.rules.shelf import whole
from polylogue.scenario import ScenarioItem
from polylogue.state import State
from polylogue.vocabulary import (
    AmendmentId,
    AmendmentKind,
    AmendmentState,
    CandidateId,
    DecisionType,
    Hash,
    Instant,
    ItemId,
    ProvisionId,
    Role,
    SeatCode,
    Seq,
    StanceLevel,
)
from tests.polylogue.sittings.tries import Tries
from tests.scenes import EN, OBSERVER, RU, THREE, Scene, objects, person, sco, takes, text

KAZ, KGZ, _ = THREE
ELSEWHERE = {c.ScheduleSession, c.ProposeCandidates}
"""Commands that begin a session, or come from a computation."""
OBJECTIONS = (c.MaintainObjection, c.WithdrawObjection)
SAID: dict[str, Any] = {"text": "Other words altogether.", "language": EN}
CORRECTED = (e.StancesStated, e.RollCallRecorded)
WHY: dict[str, Any] = {"reason": "A reason."}


def moves(scene: Scene, by: str = "chair", seat: str | None = None) -> dict[str, Move]:
    """What somebody may do, by command; asking changes nothing."""
    before = seen(scene)
    state, who = scene.state, person(by)
    found = list(available(state, state.persons[who], occasion(scene, "somebody", seat)))
    assert seen(scene) == before
    return {move.command.__name__: move for move in found}


def seen(scene: Scene) -> bytes:
    """The state to the last bit, but for its rules, which nothing can change."""
    return pickle.dumps(replace(scene.state, rules=None))


def occasion(scene: Scene, who: str, seat: str | None = None) -> Occasion:
    return Occasion(
        at=scene.at,
        person=person(who) if who != "somebody" else person("nobody who was admitted"),
        ids=(f"fresh {n}" for n in count()),
        seat=SeatCode(seat) if seat else None,
        prose=lambda seq, pointer: scene.prose.get((seq, pointer)),
        recorded=lambda seq: scene.entries[seq - 1] if 1 <= seq <= len(scene.entries) else None,
        root=lambda: Hash("0" * 64),
        model=scene.model,
    )


def code(answer: object) -> RefusalCode | None:
    return answer.code if isinstance(answer, Refusal) else None


# ── as a client does it ──────────────────────────────────────────────────────────────────────────────────────────────


def made(  # noqa: C901 -- one line a command
    command: Any, scene: Scene, target: Target
) -> c.Command:
    """The command on a target; what is not named is named as what is not there."""
    state = scene.state
    item, provision = target.item or ItemId(""), target.provision or ProvisionId("")
    clause = state.provisions.get(provision)
    revision = clause.revision if clause else 0
    match command.__name__:
        case "RecordRollCall":
            return c.RecordRollCall(present=THREE)
        case "AdmitPerson":
            return c.AdmitPerson(role=Role.DELEGATE, seats=(KAZ,))
        case "DismissPerson":
            return c.DismissPerson(person=person("facilitator"))
        case "AddItem":
            return c.AddItem(item=ScenarioItem(titles=(text("Trade"),)))
        case "ReopenSession":
            return c.ReopenSession(**WHY)
        case "DeferItem" | "StepItemBack" | "ReopenCall" | "RescindAdoption":
            return command(item=item, **WHY)
        case "NoteArrival" | "NoteDeparture":
            there = state.present or frozenset()
            moved = [seat for seat in state.delegations if (seat in there) == (command is c.NoteDeparture)]
            return command(seats=tuple(moved[:1]) or tuple(state.delegations)[-1:])
        case "ProvideVersion":
            return c.ProvideVersion(provision=provision, language=target.language or EN, text=SAID["text"])
        case "ConfirmVersion":
            return c.ConfirmVersion(provision=provision, language=target.language or EN)
        case "CorrectEntry":
            return c.CorrectEntry(seq=target.entry or Seq(0), restored=restored(scene, target), **WHY)
        case "PostPosition" | "ProposeProvision" | "PlaceOpinionOnRecord":
            return command(item=item, **SAID)
        case "StateStances":
            return takes(item, provision, StanceLevel.NEUTRAL)
        case "ProposeAlternative":
            return c.ProposeAlternative(provision=provision, text=SAID["text"])
        case "CloseBracket":
            return c.CloseBracket(provision=provision, alternative=target.alternative)
        case "MergeBrackets":
            return c.MergeBrackets(provision=provision, first=1, last=2, if_revision=revision)
        case "SplitBracket":
            return c.SplitBracket(provision=provision, bracket=1, if_revision=revision)
        case "ReopenBracket":
            return c.ReopenBracket(provision=provision, **WHY)
        case "ProposeAmendment":
            if target.amendment:
                edition = state.amendments[target.amendment].edition
                return c.ProposeAmendment(amendment=target.amendment, revision=edition, text=SAID["text"])
            if target.provision:
                return c.ProposeAmendment(provision=provision, revision=revision, text=SAID["text"])
            return c.ProposeAmendment(kind=AmendmentKind.INSERT_AFTER, item=item, text=SAID["text"])
        case "ReviseAmendment":
            worded = not target.amendment or state.amendments[target.amendment].wording
            said = SAID["text"] if worded else None
            return c.ReviseAmendment(amendment=target.amendment or AmendmentId(""), text=said)
        case "TableDraft":
            clauses = state.in_text(state.items[item]) if item else []
            drafted = [c.DraftedClause(provision=each.id, revision=each.revision) for each in clauses]
            return c.TableDraft(item=item, clauses=tuple(drafted))
        case "RankCandidates":
            rounds = state.rounds.get(item)
            named = rounds[-1].proposed.candidates[-1].id if rounds else CandidateId("")
            return c.RankCandidates(item=item, ranking=((named,),))
        case "AnswerCandidate":
            return c.AnswerCandidate(candidate=target.candidate or CandidateId(""), answers=answers(state, target))
        case "RaiseObjection":
            return objects(item, provision)
        case "MaintainObjection" | "WithdrawObjection":
            there = state.in_text(state.items[item]) if item else []
            return command(item=item, provision=target.provision or (there[-1].id if there else ""))
        case "CloseCall":
            back: dict[str, Any] = {"withdraw": True, **WHY} if target.withdraw else {}
            return c.CloseCall(item=item, **back)
        case _:
            names = {name: getattr(target, name) or "" for name in Target.__slots__ if name in command.__annotations__}
            return command(**names)


def restored(scene: Scene, target: Target) -> c.Restored:
    """What an entry should have said: for most kinds nothing at all."""
    entry = scene.entries[target.entry - 1] if target.entry else None
    match entry.event if entry else None:
        case (
            e.RollCallRecorded(present=present)
            | e.EntryCorrected(restored_roll_call=e.RestoredRollCall(present=present))
        ):
            return c.Restored(roll_call=c.RestoredPresence(present=tuple(sorted(set(present) ^ {KAZ}))))
        case e.CallOpened() | e.EntryCorrected(restored_call=e.RestoredCall()):
            types = (DecisionType.STATEMENT, DecisionType.PROJECT)
            asked = scene.state.call.decision_type if scene.state.call else None
            return c.Restored(call=c.RestoredQuestion(decision_type=next(kind for kind in types if kind != asked)))
        case _:
            return c.Restored(void=True)


def answers(state: State, target: Target) -> tuple[c.AnswerGiven, ...]:
    """One on each clause that stands as the candidate has it; if there is none, on the first."""
    item = state.candidates.get(target.candidate or CandidateId(""))
    if item is None:
        return (c.AnswerGiven(provision=ProvisionId(""), level=StanceLevel.NEUTRAL),)
    last = state.rounds[item][-1].proposed
    (candidate,) = (each for each in last.candidates if each.id == target.candidate)
    worded = [last.wordings[place] for place in candidate.wordings]
    same = [w.provision for w in worded if state.provisions[w.provision].revision == w.revision]
    named = same[:1] or [w.provision for w in worded[:1]]
    return tuple(c.AnswerGiven(provision=each, level=StanceLevel.NEUTRAL) for each in named)


def inside(command: type[c.Command], state: State, answer: Answer) -> list[Target]:
    """All that a refusal is said of: where it names an item only, or nothing, everything there that could be named."""
    coarse = Target(answer.target.item)
    if answer.target != coarse:
        return [answer.target]
    fields = command.__annotations__
    found = [coarse] if "item" in fields and coarse.item else []
    for item in (state.items[coarse.item],) if coarse.item else state.items.values():
        if ("provision" in fields and command not in OBJECTIONS) or command is c.StateStances:
            found += [Target(item.id, each.id) for each in state.in_text(item)]
        if "amendment" in fields and command is not c.ProposeAlternative:
            waiting = (a for a in state.amendments.values() if a.state is AmendmentState.PENDING)
            found += [Target(item.id, amendment=a.id) for a in waiting if a.item == item.id]
        if "candidate" in fields and (rounds := state.rounds.get(item.id)):
            found += [Target(item.id, candidate=each.id) for each in rounds[-1].proposed.candidates]
    return found or [coarse]


def keeps_its_word(scene: Scene, by: str, seat: str | None = None) -> int:
    """Try all that is said, by somebody who is really admitted; how much of it was possible."""
    possible = 0
    for name, move in moves(scene, by, seat).items():
        assert move.allowed == any(answer.refusal is None for answer in move.answers)
        assert (move.refusal is None) == move.allowed
        for answer in move.answers:
            for target in inside(move.command, scene.state, answer) if answer.refusal else (answer.target,):
                tried = decide(scene.state, made(move.command, scene, target), occasion(scene, by, seat))
                assert code(tried) == code(answer.refusal), (name, target, tried, answer.refusal)
                possible += answer.refusal is None
    return possible


class Asked(Tries):
    """A random sitting in which somebody asks after each step what may be done; what it does to the record is tried
    elsewhere.
    """

    @rule(by=st.sampled_from(("chair", "secretary", *THREE, OBSERVER)), seat=st.none() | st.sampled_from(THREE))
    def ask(self, by: str, seat: str | None):
        enters = by in ("chair", "secretary")
        keeps_its_word(self.scene, by, seat if enters or seat == by else None)

    def teardown(self):
        if hasattr(self, "scene"):
            for by in ("chair", "secretary", KAZ):
                keeps_its_word(self.scene, by)
            keeps_its_word(self.scene, "chair", KGZ)


TestAsked = Asked.TestCase
TestAsked.settings = settings(max_examples=15, stateful_step_count=25)


# ── what a person is told ────────────────────────────────────────────────────────────────────────────────────────────


def test_every_command_is_tried_or_is_nobodys_move():
    assert set(PLAIN) | ELSEWHERE == set(get_args(c.Command))
    assert not set(PLAIN) & ELSEWHERE
    assert {kind.__name__ for kind in PLAIN} <= set(parse(whole("sco-consensus/1")).commands)


def test_a_chair_is_told_what_comes_next():
    scene = sco(stage="scheduled", items=2)
    first = moves(scene)
    assert [name for name, move in first.items() if move.allowed] == [
        "AdmitPerson", "DismissPerson", "OpenSession", "AddItem",
    ]  # fmt: skip
    assert code(first["OpenItem"].refusal) is RefusalCode.SESSION_PHASE
    assert "StateStances" not in first
    scene.sit()
    assert [answer.target.item for answer in moves(scene)["OpenItem"].answers] == list(scene.state.items)


def test_why_not_is_said_of_each_thing():
    scene = sco(stage="circulated")
    scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="In June."), "KAZ")
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT), "KGZ")
    closing = moves(scene)["CloseBracket"]
    (of_then, of_june, other) = closing.answers
    assert (of_then.target.alternative, code(of_then.refusal)) == (None, RefusalCode.BRACKET_OBJECTED)
    assert of_june.target.alternative == scene.state.provisions[scene.clauses[0]].alternatives[0]
    assert of_june.refusal is None
    assert (other.target.provision, code(other.refusal)) == (scene.clauses[1], RefusalCode.NOT_BRACKETED)
    assert code(moves(scene)["CleanText"].refusal) is RefusalCode.BRACKETS_OPEN


def test_the_reason_that_comes_closest_is_the_reason_of_a_move():
    scene = sco(stage="clean", items=2)
    scene.give(c.RecordRollCall(present=(KAZ,)))
    calling = moves(scene)["CallForConsensus"]
    assert [code(answer.refusal) for answer in calling.answers] == [
        RefusalCode.QUORUM_NOT_MET,
        RefusalCode.ITEM_PHASE,
    ]
    assert code(calling.refusal) is RefusalCode.QUORUM_NOT_MET


def test_a_delegate_is_told_of_their_seat_and_of_no_office():
    scene = sco(stage="called")
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    told = moves(scene, KAZ)
    assert "CloseCall" not in told
    assert [answer.target.provision for answer in told["WithdrawObjection"].answers] == [scene.clauses[0]]
    raised = {answer.target.provision: code(answer.refusal) for answer in told["RaiseObjection"].answers}
    assert raised == {scene.clauses[0]: RefusalCode.ALREADY_OBJECTED, scene.clauses[1]: None}
    assert code(moves(scene, KGZ)["WithdrawObjection"].refusal) is RefusalCode.NO_SUCH_OBJECTION
    assert code(moves(scene, OBSERVER)["RaiseObjection"].refusal) is RefusalCode.NOT_A_MEMBER


def test_a_call_is_closed_or_taken_back():
    scene = sco(stage="called")
    closing, back = moves(scene)["CloseCall"].answers
    assert (closing.target.withdraw, code(closing.refusal)) == (False, RefusalCode.WINDOW_OPEN)
    assert (back.target.withdraw, back.refusal) == (True, None)
    assert closing.target.call == scene.state.call.id  # type: ignore[union-attr]


@pytest.mark.parametrize("by", ["facilitator", "visitor"])
def test_who_only_looks_has_no_moves(by: str):
    scene = sco()
    assert moves(scene, by) == {}
    assert moves(scene, by, KAZ) == {}


def test_the_chair_is_told_what_may_be_entered_for_a_seat():
    scene = sco()
    told = moves(scene, "chair", KAZ)
    assert told.keys() == moves(scene, KAZ).keys()
    assert [name for name, move in told.items() if move.allowed] == [
        name for name, move in moves(scene, KAZ).items() if move.allowed
    ]
    assert {code(move.refusal) for move in moves(scene, KAZ, KGZ).values()} == {RefusalCode.SEAT_NOT_HELD}


def test_a_sealed_session_says_so_once():
    scene = sco(items=2)
    scene.give(c.CloseSession())
    scene.give(c.SealSession())
    told = moves(scene)
    assert {code(move.refusal) for move in told.values()} == {RefusalCode.SESSION_SEALED}
    assert {len(move.answers) for move in told.values()} == {1}


def test_a_session_that_has_not_begun_has_no_moves():
    state = State()
    asked = Occasion(at=Instant("2026-05-04T09:00:00.000Z"), person=person("organiser"), ids=iter(()))
    assert list(available(state, sco().state.persons[person("chair")], asked)) == []


def test_much_can_be_done_in_the_middle_of_things():
    """Or the law above would hold of nothing."""
    scene = sco(stage="circulated", items=2, clauses=3)
    scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="In June."), "KAZ")
    amends = c.ProposeAmendment(provision=scene.clauses[1], revision=1, text="Twice.")
    scene.give(amends, "KGZ")
    assert keeps_its_word(scene, "chair") >= 12
    assert keeps_its_word(scene, KGZ) >= 15


def test_the_last_entries_that_can_be_corrected_are_named():
    scene = sco()
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT), "KAZ")
    stated, roll_call = (entry.seq for entry in reversed(scene.entries) if isinstance(entry.event, CORRECTED))
    found = {answer.target.entry: answer.refusal for answer in moves(scene)["CorrectEntry"].answers}
    assert found == {stated: None, roll_call: None}
    assert [answer.target.entry for answer in moves(scene, KAZ)["CorrectEntry"].answers] == [stated]
    assert code(moves(scene, KGZ)["CorrectEntry"].refusal) is RefusalCode.UNKNOWN_REFERENCE


def test_versions_are_asked_for_where_one_is_wanting():
    scene = sco(stage="circulated", authentic=(RU,))
    given = moves(scene)["ProvideVersion"]
    assert [(a.target.provision, a.target.language) for a in given.answers] == [(each, RU) for each in scene.clauses]
    assert given.allowed
    assert keeps_its_word(scene, "secretary") >= 4
