"""Rule 5.6: one bracket of a clause is closed, all open wordings take the chosen reading, and the others stay."""

import pytest

from polylogue import commands as c
from polylogue.drafting.brackets import PRESENT
from polylogue.refusals import Conflict, RefusalCode
from polylogue.vocabulary import LanguageTag, ProvisionState, SeatCode, StanceLevel
from tests.polylogue.procedure.brackets import (
    SHALL,
    SHOULD,
    beside,
    close,
    having,
    held,
    opened,
    readings,
    three,
    words,
)
from tests.scenes import OBSERVER, RU, THREE, ZH, takes

KAZ, KGZ, UZB = THREE
OBJECT, RESERVE, ACCEPT, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.ACCEPT, StanceLevel.SUPPORT


def test_all_open_wordings_take_the_chosen_reading_and_the_other_brackets_stay():
    scene, clause, should, may = three()
    (closed,) = scene.give(close(clause, 2, should, if_revision=1, reason="Services grow."))
    assert readings(scene, clause) == [["shall", "should", "may"], ["each May", "twice"]]
    provision = scene.state.provisions[clause]
    (new,) = (id for id in provision.alternatives if id != should)
    assert words(scene, clause) == {
        PRESENT: "Member States shall deepen trade in services and meet each May.",
        should: SHOULD,
        new: "Member States may deepen trade in services and meet twice.",
    }
    assert (provision.state, provision.revision) == (ProvisionState.BRACKETED, 2)
    assert [(r.present, r.alternatives, r.chosen) for r in closed.readings] == [
        (True, (may,), False),
        (False, (should,), True),
    ]
    made = scene.state.alternatives[new]
    assert (made.seat, made.of, made.ordinal, made.revision) == (UZB, (may,), 1, 2)
    assert not scene.state.alternatives[may].open
    assert scene.state.alternatives[should].open


def test_the_last_bracket_gives_the_clause_back():
    scene, clause, _, may = three()
    scene.give(close(clause, 3, may))
    scene.give(close(clause, 2, having(scene, clause, 2, "services")))
    (closed,) = scene.give(close(clause, 1))
    provision = scene.state.provisions[clause]
    assert scene.words(clause) == "Member States shall deepen trade in services and meet twice."
    assert (provision.state, provision.alternatives, provision.regions) == (ProvisionState.PROPOSED, [], ())
    assert (closed.remaining, closed.regions, provision.revision) == ((), (), 4)


def test_a_wording_that_becomes_the_present_text_brings_its_stances():
    scene, clause, should, _ = three()
    scene.give(takes(scene.item, clause, SUPPORT, alternative=should), KAZ)
    scene.give(takes(scene.item, clause, ACCEPT), KGZ)
    scene.give(close(clause, 1, should))
    scene.give(takes(scene.item, clause, ACCEPT, alternative=should), OBSERVER)
    (closed,) = scene.give(close(clause, 1, should))
    assert (closed.taken, closed.versions, scene.words(clause)) == (should, (), SHOULD)
    assert held(scene, clause) == {KAZ: (SUPPORT, False), KGZ: (ACCEPT, True), OBSERVER: (ACCEPT, False)}


def test_new_words_carry_every_stance_and_unchanged_ones_none():
    scene, clause, should, may = three()
    for seat, alternative in ((KAZ, None), (KGZ, should), (UZB, may)):
        scene.give(takes(scene.item, clause, SUPPORT, alternative=alternative), seat)
    scene.give(close(clause, 2, should))
    (new,) = (id for id in scene.state.provisions[clause].alternatives if id != should)
    assert held(scene, clause) == {KAZ: (SUPPORT, True)}
    assert held(scene, clause, should) == {KGZ: (SUPPORT, False)}
    assert held(scene, clause, new) == {UZB: (SUPPORT, True)}
    scene.give(close(clause, 2))
    assert held(scene, clause, new) == {UZB: (SUPPORT, True)}
    assert scene.words(clause) == "Member States shall deepen trade in services and meet each May."


def test_closing_with_the_present_text_changes_no_word_of_it():
    scene, clause, _, _ = three()
    scene.give(takes(scene.item, clause, ACCEPT), KGZ)
    scene.give(close(clause, 1))
    assert scene.words(clause) == SHALL
    assert held(scene, clause) == {KGZ: (ACCEPT, False)}


def test_alternatives_that_now_read_alike_are_one_with_all_who_proposed_them():
    scene, clause = opened("We shall meet in May.")
    first, second = (
        beside(scene, clause, "We will meet in June.", KAZ),
        beside(scene, clause, "We can meet in June.", UZB),
    )
    scene.give(takes(scene.item, clause, SUPPORT, alternative=first), KAZ)
    scene.give(takes(scene.item, clause, ACCEPT, alternative=second), UZB)
    scene.give(takes(scene.item, clause, RESERVE, alternative=first), UZB)
    scene.give(close(clause, 1, second))
    (one,) = scene.state.provisions[clause].alternatives
    made = scene.state.alternatives[one]
    assert (made.of, made.wording) == ((second, first), scene.state.alternatives[second].wording)
    assert scene.state.proposers(one) == (KAZ, UZB)
    assert held(scene, clause, one) == {KAZ: (SUPPORT, True), UZB: (ACCEPT, False)}
    assert words(scene, clause) == {PRESENT: "We can meet in May.", one: "We can meet in June."}


