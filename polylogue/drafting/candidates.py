"""Whole texts that might find consensus: searched clause by clause, best first, from what is on the table.

Why a beam and not the single best: delegations choose between texts; and what one clause does may decide whether a
stance on another holds, so clauses cannot be settled one by one (docs/drafting.md, candidates).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest
from math import lcm
from typing import NamedTuple

from polylogue.drafting.beam import best
from polylogue.drafting.brief import Brief, Written
from polylogue.drafting.forms import Candidate, ClauseChoice, ExpectedObjection
from polylogue.drafting.options import mixed, omission, options, present
from polylogue.drafting.predict import Expected, Outlook, Row, outlook, predictions
from polylogue.drafting.said import MIDDLE
from polylogue.drafting.tokens import words
from polylogue.vocabulary import ClauseForm, ProvisionId, ProvisionState, StanceLevel

FEWEST, MOST = 4, 16
"""How many candidates may be asked for: the status quo, the present text, the last winner and one more at least."""

SEARCHES = (
    frozenset(ClauseForm),
    frozenset(ClauseForm) - {ClauseForm.NAMED_SUBSET},
    frozenset(ClauseForm) - {ClauseForm.NAMED_SUBSET, ClauseForm.OMITTED},
    frozenset({ClauseForm.PRESENT, ClauseForm.ALTERNATIVE}),
)
"""What texts may do in each of the searches: all; bind everybody; and leave nothing out; only as somebody worded it."""

Text = tuple[ClauseChoice, ...]
Words = tuple[bool, str | None]
"""Whether a clause is left out, and its words: what makes two choices the same."""


class Way(NamedTuple):
    """What may be done with a clause, what is expected of each seat, and the same as predicted if all is kept."""

    choice: ClauseChoice
    expected: tuple[Expected, ...]
    row: Row
    waits: bool


Ways = dict[Words, Way]


def propose(brief: Brief, limit: int = MOST, extra: Iterable[Written] = ()) -> tuple[Candidate, ...]:
    """Up to `limit` (4 to 16) different texts, best first by: fewest objections, highest lowest predicted stance,
    highest mean, fewest words.

    Among them are always the status quo ("no text"), the present text, the winner of the round before as far as it
    still stands, and the best found; then the text with the best backed reading of every bracket, and what the searches
    find in turns: first texts that differ from each other in two clauses or more. Objections are counted per seat and
    clause. The same brief gives the same candidates. Raises ValueError for a limit outside its range.
    """
    if not FEWEST <= limit <= MOST:
        raise ValueError(f"a round has {FEWEST} to {MOST} candidates, not {limit}")
    before = {choice.provision: choice for choice in brief.previous}
    written = list(extra)
    outlooks = [outlook(clause, brief.seats) for clause in brief.clauses]
    mixes = [mixed(each) for each in outlooks]
    ways = [_ways(brief, *each, before, written) for each in zip(outlooks, mixes, strict=True)]
    found = _in_turns(
        [best([_allowed(*each, forms) for each in zip(outlooks, ways, strict=True)]) for forms in SEARCHES]
    )
    texts = [tuple(map(omission, brief.clauses)), tuple(map(present, brief.clauses))]
    if brief.previous:
        texts.append(tuple(_again(each, before.get(each.clause.provision)) for each in outlooks))
    merged = tuple((*own, present(of.clause))[0] for of, own in zip(outlooks, mixes, strict=True))
    known = [_known(text, ways, outlooks) for text in (*texts, *found[:1], merged)]
    candidates = [_evaluated(brief, text, ways) for text in _different(known, found, limit)]
    candidates.sort(key=_order)
    return tuple(replace(candidate, id=str(number)) for number, candidate in enumerate(candidates, 1))


def same(choice: ClauseChoice) -> Words:
    """What makes two choices for a clause the same."""
    return choice.omitted, choice.text


def _ways(
    brief: Brief,
    of: Outlook,
    mixes: Iterable[ClauseChoice],
    before: Mapping[ProvisionId, ClauseChoice],
    written: Iterable[Written],
) -> Ways:
    id = of.clause.provision
    kept = frozenset(clause.provision for clause in brief.clauses)
    found: Ways = {}
    for choice in options(of, mixes, brief.names, before.get(id), (each for each in written if each.provision == id)):
        expected = of.expected(choice)
        waits = any(each.waits for each in expected)
        found[same(choice)] = Way(choice, expected, predictions(brief.seats, expected, kept), waits)
    return found


def _allowed(
    of: Outlook, ways: Ways, forms: frozenset[ClauseForm]
) -> Iterator[tuple[ClauseChoice, tuple[Expected, ...]]]:
    """The ways of these forms, leaving out only what may go."""
    kept = not _may_go(of, ways)
    for way in ways.values():
        if way.choice.form in forms and not (kept and way.choice.omitted):
            yield way.choice, way.expected


def _may_go(of: Outlook, ways: Ways) -> bool:
    """Whether a clause may be left out while others stay: it is not agreed, and somebody has asked for that or is
    expected to have at least a reservation about the present text. A text is shorter without what nobody has spoken
    on, but silence asks for nothing.
    """
    if of.clause.state is ProvisionState.AGREED:
        return False
    stays, leaves = ways[same(present(of.clause))], ways[same(omission(of.clause))]
    return bool(leaves.choice.sources) or any(each.figure < MIDDLE for each in stays.expected)


def _in_turns(found: Sequence[Sequence[Text]]) -> list[Text]:
    """The best of each search, then the second of each, and so on."""
    return [text for at_once in zip_longest(*found) for text in at_once if text is not None]


def _again(of: Outlook, choice: ClauseChoice | None) -> ClauseChoice:
    """What the last winner did, where the clause is still open and not revised since."""
    clause = of.clause
    if choice is None or clause.state is ProvisionState.AGREED or choice.revision != clause.revision:
        return present(clause)
    return choice


def _known(text: Text, ways: Sequence[Ways], outlooks: Sequence[Outlook]) -> Text:
    """A text with each choice as the options have it; the present text where it is not among them, or not any more."""
    found = list[ClauseChoice]()
    for choice, own, of in zip(text, ways, outlooks, strict=True):
        now = present(of.clause)
        found.append(own.get(same(choice), (now,))[0])
    return tuple(found)


def _different(required: Iterable[Text], found: Iterable[Text], limit: int) -> list[Text]:
    """Texts, none twice: those required, then those that differ in two clauses from all before, then the rest."""
    chosen: dict[tuple[Words, ...], Text] = {}
    for text in required:
        chosen.setdefault(_words(text), text)
    near: list[Text] = []
    for text in found:
        if len(chosen) >= limit:
            break
        if all(_apart(_words(text), other) > 1 for other in chosen):
            chosen[_words(text)] = text
        else:
            near.append(text)
    for text in near:
        if len(chosen) >= limit:
            break
        chosen.setdefault(_words(text), text)
    return list(chosen.values())[:limit]


def _words(text: Text) -> tuple[Words, ...]:
    return tuple(same(choice) for choice in text)


def _apart(one: tuple[Words, ...], other: tuple[Words, ...]) -> int:
    """In how many clauses two texts differ."""
    return sum(own != their for own, their in zip(one, other, strict=True))


def _evaluated(brief: Brief, text: Text, ways: Sequence[Ways]) -> Candidate:
    kept = frozenset(choice.provision for choice in text if not choice.omitted)
    went = [own[same(choice)] for choice, own in zip(text, ways, strict=True)]
    rows = tuple(predictions(brief.seats, way.expected, kept) if way.waits else way.row for way in went)
    figures = [each.figure for row in rows for each in row]
    unit = lcm(*{figure.denominator for figure in figures})
    whole = [figure.numerator * (unit // figure.denominator) for figure in figures]
    return Candidate(
        id="",
        clauses=text,
        predictions=rows,
        objections=tuple(
            ExpectedObjection(choice.provision, each.seat, each.stated)
            for choice, row in zip(text, rows, strict=True)
            for each in row
            if each.level is StanceLevel.OBJECT
        ),
        lowest=Fraction(min(whole, default=0), unit),
        mean=Fraction(sum(whole), unit * max(1, len(whole))),
        words=sum(words(choice.text, choice.language) for choice in text if choice.text),
        status_quo=all(choice.omitted for choice in text),
        present=all(choice.form is ClauseForm.PRESENT for choice in text),
    )


def _order(candidate: Candidate) -> tuple[object, ...]:
    return (
        len(candidate.objections),
        -candidate.lowest,
        -candidate.mean,
        candidate.words,
        [(choice.omitted, choice.text or "") for choice in candidate.clauses],
    )
