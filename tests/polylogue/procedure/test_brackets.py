"""Rules 5.6, 5.12 and 5.13: brackets of a clause, closed one by one, merged, split and reopened."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.brackets import PRESENT, arranged
from polylogue.drafting.pieces import Bracket, chosen
from polylogue.refusals import Conflict, RefusalCode
from polylogue.scenario import ScenarioItem, ScenarioProvision
from polylogue.vocabulary import AlternativeId, LanguageTag, ProvisionId, ProvisionState, SeatCode, StanceLevel
from tests.scenes import EN, OBSERVER, RU, THREE, ZH, Scene, sco, stance, takes, text

KAZ, KGZ, UZB = THREE
OBJECT, RESERVE, ACCEPT, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.ACCEPT, StanceLevel.SUPPORT

SHALL = "Member States shall deepen trade in goods and meet each May."
SHOULD = "Member States should deepen trade in services and meet each May."
MAY = "Member States may deepen trade in goods and meet twice."


def opened(words: str = SHALL, language: LanguageTag = EN) -> tuple[Scene, ProvisionId]:
    """A text of one clause."""
    clause = ScenarioProvision(versions=(text(words, language),))
    scene = sco(items=(ScenarioItem(titles=(text("Trade"),), provisions=(clause,)),))
    return scene, scene.clauses[0]


def beside(scene: Scene, clause: ProvisionId, words: str, by: str = KAZ, language: LanguageTag = EN) -> AlternativeId:
    (proposed,) = scene.give(c.ProposeAlternative(provision=clause, text=words, language=language), by)
    return proposed.alternative


def three() -> tuple[Scene, ProvisionId, AlternativeId, AlternativeId]:
    """A clause in brackets: [shall][should][may] deepen trade in [goods][services] and meet [each May][twice]."""
    scene, clause = opened()
    return scene, clause, beside(scene, clause, SHOULD, KAZ), beside(scene, clause, MAY, UZB)


def words(scene: Scene, clause: ProvisionId) -> dict[str, str]:
    """The open wordings, by their keys."""
    alternatives = {id: scene.state.alternatives[id].wording for id in scene.state.provisions[clause].alternatives}
    wordings = {PRESENT: scene.state.provisions[clause].wording} | alternatives
    return {key: scene.prose[wording[0].seq, wording[0].pointer] for key, wording in wordings.items()}


def readings(scene: Scene, clause: ProvisionId, language: str = EN) -> list[list[str]]:
    """What stands in each bracket."""
    pieces = arranged(words(scene, clause), language, scene.state.provisions[clause].regions)
    return [[reading.text for reading in piece.readings] for piece in pieces if isinstance(piece, Bracket)]


def having(scene: Scene, clause: ProvisionId, number: int, reading: str) -> AlternativeId | None:
    """A wording that has a reading in a bracket."""
    pieces = arranged(words(scene, clause), EN, scene.state.provisions[clause].regions)
    bracket = [piece for piece in pieces if isinstance(piece, Bracket)][number - 1]
    holder = next(r.holders[0] for r in bracket.readings if r.text == reading)
    return AlternativeId(holder) if holder else None


def close(clause: ProvisionId, bracket: int, alternative: AlternativeId | None = None, **more: Any) -> c.CloseBracket:
    return c.CloseBracket(provision=clause, bracket=bracket, alternative=alternative, **more)


def held(scene: Scene, clause: ProvisionId, alternative: AlternativeId | None = None) -> dict[str, Any]:
    """Each seat's stance on a wording, and whether it is carried."""
    target = (clause, alternative)
    stated = {seat: stances[target] for seat, stances in scene.state.stances.items() if target in stances}
    return {seat: (h.level, scene.state.carried(target, h)) for seat, h in stated.items()}


# ── one bracket ──


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


# ── objections ──