def test_an_alternative_that_reads_like_the_present_text_is_closed():
    scene, clause = opened("We shall meet in May.")
    lost, stays = (
        beside(scene, clause, "We will meet in May.", KAZ),
        beside(scene, clause, "We shall meet in June.", UZB),
    )
    scene.give(takes(scene.item, clause, OBJECT, alternative=lost), KGZ)
    scene.give(close(clause, 1))
    assert scene.state.provisions[clause].alternatives == [stays]
    assert not scene.state.alternatives[lost].open
    assert held(scene, clause) == {}  # who objected to what has lost objects to nothing


def test_what_is_left_out_may_be_chosen_but_not_all_of_it():
    scene, clause = opened("Meets.")
    other = beside(scene, clause, "Speaks.")
    places = (c.SplitPlace(beginning="Meets"), c.SplitPlace(alternative=other, beginning=""))
    scene.give(c.SplitBracket(provision=clause, bracket=1, if_revision=1, places=places))
    scene.give(close(clause, 1, other))
    assert scene.words(clause) == "."
    scene, clause = opened("Meets.")
    other = beside(scene, clause, "Meets in May.")
    scene.give(close(clause, 1))
    assert scene.words(clause) == "Meets."


def test_a_number_is_of_the_revision_and_the_brackets_that_were_looked_at():
    scene, clause, should, _ = three()
    seen = scene.state.provisions[clause].brackets_seq
    assert seen == scene.state.seq
    refusal = scene.refuse(close(clause, 1, if_revision=2))
    assert (refusal.code, refusal.path) == (RefusalCode.REVISION_STALE, ("ifRevision",))
    beside(scene, clause, "Member States shall deepen trade in goods and meet rarely.", KGZ)
    refusal = scene.refuse(close(clause, 1, if_brackets_seq=seen))
    assert isinstance(refusal, Conflict)
    assert (refusal.code, refusal.current_revision) == (RefusalCode.BRACKET_MOVED, 1)
    assert refusal.params == {"clause": "1.1", "given": seen, "current": scene.state.seq}
    scene.give(close(clause, 1, should, if_brackets_seq=scene.state.provisions[clause].brackets_seq))


@pytest.mark.parametrize("number", [0, 4, -1])
def test_there_is_no_bracket_of_another_number(number: int):
    scene, clause, _, _ = three()
    refusal = scene.refuse(close(clause, number))
    assert (refusal.code, refusal.params) == (
        RefusalCode.BRACKET_UNKNOWN,
        {"bracket": number, "clause": "1.1", "count": 3},
    )


def test_wordings_that_cannot_be_compared_are_closed_as_a_whole():
    scene, clause = opened()
    russian = beside(scene, clause, "Государства-члены углубляют торговлю.", language=RU)
    assert scene.refuse(close(clause, 1)).code is RefusalCode.BRACKET_WHOLE
    scene.give(c.CloseBracket(provision=clause, alternative=russian))
    scene, clause, should, _ = three()
    wording = scene.state.alternatives[should].wording[0]
    scene.erase(wording.seq, wording.pointer)
    assert scene.refuse(close(clause, 1)).code is RefusalCode.BRACKET_WHOLE
    scene.give(c.CloseBracket(provision=clause, alternative=should))


@pytest.mark.parametrize(
    ("language", "present", "other", "expected"),
    [
        (RU, "Государства-члены будут встречаться ежегодно.", "Государства-члены могут встречаться дважды в год.",
         "Государства-члены могут встречаться ежегодно."),
        (ZH, "成员国应当每年举行会议，深化贸易。", "成员国可以每年举行会议，扩大贸易。",
         "成员国可以每年举行会议，深化贸易。"),
    ],
)  # fmt: skip
def test_in_russian_and_chinese(language: LanguageTag, present: str, other: str, expected: str):
    scene, clause = opened(present, language)
    alternative = beside(scene, clause, other, language=language)
    assert len(readings(scene, clause, language)) == 2
    scene.give(close(clause, 1, alternative))
    assert scene.words(clause) == expected
    assert scene.state.provisions[clause].wording[0].language == language
    scene.give(close(clause, 1))
    assert (scene.words(clause), scene.state.provisions[clause].state) == (expected, ProvisionState.PROPOSED)


def test_the_same_seats_stand_behind_what_was_made_of_several():
    scene, clause, should, may = three()
    scene.give(close(clause, 1, may))
    scene.give(close(clause, 1, may))  # goods: what SHOULD has become reads like the present text
    left = scene.state.provisions[clause].alternatives
    assert [scene.state.proposers(id) for id in left] == [(SeatCode(UZB),)]
    assert should not in left
