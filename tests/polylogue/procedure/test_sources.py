"""Rule 5.8: words that a draft puts down to a delegation are words that it has given; what it makes of them is nobody's
until a member speaks for it.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from polylogue import commands as c
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import AlternativeId, ClauseForm, SeatCode
from tests.polylogue.drafting.played import drawn, having
from tests.polylogue.procedure.sources import (
    ACCEPT,
    KAZ,
    KGZ,
    OTHERWISE,
    RESERVE,
    SUPPORT,
    UZB,
    as_a_clause,
    as_a_condition,
    as_a_condition_in_a_round,
    as_a_position,
    as_an_alternative,
    as_an_amendment,
    as_the_translation_of_a_position,
    beside,
    cleaned,
    closed,
    tabling,
)
from tests.scenes import EN, OBSERVER, Scene, sco, takes

# ── what a delegation has given ──

GIVEN = [
    as_a_clause,
    as_an_alternative,
    as_an_amendment,
    as_a_position,
    as_the_translation_of_a_position,
    as_a_condition,
    as_a_condition_in_a_round,
]


@pytest.mark.parametrize("gives", GIVEN)
def test_a_draft_brings_words_as_those_of_the_delegation_that_has_given_them(
    gives: Callable[[Scene], c.DraftSource],
):
    scene = sco()
    source = gives(scene)
    for by, named in (("worker", source), ("secretary", c.DraftSource(seat=KAZ))):
        (tabled,) = scene.give(tabling(scene, named, backers=(KAZ,)), by)
        provision = scene.state.provisions[tabled.clauses[0].id]
        assert (tabled.clauses[0].sources[0].seat, provision.authors, provision.supported) == (KAZ, (KAZ,), True)
    assert cleaned(scene) is None


@pytest.mark.parametrize("gives", GIVEN)
@pytest.mark.parametrize("words", ["Data should be shared.", "Данные."])
def test_other_words_are_not_put_down_to_it(gives: Callable[[Scene], c.DraftSource], words: str):
    scene = sco()
    source = gives(scene)
    for named, member in ((source, None), (c.DraftSource(seat=KAZ), "seat"), (c.DraftSource(seat=UZB), "seat")):
        refusal = scene.refuse(tabling(scene, named, words=words), "secretary")
        assert (refusal.code, refusal.rule) == (RefusalCode.DRAFT_MISATTRIBUTED, "5.8")
        assert refusal.params == {"clause": f"1.{len(scene.clauses) + 1}", "seats": UZB if named.seat == UZB else KAZ}
        assert refusal.path[:4] == ("clauses", "0", "sources", "0")
        assert refusal.path[4] == (member or refusal.path[4])


@pytest.mark.parametrize("drawn", [True, False])
@pytest.mark.parametrize("gives", [as_an_alternative, as_an_amendment, as_a_position])
def test_what_one_has_given_is_not_put_down_to_another(gives: Callable[[Scene], c.DraftSource], *, drawn: bool):
    scene = sco()
    refusal = scene.refuse(tabling(scene, replace(gives(scene), seat=UZB, drawn=drawn)), "worker")
    assert (refusal.code, refusal.params["seats"]) == (RefusalCode.DRAFT_MISATTRIBUTED, KAZ)


@pytest.mark.parametrize("seat", [KAZ, OBSERVER])
def test_nobody_is_named_as_a_backer_of_what_it_has_not_said_it_could_go_with(seat: SeatCode):
    scene = sco()
    first, _ = scene.clauses
    backed = c.TableDraft(item=scene.item, clauses=(c.DraftedClause(provision=first, revision=1, backers=(seat,)),))
    for level in (None, RESERVE):
        if level:
            scene.give(takes(scene.item, first, level), seat)
        refusal = scene.refuse(backed, "secretary")
        assert (refusal.code, refusal.params) == (RefusalCode.DRAFT_MISATTRIBUTED, {"clause": "1.1", "seats": seat})
        assert refusal.path == ("clauses", "0", "backers")
    scene.give(takes(scene.item, first, ACCEPT), seat)
    scene.give(takes(scene.item, first, RESERVE), seat)  # after the draft was made
    scene.give(backed, "secretary")


# ── what is made of it ──


def test_words_that_a_draft_makes_of_others_are_nobodys_until_a_member_speaks_for_them():
    scene = sco()
    (said,) = scene.give(c.PostPosition(item=scene.item, text="We want data shared.", language=EN), "KAZ")
    made_of = (c.DraftSource(position=said.position, revision=1, drawn=True), c.DraftSource(seat=UZB, drawn=True))
    (tabled,) = scene.give(tabling(scene, *made_of), "secretary")
    assert [(s.seat, s.drawn) for s in tabled.clauses[0].sources] == [(KAZ, True), (UZB, True)]
    provision = scene.state.provisions[tabled.clauses[0].id]
    assert (provision.authors, provision.supported) == ((), False)
    for seat, level in ((OBSERVER, SUPPORT), (KGZ, RESERVE)):
        scene.give(takes(scene.item, provision.id, level), seat)
        assert cleaned(scene) is RefusalCode.TEXT_UNSUPPORTED
    scene.give(takes(scene.item, provision.id, ACCEPT), KGZ)
    assert cleaned(scene) is None


def closed_and_named_by_another_draft(scene: Scene, id: AlternativeId) -> None:
    scene.give(c.CloseBracket(provision=scene.clauses[0]))
    scene.give(tabling(scene, c.DraftSource(alternative=id)), "secretary")


def taken_as_a_candidate(scene: Scene, id: AlternativeId) -> None:
    drawn(scene)
    scene.give(c.TakeCandidate(candidate=having(scene, scene.clauses[0], OTHERWISE, ClauseForm.ALTERNATIVE)))


@pytest.mark.parametrize("comes", [closed, closed_and_named_by_another_draft, taken_as_a_candidate])
@pytest.mark.parametrize("own", [True, False])
def test_no_way_makes_nobodys_words_somebodys(comes: Callable[[Scene, AlternativeId], None], *, own: bool):
    scene = sco()
    source = as_a_clause(scene) if own else c.DraftSource(seat=KAZ, drawn=True)
    comes(scene, beside(scene, source))
    assert cleaned(scene) is (None if own else RefusalCode.TEXT_UNSUPPORTED)
