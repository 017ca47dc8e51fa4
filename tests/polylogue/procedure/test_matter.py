"""Chapter 0: who may act for whom, in which phase, and what a text on its way in must be."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from polylogue import commands as c
from polylogue.commands import Command
from polylogue.occasion import Acting, Actor
from polylogue.refusals import Refusal, RefusalCode
from polylogue.rules.shelf import rule_set
from polylogue.vocabulary import (
    AmendmentId,
    CandidateId,
    ItemPhase,
    Nature,
    PersonId,
    RequestId,
    Role,
    SeatCode,
    Seq,
    SessionPhase,
    StanceLevel,
    TextState,
)
from tests.polylogue.procedure.rounds import two
from tests.scenes import EN, GUEST, OBSERVER, PARTNER, THREE, Scene, objects, sco, stance
from tests.scenes import item as item_of

KAZ, KGZ, UZB = THREE
RULES = rule_set("sco-consensus/1")


def says(scene: Scene) -> c.PostPosition:
    return c.PostPosition(item=scene.item, text="We agree.", language=EN)


# ── whose act it is ──


def test_a_delegate_acts_for_the_seat():
    scene = sco()
    scene.give(says(scene), "KAZ")
    assert scene.entries[-1].acting == Acting(Actor(PersonId("delegate of KAZ"), Role.DELEGATE), KAZ)


@pytest.mark.parametrize(("clerk", "role"), [("chair", Role.CHAIR), ("secretary", Role.SECRETARIAT)])
def test_what_was_said_on_paper_is_entered_for_a_seat(clerk: str, role: Role):
    scene = sco()
    scene.wait(minutes=60)
    scene.give(says(scene), clerk, seat="KAZ", occurred_at="2026-05-04T09:30:00.000Z")
    acting = scene.entries[-1].acting
    assert acting == Acting(
        actor=Actor(None, Role.DELEGATE),
        seat=KAZ,
        entered_by=Actor(PersonId(clerk), role),
        occurred_at=acting.occurred_at,
    )
    assert acting.occurred_at == "2026-05-04T09:30:00.000Z"
    assert (KAZ in scene.state.stances, scene.state.positions[scene.item, KAZ][1]) == (False, 1)


@pytest.mark.parametrize(
    "claimed", ["2026-05-04T10:00:00.001Z", "2026-05-04T08:59:59.999Z", "0001-01-01T00:00:00.000Z"]
)
def test_a_time_is_claimed_that_can_be_and_for_others_only(claimed: str):
    scene = sco()
    scene.wait(minutes=60)
    refusal = scene.refuse(says(scene), "secretary", seat="KAZ", occurred_at=claimed)
    assert (refusal.code, refusal.path) == (RefusalCode.OCCURRED_AT_OUT_OF_RANGE, ("occurredAt",))
    refusal = scene.refuse(says(scene), "KAZ", occurred_at="2026-05-04T09:30:00.000Z")
    assert (refusal.code, refusal.path) == (RefusalCode.OCCURRED_AT_NOT_CLAIMED, ("occurredAt",))
    for now in ("2026-05-04T09:00:00.000Z", "2026-05-04T10:00:00.000Z"):
        scene.give(says(scene), "secretary", seat="KAZ", occurred_at=now)


def test_what_is_reconstructed_happened_before_there_was_a_session():
    scene = sco(nature=Nature.RECONSTRUCTION)
    scene.give(says(scene), "secretary", seat="KAZ", occurred_at="1991-12-08T00:00:00.000Z")
    assert scene.entries[-1].acting.occurred_at == "1991-12-08T00:00:00.000Z"


@pytest.mark.parametrize("by", ["facilitator", "visitor", "organiser", "worker", "stranger"])
def test_who_holds_no_seat_does_not_speak(by: str):
    scene = sco()
    refusal = scene.refuse(says(scene), by)
    assert (refusal.code, refusal.params) == (RefusalCode.NOT_PERMITTED, {"allowed": "DELEGATE"})
    assert scene.refuse(says(scene), by, seat="KAZ").code is RefusalCode.SEAT_NOT_HELD


def test_who_enters_for_seats_says_for_which():
    scene = sco()
    refusal = scene.refuse(says(scene), "secretary")
    assert (refusal.code, refusal.path) == (RefusalCode.SEAT_AMBIGUOUS, ("seat",))


def test_a_seat_that_is_not_there():
    scene = sco()
    refusal = scene.refuse(says(scene), "KAZ", seat="ZZZ")
    assert (refusal.code, refusal.params["kind"]) == (RefusalCode.UNKNOWN_REFERENCE, "delegation")


def test_a_person_with_several_seats_names_one():
    scene = sco()
    scene.give(c.AdmitPerson(role=Role.DELEGATE, seats=(KGZ,), person=PersonId("delegate of KAZ")))
    assert scene.refuse(says(scene), "KAZ").code is RefusalCode.SEAT_AMBIGUOUS
    for seat in (KAZ, KGZ):
        scene.give(says(scene), "KAZ", seat=seat)
        assert scene.entries[-1].seat == seat
        assert scene.entries[-1].acting.entered_by is None
    assert scene.refuse(says(scene), "KAZ", seat="UZB").code is RefusalCode.SEAT_NOT_HELD


def test_two_delegates_share_a_seat_and_the_last_act_stands():
    scene = sco()
    scene.give(c.AdmitPerson(role=Role.DELEGATE, seats=(KAZ,), person=PersonId("delegate of second")))
    (first,) = scene.give(says(scene), "KAZ")
    (second,) = scene.give(says(scene), "second")
    assert (second.position, second.revision) == (first.position, 2)


def test_an_officer_who_also_sits_for_a_seat_acts_for_it_when_it_is_named():
    scene = sco()
    scene.give(c.AdmitPerson(role=Role.DELEGATE, seats=(KAZ,), person=PersonId("chair")), "organiser")
    (proposed,) = scene.give(c.ProposeProvision(item=scene.item, text="Decides.", language=EN))
    assert scene.entries[-1].acting == Acting(Actor(PersonId("chair"), Role.DELEGATE), KAZ)
    assert scene.refuse(c.WithdrawProvision(provision=proposed.provision)).params == {"sponsor": KAZ}
    scene.give(c.WithdrawProvision(provision=proposed.provision), seat="KAZ")


@pytest.mark.parametrize("seat", [PARTNER, OBSERVER, GUEST])
def test_only_members_propose_object_and_sign(seat: SeatCode):
    scene = sco(stage="called")
    scene.give(says(scene), seat)
    for command in (
        objects(scene.item, scene.clauses[0]),
        c.PlaceOpinionOnRecord(item=scene.item, text="We understand.", language=EN),
    ):
        refusal = scene.refuse(command, seat)
        assert (refusal.code, refusal.params["seat"]) == (RefusalCode.NOT_A_MEMBER, seat)


# ── when ──


def example(scene: Scene, kind: type[Command]) -> tuple[Command, str]:
    """A command of a kind as somebody who may give it would give it, on the scene's first item."""
    item, clause = scene.item, scene.clauses[0]
    amendment = next(iter(scene.state.amendments), AmendmentId(""))
    candidate, level = next(iter(scene.state.candidates), CandidateId("")), StanceLevel.SUPPORT
    words = {"text": "Decides.", "language": EN}
    given: dict[type[Command], tuple[dict[str, Any], str]] = {
        c.ScheduleSession: ({"scenario": None}, "organiser"),
        c.AdmitPerson: ({"role": Role.PUBLIC}, "organiser"),
        c.DismissPerson: ({"person": PersonId("visitor")}, "organiser"),
        c.ReopenSession: ({"reason": "More."}, "chair"),
        c.RecordRollCall: ({"present": THREE}, "chair"),
        c.NoteArrival: ({"seats": (KAZ,)}, "chair"),
        c.NoteDeparture: ({"seats": (KAZ,)}, "chair"),
        c.AddItem: ({"item": item_of()}, "chair"),
        c.OpenItem: ({"item": item}, "chair"),
        c.DeferItem: ({"item": item, "reason": "Later."}, "chair"),
        c.StepItemBack: ({"item": item, "reason": "Too early."}, "chair"),
        c.ReopenCall: ({"item": item, "reason": "A dead phone."}, "chair"),
        c.RescindAdoption: ({"item": item, "reason": "A page was missing."}, "chair"),
        c.CorrectEntry: ({"seq": Seq(1), "restored": c.Restored(void=True), "reason": "Wrong."}, "chair"),
        c.PostPosition: ({"item": item, **words}, "KAZ"),
        c.StateStances: ({"item": item, "stances": (stance(clause),)}, "KAZ"),
        c.ProposeProvision: ({"item": item, **words}, "KAZ"),
        c.WithdrawProvision: ({"provision": clause}, "chair"),
        c.JoinSponsors: ({"provision": clause}, "KAZ"),
        c.LeaveSponsors: ({"provision": clause}, "KAZ"),
        c.ProvideVersion: ({"provision": clause, **words}, "chair"),
        c.ConfirmVersion: ({"provision": clause, "language": EN}, "chair"),
        c.ProposeAlternative: ({"provision": clause, **words}, "KAZ"),
        c.CloseBracket: ({"provision": clause}, "chair"),
        c.MergeBrackets: ({"provision": clause, "first": 1, "last": 2, "if_revision": 1}, "chair"),
        c.SplitBracket: ({"provision": clause, "bracket": 1, "if_revision": 1}, "chair"),
        c.ReopenBracket: ({"provision": clause, "reason": "Too soon."}, "KAZ"),
        c.ProposeAmendment: ({"provision": clause, "revision": 1, **words}, "KAZ"),
        c.ReviseAmendment: ({"amendment": amendment, "text": "Thrice."}, "KAZ"),
        c.AcceptAmendment: ({"amendment": amendment}, "chair"),
        c.WithdrawAmendment: ({"amendment": amendment}, "KAZ"),
        c.RequestDraft: ({"item": item}, "chair"),
        c.TableDraft: ({"item": item, "clauses": (c.DraftedClause(**words),)}, "worker"),
        c.ProposeCandidates: ({"item": item, "request": RequestId(""), "basis": 1}, "worker"),
        c.RankCandidates: ({"item": item, "ranking": ((candidate,),)}, "KAZ"),
        c.AnswerCandidate: ({"candidate": candidate, "answers": (c.AnswerGiven(provision=clause, level=level),)},
                            "KAZ"),
        c.TakeCandidate: ({"candidate": candidate}, "chair"),
        c.CirculateText: ({"item": item}, "chair"),
        c.CleanText: ({"item": item}, "chair"),
        c.ReopenText: ({"item": item}, "KAZ"),
        c.CallForConsensus: ({"item": item}, "chair"),
        c.RaiseObjection: ({"item": item, "provision": clause, "reason": "A.", "would_be_removed_by": "B.",
                            "language": EN}, "KGZ"),
        c.MaintainObjection: ({"item": item, "provision": clause}, "KAZ"),
        c.WithdrawObjection: ({"item": item, "provision": clause}, "KAZ"),
        c.PlaceOpinionOnRecord: ({"item": item, **words}, "KAZ"),
        c.CloseCall: ({"item": item, "withdraw": True, "reason": "Later."}, "chair"),
    }  # fmt: skip
    fields, by = given.get(kind, ({}, "chair"))
    return kind(**fields), by


