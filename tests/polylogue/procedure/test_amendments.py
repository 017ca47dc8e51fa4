"""Chapter 5, amendments: to a wording as it stands; friendly when the sponsor accepts."""

from typing import Any

import pytest

from polylogue import commands as c
from polylogue.refusals import Conflict, RefusalCode
from polylogue.vocabulary import AmendmentId, AmendmentState, ProvisionId, ProvisionState, StanceLevel
from tests.scenes import EN, RU, THREE, Scene, objects, sco, takes

KAZ, KGZ, UZB = THREE


def amends(clause: ProvisionId, revision: int = 1, words: str = "Twice.", **more: Any) -> c.ProposeAmendment:
    return c.ProposeAmendment(provision=clause, revision=revision, text=words, language=EN, **more)


def proposed(scene: Scene, clause: ProvisionId, by: str = "KAZ") -> AmendmentId:
    (made,) = scene.give(amends(clause), by)
    return made.amendment


def test_an_amendment_waits_for_the_sponsor():
    scene = sco()
    (made,) = scene.give(amends(scene.clauses[0], reason="Once is rare."), "KAZ")
    amendment = scene.state.amendments[made.amendment]
    assert (amendment.seat, amendment.state, amendment.has_reason, amendment.revision) == (
        KAZ,
        AmendmentState.PENDING,
        True,
        1,
    )
    assert scene.words(scene.clauses[0]) == "Item 1, clause 1."


def test_the_chair_accepts_for_opening_text():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause), "UZB")
    amendment = proposed(scene, clause)
    refusal = scene.refuse(c.AcceptAmendment(amendment=amendment), "UZB")
    assert (refusal.code, refusal.params) == (RefusalCode.NOT_SPONSOR, {"sponsor": "CHAIR"})
    (accepted,) = scene.give(c.AcceptAmendment(amendment=amendment))
    assert (accepted.revision, accepted.reopens) == (2, False)
    assert scene.words(clause) == "Twice."
    assert scene.state.amendments[amendment].state is AmendmentState.ACCEPTED
    held = scene.state.stances[UZB][clause, None]
    assert scene.state.carried((clause, None), held)


def test_the_sponsor_accepts_for_its_own_clause():
    scene = sco()
    (clause,) = scene.give(c.ProposeProvision(item=scene.item, text="Once.", language=EN), "KGZ")
    amendment = proposed(scene, clause.provision)
    for by in ("chair", "KAZ"):
        assert scene.refuse(c.AcceptAmendment(amendment=amendment), by).params == {"sponsor": KGZ}
    scene.give(c.AcceptAmendment(amendment=amendment), "KGZ")
    assert scene.state.provisions[clause.provision].revision == 2


def test_the_secretariat_enters_the_sponsor_s_acceptance():
    scene = sco()
    (clause,) = scene.give(c.ProposeProvision(item=scene.item, text="Once.", language=EN), "KGZ")
    amendment = proposed(scene, clause.provision)
    scene.give(c.AcceptAmendment(amendment=amendment), "secretary", seat="KGZ")


def test_an_amendment_is_to_the_wording_that_stands():
    scene = sco()
    clause = scene.clauses[0]
    first, second = proposed(scene, clause), proposed(scene, clause, "UZB")
    scene.give(c.AcceptAmendment(amendment=first))
    for refusal in (
        scene.refuse(c.AcceptAmendment(amendment=second)),
        scene.refuse(amends(clause, 1), "KGZ"),
    ):
        assert isinstance(refusal, Conflict)
        assert (refusal.code, refusal.current_revision) == (RefusalCode.REVISION_STALE, 2)
    scene.give(c.WithdrawAmendment(amendment=second), "UZB")
    scene.give(amends(clause, 2, "Thrice."), "KGZ")


def test_an_amendment_is_taken_back_by_who_proposed_it():
    scene = sco()
    amendment = proposed(scene, scene.clauses[0])
    refusal = scene.refuse(c.WithdrawAmendment(amendment=amendment), "UZB")
    assert (refusal.code, refusal.params) == (RefusalCode.NOT_SPONSOR, {"sponsor": KAZ})
    scene.give(c.WithdrawAmendment(amendment=amendment), "KAZ")
    for command, by in (
        (c.WithdrawAmendment(amendment=amendment), "KAZ"),
        (c.AcceptAmendment(amendment=amendment), "chair"),
    ):
        refusal = scene.refuse(command, by)
        assert (refusal.code, refusal.params) == (RefusalCode.AMENDMENT_NOT_PENDING, {"state": "WITHDRAWN"})