def test_an_objection_to_a_wording_that_has_the_reading_keeps_the_bracket_open():
    scene, clause, should, may = three()
    scene.give(takes(scene.item, clause, OBJECT, alternative=may), KGZ)
    scene.give(takes(scene.item, clause, OBJECT, alternative=may), OBSERVER)
    refusal = scene.refuse(close(clause, 2))  # goods: the present text and UZB's
    assert (refusal.code, refusal.params) == (
        RefusalCode.BRACKET_OBJECTED,
        {"seats": KGZ, "clause": "1.1", "id": clause, "reason": "It costs too much."},
    )
    scene.give(close(clause, 2, should))


def test_who_can_live_with_the_reading_elsewhere_objects_to_something_else():
    scene, clause, _, may = three()
    scene.give(takes(scene.item, clause, OBJECT, alternative=may), KGZ)
    scene.give(takes(scene.item, clause, RESERVE), KGZ)
    scene.give(close(clause, 2))


def test_the_last_bracket_does_not_close_on_a_whole_wording_that_is_objected_to():
    scene, clause = opened("We shall meet in May.")
    june = beside(scene, clause, "We shall meet in June.")
    scene.give(takes(scene.item, clause, OBJECT), KGZ)
    assert scene.refuse(close(clause, 1)).code is RefusalCode.BRACKET_OBJECTED
    scene.give(close(clause, 1, june))


def test_of_two_wordings_alike_the_one_that_is_named_closes_the_last_bracket():
    scene, clause = opened("We shall meet in May.")
    first, second = (beside(scene, clause, "We shall meet in June.", by) for by in (KAZ, UZB))
    scene.give(takes(scene.item, clause, OBJECT, alternative=first), KGZ)
    scene.give(takes(scene.item, clause, ACCEPT, alternative=second), KGZ)
    assert scene.refuse(close(clause, 1, first)).code is RefusalCode.BRACKET_OBJECTED
    scene.give(close(clause, 1, second))
    assert held(scene, clause) == {KGZ: (ACCEPT, False)}


@pytest.mark.parametrize("bracket", [None, 1])
def test_words_that_are_objected_to_are_not_chosen_as_another_wording(bracket: int | None):
    scene, clause = opened("We shall meet in May.")
    first, second = (beside(scene, clause, "We shall meet in June.", by) for by in (KAZ, UZB))
    scene.give(takes(scene.item, clause, OBJECT, alternative=first), KGZ)
    chosen = c.CloseBracket(provision=clause, alternative=second, bracket=bracket)
    assert scene.refuse(chosen).code is RefusalCode.BRACKET_OBJECTED
    scene.give(takes(scene.item, clause, ACCEPT, alternative=second), KGZ)
    scene.give(chosen)


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        ("We shall meet in June.", "We  shall meet in\nJune."),
        ("We shall meet in June.", "We Shall meet in June."),
        ("我们应当在六月会晤。", "我们 应当在六月会晤。"),
    ],
)
@pytest.mark.parametrize("bracket", [None, 1])
def test_words_that_are_objected_to_are_not_chosen_as_a_twin(text: str, twin: str, bracket: int | None):
    """Another space or capital letter makes no other words; of the twin itself the delegation may say otherwise."""
    scene, clause = opened("We shall meet in May.")
    first, second = (beside(scene, clause, words, by) for words, by in ((text, KAZ), (twin, UZB)))
    scene.give(takes(scene.item, clause, OBJECT, alternative=first), KGZ)
    chosen = c.CloseBracket(provision=clause, alternative=second, bracket=bracket)
    assert scene.refuse(chosen).code is RefusalCode.BRACKET_OBJECTED
    scene.give(takes(scene.item, clause, ACCEPT, alternative=second), KGZ)
    scene.give(chosen)


