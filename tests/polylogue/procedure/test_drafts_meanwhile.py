"""Drafts and rounds that were overtaken while they were made, that come to nothing, or that find the table full."""

from collections.abc import Callable

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.rolling import draft
from polylogue.procedure.matter import ALTERNATIVES_LIMIT
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import AmendmentId, AmendmentKind, ClauseForm, RequestId, RequestState
from tests.polylogue.drafting.played import asked, drawn, read, searched
from tests.scenes import EN, RU, THREE, Scene, sco

KAZ, KGZ, UZB = THREE
SHOULD = "Item 1, clause 1, should stand."


def amends(scene: Scene, by: str = "KAZ", text: str = SHOULD, language: str = EN) -> AmendmentId:
    wish = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text=text, language=type(EN)(language))
    return scene.give(wish, by)[0].amendment


def withdrawn(scene: Scene, amendment: AmendmentId) -> None:
    scene.give(c.WithdrawAmendment(amendment=amendment), "KAZ")


def revised(scene: Scene, amendment: AmendmentId) -> None:
    scene.give(c.ReviseAmendment(amendment=amendment, text="Otherwise."), "KAZ")


def worded_by_another(scene: Scene, amendment: AmendmentId) -> None:
    change = c.ProposeAmendment(amendment=amendment, revision=1, text="Otherwise.", language=EN)
    (inner,) = scene.give(change, "UZB")
    scene.give(c.AcceptAmendment(amendment=inner.amendment), "KAZ")


def put_beside(scene: Scene, amendment: AmendmentId) -> None:
    scene.give(c.ProposeAlternative(provision=scene.clauses[0], amendment=amendment), "KAZ")


MEANWHILE = [withdrawn, revised, worded_by_another, put_beside]


@pytest.mark.parametrize("candidates", [0, 16])
@pytest.mark.parametrize("happens", MEANWHILE)
def test_an_amendment_that_moved_while_a_draft_was_made_is_not_tabled(
    happens: Callable[[Scene, AmendmentId], None], candidates: int
):
    scene = sco()
    amendment = amends(scene)
    made: c.Command
    if candidates:
        made = searched(scene)
    else:
        (requested,) = scene.give(c.RequestDraft(item=scene.item, candidates=0))
        made = draft(scene.state, scene.item, requested.request, read(scene).words)
    happens(scene, amendment)
    assert scene.refuse(made, "worker").code is RefusalCode.DRAFT_OUTDATED


def test_an_amendment_that_has_the_present_words_is_behind_them_only_while_it_waits():
    scene = sco()
    amendment = amends(scene, "KAZ", "ITEM 1, clause 1.")
    (requested,) = scene.give(c.RequestDraft(item=scene.item, candidates=0))
    made = draft(scene.state, scene.item, requested.request, read(scene).words)
    assert made.clauses[0].backers == (KAZ,)
    withdrawn(scene, amendment)
    refusal = scene.refuse(made, "worker")
    assert (refusal.code, refusal.path) == (
        RefusalCode.DRAFT_OUTDATED,
        ("clauses", "0", "sources", "1", "amendment"),
    )


def test_an_amendment_that_came_while_a_draft_was_made_waits_for_the_next():
    scene = sco()
    made = searched(scene)
    amends(scene)
    scene.give(made, "worker")
    assert scene.state.provisions[scene.clauses[0]].alternatives == []


def test_a_round_whose_deletion_was_withdrawn_meanwhile_is_made_anew():
    scene = sco()
    deletes = c.ProposeAmendment(kind=AmendmentKind.DELETE, provision=scene.clauses[0], revision=1)
    (amended,) = scene.give(deletes, "KAZ")
    made = searched(scene)
    withdrawn(scene, amended.amendment)
    refusal = scene.refuse(made, "worker")
    assert (refusal.code, refusal.path) == (RefusalCode.DRAFT_OUTDATED, ("basis",))


def test_the_secretariat_may_table_words_of_an_amendment_that_was_withdrawn_and_say_so():
    scene = sco()
    amendment = amends(scene)
    withdrawn(scene, amendment)
    wanted = c.DraftedAlternative(text=SHOULD, language=EN, sources=(c.DraftSource(seat=KAZ, amendment=amendment),))
    clause = c.DraftedClause(provision=scene.clauses[0], revision=1, alternatives=(wanted,))
    scene.give(c.TableDraft(item=scene.item, clauses=(clause,)), "secretary")


# ── asked for anew ──


