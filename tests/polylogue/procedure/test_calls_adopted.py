"""Rule 6.5, adopted: silence is consent, and the text stands in the record itself."""

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CallOutcome, DecisionType, Hash, OpinionKind
from tests.polylogue.procedure.calls import counted, opinion, with_objection, withdraws
from tests.scenes import EN, RU, TEN, THREE, objects, sco

KAZ, KGZ, UZB = THREE


def test_silence_of_those_present_is_consent():
    scene = sco(10, stage="called", authentic=(RU,))
    scene.reports[scene.item] = Hash("cd" * 32)
    closed = scene.close()
    assert (closed.outcome, closed.absent, closed.unreachable, closed.reason) == (CallOutcome.ADOPTED, (), (), None)
    verdict = closed.verdict
    assert (verdict.passed, verdict.rule, verdict.base, verdict.needed) == (True, "sco-consensus/1 6.5", "members", 7)
    assert counted(verdict) == {"eligible": 10, "members": 10, "objections": 0, "present": 10}
    adopted = scene.newest(e.TextAdopted)
    assert (adopted.number, adopted.report) == (1, "cd" * 32)
    assert [(clause.number, clause.versions[0].text) for clause in adopted.clauses] == [
        (1, "Item 1, clause 1."),
        (2, "Item 1, clause 2."),
    ]
    assert scene.phases == ("OPEN", "CONCLUDED", "ADOPTED")


def test_what_is_adopted_stands_in_the_record_itself_as_it_was_last_worded():
    scene = sco()
    first, second = scene.clauses
    (proposed,) = scene.give(c.ProposeAlternative(provision=first, text="Решает.", language=RU), "KAZ")
    scene.give(c.CloseBracket(provision=first, alternative=proposed.alternative))
    (inserted,) = scene.give(c.ProposeProvision(item=scene.item, text="Thanks.", language=EN, after=first), "KAZ")
    scene.give(c.WithdrawProvision(provision=second))
    scene.circulate()
    scene.clean()
    scene.call()
    scene.close()
    clauses = scene.newest(e.TextAdopted).clauses
    assert [(clause.id, clause.number, clause.revision) for clause in clauses] == [
        (first, 1, 2),
        (inserted.provision, 2, 1),
    ]
    assert [(v.language, v.text) for clause in clauses for v in clause.versions] == [(RU, "Решает."), (EN, "Thanks.")]
    assert "Решает.".encode() in scene.stored[-1]
    assert not any("Решает.".encode() in line for line in scene.stored[:-1])


def test_an_erased_clause_is_not_adopted_but_the_call_can_be_taken_back():
    scene = sco(stage="called")
    wording = scene.state.provisions[scene.clauses[0]].wording[0]
    scene.erase(wording.seq, wording.pointer)
    scene.wait(minutes=30)
    refusal = scene.refuse(c.CloseCall(item=scene.item))
    assert (refusal.code, refusal.params) == (RefusalCode.TEXT_ERASED, {"id": scene.clauses[0]})
    assert scene.close(withdraw=True, reason="A clause is erased.").outcome is CallOutcome.WITHDRAWN


def test_an_erased_clause_can_be_blocked():
    scene = sco(stage="called")
    wording = scene.state.provisions[scene.clauses[0]].wording[0]
    scene.erase(wording.seq, wording.pointer)
    scene.give(objects(scene.item, scene.clauses[1]), "KAZ")
    assert scene.close().outcome is CallOutcome.BLOCKED


def test_an_objection_withdrawn_before_the_close_does_not_block():
    scene = sco(10, stage="called")
    clause = scene.clauses[0]
    scene.give(objects(scene.item, clause), "IND")
    scene.give(withdraws(scene, clause), "IND")
    closed = scene.close()
    assert (closed.outcome, closed.verdict.passed, counted(closed.verdict)["objections"]) == (
        CallOutcome.ADOPTED,
        True,
        0,
    )


@pytest.mark.parametrize("kind", [DecisionType.EXPULSION, DecisionType.SUSPENSION])
def test_the_member_concerned_does_not_count(kind: DecisionType):
    """Consensus minus the member concerned: its standing objection is not listed, and it raises none."""
    scene = with_objection(UZB)
    opened = scene.call(decision_type=kind, concerned=UZB)
    assert (opened.standing, opened.concerned, opened.eligible) == ((), UZB, TEN[:-1])
    refusal = scene.refuse(objects(scene.item, scene.clauses[1]), "UZB")
    assert (refusal.code, refusal.params["allowed"]) == (RefusalCode.NOT_PERMITTED, ", ".join(TEN[:-1]))
    scene.give(opinion(scene, kind=OpinionKind.RESERVATION), "UZB")
    closed = scene.close()
    assert closed.outcome is CallOutcome.ADOPTED
    assert counted(closed.verdict) == {"eligible": 9, "members": 10, "objections": 0, "present": 10}


def test_the_others_do_count_when_a_member_is_expelled():
    scene = sco(10, stage="clean")
    scene.call(decision_type=DecisionType.EXPULSION, concerned=UZB)
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    assert scene.close().outcome is CallOutcome.BLOCKED
