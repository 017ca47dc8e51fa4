"""The sub-levels of a clause, (a) and (i), read from the labels with which it is written.

Why only labels at the beginning of a line: one in the middle of a sentence may as well refer to something, and a clause
must never be cut where its author did not cut it.
"""

import re
from collections.abc import Iterable

_LABEL = re.compile(r"\s*([(（]([a-z]{1,5}|[а-я]|[0-9]{1,3}|[一二三四五六七八九十]{1,3})[)）])\s*(?=\S)")  # noqa: RUF001 -- Cyrillic and full-width labels

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
"""The letters of lists, which leave some out."""
_DIGITS = "一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))

_Mark = tuple[str, int]
"""How a list counts, and how far this is: ("roman", 4) for (iv)."""


def label_of(line: str) -> tuple[str, str, str] | None:
    """The label with which a line begins: as written, what is in it, and the words behind it; null: it has none."""
    found = _LABEL.match(line)
    return (found[1], found[2], line[found.end() :]) if found and _readings(found[2]) else None


def levels(labels: Iterable[str | None]) -> list[int]:
    """How deep each line of a clause stands, from what is in the labels of all its lines (null: it has none).

    0 is the clause itself. A label that goes on with a list stands on its level, and ends what is below; one that
    begins a list opens a level below the line before it; any other stands where its way of counting was last in use,
    else one level deep. A line without a label belongs to the line before it: (i) after (h) goes on with the letters,
    and elsewhere it begins Roman numbers.
    """
    found: list[int] = []
    lists: list[_Mark] = []
    for label in labels:
        if label is not None:
            _enter(lists, _readings(label))
        found.append(len(lists))
    return found


def _enter(lists: list[_Mark], readings: list[_Mark]) -> None:
    """Go on with one of the lists that are open, or open another."""
    for depth in range(len(lists) - 1, -1, -1):
        way, reached = lists[depth]
        if (way, reached + 1) in readings:
            lists[depth:] = [(way, reached + 1)]
            return
    first = next((each for each in readings if each[1] == 1 and each[0] not in {way for way, _ in lists}), None)
    if first:
        lists.append(first)
        return
    for depth in range(len(lists) - 1, -1, -1):
        if again := next((each for each in readings if each[0] == lists[depth][0]), None):
            lists[depth:] = [again]
            return
    lists[:] = readings[:1]


def _readings(label: str) -> list[_Mark]:
    """The ways in which a label counts, the likeliest first: (i) is a Roman one and the ninth letter."""
    found: list[_Mark] = []
    if number := _roman(label):
        found.append(("roman", number))
    if label.isdecimal():
        found.append(("figures", int(label)))
    if len(label) == 1 and label in _LATIN:
        found.append(("letters", _LATIN.index(label) + 1))
    if len(label) == 1 and label in _CYRILLIC:
        found.append(("cyrillic", _CYRILLIC.index(label) + 1))
    if number := _chinese(label):
        found.append(("chinese", number))
    return found


def _roman(label: str) -> int:
    """The number a Roman numeral up to 39 is; 0 for what is none."""
    number, rest = 0, label
    for value, letters in _ROMAN:
        while rest.startswith(letters):
            number, rest = number + value, rest[len(letters) :]
    return number if not rest and number and _numeral(number) == label else 0


def _numeral(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            number, written = number - value, written + letters
    return written


def _chinese(label: str) -> int:
    """The number that Chinese figures up to 99 are; 0 for what is none."""
    tens, ten, ones = label.rpartition("十")
    if any(digit not in _DIGITS for digit in tens + ones) or len(tens) > 1 or len(ones) > 1:
        return 0
    whole = 10 * (_DIGITS.index(tens) + 1 if tens else 1) if ten else 0
    return whole + (_DIGITS.index(ones) + 1 if ones else 0)
