"""Rounds whose candidates leave the words of a bracket out, or let some alone say them."""

from dataclasses import replace

import pytest

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.brackets import arranged
from polylogue.drafting.pieces import Bracket
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import ClauseForm, ProvisionId, StanceLevel
from tests.polylogue.drafting.played import asked, drawn, having, said
from tests.polylogue.procedure.rounds import asks, ids, merged, proposing, text
from tests.scenes import EN, THREE, Scene, sco, stance

KAZ, KGZ, UZB = THREE
OBJECT, SUPPORT = StanceLevel.OBJECT, StanceLevel.SUPPORT
NAMED_SUBSET, SHORTENED = ClauseForm.NAMED_SUBSET, ClauseForm.SHORTENED
FOR_TWO = "Item 1, clause 1 (for the following Member States: Kazakhstan and Kyrgyzstan: with all partners)."


def divided(scene: Scene) -> ProvisionId:
    """A clause to which two would add words, against the third."""
    first, _ = scene.clauses
    (other,) = scene.give(
        c.ProposeAlternative(provision=first, text="Item 1, clause 1, with all partners.", language=EN), "KAZ"
    )
    for by, level in (("KGZ", SUPPORT), ("UZB", OBJECT)):
        given = replace(stance(first, level), alternative=other.alternative)
        scene.give(c.StateStances(item=scene.item, stances=(given,)), by)
    return first


def against(scene: Scene, clause: ProvisionId, by: str = "UZB") -> None:
    """An objection to the present text of a clause."""
    scene.give(c.StateStances(item=scene.item, stances=(stance(clause, OBJECT),)), by)


def told(scene: Scene, form: ClauseForm) -> tuple[str | None, e.CandidateWording]:
    """The words of the newest round that treat brackets in this form."""
    wordings = scene.newest(e.CandidatesProposed).wordings
    ((place, found),) = ((at, w) for at, w in enumerate(wordings) if w.form is form and w.brackets)
    return said(scene, place), found


def test_two_say_the_words_of_a_bracket_by_name_and_the_text_becomes_theirs_and_everybodys():
    scene = sco()
    first = divided(scene)
    drawn(scene)
    words, wording = told(scene, NAMED_SUBSET)
    assert (words, wording.seats, wording.brackets) == (FOR_TWO, (KAZ, KGZ), (1,))
    texts = {w.key: w.text or "" for w in asked(scene).clauses[0].wordings}
    (bracket,) = [piece for piece in arranged(texts, EN) if isinstance(piece, Bracket)]
    assert [reading.text for reading in bracket.readings] == ["", ", with all partners"]
    explanations = [text for (_, at), text in scene.prose.items() if at.endswith("/explanation")]
    assert any("clause 1.1 speaks in bracket 1 for Kazakhstan and Kyrgyzstan only" in text for text in explanations)
    scene.give(c.TakeCandidate(candidate=having(scene, first, FOR_TWO)))
    assert scene.words(first) == FOR_TWO


def test_who_is_not_named_and_objects_to_what_binds_it_keeps_the_text_from_being_taken():
    scene = sco()
    first = divided(scene)
    against(scene, first)
    drawn(scene)
    refusal = scene.refuse(c.TakeCandidate(candidate=having(scene, first, FOR_TWO)))
    assert refusal.code is RefusalCode.BRACKET_OBJECTED
    assert refusal.params["seats"] == UZB


