"""What a candidate may do with single brackets of a clause beside choosing a reading: leave the words out, or let some
members alone say them.

Why with the brackets as they are shown, and not the smallest: what a reader sees as one place is left out as one, and
its number is the one by which everybody calls it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from polylogue.drafting.brackets import arranged
from polylogue.drafting.brief import Clause
from polylogue.drafting.forms import ClauseChoice, Source
from polylogue.drafting.legible import as_shown
from polylogue.drafting.mixing import (
    Laid,
    Names,
    best_first,
    called,
    chosen_for,
    comparable,
    made_of,
)
from polylogue.drafting.named import named_within
from polylogue.drafting.pieces import Bracket, Piece, Reading
from polylogue.drafting.predict import level_of
from polylogue.drafting.remains import aside, without
from polylogue.drafting.said import MIDDLE
from polylogue.vocabulary import ClauseForm, SeatCode, SourceKind, StanceLevel

SHORTENED, NARROWED = 6, 4
"""How many texts of each kind a clause may have."""


class _Desk(NamedTuple):
    """What texts are made with: the readings of each bracket with the best backed first, the text that has the best
    everywhere, where each bracket lies in it, and by numbers the best text without words in one where there is such.
    """

    own: Laid
    ranked: tuple[list[Reading], ...]
    text: str
    places: tuple[tuple[int, int], ...]
    shorter: dict[int, str]

    @property
    def best(self) -> tuple[Reading, ...]:
        return tuple(readings[0] for readings in self.ranked)

    def around(self, number: int) -> tuple[str, str]:
        """What stands before and behind the bracket of that number, from 1, with the best reading in all others."""
        start, end = self.places[number - 1]
        return self.text[:start].lstrip(), self.text[end:].rstrip()

    def having(self, number: int, reading: Reading) -> str:
        """The best text with another reading in the bracket of that number."""
        start, end = self.places[number - 1]
        return (self.text[:start] + reading.text + self.text[end:]).strip()


def _desk(own: Laid, pieces: Iterable[Piece]) -> _Desk:
    ranked: list[list[Reading]] = []
    places: list[tuple[int, int]] = []
    text = ""
    for piece in pieces:
        start = len(text)
        if isinstance(piece, Bracket):
            ranked.append(best_first(piece, own))
            text += ranked[-1][0].text
            places.append((start, len(text)))
        else:
            text += piece.text
    return _Desk(own, tuple(ranked), text, tuple(places), {})


def regional(own: Laid | None, names: Names = ()) -> tuple[ClauseChoice, ...]:
    """Texts that leave the words of brackets out, then texts in which some say the words of one bracket by name; in all
    other brackets stands the reading that most seats back.

    Words are left out where somebody is expected to have a reservation about the text with the best readings, and what
    remains is well formed; they are said by those who support them, two or more, where somebody is expected to object
    to the text that has them, and there is one without. Nothing where brackets have no numbers, since wordings are in
    other languages or erased.
    """
    if own is None or not _numbered(own.outlook.clause):
        return ()
    clause, language = own.outlook.clause, own.outlook.clause.language
    pieces = (
        arranged(own.texts, language, clause.regions) if clause.regions else as_shown(own.pieces, own.texts, language)
    )
    if len(pieces) == 1:
        return ()
    desk = _desk(own, pieces)
    whole = chosen_for(clause, ClauseForm.MERGED, desk.text.strip(), made_of(desk.best))
    if not any(each.figure < MIDDLE for each in own.outlook.expected(whole)):
        return ()
    for number in range(1, len(desk.ranked) + 1):
        if (text := _without(desk, number)) is not None:
            desk.shorter[number] = text
    return (*_shortened(desk), *_narrowed(desk, names))


def _numbered(clause: Clause) -> bool:
    """Whether the brackets of a clause are called by numbers: all of its wordings can be compared."""
    return bool(clause.present.text) and len(comparable(clause)) == sum(w.text != "" for w in clause.wordings)


def _without(desk: _Desk, number: int) -> str | None:
    """The best text without words in a bracket: with its reading of none, or where nobody has that, cut out."""
    none = next((reading for reading in desk.ranked[number - 1] if not reading.text.strip()), None)
    if none:
        return desk.having(number, none)
    before, after = desk.around(number)
    said = [reading.text for reading in desk.ranked[number - 1]]
    return without(before, said, after, desk.own.outlook.clause.language)


# ── the words of brackets left out ───────────────────────────────────────────────────────────────────────────────────


def _shortened(desk: _Desk) -> Iterator[ClauseChoice]:
    """The best text without the words of all brackets that nobody would have empty, and without those of each."""
    full = [n for n in desk.shorter if all(reading.text.strip() for reading in desk.ranked[n - 1])]
    made: list[tuple[tuple[int, ...], str]] = [((number,), desk.shorter[number]) for number in full]
    if len(full) > 1 and (text := _all_left_out(desk, full)) is not None:
        made.insert(0, (tuple(full), text))
    for numbers, text in made[:SHORTENED]:
        choice = chosen_for(desk.own.outlook.clause, ClauseForm.SHORTENED, text, made_of(desk.best))
        yield replace(choice, brackets=numbers)


def _all_left_out(desk: _Desk, numbers: Sequence[int]) -> str | None:
    """The best text without the words of these brackets, the last ones first; null where one needs another."""
    tail = ""
    for number in reversed(numbers):
        before, after = desk.around(number)
        if tail:
            begun = before + desk.best[number - 1].text
            if not tail.startswith(begun):
                return None
            after = tail[len(begun) :]
        said = [reading.text for reading in desk.ranked[number - 1]]
        text = without(before, said, after, desk.own.outlook.clause.language)
        if text is None:
            return None
        tail = text
    return tail


# ── the words of a bracket for some only ─────────────────────────────────────────────────────────────────────────────


def _narrowed(desk: _Desk, names: Names) -> Iterator[ClauseChoice]:
    found = (
        choice
        for number, text in desk.shorter.items()
        for reading in desk.ranked[number - 1]
        if reading.text.strip() and (choice := _for_some(desk, number, reading, text, names))
    )
    yield from islice(found, NARROWED)


def _for_some(desk: _Desk, number: int, reading: Reading, text: str, names: Names) -> ClauseChoice | None:
    """A text in which those alone say the words of a reading who support it, beside the text without them."""
    outlook, language = desk.own.outlook, desk.own.outlook.clause.language
    support = frozenset[SeatCode]().union(*(desk.own.supporting[key] for key in reading.holders))
    seats = tuple(seat for seat in outlook.seats if seat in support)
    if not 1 < len(seats) < len(outlook.seats):  # "Member States" are two or more
        return None
    known = [called(names, seat, language) for seat in seats]
    if not all(known):
        return None
    before, after = desk.around(number)
    words = aside(before, reading.text, after, language)
    place = _alike(text, before.rstrip())
    said = words and named_within(text[:place].rstrip(), words, text[place:], [n for n in known if n], language)
    if not said:
        return None
    taken = (*desk.best[: number - 1], reading, *desk.best[number:])
    whole = chosen_for(outlook.clause, ClauseForm.MERGED, desk.having(number, reading), made_of(taken))
    if StanceLevel.OBJECT not in [level_of(each.figure) for each in outlook.expected(whole)]:
        return None
    return replace(
        whole,
        form=ClauseForm.NAMED_SUBSET,
        text=said,
        seats=seats,
        sources=(*whole.sources, *(Source(SourceKind.NAME, seat=seat) for seat in seats)),
        brackets=(number,),
        within=whole.text,
        without=text,
    )


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)
