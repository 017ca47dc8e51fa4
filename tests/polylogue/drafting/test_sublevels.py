"""The levels of a clause's lines, as its author labelled them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.sublevels import label_of, levels


@pytest.mark.parametrize(
    ("labels", "depths"),
    [
        ([None, "a", "b", "i", "ii", "c"], [0, 1, 1, 2, 2, 1]),
        ([*"abcdefghij"], [1] * 10),  # here (i) is the ninth letter
        (["i", "ii", "iii", "iv", "v"], [1] * 5),
        (["a", "i", "ii", None, "b"], [1, 2, 2, 2, 1]),
        (["1", "2", "a", "b", "i", "3"], [1, 1, 2, 2, 3, 1]),
        (["а", "б", "в"], [1, 1, 1]),
        (["一", "二", "1", "2", "三"], [1, 1, 2, 2, 1]),
        (["九", "十", "十一", "二十", "二十一"], [1, 1, 1, 1, 1]),
        (["a", "b", "d"], [1, 1, 1]),  # a letter is left out: still the same list
        (["a", "a"], [1, 1]),
        (["a", "i", "a", "b"], [1, 2, 1, 1]),
        (["a", "aa"], [1, 1]),  # nobody counts like this: no label
    ],
)
def test_a_label_goes_on_with_a_list_or_opens_one(labels: list[str | None], depths: list[int]):
    told = [label if label and label_of(f"({label}) x") else None for label in labels]
    assert levels(told) == depths


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("(a) to keep a line;", ("(a)", "a", "to keep a line;")),
        ("  （一）设立热线；", ("（一）", "一", "设立热线；")),
        ("(iv)to report", ("(iv)", "iv", "to report")),
        ("(a)", None),
        ("(see) above", None),
        ("(2030) Agenda", None),
        ("(A) large", None),
        ("a) half", None),
        ("as in (a) above", None),
    ],
)
def test_a_line_begins_with_a_label_or_does_not(line: str, label: tuple[str, str, str] | None):
    assert label_of(line) == label


@given(st.lists(st.sampled_from([None, *"abci12", "ii", "iii", "iv", "v", "а", "б", "一", "二", "十"])))
def test_a_line_is_at_most_one_level_deeper_than_the_one_before(labels: list[str | None]):
    found = [0, *levels(labels)]
    assert all(0 <= now <= before + 1 for before, now in itertools.pairwise(found))
    assert all(depth > 0 for depth, label in zip(found[1:], labels, strict=True) if label)