@pytest.mark.parametrize("form", [NAMED_SUBSET, SHORTENED])
def test_who_objects_to_the_whole_of_a_wording_does_not_object_to_less(form: ClauseForm):
    """Of a text for some, those named are bound by the words, of a shorter one nobody."""
    scene = sco()
    first, _ = scene.clauses
    (wish,) = scene.give(c.ProposeAlternative(provision=first, text="Item 1, clause 1, in May.", language=EN), "KAZ")
    given = replace(stance(first, OBJECT), alternative=wish.alternative)
    scene.give(c.StateStances(item=scene.item, stances=(given,)), "KGZ")
    asks(scene)
    words = "Item 1, clause 1 (for the following Member States: Kazakhstan and Kyrgyzstan: in May)."
    drafted = merged(scene, first, words if form is NAMED_SUBSET else "Item 1, clause 1.")
    lies = scene.state.alternatives[wish.alternative].wording[0]
    source = c.CandidateSource(
        kind=drafted.sources[0].kind, alternative=wish.alternative, seq=lies.seq, pointer=lies.pointer
    )
    seats = (KAZ, KGZ) if form is NAMED_SUBSET else ()
    drafted = replace(drafted, form=form, seats=seats, brackets=(1,), sources=(*drafted.sources, source))
    scene.give(proposing(scene, (drafted,), (text(0),)), "worker")
    take = c.TakeCandidate(candidate=ids(scene.newest(e.CandidatesProposed))[0])
    if form is NAMED_SUBSET:
        assert scene.refuse(take).params["seats"] == KGZ
    else:
        scene.give(take)


@pytest.mark.parametrize("words", ["in May, and pay", "in 12 months"])
def test_words_that_nobody_has_put_forward_are_not_said_by_name(words: str):
    scene = sco()
    first, _ = scene.clauses
    asks(scene)
    said_by = f"Item 1, clause 1 (for the following Member States: Kazakhstan and Kyrgyzstan: {words})."
    drafted = replace(merged(scene, first, said_by), form=NAMED_SUBSET, seats=(KAZ, KGZ), brackets=(1,))
    scene.give(proposing(scene, (drafted,), (text(0),)), "worker")
    take = c.TakeCandidate(candidate=ids(scene.newest(e.CandidatesProposed))[0])
    assert scene.refuse(take).code is RefusalCode.CANDIDATE_UNSUPPORTED


@pytest.mark.parametrize(
    ("form", "brackets", "code"),
    [
        (ClauseForm.MERGED, (1,), RefusalCode.LIST_TOO_LONG),
        (NAMED_SUBSET, (1, 2), RefusalCode.LIST_TOO_LONG),
        (SHORTENED, (0,), RefusalCode.NUMBER_OUT_OF_RANGE),
        (SHORTENED, (2, 2), RefusalCode.DUPLICATE_ENTRY),
    ],
)
def test_numbers_of_brackets_that_make_no_sense_are_refused(
    form: ClauseForm, brackets: tuple[int, ...], code: RefusalCode
):
    scene = sco()
    asks(scene)
    drafted = replace(merged(scene, scene.clauses[0], "Item 1, clause 1."), form=form, brackets=brackets)
    refusal = scene.refuse(proposing(scene, (drafted,), (text(0),)), "worker")
    assert (refusal.code, refusal.path) == (code, ("wordings", "0", "brackets"))


def test_the_winner_of_a_round_that_leaves_words_out_is_there_in_the_next():
    scene = sco()
    first, _ = scene.clauses
    own = c.ProposeAlternative(provision=first, text="Item 1, clause 1, if all agree, in May.", language=EN)
    (other,) = scene.give(own, "KAZ")
    scene.give(c.CloseBracket(provision=first, alternative=other.alternative))
    scene.give(replace(own, text="Item 1, clause 1, if all agree, by June."), "KGZ")
    for by in ("KGZ", "UZB"):
        against(scene, first, by)
    drawn(scene)
    words, wording = told(scene, SHORTENED)
    assert (words, wording.brackets) == ("Item 1, clause 1, if all agree.", (1,))
    for by in ("KGZ", "UZB"):
        scene.give(c.RankCandidates(item=scene.item, ranking=((having(scene, first, words or ""),),)), by)
    before = asked(scene).previous
    drawn(scene)
    texts = [said(scene, place) for place in range(len(scene.newest(e.CandidatesProposed).wordings))]
    assert before[0].text == words
    assert words in texts
