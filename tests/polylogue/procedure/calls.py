"""What is said in a call for consensus, and how its verdict is read.

Why beside the tests: a call is answered alike, whether it is adopted, blocked or taken back.
"""

from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.vocabulary import ProvisionId, SeatCode, StanceLevel
from tests.scenes import EN, Scene, sco, takes

OBJECT = StanceLevel.OBJECT


def counted(verdict: e.Verdict) -> dict[str, int]:
    return {count.name: count.value for count in verdict.counts}


def against(verdict: e.Verdict) -> list[tuple[SeatCode, ProvisionId]]:
    return [(objection.seat, objection.provision) for objection in verdict.objections]


def opinion(scene: Scene, **more: Any) -> c.PlaceOpinionOnRecord:
    given: dict[str, Any] = {"item": scene.item, "text": "We understand it so.", "language": EN}
    return c.PlaceOpinionOnRecord(**(given | more))


def maintains(scene: Scene, clause: ProvisionId) -> c.MaintainObjection:
    return c.MaintainObjection(item=scene.item, provision=clause)


def withdraws(scene: Scene, clause: ProvisionId, **more: Any) -> c.WithdrawObjection:
    return c.WithdrawObjection(item=scene.item, provision=clause, **more)


def with_objection(*seats: SeatCode) -> Scene:
    """A clean text, on whose first clause these seats hold an OBJECT."""
    scene = sco(10, stage="clean")
    for seat in seats:
        scene.give(takes(scene.item, scene.clauses[0], OBJECT), seat)
    return scene