@pytest.mark.parametrize(("kind", "by"), [(c.AcceptAmendment, "chair"), (c.WithdrawAmendment, "KAZ")])
def test_an_amendment_that_is_not_there(kind: type[c.AcceptAmendment | c.WithdrawAmendment], by: str):
    refusal = sco().refuse(kind(amendment=AmendmentId("nowhere")), by)
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("amendment",))


def test_what_is_not_accepted_may_stand_as_an_alternative():
    scene = sco(items=2)
    clause, other = scene.clauses
    amendment = proposed(scene, clause)
    (made,) = scene.give(c.ProposeAlternative(provision=clause, amendment=amendment), "KAZ")
    assert scene.state.provisions[clause].state is ProvisionState.BRACKETED
    alternative = scene.state.alternatives[made.alternative]
    assert (alternative.amendment, alternative.seat) == (amendment, KAZ)
    version = alternative.wording[0]
    assert scene.prose[version.seq, version.pointer] == "Twice."
    assert scene.state.amendments[amendment].state is AmendmentState.PENDING
    for command, by, code, path in (
        (c.ProposeAlternative(provision=clause, amendment=amendment), "KAZ", RefusalCode.DUPLICATE_ENTRY, "amendment"),
        (c.ProposeAlternative(provision=clause, amendment=amendment), "UZB", RefusalCode.NOT_SPONSOR, "amendment"),
        (c.ProposeAlternative(provision=other, amendment=amendment), "KAZ", RefusalCode.AMENDMENT_INVALID, "amendment"),
        (c.ProposeAlternative(provision=clause), "KAZ", RefusalCode.TEXT_EMPTY, "text"),
    ):
        refusal = scene.refuse(command, by)
        assert (refusal.code, refusal.path) == (code, (path,))
    scene.give(c.CloseBracket(provision=clause))
    both = c.ProposeAlternative(provision=clause, amendment=amendment, text="Thrice.")
    assert scene.refuse(both, "KAZ").path == ("text",)
    version = scene.state.amendments[amendment].wording[0]
    scene.erase(version.seq, version.pointer)
    erased = scene.refuse(c.ProposeAlternative(provision=clause, amendment=amendment), "KAZ")
    assert erased.code is RefusalCode.TEXT_ERASED


def test_words_without_a_language_are_in_the_session_s():
    scene = sco(working=RU)
    (made,) = scene.give(c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Дважды."), "KAZ")
    assert made.versions[0].language == RU
    (revised,) = scene.give(c.ReviseAmendment(amendment=made.amendment, text="Twice.", language=EN), "KAZ")
    assert revised.versions[0].language == EN
    (revised,) = scene.give(c.ReviseAmendment(amendment=made.amendment, text="Thrice."), "KAZ")
    assert revised.versions[0].language == EN
    (beside,) = scene.give(c.ProposeAlternative(provision=scene.clauses[0], text="Трижды."), "KAZ")
    assert beside.versions[0].language == RU


def test_accepting_in_a_blocked_text_takes_it_back_to_the_table():
    scene = sco(stage="called")
    first, second = scene.clauses
    scene.give(objects(scene.item, first), "KAZ")
    scene.close()
    amendment = proposed(scene, first)
    assert scene.phases == ("OPEN", "DECISION", "BLOCKED")
    (accepted,) = scene.give(c.AcceptAmendment(amendment=amendment))
    assert accepted.reopens
    assert scene.phases == ("OPEN", "NEGOTIATION", "CIRCULATED")
    assert scene.state.provisions[first].state is ProvisionState.PROPOSED
    assert scene.state.provisions[second].state is ProvisionState.AGREED
    objection = scene.state.stances[KAZ][first, None]
    assert (objection.level, scene.state.carried((first, None), objection)) == (StanceLevel.OBJECT, True)


def test_a_bracketed_clause_stays_bracketed_when_it_is_amended():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(c.ProposeAlternative(provision=clause, text="Should.", language=EN), "UZB")
    scene.give(c.AcceptAmendment(amendment=proposed(scene, clause)))
    provision = scene.state.provisions[clause]
    assert (provision.state, provision.revision, len(provision.alternatives)) == (ProvisionState.BRACKETED, 2, 1)
