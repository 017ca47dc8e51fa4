"""How a seat is expected to take a wording: case by case, and that it is never better than what was stated."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given

from polylogue.drafting.brief import Clause
from polylogue.drafting.forms import ClauseChoice, Prediction, Source
from polylogue.drafting.mixing import laid, mixed
from polylogue.drafting.options import omission, options, present
from polylogue.drafting.predict import level_of, outlook
from polylogue.drafting.regions import regional
from polylogue.vocabulary import (
    SCALE,
    AlternativeId,
    ClauseForm,
    LanguageTag,
    PredictionBasis,
    Seq,
    SourceKind,
    StanceLevel,
)
from tests.polylogue.drafting.briefs import (
    KAZ,
    KGZ,
    NAMES,
    SEATS,
    TJK,
    UZB,
    A,
    N,
    O,
    R,
    S,
    answer,
    clause,
    clauses,
    predicted,
    taking,
    texts,
)

SHALL = "Member States shall deepen trade."
SHOULD = "Member States should deepen trade."
MAY = "Member States may deepen trade."
WATER = "Water is shared."


def alternative(of: Clause, key: str = "a1") -> ClauseChoice:
    text = next(w.text for w in of.wordings if w.key == key)
    return ClauseChoice(of.provision, 1, ClauseForm.ALTERNATIVE, text, of.language, AlternativeId(key))


def told(p: Prediction) -> tuple[str, str, str, str | None]:
    return str(p.figure), p.level.value, p.basis.value, p.nearest


# ── stated, and near to it ──


def test_what_a_seat_has_stated_is_what_is_expected():
    of = clause(SHALL, SHOULD, on=[{KAZ: O, KGZ: R}, {KAZ: S}])
    found = predicted(of, alternative(of))
    assert told(found[KAZ]) == ("4", "SUPPORT", "STATED", "a1")
    assert found[KAZ].stated
    assert told(predicted(of, present(of))[KGZ]) == ("1", "RESERVE", "STATED", "")


def test_other_words_are_read_from_the_nearest_and_lose_what_has_to_change():
    """One of six tokens differs: 4 − 4·1/6 = 10/3, which is nearest to ACCEPT; of five words that are minded one is
    gone.
    """
    of = clause(SHALL, on=[{KAZ: S, KGZ: A, TJK: R, UZB: O}])
    found = predicted(of, taking(of, MAY))
    assert told(found[KAZ]) == ("10/3", "ACCEPT", "NEAREST", "")
    assert told(found[KGZ]) == ("7/3", "NEUTRAL", "NEAREST", "")
    assert told(found[TJK]) == ("6/5", "RESERVE", "NEAREST", "")
    assert told(found[UZB]) == ("2/5", "OBJECT", "NEAREST", "")
    assert not found[KAZ].stated


def test_the_nearest_counts_and_of_two_as_near_the_worse():
    near = clause(SHALL, WATER, on=[{KAZ: R}, {KAZ: S}])
    assert predicted(near, taking(near, MAY))[KAZ].nearest == ""
    alike = clause(SHALL, SHOULD, on=[{KAZ: S}, {KAZ: R}])
    assert told(predicted(alike, taking(alike, MAY))[KAZ]) == ("6/5", "RESERVE", "NEAREST", "a1")


def test_who_has_said_nothing_is_missing_and_stands_in_the_middle():
    of = clause(SHALL, on=[{KAZ: S}])
    for choice in (present(of), taking(of, MAY), omission(of)):
        assert told(predicted(of, choice)[UZB]) == ("2", "NEUTRAL", "SILENT", None)


def test_who_put_words_forward_is_expected_to_support_them_unless_it_says_otherwise():
    of = clause(SHALL, (SHOULD, KAZ), (MAY, KGZ), on=[{}, {}, {KGZ: N}])
    assert told(predicted(of, alternative(of))[KAZ]) == ("4", "SUPPORT", "PROPOSED", "a1")
    assert told(predicted(of, alternative(of, "a2"))[KGZ]) == ("2", "NEUTRAL", "STATED", "a2")


def test_a_stance_on_older_words_is_expected_still_and_not_called_stated():
    of = clause(SHALL, on=[{KAZ: O}])
    carried = replace(of, revision=2, stated=(replace(of.stated[0], carried=True),))
    assert told(predicted(carried, present(carried))[KAZ]) == ("0", "OBJECT", "CARRIED", "")


def test_of_the_same_words_the_newest_stance_counts():
    of = clause(SHALL, on=[{KAZ: O}], answers=[answer(KAZ, SHALL, N, 8), answer(KAZ, SHALL, A, 9)])
    assert told(predicted(of, present(of))[KAZ]) == ("3", "ACCEPT", "STATED", "")


def test_an_answer_to_an_earlier_candidate_is_a_stance_on_its_words():
    of = clause(SHALL, on=[{KAZ: O}], answers=[answer(KAZ, MAY, A, 8)])
    assert told(predicted(of, taking(of, MAY))[KAZ]) == ("3", "ACCEPT", "STATED", "answer:8")


@pytest.mark.parametrize(("importance", "expected"), [((1, 3), 3), ((2, 1), 2)])
def test_a_clause_weighs_what_the_seat_has_stated_at_most(importance: tuple[int, int], expected: int):
    of = clause(SHALL, SHOULD, on=[{KAZ: S}, {KAZ: N}])
    weighed = replace(of, stated=tuple(replace(s, importance=i) for s, i in zip(of.stated, importance, strict=True)))
    for choice in (present(weighed), alternative(weighed), taking(weighed, MAY), omission(weighed)):
        assert predicted(weighed, choice)[KAZ].importance == expected
        assert predicted(weighed, choice)[UZB].importance == 2


# ── left out ──


@pytest.mark.parametrize(
    ("level", "expected"),
    [(S, ("0", "OBJECT")), (A, ("1", "RESERVE")), (N, ("2", "NEUTRAL")), (R, ("2", "NEUTRAL")), (O, ("2", "NEUTRAL"))],
)
def test_who_wants_words_does_not_want_them_left_out(level: StanceLevel, expected: tuple[str, str]):
    of = clause(SHALL, SHOULD, on=[{KAZ: level}, {KAZ: O}])
    assert told(predicted(of, omission(of))[KAZ]) == (*expected, "OMISSION", "" if level is not O else "a1")


def test_who_asks_that_a_clause_goes_is_taken_at_its_word():
    of = clause(SHALL, ("", KAZ))
    assert told(predicted(of, omission(of))[KAZ]) == ("4", "SUPPORT", "PROPOSED", "a1")
    assert told(predicted(of, present(of))[KAZ]) == ("0", "OBJECT", "OMISSION", "a1")
    answered = clause(SHALL, answers=[answer(KAZ, None, A)])
    assert told(predicted(answered, omission(answered))[KAZ]) == ("3", "ACCEPT", "STATED", "answer:9")
    assert told(predicted(answered, taking(answered, MAY))[KAZ]) == ("1", "RESERVE", "OMISSION", "answer:9")


# ── conditions ──


def test_words_that_would_remove_an_objection_are_expected_to_remove_it_and_no_more():
    of = clause(SHALL, on=[{KAZ: O, KGZ: R}], conditions={KAZ: SHOULD, KGZ: SHOULD})
    found = predicted(of, taking(of, SHOULD))
    assert told(found[KAZ]) == ("1", "RESERVE", "CONDITION", "")
    assert told(found[KGZ]) == ("2", "NEUTRAL", "CONDITION", "")
    assert told(predicted(of, present(of))[KAZ]) == ("0", "OBJECT", "STATED", "")


def test_a_condition_that_describes_a_change_words_nothing():
    of = clause(SHALL, on=[{KAZ: O}], conditions={KAZ: "A threshold of personnel, with days that fit it."})
    assert ClauseForm.CONCESSION not in {choice.form for choice in options(outlook(of, SEATS), ())}
    found = predicted(of, taking(of, "A threshold of personnel, with days that fit it."))[KAZ]
    assert (found.level, found.basis) == (N, PredictionBasis.NEAREST)


def test_a_stance_that_waits_for_another_clause_is_reserve_at_best_without_it():
    of = clause(SHALL, on=[{KAZ: S, KGZ: O}], waits={KAZ: "p2", KGZ: "p2"})
    assert told(predicted(of, present(of), "p2")[KAZ]) == ("4", "SUPPORT", "STATED", "")
    assert told(predicted(of, present(of))[KAZ]) == ("1", "RESERVE", "CONDITIONAL", "")
    assert told(predicted(of, taking(of, MAY))[KAZ]) == ("1", "RESERVE", "CONDITIONAL", "")
    assert told(predicted(of, present(of))[KGZ]) == ("0", "OBJECT", "CONDITIONAL", "")


# ── named ──


def named_in(of: Clause) -> ClauseChoice:
    return next(c for c in options(outlook(of, SEATS), (), NAMES) if c.form is ClauseForm.NAMED_SUBSET)


def test_who_is_not_named_is_not_bound_and_reserves_at_worst():
    of = clause(SHALL, on=[{KAZ: S, KGZ: S, TJK: O, UZB: A}])
    choice = named_in(of)
    assert choice.text == "The following Member States: Kazakhstan and Kyrgyzstan, shall deepen trade."
    assert choice.seats == (KAZ, KGZ)
    assert choice.sources == (
        Source(SourceKind.WORDING, ""),
        Source(SourceKind.NAME, seat=KAZ),
        Source(SourceKind.NAME, seat=KGZ),
    )
    found = predicted(of, choice)
    assert told(found[KAZ]) == ("4", "SUPPORT", "NAMED", "")
    assert told(found[TJK]) == ("1", "RESERVE", "NOT_NAMED", "")
    assert told(found[UZB]) == ("2", "NEUTRAL", "NOT_NAMED", "")
    assert told(predicted(clause(SHALL, on=[{KAZ: S, KGZ: S, TJK: O}]), choice)[UZB])[2] == "SILENT"


def test_what_a_seat_has_answered_to_a_named_text_counts_before_all():
    plain = clause(SHALL, on=[{KAZ: S, KGZ: S, TJK: O}])
    text = named_in(plain).text
    of = clause(SHALL, on=[{KAZ: S, KGZ: S, TJK: O}], answers=[answer(TJK, text, O), answer(KAZ, text, R)])
    found = predicted(of, named_in(of))
    assert (found[TJK].level, found[KAZ].level, found[KGZ].basis) == (O, R, PredictionBasis.NAMED)


# ── other languages, erased words ──


def test_words_in_another_language_are_not_compared():
    of = clause(SHALL, on=[{KAZ: S}])
    other = replace(taking(of, SHALL + " Да."), language=LanguageTag("ru"))
    assert predicted(of, other)[KAZ].basis is PredictionBasis.SILENT


def test_the_same_characters_in_another_language_are_other_words():
    """What is said of them later takes the place of nothing."""
    of = clause("2026.", "2026.", on=[{KAZ: O}, {KAZ: S, UZB: S}])
    later = tuple(replace(s, seq=Seq(2)) if s.wording else s for s in of.stated)
    of = replace(of, wordings=(of.present, replace(of.wordings[1], language=LanguageTag("ru"))), stated=later)
    found = predicted(of, present(of))
    assert told(found[KAZ]) == ("0", "OBJECT", "STATED", "")
    assert found[UZB].basis is PredictionBasis.SILENT


def test_of_erased_words_only_what_was_said_of_them_is_known():
    of = clause(SHALL, on=[{KAZ: O}])
    erased = replace(of, wordings=(replace(of.present, text=None),))
    assert told(predicted(erased, present(erased))[KAZ]) == ("0", "OBJECT", "STATED", "")
    assert predicted(erased, taking(erased, MAY))[KAZ].basis is PredictionBasis.SILENT


# ── laws ──


@pytest.mark.parametrize(
    ("figure", "level"),
    [
        ("0", O),
        ("1/2", O),
        ("51/100", R),
        ("1", R),
        ("3/2", R),
        ("2", N),
        ("5/2", N),
        ("7/2", A),
        ("71/20", S),
        ("4", S),
    ],
)
def test_a_figure_comes_to_the_nearest_level_and_of_two_to_the_lower(figure: str, level: StanceLevel):
    assert level_of(Fraction(figure)) is level


@given(clauses(0, ["p1", "p2"]), texts)
def test_no_words_are_expected_to_be_liked_better_than_what_was_stated(of: Clause, text: str):
    own = outlook(of, SEATS)
    beside = laid(own)
    for choice in (taking(of, text), *options(own, mixed(beside), NAMES, regional=regional(beside, NAMES))):
        for seat, said, found in zip(SEATS, own.said, own.expected(choice), strict=True):
            assert 0 <= found.figure <= 4
            if found.basis is PredictionBasis.SILENT:
                continue
            best = max(s.level for s in said)
            allowed = (PredictionBasis.OMISSION, PredictionBasis.NOT_NAMED, PredictionBasis.NEAREST)
            assert found.figure <= best or (found.basis in allowed and found.figure <= SCALE[N]), (seat, choice)
            if found.basis is PredictionBasis.NEAREST and found.figure > SCALE[N]:
                assert found.figure < max(s.level for s in said if s.key == found.nearest)


@given(clauses(0, ["p1", "p2"]))
def test_only_what_a_seat_itself_has_said_counts(of: Clause):
    """With everybody else's stances taken away, the same is expected of a seat."""
    alone = replace(
        of,
        stated=tuple(s for s in of.stated if s.seat == KAZ),
        answers=tuple(a for a in of.answers if a.seat == KAZ),
    )
    for choice in (present(of), omission(of), taking(of, "Member States shall trade .")):
        assert outlook(of, SEATS).expected(choice)[0] == outlook(alone, SEATS).expected(choice)[0]
