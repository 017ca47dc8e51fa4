"""Rule 6.5, verdicts: each rule set counts who is there and who objects, and says why."""

import pytest

from polylogue import commands as c
from polylogue.rules.shelf import rule_set
from tests.polylogue.procedure.calls import counted
from tests.scenes import OBSERVER, TEN, objects, sco


@pytest.mark.parametrize(
    ("rule_set_name", "present", "objections", "outcome"),
    [
        ("sco-consensus/1", 10, 0, "ADOPTED"),
        ("sco-consensus/1", 7, 0, "ADOPTED"),
        ("sco-consensus/1", 6, 0, "NO_QUORUM"),
        ("sco-consensus/1", 6, 1, "NO_QUORUM"),
        ("sco-consensus/1", 10, 5, "BLOCKED"),
        ("sco-consensus/1", 10, 1, "BLOCKED"),
        ("sco-consensus/1", 7, 1, "BLOCKED"),
        ("sco-consensus-half/1", 6, 0, "ADOPTED"),
        ("sco-consensus-half/1", 5, 0, "NO_QUORUM"),
        ("sco-consensus-half/1", 6, 3, "BLOCKED"),
        ("sco-consensus-sitting/1", 7, 0, "ADOPTED"),
    ],
)
def test_a_verdict_says_why(rule_set_name: str, present: int, objections: int, outcome: str):
    scene = sco(10, stage="called", rule_set=rule_set_name)
    for seat in TEN[:objections]:
        scene.give(objects(scene.item, scene.clauses[0]), seat)
    scene.give(c.RecordRollCall(present=(*TEN[:present], OBSERVER)))
    closed = scene.close()
    verdict, count = closed.verdict, counted(closed.verdict)
    assert closed.outcome == outcome
    assert count == {"eligible": 10, "members": 10, "objections": objections, "present": present}
    assert len(verdict.objections) == objections
    assert verdict.rule == f"{rule_set_name} 6.5"
    assert verdict.needed == rule_set(rule_set_name).quorum.needed(count[verdict.base])
    met = count["present"] >= verdict.needed
    assert verdict.passed == (met and not verdict.objections) == (outcome == "ADOPTED")
