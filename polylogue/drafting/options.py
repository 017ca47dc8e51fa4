"""What a candidate may do with a clause: every wording on the table and all that can be made of them by rule.

Why by rule only: each option names the words that it is made of, and nothing is said that nobody has put forward; what
a writer brings is marked as such.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod

from polylogue.drafting.brief import PRESENT, Clause, Wording, Written
from polylogue.drafting.forms import ClauseChoice, Source
from polylogue.drafting.merge import Bracket, Piece, Plain, Reading, merge
from polylogue.drafting.named import named
from polylogue.drafting.predict import Outlook, level_of, on_these_words
from polylogue.drafting.provenance import Sources, unsupported
from polylogue.drafting.said import TOP, conditions
from polylogue.text import TEXT_LIMIT
from polylogue.vocabulary import (
    SCALE,
    AlternativeId,
    ClauseForm,
    LanguageTag,
    PredictionBasis,
    ProvisionState,
    SeatCode,
    SourceKind,
    StanceLevel,
)

MIXED = 16
"""Texts that are made of the readings of a clause's brackets: all where there are no more than these, else the merged
one and those that differ from it in one bracket."""

Names = Sequence[tuple[SeatCode, LanguageTag, str]]


def options(
    outlook: Outlook,
    mixed: Iterable[ClauseChoice],
    names: Names = (),
    previous: ClauseChoice | None = None,
    written: Iterable[Written] = (),
) -> tuple[ClauseChoice, ...]:
    """All different things that a candidate may do with a clause, the present text first and its omission last.

    An agreed clause is as it is, or goes with the whole text. `mixed` are the texts of its brackets, `previous` is what
    the winner of the round before did.
    """
    found: dict[str | None, ClauseChoice] = {}
    for choice in _in_order(outlook, mixed, names, previous, written):
        # The present text stands even where it is erased; of other texts that are alike the first one counts.
        # For one that is longer than a text may be, of the longest readings or said by many, a round would be refused.
        if choice.form is ClauseForm.PRESENT or 0 < len(choice.text or "") <= TEXT_LIMIT:
            found.setdefault(choice.text, choice)
    return (*found.values(), omission(outlook.clause))


def present(clause: Clause) -> ClauseChoice:
    """The clause as it stands."""
    return _choice(clause, ClauseForm.PRESENT, clause.present.text, (Source(SourceKind.WORDING, PRESENT),))


def omission(clause: Clause) -> ClauseChoice:
    """The clause left out; those who have proposed just that are its sources."""
    asked = [w for w in clause.wordings if w.text == ""]
    sources = tuple(Source(SourceKind.WORDING, w.key) for w in asked)
    key = AlternativeId(asked[0].key) if asked else None
    return _choice(clause, ClauseForm.OMITTED, None, sources, key)


def _in_order(
    outlook: Outlook,
    mixed: Iterable[ClauseChoice],
    names: Names,
    previous: ClauseChoice | None,
    written: Iterable[Written],
) -> Iterator[ClauseChoice]:
    clause = outlook.clause
    yield present(clause)
    if clause.state is ProvisionState.AGREED:
        return
    for w in _comparable(clause)[1:]:
        yield _choice(clause, ClauseForm.ALTERNATIVE, w.text, _of(w.key), AlternativeId(w.key))
    yield from mixed
    for seat, said in conditions(clause, outlook.near):
        if said.text:
            source = Source(SourceKind.CONDITION, said.key, seat)
            yield _choice(clause, ClauseForm.CONCESSION, said.text.strip(), (source,))
    for each in written:
        yield _choice(clause, ClauseForm.WRITTEN, each.text.strip(), each.sources)
    yield from _for_some(outlook, names)
    if previous and _stands(clause, previous):
        yield previous


def _choice(
    clause: Clause,
    form: ClauseForm,
    text: str | None,
    sources: tuple[Source, ...],
    alternative: AlternativeId | None = None,
) -> ClauseChoice:
    return ClauseChoice(clause.provision, clause.revision, form, text, clause.language, alternative, sources=sources)


def _of(*keys: str) -> tuple[Source, ...]:
    return tuple(Source(SourceKind.WORDING, key) for key in keys)


def _comparable(clause: Clause) -> list[Wording]:
    """The present text, and all others that can be read and are in its language."""
    others = (w for w in clause.wordings[1:] if w.text and w.language == clause.language)
    return [clause.present, *others]


def _stands(clause: Clause, previous: ClauseChoice) -> bool:
    """Whether what a candidate did is still possible: the clause is not revised, the words it rests on are there."""
    known = {wording.key for wording in clause.wordings}
    rests_on = {source.wording for source in previous.sources if source.kind is SourceKind.WORDING}
    return previous.revision == clause.revision and rests_on <= known and previous.form is not ClauseForm.PRESENT


# ── brackets ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def mixed(outlook: Outlook) -> tuple[ClauseChoice, ...]:
    """Texts made of the readings of a clause's brackets, the merged one first: in each bracket the reading that most
    seats back, and of readings backed alike the present one. Nothing where there is no bracket, or nothing is open.
    """
    clause = outlook.clause
    texts = {w.key: w.text for w in _comparable(clause) if w.text}
    if len(texts) < 2 or clause.state is ProvisionState.AGREED:  # noqa: PLR2004 -- one wording differs from none
        return ()
    pieces = merge(texts, clause.language)
    backing = _backing(outlook)
    ranked = [
        sorted(piece.readings, key=lambda reading: _rank(reading, backing))
        for piece in pieces
        if isinstance(piece, Bracket)
    ]
    return tuple(
        _choice(
            clause,
            ClauseForm.MERGED,
            _text(pieces, taken).strip(),
            _of(*sorted({reading.holders[0] for reading in taken})),
        )
        for taken in (_combinations(ranked) if ranked else ())
    )


def _backing(outlook: Outlook) -> Mapping[str, frozenset[SeatCode]]:
    """The seats that support or accept each wording, by key: by a stance in force, or because it is their own."""
    own = (PredictionBasis.STATED, PredictionBasis.PROPOSED)
    return {
        w.key: frozenset(
            seat
            for seat, said in zip(outlook.seats, outlook.said, strict=True)
            if (s := on_these_words(said, w.key, w.text, w.language))
            and s.basis in own
            and s.level >= SCALE[StanceLevel.ACCEPT]
        )
        for w in outlook.clause.wordings
    }


def _rank(reading: Reading, backing: Mapping[str, frozenset[SeatCode]]) -> tuple[int, bool, tuple[str, ...]]:
    backers = frozenset[SeatCode]().union(*(backing[holder] for holder in reading.holders))
    return (-len(backers), PRESENT not in reading.holders, reading.holders)


def _combinations(ranked: Sequence[Sequence[Reading]]) -> Iterator[tuple[Reading, ...]]:
    """One reading of each bracket, best first: all ways or, where they are too many, the nearest to the best."""
    if prod(map(len, ranked)) <= MIXED:
        yield from product(*ranked)
        return
    best = tuple(readings[0] for readings in ranked)
    yield best
    room = MIXED - 1
    for at, readings in enumerate(ranked):
        for reading in readings[1 : room + 1]:
            room -= 1
            yield (*best[:at], reading, *best[at + 1 :])


def _text(pieces: Iterable[Piece], taken: Iterable[Reading]) -> str:
    """The pieces with these readings of the brackets in order."""
    readings = iter(taken)
    return "".join(piece.text if isinstance(piece, Plain) else next(readings).text for piece in pieces)


def is_supported(clause: Clause, choice: ClauseChoice) -> bool:
    """Whether each sentence of a mixed wording stands in what it is made of; of other forms that is known."""
    if choice.form is not ClauseForm.MERGED or choice.text is None:
        return True
    keys = {source.wording for source in choice.sources}
    sources = Sources({w.key: w.text for w in clause.wordings if w.key in keys and w.text}, clause.language)
    return not unsupported(clause.provision, choice.text, sources, clause.language)


# ── for some only ────────────────────────────────────────────────────────────────────────────────────────────────────


def _for_some(outlook: Outlook, names: Names) -> Iterator[ClauseChoice]:
    """Each wording to which a seat is expected to object, as said by those only that support it, if they are two or
    more and all can be named in its language.
    """
    clause = outlook.clause
    for w in _comparable(clause):
        if not w.text:
            continue
        form = ClauseForm.PRESENT if w.key == PRESENT else ClauseForm.ALTERNATIVE
        whole = _choice(clause, form, w.text, _of(w.key), AlternativeId(w.key) if w.key else None)
        levels = [level_of(each.figure) for each in outlook.expected(whole)]
        supporters = [
            seat
            for seat, said in zip(outlook.seats, outlook.said, strict=True)
            if (s := on_these_words(said, w.key, w.text, w.language))
            and _supports(s.basis, s.level, s.waits is not None)
        ]
        if len(supporters) < 2 or StanceLevel.OBJECT not in levels:  # noqa: PLR2004 -- "Member States" are two or more
            continue
        called = [_name(names, seat, clause.language) for seat in supporters]
        text = named(w.text, [name for name in called if name], clause.language) if all(called) else None
        if text:
            sources = (*_of(w.key), *(Source(SourceKind.NAME, seat=seat) for seat in supporters))
            yield ClauseChoice(
                clause.provision,
                clause.revision,
                ClauseForm.NAMED_SUBSET,
                text,
                clause.language,
                seats=tuple(supporters),
                sources=sources,
            )


def _supports(basis: PredictionBasis, level: int, waits: bool) -> bool:  # noqa: FBT001 -- one of three facts
    return basis in (PredictionBasis.STATED, PredictionBasis.PROPOSED) and level == TOP and not waits


def _name(names: Names, seat: SeatCode, language: LanguageTag) -> str | None:
    """A seat's name in a language, or else in one that differs only in script or region."""
    own = [(tag, name) for of, tag, name in names if of == seat]
    exact = next((name for tag, name in own if tag == language), None)
    first = language.partition("-")[0]
    return exact or next((name for tag, name in own if tag.partition("-")[0] == first), None)