def test_the_text_that_is_objected_to_is_not_chosen_as_an_accepted_amendments_words():
    scene, clause = opened("We shall meet in May.")
    (amended,) = scene.give(
        c.ProposeAmendment(provision=clause, revision=1, text="We shall meet in June.", language=EN), KAZ
    )
    (june,) = scene.give(c.ProposeAlternative(provision=clause, amendment=amended.amendment), KAZ)
    scene.give(c.AcceptAmendment(amendment=amended.amendment))
    scene.give(takes(scene.item, clause, OBJECT), KGZ)
    for alternative in (None, june.alternative):
        refusal = scene.refuse(c.CloseBracket(provision=clause, alternative=alternative))
        assert refusal.code is RefusalCode.BRACKET_OBJECTED


def test_a_stance_carried_over_is_not_stated_on_the_text_that_its_alternative_becomes():
    scene, clause, should, may = three()
    scene.give(takes(scene.item, clause, SUPPORT, alternative=may), UZB)
    scene.give(close(clause, 2, should))
    (new,) = (id for id in scene.state.provisions[clause].alternatives if id != should)
    scene.give(c.CloseBracket(provision=clause, alternative=new))
    assert held(scene, clause) == {}


def test_an_objection_carried_over_keeps_nothing_open():
    scene, clause, should, may = three()
    scene.give(takes(scene.item, clause, OBJECT, alternative=may), KGZ)
    scene.give(close(clause, 2, should))
    (new,) = (id for id in scene.state.provisions[clause].alternatives if id != should)
    assert held(scene, clause, new) == {KGZ: (OBJECT, True)}
    scene.give(close(clause, 2, new))


def test_an_objection_whose_reason_was_erased_still_keeps_it_open():
    scene, clause, _, _ = three()
    scene.give(takes(scene.item, clause, OBJECT), KGZ)
    scene.erase(scene.state.seq, "/stances/0/reason")
    assert scene.refuse(close(clause, 1)).params["reason"] == ""


# ── merged and split ──


def test_merged_brackets_are_one_package_from_then_on():
    scene, clause, _, may = three()
    scene.give(c.MergeBrackets(provision=clause, first=1, last=2, if_revision=1), "secretary")
    one = ["shall deepen trade in goods", "should deepen trade in services", "may deepen trade in goods"]
    assert readings(scene, clause) == [one, ["each May", "twice"]]
    beside(scene, clause, "Member States shall deepen trade in goods and meet rarely.", KGZ)
    assert readings(scene, clause) == [one, ["each May", "twice", "rarely"]]
    scene.give(close(clause, 2, may))
    assert list(map(sorted, readings(scene, clause))) == [sorted(one)]
    assert words(scene, clause)[PRESENT] == "Member States shall deepen trade in goods and meet twice."
    scene.give(close(clause, 1, having(scene, clause, 1, "should deepen trade in services")))
    assert scene.words(clause) == "Member States should deepen trade in services and meet twice."


def test_a_package_is_taken_apart_again():
    scene, clause, _, _ = three()
    before = readings(scene, clause)
    scene.give(c.MergeBrackets(provision=clause, first=1, last=3, if_revision=1))
    scene.give(c.SplitBracket(provision=clause, bracket=1, if_revision=1))
    assert readings(scene, clause) == before
    refusal = scene.refuse(c.SplitBracket(provision=clause, bracket=1, if_revision=1))
    assert refusal.code is RefusalCode.BRACKET_SINGLE


@pytest.mark.parametrize(("first", "last", "code"), [
    (1, 1, RefusalCode.NUMBER_OUT_OF_RANGE), (2, 1, RefusalCode.NUMBER_OUT_OF_RANGE),
    (0, 2, RefusalCode.BRACKET_UNKNOWN), (3, 4, RefusalCode.BRACKET_UNKNOWN),
])  # fmt: skip
def test_only_brackets_that_are_there_are_merged(first: int, last: int, code: RefusalCode):
    scene, clause, _, _ = three()
    command = c.MergeBrackets(provision=clause, first=first, last=last, if_revision=1)
    assert scene.refuse(command).code is code