def amended(stage: str = "open") -> Scene:
    """A scene in which an amendment and candidates were proposed before it came to that stage."""
    scene = sco()
    amendment = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Twice.", language=EN)
    scene.give(amendment, "KAZ")
    two(scene)
    for onward in (scene.circulate, scene.clean, scene.call)[: ("open", "circulated", "clean", "called").index(stage)]:
        onward()
    return scene


def decided(*, objected: bool) -> Scene:
    scene = amended("called")
    if objected:
        scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    scene.close()
    return scene


def scenes() -> Iterator[Scene]:
    """A session in every phase, with an item in every phase and a text in every state."""
    yield sco(stage="scheduled")
    listed = sco(stage="scheduled")
    listed.sit()
    yield listed
    ends: tuple[tuple[c.Command, ...], ...] = (
        (),
        (c.SuspendSession(),),
        (c.CloseSession(),),
        (c.CloseSession(), c.SealSession()),
    )
    for stage in ("open", "circulated", "clean"):
        for end in ends:
            scene = amended(stage)
            for command in end:
                scene.give(command)
            yield scene
        deferred = amended(stage)
        deferred.give(c.DeferItem(item=deferred.item, reason="Later."))
        yield deferred
    yield amended("called")
    suspended = amended("called")
    suspended.rise()
    yield suspended
    yield decided(objected=False)
    yield decided(objected=True)


