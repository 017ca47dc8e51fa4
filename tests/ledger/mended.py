"""Mistakes and how they are mended: a course of them all, and what somebody may try of them at any time."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.vocabulary import (
    DecisionType,
    ItemId,
    LanguageTag,
    PersonId,
    ProvisionId,
    SeatCode,
    Seq,
    StanceLevel,
    TextState,
)

if TYPE_CHECKING:
    from tests.ledger.course import Course

EN, RU = LanguageTag("en"), LanguageTag("ru")
CHAIR = PersonId("chair")


def mended(course: Course, item: ItemId, kaz: SeatCode, chn: SeatCode) -> None:
    """An item that is deferred is led to its decision, with every kind of correction on the way."""
    go, clause = course.go, course.state.items[item].provisions[0]
    go(c.RecordRollCall(present=tuple(course.state.delegations)))
    go(c.NoteDeparture(seats=(kaz,)))
    corrects(course, course.state.seq, void=True)
    go(c.NoteDeparture(seats=(chn,)))
    go(c.NoteArrival(seats=(chn,)))
    present = tuple(seat for seat in course.state.delegations if seat != kaz)
    corrects(course, course.state.seq - 4, roll_call=c.RestoredPresence(present=present))
    go(c.NoteArrival(seats=(kaz,)))

    (posted, _) = go(c.PostPosition(item=item, text="Grids.", language=EN, interests="Coal."), _of(kaz))
    position: Any = posted.event
    assert (position.revision, len(course.state.posted[position.position])) == (1, 1)
    words = c.RestoredWords(text="Сети.", language=RU, translations=(c.Translation(language=EN, text="Grids."),))
    corrects(course, posted.seq, _of(kaz), position=words)
    corrects(course, posted.seq + 1, _of(kaz), interests=c.RestoredWords(text="Wind.", language=EN))
    (again,) = go(c.PostPosition(item=item, text="Nets.", language=EN), _of(kaz))
    corrects(course, again.seq, void=True)
    (entered,) = go(c.StateStances(item=item, stances=(_objects(clause),)), CHAIR, chn)
    corrects(course, entered.seq, void=True)
    (entered,) = go(c.StateStances(item=item, stances=(_objects(clause),)), _of(kaz))
    corrects(course, entered.seq, _of(kaz), stances=c.RestoredStances(stances=(_objects(clause, importance=3),)))

    go(c.StepItemBack(item=item, reason="A page was missing."))
    go(c.CleanText(item=item))
    course.wait(3600)
    go(c.CallForConsensus(item=item))
    corrects(course, course.state.seq, call=c.RestoredQuestion(decision_type=DecisionType.EXPULSION, concerned=kaz))
    corrects(course, course.state.seq, call=c.RestoredQuestion(decision_type=DecisionType.ORDINARY))
    go(c.WithdrawObjection(item=item, provision=clause), _of(kaz))
    corrects(course, course.state.seq - 1, void=True)
    go(c.WithdrawObjection(item=item, provision=clause), _of(kaz))
    corrects(course, course.state.seq - 1, _of(kaz), withdrawal=c.RestoredLevel(level=StanceLevel.NEUTRAL))
    raised = c.RaiseObjection(item=item, provision=clause, reason="No.", would_be_removed_by="Yes.", language=EN)
    go(raised, CHAIR, kaz)
    corrects(course, course.state.seq - 1, void=True)
    go(raised, _of(chn))
    reasons = c.RestoredReasons(reason="Нет.", would_be_removed_by="Да.", language=RU)
    corrects(course, course.state.seq - 1, _of(chn), objection=reasons)
    go(c.PlaceOpinionOnRecord(item=item, text="So.", language=EN), _of(kaz))
    corrects(course, course.state.seq, _of(kaz), opinion=c.RestoredOpinionText(text="So be it.", language=EN))
    _close(course, item, TextState.BLOCKED)
    go(c.ReopenCall(item=item, reason="Its telephone was dead."))
    go(c.WithdrawObjection(item=item, provision=clause), _of(chn))
    _close(course, item, TextState.ADOPTED)
    go(c.RescindAdoption(item=item, reason="A page was missing."))
    go(c.CallForConsensus(item=item))
    _close(course, item, TextState.ADOPTED)
    go(c.ReopenCall(item=item, reason="Not all had seen it."))
    _close(course, item, TextState.ADOPTED)


def corrects(course: Course, seq: int, by: PersonId = CHAIR, **restored: Any) -> None:
    course.go(c.CorrectEntry(seq=Seq(seq), restored=c.Restored(**restored), reason="Entered wrongly."), by)


def idea(draw: Random, course: Course) -> tuple[c.Command, PersonId]:
    """A way to mend something, more often what was done lately and in a way that fits."""
    state, entries = course.state, course.entries
    item = state.items[draw.choice(list(state.items))]
    seats = tuple(draw.sample(list(state.delegations), draw.randint(1, 2)))
    called = [each for each in state.items.values() if each.text in (TextState.ADOPTED, TextState.BLOCKED)] or [item]
    steps: tuple[c.Command, ...] = (
        c.NoteArrival(seats=seats),
        c.NoteDeparture(seats=seats),
        c.StepItemBack(item=item.id, reason="Too early."),
        c.ReopenCall(item=draw.choice(called).id, reason="A dead phone."),
        c.RescindAdoption(item=draw.choice(called).id, reason="A page was missing."),
    )
    if draw.random() < 0.3:
        return draw.choice(steps), CHAIR
    mendable = [entry for entry in entries if isinstance(entry.event, MENDABLE)] or entries
    entry = draw.choice(mendable[-8:] if draw.random() < 0.7 else mendable)
    event: Any = entry.event
    kind = event.of_kind if isinstance(event, e.EntryCorrected) else type(event).__name__
    level = draw.choice(list(StanceLevel))
    clauses = item.provisions if kind != "StancesStated" else state.items[event.item].provisions
    chosen = draw.sample(clauses, min(len(clauses), draw.randint(1, 2)))
    stances = tuple(_objects(clause, level=level) for clause in chosen)
    words = c.RestoredWords(text=f"Words {state.seq}.", language=EN)
    fits: dict[str, dict[str, Any]] = {
        "RollCallRecorded": {"roll_call": c.RestoredPresence(present=seats)},
        "PositionPosted": {"position": words},
        "InterestsStated": {"interests": words},
        "StancesStated": {"stances": c.RestoredStances(stances=stances)},
        "ObjectionRaised": {
            "objection": c.RestoredReasons(reason=f"No {state.seq}.", would_be_removed_by="Yes.", language=EN)
        },
        "ObjectionWithdrawn": {"withdrawal": c.RestoredLevel(level=level)},
        "OpinionPlaced": {"opinion": c.RestoredOpinionText(text=f"So {state.seq}.", language=EN)},
        "CallOpened": {"call": c.RestoredQuestion(decision_type=draw.choice(list(DecisionType)), concerned=seats[0])},
    }
    restored = c.Restored(void=True) if draw.random() < 0.5 else c.Restored(**fits.get(kind, {"void": True}))
    by = _of(entry.seat) if entry.seat and draw.random() < 0.5 else CHAIR
    return c.CorrectEntry(seq=entry.seq, restored=restored, reason="Entered wrongly."), by


MENDABLE = (
    e.RollCallRecorded, e.ArrivalNoted, e.DepartureNoted, e.PositionPosted, e.InterestsStated, e.StancesStated,
    e.ObjectionRaised, e.ObjectionMaintained, e.ObjectionWithdrawn, e.OpinionPlaced, e.CallOpened, e.EntryCorrected,
)  # fmt: skip


def _objects(clause: ProvisionId, *, level: StanceLevel = StanceLevel.OBJECT, importance: int = 2) -> c.StanceGiven:
    return c.StanceGiven(provision=clause, level=level, importance=importance, reason="No.", would_be_removed_by="Yes.")


def _close(course: Course, item: ItemId, becomes: TextState) -> None:
    course.wait(3600)
    course.go(c.CloseCall(item=item))
    assert course.state.items[item].text is becomes


def _of(seat: SeatCode) -> PersonId:
    return PersonId(f"delegate of {seat}")
