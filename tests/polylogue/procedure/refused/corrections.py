"""Corrections of entries."""

from typing import Any

from polylogue import commands as c
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import (
    Seq,
    StanceLevel,
)
from tests.polylogue.procedure.refused.cases import Cases
from tests.scenes import THREE, Scene, objects, sco, stance, takes

KAZ, KGZ, _ = THREE
Code = RefusalCode
case = Cases()


def corrects(scene: Scene, seq: int, by: str = "chair", **restored: Any) -> Refusal:
    said = restored or {"void": True}
    return scene.refuse(c.CorrectEntry(seq=Seq(seq), restored=c.Restored(**said), reason="Entered wrongly."), by)


def stated() -> Scene:
    """A stance of KAZ, entry 15."""
    scene = sco()
    scene.give(takes(scene.item, scene.clauses[0]), "KAZ")
    return scene


@case(Code.CORRECTION_KIND, "7.1", "seq", seq=14, kind="ItemOpened")
def correcting_what_has_a_command_of_its_own():
    return corrects(sco(), 14)


@case(Code.CORRECTION_MISMATCH, "7.1", "restored", seq=15, takes="stances, void")
def correcting_a_stance_by_a_roll_call():
    return corrects(stated(), 15, roll_call=c.RestoredPresence(present=THREE))


@case(Code.CORRECTION_NOT_YOURS, "7.1", "seq", seq=15)
def correcting_another_s_stance():
    return corrects(stated(), 15, "KGZ")


@case(Code.CORRECTION_SUPERSEDED, "7.1", "seq", seq=15, by=16)
def correcting_a_stance_that_was_stated_anew():
    scene = stated()
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.RESERVE), "KAZ")
    return corrects(scene, 15)


@case(Code.CORRECTION_TOGETHER, "7.1", "seq", seq=19, other=18)
def correcting_the_stance_of_an_objection():
    scene = sco(stage="called")
    raised = scene.state.seq + 1
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    assert raised == 18, raised
    return corrects(scene, 19)


@case(Code.CORRECTION_UNCHANGED, "7.1", "restored", seq=15)
def correcting_nothing():
    scene = stated()
    return corrects(scene, 15, stances=c.RestoredStances(stances=(stance(scene.clauses[0]),)))


@case(Code.ALREADY_CORRECTED, "7.1", "seq", seq=15, by=16)
def correcting_twice():
    scene = stated()
    scene.give(c.CorrectEntry(seq=Seq(15), restored=c.Restored(void=True), reason="It was KGZ."), "secretary")
    return corrects(scene, 15)
