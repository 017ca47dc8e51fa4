"""Exact ratios written as decimal strings of nine places.

Why strings: a float depends on who rounds it, and these characters are hashed.
"""

from fractions import Fraction

_BILLIONTHS = 10**9


def nine_places(value: Fraction) -> str:
    """The value with nine decimal places, a half rounded to the even digit: 26/35 is "0.742857143".

    Any size and sign; what rounds to zero has no sign.
    """
    quotient, rest = divmod(value.numerator * _BILLIONTHS, value.denominator)
    twice = 2 * rest
    if twice > value.denominator or (twice == value.denominator and quotient % 2):
        quotient += 1
    whole, places = divmod(abs(quotient), _BILLIONTHS)
    return f"{'-' if quotient < 0 else ''}{whole}.{places:09d}"


def figure(value: Fraction | None) -> str | None:
    """A figure of a document: nine places, or null where the figure is not defined or not shown."""
    return None if value is None else nine_places(value)
