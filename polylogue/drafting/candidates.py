"""Whole texts that might find consensus: searched clause by clause, best first, from what is on the table.

Why a beam and not the single best: delegations choose between texts; and what one clause does may decide whether a
stance on another holds, so clauses cannot be settled one by one (docs/drafting.md, candidates).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest
from typing import NamedTuple

from polylogue.drafting import beam
from polylogue.drafting.brief import Brief, Written
from polylogue.drafting.forms import Candidate, ClauseChoice, ExpectedObjection
from polylogue.drafting.mixing import is_supported, laid, mixed
from polylogue.drafting.options import omission, options, present
from polylogue.drafting.predict import Expected, Outlook, Row, outlook, predictions
from polylogue.drafting.regions import regional
from polylogue.drafting.said import MIDDLE
from polylogue.vocabulary import ClauseForm, ProvisionId, ProvisionState, SeatCode, StanceLevel

FEWEST, MOST = 4, 16
"""How many candidates may be asked for: the status quo, the present text, the last winner and one more at least."""

SEARCHES = (
    frozenset(ClauseForm),
    frozenset(ClauseForm) - {ClauseForm.NAMED_SUBSET},
    frozenset(ClauseForm) - {ClauseForm.NAMED_SUBSET, ClauseForm.OMITTED, ClauseForm.SHORTENED},
    frozenset({ClauseForm.PRESENT, ClauseForm.ALTERNATIVE}),
)
"""What texts may do in each of the searches: all; bind everybody; and leave nothing out; only as somebody worded it."""

SEARCHED = 3
"""How often is searched for texts of which every sentence has support; then those without are dropped."""

SEARCH = 3
"""The version of the search, from brief to paragraphs: whatever makes other candidates of a brief raises it."""

Text = tuple[ClauseChoice, ...]
Words = tuple[bool, str | None]
"""Whether a clause is left out, and its words: what makes two choices the same."""


class Way(NamedTuple):
    """What may be done with a clause, what is expected of each seat, and how the search counts it."""

    choice: ClauseChoice
    expected: tuple[Expected, ...]
    counted: beam.Way


Ways = dict[Words, Way]


class _Made(NamedTuple):
    """The texts of a clause's brackets: those that choose readings, and those that leave words out or name who says
    them.
    """

    mixed: tuple[ClauseChoice, ...]
    regional: tuple[ClauseChoice, ...]


class Desk(NamedTuple):
    """What candidates are evaluated with: the seats, the ways of each clause, the denominator of the search's figures,
    and what was predicted on ways already.
    """

    seats: tuple[SeatCode, ...]
    ways: Sequence[Ways]
    unit: int
    rows: dict[tuple[int, Words], Row]


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
    outlooks: list[Outlook] = []
    mixes: list[tuple[ClauseChoice, ...]] = []
    expected: list[list[tuple[ClauseChoice, tuple[Expected, ...]]]] = []
    for clause in brief.clauses:  # one after the other: its words are remembered as long as they are asked for
        outlooks.append(outlook(clause, brief.seats))
        own = laid(outlooks[-1])
        mixes.append(mixed(own))
        made = _Made(mixes[-1], regional(own, brief.names))
        expected.append(_expected(brief, outlooks[-1], made, before, written))
    unit, counted = beam.ready(expected)
    ways = [
        {same(choice): Way(choice, row, way) for (choice, row), way in zip(own, each, strict=True)}
        for own, each in zip(expected, counted, strict=True)
    ]
    found = _supported(outlooks, ways)
    texts = [tuple(map(omission, brief.clauses)), tuple(map(present, brief.clauses))]
    if brief.previous:
        texts.append(tuple(_again(each, before.get(each.clause.provision)) for each in outlooks))
    merged = tuple(
        next((choice for choice in own if is_supported(of.clause, choice)), present(of.clause))
        for of, own in zip(outlooks, mixes, strict=True)
    )
    known = [_known(text, ways, outlooks) for text in (*texts, *found[:1], merged)]
    desk = Desk(brief.seats, ways, unit, {})
    candidates = [_evaluated(desk, text) for text in _different(known, found, limit)]
    candidates.sort(key=_order)
    return tuple(replace(candidate, id=str(number)) for number, candidate in enumerate(candidates, 1))


def _supported(outlooks: Sequence[Outlook], ways: Sequence[Ways]) -> list[Text]:
    """What the searches find, without mixed wordings that could not be taken: they are looked at when they are found,
    since most are not, and the searches go on without those at fault.
    """
    looked_at: dict[tuple[ProvisionId, Words], bool] = {}
    found: list[Text] = []
    for _ in range(SEARCHED):
        allowed = [
            [way for way in own.values() if looked_at.get((of.clause.provision, same(way.choice)), True)]
            for of, own in zip(outlooks, ways, strict=True)
        ]
        found = _in_turns(
            [
                beam.searched([_allowed(*each, forms) for each in zip(outlooks, ways, allowed, strict=True)])
                for forms in SEARCHES
            ]
        )
        for of, choice in ((of, choice) for text in found for of, choice in zip(outlooks, text, strict=True)):
            if (choice.provision, same(choice)) not in looked_at:
                looked_at[choice.provision, same(choice)] = is_supported(of.clause, choice)
        kept = [text for text in found if all(looked_at[choice.provision, same(choice)] for choice in text)]
        if len(kept) == len(found):
            break
        found = kept
    return found


def same(choice: ClauseChoice) -> Words:
    """What makes two choices for a clause the same."""
    return choice.omitted, choice.text


def _expected(
    brief: Brief,
    of: Outlook,
    made: _Made,
    before: Mapping[ProvisionId, ClauseChoice],
    written: Iterable[Written],
) -> list[tuple[ClauseChoice, tuple[Expected, ...]]]:
    """What may be done with a clause, each way once, with what is expected of each seat."""
    id = of.clause.provision
    mine = (each for each in written if each.provision == id)
    found = {
        same(choice): choice for choice in options(of, made.mixed, brief.names, before.get(id), mine, made.regional)
    }
    return [(choice, of.expected(choice)) for choice in found.values()]


def _allowed(of: Outlook, ways: Ways, allowed: Iterable[Way], forms: frozenset[ClauseForm]) -> Iterator[beam.Way]:
    """The allowed ways of these forms, leaving out only what may go."""
    kept = not _may_go(of, ways)
    for way in allowed:
        if way.choice.form in forms and not (kept and way.choice.omitted):
            yield way.counted


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


def _evaluated(desk: Desk, text: Text) -> Candidate:
    kept = frozenset(choice.provision for choice in text if not choice.omitted)
    went = [own[same(choice)] for choice, own in zip(text, desk.ways, strict=True)]
    rows = tuple(_row(desk, at, way, kept) for at, way in enumerate(went))
    sums = [_sum(desk, way, row) for way, row in zip(went, rows, strict=True)]
    figures = len(desk.seats) * len(text)
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
        lowest=Fraction(min(lowest for lowest, _ in sums) if figures else 0, desk.unit),
        mean=Fraction(sum(total for _, total in sums), desk.unit * max(1, figures)),
        words=sum(way.counted.words for way in went),
        status_quo=all(choice.omitted for choice in text),
        present=all(choice.form is ClauseForm.PRESENT for choice in text),
    )


def _row(desk: Desk, at: int, way: Way, kept: frozenset[ProvisionId]) -> Row:
    """What is predicted of a way in a text that keeps these clauses; it is one for all where nothing waits."""
    if any(each.waits for each in way.expected):
        return predictions(desk.seats, way.expected, kept)
    known = at, same(way.choice)
    if known not in desk.rows:
        desk.rows[known] = predictions(desk.seats, way.expected, kept)
    return desk.rows[known]


def _sum(desk: Desk, way: Way, row: Row) -> tuple[int, int]:
    """The lowest of a row's figures and their sum, in the search's denominator."""
    if not any(each.waits for each in way.expected):
        return -way.counted.minus_lowest, -way.counted.minus_total
    whole = [each.figure.numerator * (desk.unit // each.figure.denominator) for each in row]
    return min(whole), sum(whole)


def _order(candidate: Candidate) -> tuple[object, ...]:
    return (
        len(candidate.objections),
        -candidate.lowest,
        -candidate.mean,
        candidate.words,
        [(choice.omitted, choice.text or "") for choice in candidate.clauses],
    )
