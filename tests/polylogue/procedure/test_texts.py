"""Chapter 5, texts: clauses and their alternatives, and the life of a text up to the call."""

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import Conflict, RefusalCode
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentState,
    LanguageStatus,
    ProvisionId,
    ProvisionKind,
    ProvisionState,
    RequestState,
    StanceLevel,
)
from tests.scenes import EN, OBSERVER, RU, THREE, Scene, objects, sco, stance, takes

KAZ, KGZ, UZB = THREE


def proposes(
    scene: Scene, words: str, after: ProvisionId | None = None, kind: ProvisionKind = ProvisionKind.OPERATIVE
) -> c.ProposeProvision:
    return c.ProposeProvision(item=scene.item, text=words, language=EN, after=after, kind=kind)


def alternative(clause: ProvisionId, words: str, if_revision: int | None = None) -> c.ProposeAlternative:
    return c.ProposeAlternative(provision=clause, text=words, language=EN, if_revision=if_revision)


def bracketed(scene: Scene, clause: ProvisionId, words: str = "Should.", by: str = "KAZ") -> AlternativeId:
    (proposed,) = scene.give(alternative(clause, words), by)
    return proposed.alternative


def blocked() -> Scene:
    scene = sco(stage="called")
    scene.give(objects(scene.item, scene.clauses[0]), "KAZ")
    scene.close()
    return scene


def levels(scene: Scene, clause: ProvisionId) -> dict[str, tuple[StanceLevel, bool]]:
    """Each seat's stance on the clause's text, and whether it is carried."""
    held = {seat: stances[clause, None] for seat, stances in scene.state.stances.items() if (clause, None) in stances}
    return {seat: (h.level, scene.state.carried((clause, None), h)) for seat, h in held.items()}


# ── 5.1, 5.2 clauses ──


def test_a_clause_is_proposed_after_another_or_at_the_end():
    scene = sco(authentic=(RU,))
    first, second = scene.clauses
    (between,) = scene.give(proposes(scene, "Then.", after=first), "KAZ")
    (last,) = scene.give(c.ProposeProvision(item=scene.item, text="Наконец.", language=RU), "UZB")
    assert scene.clauses == [first, between.provision, second, last.provision]
    assert (last.kind, last.versions[0].status) == (ProvisionKind.OPERATIVE, LanguageStatus.AUTHENTIC)
    assert between.versions[0].status is LanguageStatus.WORKING
    proposed = scene.state.provisions[between.provision]
    assert (proposed.sponsor, proposed.state, proposed.revision) == (KAZ, ProvisionState.PROPOSED, 1)
    assert scene.words(between.provision) == "Then."


def test_the_preamble_stays_before_the_operative_clauses():
    scene = sco()
    first, second = scene.clauses
    recalling, noting = (
        scene.give(proposes(scene, words, kind=ProvisionKind.PREAMBULAR), "KAZ")[0].provision
        for words in ("Recalling.", "Noting.")
    )
    assert scene.clauses == [recalling, noting, first, second], "at the end of the preamble"
    scene.give(c.WithdrawProvision(provision=noting), "KAZ")
    asks = proposes(scene, "Asks.", after=recalling)
    (asked,) = scene.give(asks, "KAZ")
    assert scene.clauses == [recalling, asked.provision, first, second]
    welcoming = proposes(scene, "Welcoming.", after=first, kind=ProvisionKind.PREAMBULAR)
    refusal = scene.refuse(welcoming, "KAZ")
    assert (refusal.code, refusal.path, refusal.params) == (
        RefusalCode.ORDER_PREAMBLE, ("after",), {"before": "1.2"}
    )  # fmt: skip


def test_a_clause_comes_after_one_of_its_own_item():
    scene = sco(items=2)
    other = list(scene.state.items.values())[1].provisions[0]
    refusal = scene.refuse(proposes(scene, "Then.", after=other), "KAZ")
    assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("after",))