SCENES = {" ".join(scene.phases): scene for scene in scenes()}
OUT_OF_TIME = {
    RefusalCode.SESSION_PHASE,
    RefusalCode.SESSION_SEALED,
    RefusalCode.ITEM_PHASE,
    RefusalCode.TEXT_STATE,
    RefusalCode.STANCE_IN_CALL,
}


def test_the_scenes_are_in_every_phase_and_state():
    seen = [tuple(name.split(" ")) for name in SCENES]
    assert {session for session, _, _ in seen} == set(SessionPhase)
    assert {item for _, item, _ in seen} == set(ItemPhase)
    assert {text for _, _, text in seen} == set(TextState)


@pytest.mark.parametrize("phases", SCENES)
def test_a_command_is_possible_when_its_row_says_so(phases: str):
    """A command is refused for its time where its row does not name the phase or state, and nowhere else."""
    scene = SCENES[phases]
    session, item, of_text = scene.phases
    for kind in get_args(Command):
        row, (command, by) = RULES.commands[kind.__name__], example(scene, kind)
        about_item = kind is not c.AddItem and any(
            hasattr(command, name) for name in ("item", "provision", "amendment", "candidate")
        )
        in_time = session in row.session and (not about_item or (item in row.item and of_text in row.text))
        if kind in (c.ReviseAmendment, c.AcceptAmendment, c.WithdrawAmendment) and not scene.state.amendments:
            continue  # there is none to name
        if kind in (c.AnswerCandidate, c.TakeCandidate) and not scene.state.candidates:
            continue
        answer = scene.ask(command, by)
        assert (isinstance(answer, Refusal) and answer.code in OUT_OF_TIME) == (not in_time), (command, answer)
