"""Figures as characters."""

import pytest

from server.convergence.bars import bar, figure, histogram, line, signed


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "·"), ("1.000000000", "1.000"), ("0.999900000", "0.999"), ("0.583333333", "0.583"),
        ("-0.111111111", "−0.111"), ("-0.000100000", "0.000"), ("0.000000000", "0.000"), (0.91681, "0.917"),
    ],
)  # fmt: skip
def test_only_one_is_shown_as_one(value: str | float | None, shown: str) -> None:
    assert figure(value) == shown


def test_a_difference_has_a_sign_unless_nothing_of_it_is_left() -> None:
    assert [signed(value) for value in ("0.2", "-0.2", "0.0001", None)] == ["+0.200", "−0.200", "0.000", "·"]


def test_a_bar_is_as_long_as_its_figure() -> None:
    assert [bar(value, 4) for value in ("0.5", "1", None, "-0.3", "0.53125")] == [
        "██  ",
        "████",
        "    ",
        "    ",
        "██▏ ",
    ]


def test_a_histogram_shows_the_least_and_no_count_for_none() -> None:
    assert histogram([1, 0, 0, 6, 12]) == "▁··▄█"
    assert histogram([0, 0]) == "··"


def test_a_line_keeps_its_ends_and_its_gaps() -> None:
    assert line([None, 0.0, 0.5, 1.0], 10) == " ▁▅█"
    assert line([n / 99 for n in range(100)], 8) == "▁▂▃▄▅▆▇█"
    assert line([0.4, 0.4], 5) == "▄▄"
    assert line([None], 5) == ""
