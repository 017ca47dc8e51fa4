"""Chapter 5, drafts: asked for by the chair, tabled by a worker or the secretariat, refused when the text has moved."""

from typing import Any

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.rolling import draft
from polylogue.refusals import Conflict, RefusalCode
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    PositionId,
    ProvisionId,
    ProvisionState,
    RequestId,
    RequestState,
    SeatCode,
    StanceLevel,
)
from tests.scenes import EN, OBSERVER, RU, THREE, Scene, objects, sco, takes

KAZ, KGZ, UZB = THREE


def tables(scene: Scene, *clauses: c.DraftedClause, request: RequestId | None = None) -> c.TableDraft:
    return c.TableDraft(item=scene.item, clauses=clauses, request=request)


def kept(clause: ProvisionId, *alternatives: c.DraftedAlternative, revision: int = 1, **more: Any) -> c.DraftedClause:
    """A clause of a draft that is on the table."""
    return c.DraftedClause(provision=clause, revision=revision, alternatives=alternatives, **more)


def new(words: str) -> c.DraftedAlternative:
    return c.DraftedAlternative(text=words, language=EN)


def rolling(scene: Scene) -> c.TableDraft:
    """The rolling text, as a worker makes it for the request that is pending."""
    item = scene.state.items[scene.item]
    return draft(scene.state, item.id, item.request, lambda seq, pointer: scene.prose.get((seq, pointer)))


# ── 5.7 asked for ──


def test_a_draft_is_asked_for_once_and_tabled():
    scene = sco()
    (asked,) = scene.give(c.RequestDraft(item=scene.item))
    assert scene.state.requests[asked.request].state is RequestState.PENDING
    (tabled,) = scene.give(tables(scene, kept(scene.clauses[0]), request=asked.request), "worker")
    request = scene.state.requests[asked.request]
    assert (request.state, request.ended_seq) == (RequestState.TABLED, scene.state.seq)
    assert (tabled.number, tabled.request, tabled.reopens) == (1, asked.request, False)
    scene.give(c.RequestDraft(item=scene.item))


def test_a_draft_that_nobody_asked_for_leaves_the_request_open():
    scene = sco()
    (asked,) = scene.give(c.RequestDraft(item=scene.item))
    scene.give(tables(scene, kept(scene.clauses[0])), "secretary")
    assert scene.state.requests[asked.request].state is RequestState.PENDING
    (second,) = scene.give(tables(scene, kept(scene.clauses[0]), request=asked.request), "worker")
    assert second.number == 2


def test_a_request_lapses_when_the_text_is_clean_or_the_session_closed():
    scene = sco(stage="circulated")
    (first,) = scene.give(c.RequestDraft(item=scene.item))
    scene.give(c.CleanText(item=scene.item))
    scene.give(c.ReopenText(item=scene.item), "KAZ")
    refusal = scene.refuse(tables(scene, kept(scene.clauses[0]), request=first.request), "worker")
    assert (refusal.code, refusal.params["kind"]) == (RefusalCode.UNKNOWN_REFERENCE, "request")
    (second,) = scene.give(c.RequestDraft(item=scene.item))
    scene.give(c.CloseSession())
    assert {r.state for r in scene.state.requests.values()} == {RequestState.LAPSED}
    scene.give(c.ReopenSession(reason="More."))
    refusal = scene.refuse(tables(scene, kept(scene.clauses[0]), request=second.request), "worker")
    assert refusal.code is RefusalCode.UNKNOWN_REFERENCE


def test_a_request_waits_while_the_session_is_suspended():
    scene = sco()
    (asked,) = scene.give(c.RequestDraft(item=scene.item))
    scene.rise()
    command = tables(scene, kept(scene.clauses[0]), request=asked.request)
    assert scene.refuse(command, "worker").code is RefusalCode.SESSION_PHASE
    scene.sit()
    scene.give(command, "worker")


# ── 5.8 tabled ──