def one_bracket() -> tuple[Scene, ProvisionId, Callable[..., c.SplitBracket]]:
    """Member States meet [each warm May][every cold June] and report to the Council."""
    scene, clause = opened("Member States meet each warm May and report to the Council.")
    other = beside(scene, clause, "Member States meet every cold June and report to the Council.")

    def split(present: str, alternative: str, *more: c.SplitPlace) -> c.SplitBracket:
        places = (c.SplitPlace(beginning=present), c.SplitPlace(alternative=other, beginning=alternative), *more)
        return c.SplitBracket(provision=clause, bracket=1, if_revision=1, places=places)

    return scene, clause, split


def test_a_bracket_is_cut_at_a_place_in_each_reading():
    scene, clause, split = one_bracket()
    scene.give(split("each", "every cold "))
    assert readings(scene, clause) == [["each", "every cold"], ["warm May", "June"]]
    scene.give(close(clause, 1, having(scene, clause, 1, "every cold")))
    assert scene.words(clause) == "Member States meet every cold warm May and report to the Council."
    scene.give(close(clause, 1, having(scene, clause, 1, "June")))
    assert scene.words(clause) == "Member States meet every cold June and report to the Council."


@pytest.mark.parametrize(("present", "alternative"), [("ea", "every"), ("each", "cold"), ("", ""), ("warm", "every")])
def test_a_place_lies_between_two_words_and_both_parts_differ(present: str, alternative: str):
    scene, _, split = one_bracket()
    assert scene.refuse(split(present, alternative)).code is RefusalCode.BRACKET_PLACE


def test_each_reading_is_cut_once():
    scene, _, split = one_bracket()
    scene.refuse(split("each", "every", c.SplitPlace(beginning="each warm")))
    scene.give(split("each", "every"))


def test_another_wording_joins_what_was_split():
    scene, clause, split = one_bracket()
    scene.give(split("each", "every"))
    assert len(readings(scene, clause)) == 2
    beside(scene, clause, "Member States meet rarely and report to the Council.", UZB)
    assert readings(scene, clause) == [["each warm May", "every cold June", "rarely"]]


def test_neither_moves_a_figure_nor_a_word():
    scene, clause, _, _ = three()
    fed, before = scene.state.items[scene.item].input_seq, words(scene, clause)
    scene.give(c.MergeBrackets(provision=clause, first=1, last=2, if_revision=1))
    scene.give(c.SplitBracket(provision=clause, bracket=1, if_revision=1))
    assert (scene.state.items[scene.item].input_seq, words(scene, clause)) == (fed, before)
    assert scene.state.provisions[clause].revision == 1


# ── reopened ──


def test_what_was_closed_stands_again_with_its_stances():
    scene, clause, should, may = three()
    for seat, alternative in ((KAZ, should), (UZB, may), (KGZ, None)):
        scene.give(takes(scene.item, clause, ACCEPT, alternative=alternative), seat)
    scene.give(c.CloseBracket(provision=clause, alternative=should))
    (reopened,) = scene.give(c.ReopenBracket(provision=clause, reason="Too soon."), UZB)
    provision = scene.state.provisions[clause]
    assert provision.alternatives == [reopened.former, may]
    assert words(scene, clause) == {PRESENT: SHOULD, reopened.former: SHALL, may: MAY}
    assert held(scene, clause) == {KAZ: (ACCEPT, False), KGZ: (ACCEPT, True)}
    assert held(scene, clause, may) == {UZB: (ACCEPT, False)}
    assert held(scene, clause, reopened.former) == {KGZ: (ACCEPT, False)}
    assert (provision.state, provision.revision) == (ProvisionState.BRACKETED, 2)
    scene.give(c.CloseBracket(provision=clause, alternative=reopened.former))
    assert (scene.words(clause), held(scene, clause)) == (SHALL, {KAZ: (ACCEPT, True), KGZ: (ACCEPT, False)})


