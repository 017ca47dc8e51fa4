"""What graphql-core says of a client's mistake, without the values that it repeats.

Why cut: beside the value that does not fit lies the rest of the input, such as interests that are for one seat only,
and clients keep the errors they get in logs and reports. Where the value stands the message says all the same.
"""

import re

_CUTS = tuple(
    (re.compile(pattern, re.DOTALL), kept)
    for pattern, kept in (
        (r"(unknown field '[_A-Za-z][_0-9A-Za-z]{0,63}')[.,].*", r"\1."),
        (r"unknown field '(?![_A-Za-z][_0-9A-Za-z]{0,63}'\.\Z).*", "unknown field."),
        (r"[,;] found: .*", "."),
        (r"(cannot represent [^:]*): .*", r"\1."),
        (r"Value '.*' does not exist", "Value does not exist"),
        (r"\b(String|BlockString|Int|Float) ['\"].*", r"\1."),
        (r"Expected value of type '\w+', but encountered error '(.*)'\.\Z", r"\1"),  # a scalar's own sentence
    )
)


def discreet(message: str) -> str:
    """The message with each value that a client sent cut out, and whatever follows it."""
    for pattern, kept in _CUTS:
        message = pattern.sub(kept, message)
    return message
