"""Which statements come on the list of a group, rule by rule: counts of two groups, the first is looked at."""

import numpy as np

from polylogue.crowd.representativeness import Representative, representativeness, representatives
from polylogue.crowd.votes import Tally

Counted = tuple[int, int, int]
"""Agrees, disagrees, and votes on one statement."""


def first_list(*statements: tuple[Counted, Counted], aside: tuple[int, ...] = ()) -> tuple[Representative, ...]:
    """The list of the first group, of statements each counted in the first group and in the other."""
    counts = np.array(statements).transpose(2, 1, 0)
    flags = np.isin(np.arange(len(statements)), aside)
    return representatives(representativeness(Tally(*counts)), flags)[0]


def places(entries: tuple[Representative, ...]) -> list[tuple[int, bool, bool]]:
    return [(entry.statement, entry.agree, entry.best_agree) for entry in entries]


AGREED = ((9, 0, 9), (0, 9, 9))
REJECTED = ((0, 9, 9), (9, 0, 9))
SPLIT = ((4, 4, 8), (4, 4, 8))


def test_agreed_with_first_and_then_rejected():
    assert places(first_list(SPLIT, REJECTED, AGREED)) == [(2, True, True), (1, False, False)]


def test_a_group_that_agrees_with_nothing_has_a_list_of_what_it_rejects():
    assert places(first_list(SPLIT, REJECTED)) == [(1, False, False)]


def test_five_are_kept_by_weight_and_equal_ones_in_the_order_of_submission():
    weaker = ((8, 1, 9), (0, 9, 9))
    entries = first_list(weaker, AGREED, weaker, AGREED, AGREED, AGREED, AGREED)
    assert places(entries) == [(1, True, True), *((place, True, False) for place in (3, 4, 5, 6))]


def test_the_best_agreement_may_have_failed_a_test_and_takes_a_place_of_the_five():
    shared = ((9, 0, 9), (9, 1, 10))
    entries = first_list(shared, *[REJECTED] * 6)
    assert places(entries) == [(0, True, True), *((place, False, False) for place in (1, 2, 3, 4))]


def test_while_the_best_agreement_is_agreed_with_elsewhere_too_the_surer_share_takes_its_place():
    entries = first_list(((9, 0, 9), (9, 0, 9)), ((10, 0, 10), (12, 0, 12)))
    assert [entry.statement for entry in entries if entry.best_agree] == [1]


def test_a_particular_agreement_is_not_displaced_by_a_surer_one_that_is_shared():
    entries = first_list(((3, 0, 3), (1, 8, 9)), ((30, 0, 30), (30, 0, 30)))
    assert [entry.statement for entry in entries if entry.best_agree] == [0]


def test_what_the_group_has_not_voted_on_is_no_agreement():
    entries = first_list(((3, 0, 3), (10, 10, 20)), ((0, 0, 0), (0, 20, 20)))
    assert [entry.statement for entry in entries if entry.best_agree] == [0]


def test_a_list_is_never_empty_while_there_is_a_statement():
    nothing = first_list(((1, 2, 6), (1, 1, 6)), ((1, 3, 6), (1, 1, 6)))
    assert places(nothing) == [(1, False, False)]


def test_a_statement_set_aside_is_on_no_list():
    assert places(first_list(AGREED, REJECTED, aside=(0,))) == [(1, False, False)]
    assert first_list(AGREED, aside=(0,)) == ()


def test_an_entry_holds_the_figures_of_its_side_and_how_many_agree():
    (entry,) = first_list(((1, 8, 9), (9, 0, 9)))
    assert (entry.agree, entry.agrees, entry.successes, entry.trials) == (False, 1, 8, 9)
    assert entry.share == 9 / 11