def test_a_draft_that_does_not_come_is_asked_for_anew_by_naming_the_request():
    scene = sco()
    made = searched(scene)
    old = scene.state.items[scene.item].request
    refusal = scene.refuse(c.RequestDraft(item=scene.item))
    assert (refusal.code, refusal.params["id"]) == (RefusalCode.DRAFT_PENDING, old)
    (anew,) = scene.give(c.RequestDraft(item=scene.item, instead_of=old))
    assert old
    assert (scene.state.requests[old].state, scene.state.requests[old].ended_seq) == (
        RequestState.LAPSED,
        scene.state.seq,
    )
    assert scene.state.items[scene.item].request == anew.request
    assert scene.refuse(made, "worker").code is RefusalCode.UNKNOWN_REFERENCE


@pytest.mark.parametrize("pending", [True, False])
def test_only_the_request_that_waits_is_replaced(*, pending: bool):
    scene = sco()
    if pending:
        scene.give(c.RequestDraft(item=scene.item))
    refusal = scene.refuse(c.RequestDraft(item=scene.item, instead_of=RequestId("another")))
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("insteadOf",))


# ── many, and alike ──


def test_a_round_takes_as_many_amendments_as_a_bracket_holds():
    """With one more the round named a wording that its draft did not bring, and was refused for good."""
    scene = sco()
    for number in range(ALTERNATIVES_LIMIT):
        amends(scene, "KAZ", f"Item 1, clause 1, in {number} years.")
    amends(scene, "KAZ", "Item 1, clause.")
    drawn(scene)
    assert len(scene.state.provisions[scene.clauses[0]].alternatives) == ALTERNATIVES_LIMIT


def test_amendments_that_differ_in_case_and_white_space_alone_come_as_one_alternative_of_both():
    scene = sco()
    one, other = amends(scene, "KAZ"), amends(scene, "KGZ", "Item 1,  clause 1, Should stand.")
    amends(scene, "UZB", "ITEM 1, clause 1.")  # the present text, in other letters
    wordings = asked(scene).clauses[0].wordings
    assert [(w.key, w.seats) for w in wordings] == [("", (UZB,)), (one, (KAZ, KGZ))]
    drawn(scene)
    (id,) = scene.state.provisions[scene.clauses[0]].alternatives
    assert scene.state.alternatives[id].authors == (KAZ, KGZ)
    sources = scene.newest(e.DraftTabled).clauses[0].alternatives[0].sources
    assert [(source.seat, source.amendment) for source in sources] == [(KAZ, one), (KGZ, other)]
    amends(scene, "UZB", "item 1, clause 1, should stand.")
    assert [(w.key, w.seats) for w in asked(scene).clauses[0].wordings[1:]] == [(id, (KAZ, KGZ, UZB))]
    drawn(scene)
    assert scene.state.provisions[scene.clauses[0]].alternatives == [id]


def test_the_same_words_in_another_language_are_another_wording():
    scene = sco()
    amends(scene, "KAZ", "BRICS")
    amends(scene, "KGZ", "BRICS", RU)
    assert len(asked(scene).clauses[0].wordings) == 3


def test_a_draft_brings_no_twin_of_what_stands_there():
    scene = sco()
    for twin in ("item 1, clause 1.", "Item 1,\nclause 1."):
        wanted = c.DraftedAlternative(text=twin, language=EN)
        clause = c.DraftedClause(provision=scene.clauses[0], revision=1, alternatives=(wanted,))
        refusal = scene.refuse(c.TableDraft(item=scene.item, clauses=(clause,)), "secretary")
        assert (refusal.code, refusal.path) == (
            RefusalCode.WORDING_UNCHANGED,
            ("clauses", "0", "alternatives", "0", "text"),
        )
    new = (c.DraftedAlternative(text=text, language=EN) for text in ("Should.", "should ."))
    clause = c.DraftedClause(provision=scene.clauses[0], revision=1, alternatives=tuple(new))
    refusal = scene.refuse(c.TableDraft(item=scene.item, clauses=(clause,)), "secretary")
    assert (refusal.code, refusal.path) == (
        RefusalCode.WORDING_UNCHANGED,
        ("clauses", "0", "alternatives", "1", "text"),
    )


def test_a_candidate_may_rest_on_an_amendment_that_became_part_of_another_alternative():
    scene = sco()
    amends(scene, "KAZ")
    amends(scene, "KGZ", "Item 1,  clause 1, should stand.")
    forms = {wording.form for wording in drawn(scene).wordings}
    assert ClauseForm.ALTERNATIVE in forms
