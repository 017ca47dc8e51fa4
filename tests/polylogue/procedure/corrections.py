"""Corrections that tests make, and what of a first item they look at after them.

Why beside the tests: whatever is corrected, it was entered, is mended and refused in the same way.
"""

from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import SeatCode, Seq, StanceLevel
from tests.scenes import THREE, Scene

KAZ, KGZ, UZB = THREE
ACCEPT, OBJECT, RESERVE = StanceLevel.ACCEPT, StanceLevel.OBJECT, StanceLevel.RESERVE


def command(seq: int, **restored: Any) -> c.CorrectEntry:
    return c.CorrectEntry(seq=Seq(seq), restored=c.Restored(**restored or {"void": True}), reason="Misheard.")


def correct(scene: Scene, seq: int, by: str = "chair", **restored: Any) -> e.EntryCorrected:
    (corrected,) = scene.give(command(seq, **restored), by)
    assert scene.entries[-1].corrects == seq
    return corrected


def code(scene: Scene, seq: int, by: str = "chair", **restored: Any) -> RefusalCode:
    return scene.refuse(command(seq, **restored), by).code


def superseded(scene: Scene, seq: int, by: int, **restored: Any) -> bool:
    """Whether a correction is refused because of the entry `by`, which it names."""
    refusal: Refusal = scene.refuse(command(seq, **restored))
    return (refusal.code, refusal.params) == (RefusalCode.CORRECTION_SUPERSEDED, {"seq": seq, "by": by})


def stated(scene: Scene, *stances: c.StanceGiven, by: str = KAZ) -> int:
    """The entry of stances of KAZ."""
    scene.give(c.StateStances(item=scene.item, stances=stances), by)
    return scene.state.seq


def restated(*stances: c.StanceGiven) -> c.RestoredStances:
    return c.RestoredStances(stances=stances)


def levels(scene: Scene, seat: SeatCode = KAZ) -> list[str]:
    held = scene.state.held(seat)
    return [held[clause, None].level if (clause, None) in held else "" for clause in scene.clauses]