def test_a_text_has_two_hundred_clauses_at_most():
    scene = sco(clauses=200)
    refusal = scene.refuse(proposes(scene, "One more."), "KAZ")
    assert (refusal.code, refusal.params) == (RefusalCode.LIST_TOO_LONG, {"size": 201, "limit": 200})
    scene.give(c.WithdrawProvision(provision=scene.clauses[0]))
    scene.give(proposes(scene, "One more."), "KAZ")


def test_a_clause_is_withdrawn_by_its_sponsor_and_nobody_else():
    scene = sco()
    (proposed,) = scene.give(proposes(scene, "Then."), "KAZ")
    withdraw = c.WithdrawProvision(provision=proposed.provision)
    for by in ("UZB", "chair"):
        refusal = scene.refuse(withdraw, by)
        assert (refusal.code, refusal.params) == (RefusalCode.NOT_SPONSOR, {"sponsor": KAZ})
    scene.give(withdraw, "KAZ")
    assert proposed.provision not in scene.clauses
    assert scene.state.provisions[proposed.provision].state is ProvisionState.WITHDRAWN


def test_of_opening_and_tabled_text_the_chair_withdraws():
    scene = sco()
    draft = c.TableDraft(item=scene.item, clauses=(c.DraftedClause(text="Tabled.", language=EN),))
    scene.give(draft, "secretary")
    for clause in scene.clauses:
        scene.give(c.WithdrawProvision(provision=clause))
    assert scene.clauses == []


def test_what_is_withdrawn_is_not_touched_by_the_chair():
    scene = sco()
    clause = scene.clauses[0]
    bracketed(scene, clause)
    scene.give(c.WithdrawProvision(provision=clause))
    for command in (c.WithdrawProvision(provision=clause), c.CloseBracket(provision=clause)):
        assert scene.refuse(command).code is RefusalCode.PROVISION_WITHDRAWN


def test_what_is_withdrawn_is_not_touched_by_members():
    scene = sco()
    clause = scene.clauses[0]
    (amendment,) = scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), "KAZ")
    scene.give(c.WithdrawProvision(provision=clause))
    for command in (
        alternative(clause, "Should."),
        c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN),
        takes(scene.item, clause),
        proposes(scene, "Then.", after=clause),
    ):
        assert scene.refuse(command, "KAZ").code is RefusalCode.PROVISION_WITHDRAWN
    accept = c.AcceptAmendment(amendment=amendment.amendment)
    assert scene.refuse(accept).code is RefusalCode.AMENDMENT_NOT_PENDING


# ── 5.3, 5.6 brackets ──


def test_a_bracket_holds_alternatives_in_the_order_they_came():
    scene = sco()
    clause = scene.clauses[0]
    first, second = bracketed(scene, clause), bracketed(scene, clause, "May.", "UZB")
    provision = scene.state.provisions[clause]
    assert (provision.state, provision.alternatives) == (ProvisionState.BRACKETED, [first, second])
    assert [(a.seat, a.ordinal, a.revision) for a in scene.state.alternatives.values()] == [(KAZ, 0, 1), (UZB, 1, 1)]


def test_a_bracket_holds_twenty_five_alternatives_at_most():
    scene = sco()
    for i in range(25):
        bracketed(scene, scene.clauses[0], f"Wording {i}.")
    refusal = scene.refuse(alternative(scene.clauses[0], "One more."), "KAZ")
    assert (refusal.code, refusal.params) == (RefusalCode.LIST_TOO_LONG, {"size": 26, "limit": 25})


def test_who_looked_at_an_older_wording_proposes_no_alternative_to_it():
    scene = sco()
    refusal = scene.refuse(alternative(scene.clauses[0], "Should.", if_revision=2), "KAZ")
    assert isinstance(refusal, Conflict)
    assert (refusal.code, refusal.current_revision) == (RefusalCode.REVISION_STALE, 1)


