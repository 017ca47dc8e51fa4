"""Rule 5.15: a delegation answers a candidate clause by clause; of words on the table that is a stance."""

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import CandidateId, ProvisionId, StanceLevel
from tests.polylogue.procedure.rounds import answer, answers, ids, two
from tests.scenes import EN, THREE, sco

KAZ, KGZ, UZB = THREE
OBJECT, SUPPORT = StanceLevel.OBJECT, StanceLevel.SUPPORT


def test_what_is_said_of_words_on_the_table_is_a_stance_and_of_others_an_answer():
    scene = sco()
    first, second = scene.clauses
    present_text, other = ids(two(scene))
    answered, stated = scene.give(answers(present_text, answer(first, OBJECT)), "KAZ")
    assert answered.stances == ()
    assert (stated.stances[0].level, scene.state.stances[KAZ][first, None].level) == (OBJECT, OBJECT)
    (answered,) = scene.give(answers(other, answer(first), answer(second, OBJECT)), "KAZ")
    assert [(s.provision, s.wording, s.level) for s in answered.stances] == [(first, 2, SUPPORT), (second, 3, OBJECT)]
    held = scene.state.rounds[scene.item][-1].answers[KAZ][3]
    assert scene.prose[held.seq, f"/stances/{held.place}/wouldBeRemovedBy"] == "A fund."
    assert scene.state.stances[KAZ][first, None].level is OBJECT


def test_an_answer_that_names_nothing_or_says_no_reason_is_refused():
    scene = sco()
    first, _ = scene.clauses
    candidate = ids(two(scene))[1]
    assert scene.refuse(answers(candidate), "KAZ").code is RefusalCode.LIST_EMPTY
    twice = answers(candidate, answer(first), answer(first))
    assert scene.refuse(twice, "KAZ").code is RefusalCode.DUPLICATE_ENTRY
    elsewhere = scene.refuse(answers(candidate, answer(ProvisionId("x"))), "KAZ")
    assert (elsewhere.code, elsewhere.path) == (RefusalCode.UNKNOWN_REFERENCE, ("answers", "0", "provision"))
    silent = scene.refuse(answers(candidate, answer(first, OBJECT, reason=None)), "KAZ")
    assert (silent.code, silent.path) == (RefusalCode.STANCE_REASON_MISSING, ("answers", "0", "reason"))
    assert scene.refuse(answers(CandidateId("x"), answer(first)), "KAZ").code is RefusalCode.UNKNOWN_REFERENCE
    (amended,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Anew.", language=EN), "KAZ")
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    stale = scene.refuse(answers(candidate, answer(first)), "KAZ")
    assert (stale.code, stale.path) == (RefusalCode.REVISION_STALE, ("answers", "0", "provision"))
