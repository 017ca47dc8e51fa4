"""Nine places, exactly."""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.convergence.decimal import figure, nine_places

HALF = Fraction(1, 2 * 10**9)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(26, 35), "0.742857143"),
        (Fraction(-1, 8), "-0.125000000"),
        (Fraction(1), "1.000000000"),
        (Fraction(0), "0.000000000"),
        (Fraction(-4, 3), "-1.333333333"),
        (HALF, "0.000000000"),
        (3 * HALF, "0.000000002"),
        (5 * HALF, "0.000000002"),
        (-HALF, "0.000000000"),
        (-3 * HALF, "-0.000000002"),
        (1 - HALF, "1.000000000"),
        (HALF + Fraction(1, 10**30), "0.000000001"),
        (Fraction(123456789012345678901, 3), "41152263004115226300.333333333"),
    ],
)
def test_a_ratio_is_written_with_a_half_to_the_even_digit(value: Fraction, written: str):
    assert nine_places(value) == written


@given(st.fractions(max_denominator=10**12) | st.integers(-(10**12), 10**12).map(lambda n: n * HALF))
def test_it_is_what_decimal_arithmetic_gives(value: Fraction):
    exact = Context(prec=400)
    quotient = exact.divide(Decimal(value.numerator), Decimal(value.denominator))
    expected = quotient.quantize(Decimal("1e-9"), rounding=ROUND_HALF_EVEN, context=exact)
    assert nine_places(value) == format(expected or abs(expected), "f")


def test_what_is_not_there_is_null():
    assert figure(None) is None
    assert figure(Fraction(1, 3)) == "0.333333333"