def test_choosing_an_alternative_makes_it_the_next_revision_and_its_stances_count():
    scene = sco()
    clause = scene.clauses[0]
    chosen, other = bracketed(scene, clause), bracketed(scene, clause, "May.", "UZB")
    scene.give(takes(scene.item, clause, StanceLevel.OBJECT), "KAZ")
    scene.give(takes(scene.item, clause, StanceLevel.SUPPORT, alternative=chosen), "KAZ")
    scene.give(takes(scene.item, clause, StanceLevel.RESERVE), "KGZ")
    scene.give(takes(scene.item, clause, StanceLevel.SUPPORT, alternative=other), "KGZ")
    scene.give(takes(scene.item, clause, StanceLevel.ACCEPT, alternative=chosen, importance=3), OBSERVER)
    (closed,) = scene.give(c.CloseBracket(provision=clause, alternative=chosen, if_revision=1))
    assert (closed.revision, scene.words(clause)) == (2, "Should.")
    provision = scene.state.provisions[clause]
    assert (provision.state, provision.alternatives, provision.revision) == (ProvisionState.PROPOSED, [], 2)
    assert levels(scene, clause) == {
        "KAZ": (StanceLevel.SUPPORT, False),
        "KGZ": (StanceLevel.RESERVE, True),
        "MNG": (StanceLevel.ACCEPT, False),
    }
    assert not any(a.open for a in scene.state.alternatives.values())


def test_choosing_the_present_text_keeps_its_stances_and_no_older_ones():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, StanceLevel.SUPPORT), "UZB")
    (amendment,) = scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), "KAZ")
    scene.give(c.AcceptAmendment(amendment=amendment.amendment))
    bracketed(scene, clause)
    scene.give(takes(scene.item, clause, StanceLevel.ACCEPT), "KGZ")
    scene.give(c.CloseBracket(provision=clause))
    assert (scene.words(clause), scene.state.provisions[clause].revision) == ("Twice.", 3)
    assert levels(scene, clause) == {"UZB": (StanceLevel.SUPPORT, True), "KGZ": (StanceLevel.ACCEPT, False)}


def test_only_an_objection_to_the_chosen_wording_of_a_member_keeps_the_bracket_open():
    scene = sco()
    clause = scene.clauses[0]
    chosen = bracketed(scene, clause)
    scene.give(takes(scene.item, clause, StanceLevel.OBJECT), "KGZ")
    scene.give(takes(scene.item, clause, StanceLevel.OBJECT, alternative=chosen), OBSERVER)
    scene.give(takes(scene.item, clause, StanceLevel.OBJECT, alternative=chosen), "UZB")
    why = {"clause": "1.1", "id": clause, "reason": "It costs too much."}
    assert scene.refuse(c.CloseBracket(provision=clause)).params == {"seats": "KGZ", **why}
    assert scene.refuse(c.CloseBracket(provision=clause, alternative=chosen)).params == {"seats": "UZB", **why}
    scene.give(takes(scene.item, clause, StanceLevel.RESERVE, alternative=chosen), "UZB")
    scene.give(c.CloseBracket(provision=clause, alternative=chosen))


def test_an_objection_to_older_wording_does_not_keep_it_open():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause, StanceLevel.OBJECT), "KGZ")
    bracketed(scene, clause)
    (amendment,) = scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), "KAZ")
    scene.give(c.AcceptAmendment(amendment=amendment.amendment))
    assert scene.state.provisions[clause].state is ProvisionState.BRACKETED
    scene.give(c.CloseBracket(provision=clause))
    assert levels(scene, clause) == {"KGZ": (StanceLevel.OBJECT, True)}


def test_what_is_chosen_stands_in_the_bracket():
    scene = sco()
    first, second = scene.clauses
    bracketed(scene, first)
    elsewhere = bracketed(scene, second)
    for alternative_id in (elsewhere, AlternativeId("nowhere")):
        refusal = scene.refuse(c.CloseBracket(provision=first, alternative=alternative_id))
        assert (refusal.code, refusal.path) == (RefusalCode.UNKNOWN_REFERENCE, ("alternative",))
    assert scene.refuse(c.CloseBracket(provision=first, if_revision=2)).code is RefusalCode.REVISION_STALE


# ── 5.9 to 5.11 the life of a text ──