def test_what_a_closing_had_made_ends_and_what_came_since_stays():
    scene, clause, should, may = three()
    scene.give(close(clause, 2, should))
    (made,) = (id for id in scene.state.provisions[clause].alternatives if id != should)
    since = beside(scene, clause, "Meets.", KGZ)
    (reopened,) = scene.give(c.ReopenBracket(provision=clause, reason="Too soon."), KGZ)
    assert reopened.alternatives == (reopened.former, should, may, since)
    assert not scene.state.alternatives[made].open
    assert [scene.state.alternatives[id].ordinal for id in reopened.alternatives] == [0, 1, 2, 3]
    assert scene.refuse(c.ReopenBracket(provision=clause, reason="Again."), KGZ).code is RefusalCode.BRACKET_NOT_CLOSED


def test_any_member_reopens_a_clean_text_and_nobody_else():
    scene, clause, should, _ = three()
    scene.give(c.CloseBracket(provision=clause, alternative=should))
    scene.circulate()
    scene.give(c.CleanText(item=scene.item))
    command = c.ReopenBracket(provision=clause, reason="Too soon.", if_revision=2)
    assert scene.refuse(command, OBSERVER).code is RefusalCode.NOT_A_MEMBER
    assert scene.refuse(c.ReopenBracket(provision=clause, reason=" "), UZB).code is RefusalCode.REASON_MISSING
    (reopened,) = scene.give(command, UZB)
    assert (reopened.reopens, scene.phases) == (True, ("OPEN", "NEGOTIATION", "CIRCULATED"))
    assert scene.state.provisions[clause].state is ProvisionState.BRACKETED


def test_in_a_call_one_objects_instead():
    scene, clause, should, _ = three()
    scene.give(c.CloseBracket(provision=clause, alternative=should))
    scene.circulate()
    scene.clean()
    scene.call()
    assert scene.refuse(c.ReopenBracket(provision=clause, reason="No."), UZB).code is RefusalCode.TEXT_STATE


# ── clean texts ──


def test_an_objection_to_the_only_wording_is_answered_in_the_call():
    scene, clause = opened()
    scene.give(takes(scene.item, clause, OBJECT), KGZ)
    scene.circulate()
    scene.clean()
    assert [(o.seat, o.provision) for o in scene.call().standing] == [(KGZ, clause)]


@pytest.mark.parametrize("level", [SUPPORT, ACCEPT])
def test_words_of_nobody_come_into_a_clean_text_when_a_member_stands_behind_them(level: StanceLevel):
    scene = sco(stage="circulated")
    drafted = c.DraftedClause(text="Welcomes.", language=EN)
    scene.give(c.TableDraft(item=scene.item, clauses=(drafted,)), "worker")
    clause = scene.clauses[-1]
    for seat, other in ((KAZ, RESERVE), (OBSERVER, SUPPORT)):
        scene.give(c.StateStances(item=scene.item, stances=(stance(clause, other),)), seat)
    refusal = scene.refuse(c.CleanText(item=scene.item))
    assert (refusal.code, refusal.params) == (RefusalCode.TEXT_UNSUPPORTED, {"clause": "1.3", "id": clause})
    scene.give(takes(scene.item, clause, level), KGZ)
    scene.give(c.CleanText(item=scene.item))


def test_an_alternative_of_nobody_is_no_better_when_it_is_chosen():
    scene = sco(stage="circulated")
    clause = scene.clauses[0]
    drafted = c.DraftedClause(provision=clause, revision=1, alternatives=(c.DraftedAlternative(text="Or so."),))
    (tabled,) = scene.give(c.TableDraft(item=scene.item, clauses=(drafted,)), "worker")
    scene.give(c.CloseBracket(provision=clause, alternative=tabled.clauses[0].alternatives[0].id))
    assert scene.refuse(c.CleanText(item=scene.item)).code is RefusalCode.TEXT_UNSUPPORTED
    scene.give(c.ReopenBracket(provision=clause, reason="Nobody's words."), KAZ)
    scene.give(c.CloseBracket(provision=clause, alternative=scene.newest(e.BracketReopened).former))
    scene.give(c.CleanText(item=scene.item))


# ── laws ──

