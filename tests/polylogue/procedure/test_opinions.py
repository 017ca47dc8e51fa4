"""Rule 6.4: an opinion is placed on record beside the decision."""

from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CallOutcome, OpinionKind
from tests.polylogue.procedure.calls import opinion
from tests.scenes import RU, sco


def test_an_opinion_is_placed_beside_the_decision_and_does_not_block():
    scene = sco(stage="called")
    (placed,) = scene.give(
        opinion(scene, text="Мы понимаем.", language=RU, kind=OpinionKind.RESERVATION, provision=scene.clauses[1]),
        "KAZ",
    )
    assert (placed.kind, placed.provision) == (OpinionKind.RESERVATION, scene.clauses[1])
    closed = scene.close()
    assert (closed.outcome, closed.verdict.objections) == (CallOutcome.ADOPTED, ())


def test_an_opinion_may_follow_the_decision_while_the_sitting_lasts():
    scene = sco(stage="called")
    scene.close()
    scene.give(opinion(scene), "UZB")
    scene.rise()
    scene.sit()
    refusal = scene.refuse(opinion(scene), "UZB")
    assert (refusal.code, refusal.params) == (RefusalCode.SITTING_OVER, {"number": 1, "sitting": 1})


def test_an_opinion_is_on_a_clause_of_the_text():
    scene = sco(items=2, stage="called")
    elsewhere = list(scene.state.items.values())[1].provisions[0]
    refusal = scene.refuse(opinion(scene, provision=elsewhere), "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("provision",))
