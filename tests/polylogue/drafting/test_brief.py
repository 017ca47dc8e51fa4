"""What the search is asked, from histories of sessions."""

from polylogue import commands as c
from polylogue.drafting.brief import PRESENT, Answer, Brief, brief
from polylogue.vocabulary import AmendmentKind, LanguageTag, ProvisionState, SeatCode, Seq, StanceLevel
from tests.scenes import EN, RU, THREE, Scene, sco, stance, takes

KAZ, KGZ, UZB = THREE
NAMES = {KAZ: {RU: "Казахстан", EN: "Kazakhstan"}, SeatCode("ARM"): {EN: "Armenia"}}


def asked(scene: Scene) -> Brief:
    return brief(scene.state, scene.item, lambda seq, pointer: scene.prose.get((seq, pointer)))


def test_clauses_come_in_order_with_the_present_text_first_and_the_alternatives_after_it():
    scene = sco()
    (proposed,) = scene.give(c.ProposeAlternative(provision=scene.clauses[1], text="Other words.", language=EN), "KAZ")
    found = asked(scene)
    assert found.seats == THREE
    assert [clause.provision for clause in found.clauses] == scene.clauses
    first, second = found.clauses
    assert [(w.key, w.text, w.seats) for w in first.wordings] == [(PRESENT, scene.words(scene.clauses[0]), ())]
    assert [(w.key, w.text, w.seats) for w in second.wordings[1:]] == [(proposed.alternative, "Other words.", (KAZ,))]
    assert second.state is ProvisionState.BRACKETED


def test_stances_of_eligible_seats_come_with_what_would_remove_them():
    scene = sco()
    clause, other = scene.clauses
    scene.give(takes(scene.item, clause, StanceLevel.OBJECT, importance=3), "KGZ")
    scene.give(takes(scene.item, clause, StanceLevel.SUPPORT, if_agreed=other, would_be_removed_by="Nothing."), "KAZ")
    scene.give(takes(scene.item, clause, StanceLevel.ACCEPT), "ARM")
    kaz, kgz = asked(scene).clauses[0].stated
    assert (kaz.seat, kaz.wording, kaz.level, kaz.if_agreed, kaz.condition) == (
        KAZ, PRESENT, StanceLevel.SUPPORT, other, None,
    )  # fmt: skip
    assert (kgz.seat, kgz.level, kgz.importance, kgz.condition) == (KGZ, StanceLevel.OBJECT, 3, "A fund.")


def test_a_condition_is_met_once_its_clause_is_agreed():
    scene = sco(stage="circulated")
    clause, other = scene.clauses
    scene.give(takes(scene.item, clause, if_agreed=other), "KAZ")
    assert asked(scene).clauses[0].stated[0].if_agreed == other
    scene.clean()
    assert asked(scene).clauses[0].stated[0].if_agreed is None


def test_a_pending_amendment_is_a_wording_until_the_clause_is_revised():
    scene = sco()
    clause = scene.clauses[0]
    scene.give(takes(scene.item, clause), "KGZ")
    replaces = c.ProposeAmendment(provision=clause, revision=1, text="Better words.", language=EN, reason="Better.")
    (proposed,) = scene.give(replaces, "UZB")
    found = asked(scene).clauses[0]
    assert [(w.key, w.text, w.seats) for w in found.wordings[1:]] == [(proposed.amendment, "Better words.", (UZB,))]
    scene.give(c.AcceptAmendment(amendment=proposed.amendment))
    after = asked(scene).clauses[0]
    assert [(w.key, w.text) for w in after.wordings] == [(PRESENT, "Better words.")]
    assert after.revision == 2
    assert [(s.seat, s.carried) for s in after.stated] == [(KGZ, True)]


def test_who_proposes_a_clause_stands_behind_its_words_until_they_are_anothers():
    scene = sco()
    (proposed,) = scene.give(c.ProposeProvision(item=scene.item, text="A new clause.", language=EN), "KAZ")
    assert asked(scene).clauses[-1].present.seats == (KAZ,)
    scene.give(c.ProposeAlternative(provision=proposed.provision, text="Another.", language=EN), "UZB")
    alternative = scene.state.provisions[proposed.provision].alternatives[0]
    scene.give(c.CloseBracket(provision=proposed.provision, alternative=alternative))
    assert asked(scene).clauses[-1].present.text == "Another."
    assert asked(scene).clauses[-1].present.seats == (UZB,)


def test_a_deletion_that_is_proposed_is_a_wording_without_words():
    scene = sco()
    clause = scene.clauses[0]
    deletes = c.ProposeAmendment(
        provision=clause, kind=AmendmentKind.DELETE, revision=1, reason="Not needed.", language=EN
    )
    (proposed,) = scene.give(deletes, "UZB")
    (wording,) = asked(scene).clauses[0].wordings[1:]
    assert (wording.key, wording.text, wording.seats) == (proposed.amendment, "", (UZB,))


def test_erased_words_are_null():
    scene = sco()
    version = scene.state.provisions[scene.clauses[0]].wording[0]
    scene.erase(version.seq, version.pointer)
    assert asked(scene).clauses[0].present.text is None


def test_answers_names_and_what_the_last_winner_did_are_taken_along():
    scene = sco()
    one, two = scene.clauses
    late = Answer(KGZ, two, "Words.", StanceLevel.ACCEPT, Seq(9))
    early = Answer(KAZ, two, None, StanceLevel.OBJECT, Seq(8))
    found = brief(scene.state, scene.item, lambda *_: "X", names=NAMES, answers=[late, early])
    assert found.names == ((KAZ, LanguageTag("en"), "Kazakhstan"), (KAZ, LanguageTag("ru"), "Казахстан"))
    assert found.clauses[1].answers == (early, late)
    assert found.clauses[0].answers == ()
    assert found.clauses[0].provision == one


def test_all_words_that_are_read_can_be_fetched_before():
    scene = sco()
    scene.give(c.ProposeAlternative(provision=scene.clauses[1], text="Other words.", language=EN), "KAZ")
    scene.give(
        c.StateStances(item=scene.item, stances=(stance(scene.clauses[0], StanceLevel.OBJECT),), language=EN), "KGZ"
    )
    known: dict[tuple[Seq, str], str | None] = {}
    brief(scene.state, scene.item, lambda *place: known.setdefault(place, scene.prose.get(place)) and None)
    fetched = brief(scene.state, scene.item, lambda seq, pointer: known.get((seq, pointer)))
    assert fetched == asked(scene)