WORDS = st.sampled_from(["shall", "may", "trade", "in", "goods", "and", "May", "水", "встречи", ","])
texts = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(present=texts, others=st.lists(texts, min_size=1, max_size=4, unique=True), data=st.data())
def test_in_whatever_order_brackets_are_closed_the_same_choices_give_the_same_text(
    present: str, others: list[str], data: st.DataObject
):
    """And a choice is a reading: who has it may be called otherwise by then."""
    ends: list[str] = []
    wanted: list[str] | None = None
    for _ in range(2):
        scene, clause = opened(present)
        for other in others:
            scene.attempt(c.ProposeAlternative(provision=clause, text=other, language=EN), KAZ)
        stood = readings(scene, clause)
        if wanted is None:
            wanted = [data.draw(st.sampled_from(bracket)) for bracket in stood]
        left = list(range(len(stood)))
        while left and scene.state.provisions[clause].alternatives:
            at = data.draw(st.integers(0, len(left) - 1))
            command = close(clause, at + 1, having(scene, clause, at + 1, wanted[left[at]]))
            if not isinstance(scene.attempt(command), tuple):
                return  # nothing would be left of the clause
            del left[at]
            assert [sorted(bracket) for bracket in readings(scene, clause)] == [sorted(stood[i]) for i in left]
        ends.append(scene.words(clause))
    assert ends[0] == ends[1]


@settings(max_examples=60, deadline=None)
@given(present=texts, others=st.lists(texts, min_size=1, max_size=4, unique=True), data=st.data())
def test_reopening_gives_back_what_a_closing_ended(present: str, others: list[str], data: st.DataObject):
    scene, clause = opened(present)
    for seat, other in zip((*THREE, *THREE), others, strict=False):
        scene.attempt(c.ProposeAlternative(provision=clause, text=other, language=EN), seat)
    before = words(scene, clause)
    stated = {id: held(scene, clause, AlternativeId(id)) for id in before if id}
    if len(before) == 1:
        return
    number = data.draw(st.none() | st.integers(1, len(readings(scene, clause))))
    key = data.draw(st.sampled_from(sorted(before)))
    chosen_id = AlternativeId(key) if key else None
    if not isinstance(scene.attempt(c.CloseBracket(provision=clause, bracket=number, alternative=chosen_id)), tuple):
        return
    now = scene.words(clause)
    scene.give(c.ReopenBracket(provision=clause, reason="Too soon."), KAZ)
    after = words(scene, clause)
    assert set(after.values()) == set(before.values()) | {now}
    assert after[PRESENT] == now
    kept = {id: text for id, text in before.items() if id and text != now}
    assert kept.items() <= after.items()
    assert all(held(scene, clause, AlternativeId(id)) == stated[id] for id in kept)


@settings(max_examples=60, deadline=None)
@given(present=texts, others=st.lists(texts, min_size=1, max_size=4, unique=True), data=st.data())
def test_whatever_is_merged_and_split_no_word_is_lost(present: str, others: list[str], data: st.DataObject):
    scene, clause = opened(present)
    for other in others:
        scene.attempt(c.ProposeAlternative(provision=clause, text=other, language=EN), KAZ)
    before = words(scene, clause)
    for _ in range(data.draw(st.integers(1, 4))):
        first, last = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
        scene.attempt(c.MergeBrackets(provision=clause, first=first, last=last, if_revision=1))
        scene.attempt(c.SplitBracket(provision=clause, bracket=first, if_revision=1))
        pieces = arranged(before, EN, scene.state.provisions[clause].regions)
        assert {key: chosen(pieces, key) for key in before} == before


def test_the_same_seats_stand_behind_what_was_made_of_several():
    scene, clause, should, may = three()
    scene.give(close(clause, 1, may))
    scene.give(close(clause, 1, may))  # goods: what SHOULD has become reads like the present text
    left = scene.state.provisions[clause].alternatives
    assert [scene.state.proposers(id) for id in left] == [(SeatCode(UZB),)]
    assert should not in left