@pytest.mark.parametrize("by", ["chair", "secretary"])
def test_a_text_is_circulated_and_can_be_called_when_the_period_is_over(by: str):
    scene = sco()
    (circulated,) = scene.give(c.CirculateText(item=scene.item), by)
    assert circulated.callable_from == "2026-05-05T09:00:00.000Z"
    assert scene.phases == ("OPEN", "NEGOTIATION", "CIRCULATED")
    scene.give(c.CleanText(item=scene.item))
    scene.wait(minutes=24 * 60, seconds=-0.001)
    assert scene.refuse(c.CallForConsensus(item=scene.item)).code is RefusalCode.CIRCULATION_RUNNING
    scene.wait(seconds=0.001)
    scene.call()


def test_a_clean_text_has_agreed_clauses_and_nothing_pending():
    scene = sco(items=2, stage="circulated")
    first, second = scene.clauses
    elsewhere = list(scene.state.items)[1]
    scene.give(c.OpenItem(item=elsewhere))
    other_clause = scene.state.items[elsewhere].provisions[0]
    amendments = [
        scene.give(c.ProposeAmendment(provision=clause, revision=1, text="Twice.", language=EN), "KAZ")[0].amendment
        for clause in (first, second, other_clause)
    ]
    (asked,) = scene.give(c.RequestDraft(item=scene.item))
    scene.give(c.WithdrawProvision(provision=second))
    (cleaned,) = scene.give(c.CleanText(item=scene.item))
    assert cleaned.lapsed == (amendments[0],)
    assert [scene.state.amendments[id].state for id in amendments] == [
        AmendmentState.LAPSED,
        AmendmentState.LAPSED,
        AmendmentState.PENDING,
    ]
    assert [scene.state.provisions[clause].state for clause in (first, second, other_clause)] == [
        ProvisionState.AGREED,
        ProvisionState.WITHDRAWN,
        ProvisionState.PROPOSED,
    ]
    assert scene.state.requests[asked.request].state is RequestState.LAPSED
    assert scene.phases == ("OPEN", "NEGOTIATION", "CLEAN")


def test_a_text_without_a_clause_is_not_cleaned():
    scene = sco(stage="circulated")
    for clause in scene.clauses:
        scene.give(c.WithdrawProvision(provision=clause))
    assert scene.refuse(c.CleanText(item=scene.item)).code is RefusalCode.PROVISION_MISSING


def test_any_member_takes_a_clean_text_back_to_the_table():
    scene = sco(stage="clean")
    (reopened,) = scene.give(c.ReopenText(item=scene.item, reason="A comma."), "UZB")
    assert reopened.reason
    assert scene.phases == ("OPEN", "NEGOTIATION", "CIRCULATED")
    assert {scene.state.provisions[clause].state for clause in scene.clauses} == {ProvisionState.AGREED}
    scene.give(c.CleanText(item=scene.item))
    scene.call()  # it was circulated before


def test_a_blocked_text_goes_back_to_the_table():
    scene = blocked()
    assert scene.phases == ("OPEN", "DECISION", "BLOCKED")
    assert scene.give(c.ReopenText(item=scene.item), "KAZ") == (e.TextReopened(item=scene.item, reason=None),)
    assert scene.phases == ("OPEN", "NEGOTIATION", "CIRCULATED")


def test_an_alternative_takes_a_blocked_text_back_and_brackets_what_was_agreed():
    scene = blocked()
    first, second = scene.clauses
    (proposed,) = scene.give(alternative(first, "Should."), "UZB")
    assert proposed.reopens
    assert scene.phases == ("OPEN", "NEGOTIATION", "CIRCULATED")
    assert scene.state.provisions[first].state is ProvisionState.BRACKETED
    assert scene.state.provisions[second].state is ProvisionState.AGREED
    (again,) = scene.give(alternative(second, "Should."), "UZB")
    assert not again.reopens


def test_nothing_is_worded_in_a_blocked_text_but_what_reopens_it():
    scene = blocked()
    assert scene.refuse(proposes(scene, "Then."), "KAZ").code is RefusalCode.TEXT_STATE
    assert scene.refuse(c.WithdrawProvision(provision=scene.clauses[0])).code is RefusalCode.TEXT_STATE
    scene.give(c.StateStances(item=scene.item, stances=(stance(scene.clauses[0]),)), "KAZ")
