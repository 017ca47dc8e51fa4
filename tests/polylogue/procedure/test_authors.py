"""Whose words a clause has: who put them forward is behind them when they become the text, until others take over."""

from collections.abc import Callable

import pytest

from polylogue import commands as c
from polylogue.drafting.options import present
from polylogue.drafting.predict import outlook
from polylogue.drafting.rolling import draft
from polylogue.vocabulary import AlternativeId, ClauseForm, PredictionBasis, ProvisionKind, StanceLevel
from tests.polylogue.drafting.played import asked, drawn, having, read
from tests.scenes import EN, THREE, Scene, sco, takes

KAZ, KGZ, UZB = THREE
SHOULD = "Item 1, clause 1, should stand."


def amended(scene: Scene, by: str, words: str = SHOULD, revision: int = 1) -> None:
    asked_for = c.ProposeAmendment(provision=scene.clauses[0], revision=revision, text=words, language=EN)
    (proposed,) = scene.give(asked_for, by)
    scene.give(c.AcceptAmendment(amendment=proposed.amendment))


def alternative(scene: Scene, by: str, words: str = SHOULD) -> AlternativeId:
    (proposed,) = scene.give(c.ProposeAlternative(provision=scene.clauses[0], text=words, language=EN), by)
    return proposed.alternative


def by_amendment(scene: Scene) -> None:
    amended(scene, "KGZ")


def by_closing(scene: Scene) -> None:
    scene.give(c.CloseBracket(provision=scene.clauses[0], alternative=alternative(scene, "KGZ")))


def by_the_last_bracket(scene: Scene) -> None:
    """The only bracket is closed by its number, and the whole wording is the alternative's."""
    scene.give(c.CloseBracket(provision=scene.clauses[0], alternative=alternative(scene, "KGZ"), bracket=1))


def by_a_candidate(scene: Scene) -> None:
    alternative(scene, "KGZ")
    drawn(scene)
    scene.give(c.TakeCandidate(candidate=having(scene, scene.clauses[0], SHOULD)))


def by_a_draft_of_an_amendment(scene: Scene) -> None:
    """An amendment becomes an alternative by a draft, and then the text."""
    scene.give(c.ProposeAmendment(provision=scene.clauses[0], revision=1, text=SHOULD, language=EN), "KGZ")
    drawn(scene)
    scene.give(c.TakeCandidate(candidate=having(scene, scene.clauses[0], SHOULD, ClauseForm.ALTERNATIVE)))


def by_an_amended_amendment(scene: Scene) -> None:
    """KGZ words KAZ's amendment anew; both put the result forward."""
    first = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Else.", language=EN)
    (outer,) = scene.give(first, "KAZ")
    (inner,) = scene.give(c.ProposeAmendment(amendment=outer.amendment, revision=1, text=SHOULD, language=EN), "KGZ")
    scene.give(c.AcceptAmendment(amendment=inner.amendment), "KAZ")
    scene.give(c.AcceptAmendment(amendment=outer.amendment))


@pytest.mark.parametrize(
    "way",
    [
        by_amendment,
        by_closing,
        by_the_last_bracket,
        by_a_candidate,
        by_a_draft_of_an_amendment,
        by_an_amended_amendment,
    ],
)
def test_who_put_words_forward_is_behind_them_when_they_are_the_text(way: Callable[[Scene], None]):
    scene = sco()
    way(scene)
    assert scene.words(scene.clauses[0]) == SHOULD
    assert bases(scene)[1] is PredictionBasis.PROPOSED
    cited = draft(scene.state, scene.item, None, read(scene).words).clauses[0].sources
    assert cited[0].seat == KGZ


def bases(scene: Scene) -> list[PredictionBasis]:
    """What is read of each seat's view of the present first clause."""
    question = asked(scene)
    clause = question.clauses[0]
    return [each.basis for each in outlook(clause, question.seats).expected(present(clause))]


def test_an_amended_amendment_is_also_its_proposers_and_a_revision_is_its_proposers_alone():
    scene = sco()
    first = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text="Else.", language=EN)
    (outer,) = scene.give(first, "KAZ")
    (inner,) = scene.give(c.ProposeAmendment(amendment=outer.amendment, revision=1, text=SHOULD, language=EN), "KGZ")
    scene.give(c.AcceptAmendment(amendment=inner.amendment), "KAZ")
    (wording,) = asked(scene).clauses[0].wordings[1:]
    assert wording.seats == (KGZ, KAZ)
    (drafted,) = draft(scene.state, scene.item, None, read(scene).words).clauses[0].alternatives
    assert (drafted.backers, [source.seat for source in drafted.sources]) == ((KAZ, KGZ), [KGZ, KAZ])
    scene.give(c.ReviseAmendment(amendment=outer.amendment, text="Mine again.", language=EN), "KAZ")
    (wording,) = asked(scene).clauses[0].wordings[1:]
    assert wording.seats == (KAZ,)


def test_words_that_others_have_taken_over_are_no_longer_their_authors():
    scene = sco()
    by_amendment(scene)
    amended(scene, "UZB", "Item 1, clause 1, may stand.", revision=2)
    assert bases(scene) == [PredictionBasis.SILENT, PredictionBasis.SILENT, PredictionBasis.PROPOSED]


def test_sponsors_that_accept_an_amendment_put_the_changed_clause_forward():
    scene = sco()
    (clause,) = scene.give(
        c.ProposeProvision(item=scene.item, text="New.", language=EN, kind=ProvisionKind.OPERATIVE), "KAZ"
    )
    wish = c.ProposeAmendment(provision=clause.provision, revision=1, text="Newer.", language=EN)
    (proposed,) = scene.give(wish, "KGZ")
    scene.give(c.AcceptAmendment(amendment=proposed.amendment), "KAZ")
    assert asked(scene).clauses[2].present.seats == (KGZ, KAZ)
    scene.give(c.JoinSponsors(provision=clause.provision), "UZB")
    assert asked(scene).clauses[2].present.seats == (KGZ, KAZ, UZB)
    scene.give(c.LeaveSponsors(provision=clause.provision), "KAZ")
    assert asked(scene).clauses[2].present.seats == (KGZ, UZB)


def test_a_text_that_was_on_the_table_before_is_its_authors_when_it_stands_again_as_an_alternative():
    scene = sco()
    by_closing(scene)
    other = alternative(scene, "UZB", "Item 1, clause 1, may stand.")
    scene.give(c.CloseBracket(provision=scene.clauses[0], alternative=other))
    scene.give(c.ReopenBracket(provision=scene.clauses[0], reason="Too soon."), "KAZ")
    wordings = {wording.text: wording.seats for wording in asked(scene).clauses[0].wordings}
    assert wordings == {"Item 1, clause 1, may stand.": (UZB,), SHOULD: (KGZ,)}


def test_new_words_that_only_candidates_have_are_nobodys_until_somebody_backs_them():
    scene = sco()
    scene.give(takes(scene.item, scene.clauses[0], StanceLevel.OBJECT, would_be_removed_by=SHOULD), "UZB")
    drawn(scene)
    scene.give(c.TakeCandidate(candidate=having(scene, scene.clauses[0], SHOULD, ClauseForm.CONCESSION)))
    assert asked(scene).clauses[0].present.seats == ()
