"""Mistakes and how they are mended: a course of them all."""

from typing import Any

from polylogue import commands as c
from polylogue.vocabulary import (
    DecisionType,
    ItemId,
    PersonId,
    ProvisionId,
    SeatCode,
    Seq,
    StanceLevel,
    TextState,
)
from tests.ledger.course import CHAIR, EN, RU, Course


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


def _objects(clause: ProvisionId, *, level: StanceLevel = StanceLevel.OBJECT, importance: int = 2) -> c.StanceGiven:
    return c.StanceGiven(provision=clause, level=level, importance=importance, reason="No.", would_be_removed_by="Yes.")


def _close(course: Course, item: ItemId, becomes: TextState) -> None:
    course.wait(3600)
    course.go(c.CloseCall(item=item))
    assert course.state.items[item].text is becomes


def _of(seat: SeatCode) -> PersonId:
    return PersonId(f"delegate of {seat}")