@pytest.mark.parametrize("by", ["worker", "secretary", "chair"])
def test_a_worker_or_the_secretariat_tables(by: str):
    scene = sco()
    scene.give(tables(scene, kept(scene.clauses[0])), by)


@pytest.mark.parametrize("by", ["KAZ", "organiser", "facilitator"])
def test_nobody_else_does(by: str):
    scene = sco()
    assert scene.refuse(tables(scene, kept(scene.clauses[0])), by).code is RefusalCode.NOT_PERMITTED


def test_a_draft_brackets_adds_and_leaves_the_rest_alone():
    scene = sco(clauses=3)
    first, second, third = scene.clauses
    (posted,) = scene.give(c.PostPosition(item=scene.item, text="We need water.", language=EN), "KAZ")
    (amendment,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Twice.", language=EN), "KAZ")
    sources = (
        c.DraftSource(seat=KAZ, amendment=amendment.amendment, revision=1),
        c.DraftSource(position=posted.position, revision=1, drawn=True),
    )
    wanted = c.DraftedAlternative(text="Twice.", language=EN, backers=(KAZ, KAZ), sources=sources)
    added = c.DraftedClause(text="Решает.", language=RU, alternatives=(new("Decides."),))
    (tabled,) = scene.give(tables(scene, kept(first, wanted), kept(second), added), "worker")
    assert [clause.id for clause in tabled.clauses[:2]] == [first, second]
    fresh = tabled.clauses[2].id
    assert scene.clauses == [first, second, third, fresh]
    assert [scene.state.provisions[clause].state for clause in scene.clauses] == [
        ProvisionState.BRACKETED,
        ProvisionState.PROPOSED,
        ProvisionState.PROPOSED,
        ProvisionState.BRACKETED,
    ]
    alternative = scene.state.alternatives[tabled.clauses[0].alternatives[0].id]
    assert (alternative.seat, alternative.amendment) == (KAZ, amendment.amendment)
    assert tabled.clauses[0].alternatives[0].backers == (KAZ,)
    made_of = {"seat": KAZ, "alternative": None, "revision": 1}
    assert tabled.clauses[0].alternatives[0].sources == (
        e.Source(position=None, amendment=amendment.amendment, drawn=False, **made_of),
        e.Source(position=posted.position, amendment=None, drawn=True, **made_of),
    )
    assert (tabled.clauses[2].backers, scene.words(fresh)) == ((), "Решает.")
    assert scene.state.provisions[fresh].sponsor is None


def test_a_draft_takes_a_blocked_text_back_to_the_table():
    scene = sco(stage="called")
    first, second = scene.clauses
    scene.give(objects(scene.item, first), "KAZ")
    scene.close()
    (tabled,) = scene.give(tables(scene, kept(first, new("Should.")), kept(second)), "worker")
    assert tabled.reopens
    assert scene.phases == ("OPEN", "NEGOTIATION", "CIRCULATED")
    states = [scene.state.provisions[clause].state for clause in (first, second)]
    assert states == [ProvisionState.BRACKETED, ProvisionState.AGREED]


def test_a_draft_of_an_older_wording_is_outdated():
    scene = sco()
    clause = scene.clauses[0]
    (alternative,) = scene.give(c.ProposeAlternative(provision=clause, text="Should.", language=EN), "KAZ")
    made = rolling(scene)
    scene.give(c.CloseBracket(provision=clause, alternative=alternative.alternative))
    refusal = scene.refuse(made, "worker")
    assert isinstance(refusal, Conflict)
    assert (refusal.code, refusal.current_revision) == (RefusalCode.DRAFT_OUTDATED, 2)


@pytest.mark.parametrize(
    ("clause", "code", "path"),
    [
        (c.DraftedClause(provision=ProvisionId("nowhere"), revision=1), "UNKNOWN_REFERENCE", "provision"),
        (c.DraftedClause(), "TEXT_EMPTY", "text"),
        (c.DraftedClause(text="A", alternatives=(c.DraftedAlternative(),)), "TEXT_EMPTY", "alternatives/0/text"),
        (c.DraftedClause(text="A", alternatives=(c.DraftedAlternative(alternative=AlternativeId("nowhere")),)),
         "UNKNOWN_REFERENCE", "alternatives/0/alternative"),
        (c.DraftedClause(text="A", alternatives=(new("B"),) * 26), "LIST_TOO_LONG", "alternatives"),
        (c.DraftedClause(text="A", backers=(SeatCode("ZZZ"),)), "UNKNOWN_REFERENCE", "backers"),
        (c.DraftedClause(text="A", sources=(c.DraftSource(),) * 201), "LIST_TOO_LONG", "sources"),
        (c.DraftedClause(text="A", sources=(c.DraftSource(seat=SeatCode("ZZZ")),)), "UNKNOWN_REFERENCE",
         "sources/0/seat"),
        (c.DraftedClause(text="A", sources=(c.DraftSource(), c.DraftSource(position=PositionId("nowhere")))),
         "UNKNOWN_REFERENCE", "sources/1/position"),
        (c.DraftedClause(text="A", sources=(c.DraftSource(alternative=AlternativeId("nowhere")),)),
         "UNKNOWN_REFERENCE", "sources/0/alternative"),
        (c.DraftedClause(text="A", sources=(c.DraftSource(amendment=AmendmentId("nowhere")),)), "UNKNOWN_REFERENCE",
         "sources/0/amendment"),
        (c.DraftedClause(text="A", sources=(c.DraftSource(revision=0),)), "NUMBER_OUT_OF_RANGE",
         "sources/0/revision"),
        (c.DraftedClause(text="A", sources=(c.DraftSource(revision=2**60),)), "NUMBER_OUT_OF_RANGE",
         "sources/0/revision"),
    ],
)  # fmt: skip
def test_a_draft_that_cannot_be_tabled(clause: c.DraftedClause, code: str, path: str):
    scene = sco()
    refusal = scene.refuse(tables(scene, kept(scene.clauses[0]), clause), "worker")
    assert (refusal.code, "/".join(refusal.path)) == (code, f"clauses/1/{path}")


def test_a_draft_names_each_clause_and_alternative_once_and_those_of_its_item():
    scene = sco(items=2)
    first, second = scene.clauses
    elsewhere = list(scene.state.items.values())[1].provisions[0]
    (proposed,) = scene.give(c.ProposeAlternative(provision=first, text="Should.", language=EN), "KAZ")
    known = c.DraftedAlternative(alternative=proposed.alternative)
    for clauses, code, path in (
        ((kept(first), kept(first)), RefusalCode.DUPLICATE_ENTRY, ("clauses",)),
        ((kept(first, known, known),), RefusalCode.DUPLICATE_ENTRY, ("clauses", "0", "alternatives")),
        ((kept(second, known),), RefusalCode.UNKNOWN_REFERENCE, ("clauses", "0", "alternatives", "0", "alternative")),
        ((kept(elsewhere),), RefusalCode.UNKNOWN_REFERENCE, ("clauses", "0", "provision")),
        ((kept(first, revision=2),), RefusalCode.DRAFT_OUTDATED, ("clauses", "0", "revision")),
        ((c.DraftedClause(provision=first),), RefusalCode.DRAFT_OUTDATED, ("clauses", "0", "revision")),
        ((), RefusalCode.LIST_EMPTY, ("clauses",)),
    ):
        refusal = scene.refuse(tables(scene, *clauses), "worker")
        assert (refusal.code, refusal.path) == (code, path)
    scene.give(tables(scene, kept(first, known)), "worker")


def test_a_draft_leaves_room_in_the_text_and_in_the_bracket():
    scene = sco(clauses=199)
    first = scene.clauses[0]
    one = c.DraftedClause(text="One more.", language=EN)
    refusal = scene.refuse(tables(scene, one, one), "worker")
    assert (refusal.code, refusal.params) == (RefusalCode.LIST_TOO_LONG, {"size": 201, "limit": 200})
    scene.give(tables(scene, one), "worker")
    scene.give(c.ProposeAlternative(provision=first, text="Should.", language=EN), "KAZ")
    many = [new(f"May, for {number} years.") for number in range(25)]
    refusal = scene.refuse(tables(scene, kept(first, *many)), "worker")
    assert (refusal.code, refusal.params) == (RefusalCode.LIST_TOO_LONG, {"size": 26, "limit": 25})
    scene.give(tables(scene, kept(first, *many[:24])), "worker")


# ── the rolling text ──


def test_the_rolling_text_is_every_clause_with_its_wordings_and_backers():
    scene = sco()
    first, second = scene.clauses
    (proposed,) = scene.give(c.ProposeAlternative(provision=first, text="Should.", language=EN), "KAZ")
    (amendment,) = scene.give(c.ProposeAmendment(provision=first, revision=1, text="Twice.", language=RU), "UZB")
    for seat, level in (("KGZ", StanceLevel.SUPPORT), ("UZB", StanceLevel.NEUTRAL), (OBSERVER, StanceLevel.SUPPORT)):
        scene.give(takes(scene.item, first, level, alternative=proposed.alternative), seat)
    scene.give(takes(scene.item, second, StanceLevel.ACCEPT), "KAZ")
    scene.give(c.RequestDraft(item=scene.item))
    (tabled,) = scene.give(rolling(scene), "worker")
    on_first, on_second = tabled.clauses
    assert [a.backers for a in on_first.alternatives] == [(KAZ, KGZ), (UZB,)]
    assert [a.id == proposed.alternative for a in on_first.alternatives] == [True, False]
    assert on_first.alternatives[1].versions[0].language == RU
    assert (on_second.backers, on_second.alternatives) == ((KAZ,), ())
    assert scene.state.alternatives[on_first.alternatives[1].id].amendment == amendment.amendment

    scene.give(c.RequestDraft(item=scene.item))
    (again,) = scene.give(rolling(scene), "worker")
    assert [a.id for a in again.clauses[0].alternatives] == [a.id for a in on_first.alternatives]
    assert {a.versions for a in again.clauses[0].alternatives} == {()}


def test_who_backed_an_older_wording_backs_nothing():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, StanceLevel.SUPPORT), "KGZ")
    (amendment,) = scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), "UZB")
    assert rolling(scene).clauses[0].backers == (KGZ,)
    scene.give(c.AcceptAmendment(amendment=amendment.amendment))
    assert rolling(scene).clauses[0].backers == ()


def test_the_rolling_text_of_an_item_without_clauses_is_tabled_too():
    """Otherwise the request would stay open for ever."""
    scene = sco(clauses=1)
    (asked,) = scene.give(c.RequestDraft(item=scene.item))
    scene.give(c.WithdrawProvision(provision=scene.clauses[0]))
    scene.give(rolling(scene), "worker")
    assert scene.state.requests[asked.request].state is RequestState.TABLED


def test_more_amendments_than_a_bracket_holds_can_be_drafted():
    scene = sco(clauses=1)
    for i in range(27):
        amendment = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text=f"Wording {i}.", language=EN)
        scene.give(amendment, "KAZ")
    (tabled,) = scene.give(rolling(scene), "worker")
    assert len(tabled.clauses[0].alternatives) == 25


def test_an_amendment_whose_words_are_erased_is_not_drafted():
    scene = sco(clauses=1)
    scene.give(c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Twice.", language=EN), "KAZ")
    scene.erase(scene.state.seq, "/versions/0/text")
    (tabled,) = scene.give(rolling(scene), "worker")
    assert tabled.clauses[0].alternatives == ()
