"""The rolling text of an item: what stands plain, and in brackets who holds what, since when, why, and what would do.

Why made on reading: it follows from wordings and stances alone; kept, it would have to be made anew with every stance.
"""

import asyncio
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

import strawberry
from strawberry import UNSET, Private

from polylogue.drafting.brackets import shared_language
from polylogue.drafting.clause import extent_of, pieces_of, printed
from polylogue.drafting.extent import Extent, extent
from polylogue.drafting.legible import options
from polylogue.drafting.pieces import Bracket, Piece, Plain, Reading, readings
from polylogue.drafting.render import Voices, erased, rendered
from polylogue.drafting.rolling import BACKING
from polylogue.events import Extent as Span
from polylogue.events import Region
from polylogue.vocabulary import (
    AlternativeId,
    Instant,
    LanguageTag,
    ProvisionId,
    ProvisionKind,
    SeatCode,
    Seq,
    StanceLevel,
)
from schema.api.positions import Stance
from schema.api.tracing import Traced, TracedSentence
from schema.api.values import Text, given, shown
from schema.api.worded import PRESENT, Clause, Rolling, Worded


@shown
class PlainText:
    """What all wordings of a clause have in this place."""

    text: str


@shown
class TextReading:
    """What some wordings have in a bracket: the `present` text, or `alternatives`, or both. It is empty where they have
    nothing there. `backers` put one of these wordings on the table or are members that support or accept it; nobody who
    counts objects to an `unopposed` one. `reasons` are those of the amendments that brought them; others stand in their
    `stances`. The oldest of them stands in the entry `since_seq`.
    """

    text: str
    present: bool
    alternatives: list[AlternativeId]
    backers: list[SeatCode]
    unopposed: bool
    since_seq: Seq
    since_at: Instant | None
    reasons: list[Text]
    stances: list[Stance]


@shown
class TextBracket:
    """Where wordings of a clause differ, since the entry `since_seq`.

    `id` stays as long as the wordings and brackets of the clause do. `number` is what commands on brackets take, with
    the clause's `brackets_seq`; null where the clause can only be closed as a whole. `conditions` are stances that say
    what would remove them or that wait for another clause: with readings that are unopposed, what would close it.
    """

    id: strawberry.ID
    number: int | None
    readings: list[TextReading]
    since_seq: Seq
    since_at: Instant | None
    conditions: list[Stance]


TextPiece = Annotated[PlainText | TextBracket, strawberry.union("TextPiece", description="A piece of a clause.")]


@shown
class TextOption:
    """Wordings, much alike, of a clause that is bracketed whole: the `present` text, or `alternatives`, or both. The
    brackets in it have no number: the clause has one bracket.
    """

    label: str
    present: bool
    alternatives: list[AlternativeId]
    backers: list[SeatCode]
    pieces: list[TextPiece]


@shown
class ErasedWording:
    """A wording that is not compared since its words were erased: an alternative, or (null) the present text."""

    alternative: AlternativeId | None
    label: str
    seq: Seq


@shown
class RollingClause:
    """A clause as it stands. `text` is how one reads it, in one line or, bracketed whole, in one for each option.

    `language` is that in which its wordings are compared; those that have none in common stand each in its own.
    """

    provision: ProvisionId
    number: int
    kind: ProvisionKind
    revision: int
    brackets_seq: Seq | None
    language: LanguageTag
    text: str
    erased: list[ErasedWording]
    open_brackets: int
    bracket_ratio: float | None
    desk: Private["_Desk"]
    made: Private[tuple[Piece, ...]]
    numbered: Private[bool]
    texts: Private[Mapping[str, str]]
    sources: Private[Traced]

    @strawberry.field(description="Its words in order, plain and in brackets.")
    def pieces(self) -> list[TextPiece]:
        return _shown(self.desk, self.made, numbered=self.numbered)

    @strawberry.field(description="Its wordings, those alike in one, where it is bracketed whole.")
    def options(self) -> list[TextOption]:
        match self.made:
            case (Bracket() as whole,):
                return [_option(self.desk, each.holders, each.pieces) for each in options(whole, self.language)]
        return []

    @strawberry.field(
        description="The sentences of the present text, or of an open alternative, each with the sources of its words;"
        " none of a wording that is erased or unknown."
    )
    async def sentences(self, alternative: AlternativeId | None = UNSET) -> list[TracedSentence]:
        text = self.texts.get(given(alternative) or PRESENT)
        return [] if text is None else await asyncio.to_thread(self.sources.trace, text, self.language)


@shown
class RollingText:
    """An item's text at this moment: agreed words plain, and brackets with who holds what where wordings differ.

    `words` are those printed, `bracketed_words` those of them in brackets, `bracket_ratio` the share of these. It is in
    `language` as far as the wordings of each clause are.
    """

    language: LanguageTag
    text: str
    words: int
    bracketed_words: int
    bracket_ratio: float | None
    open_brackets: int
    clauses: list[RollingClause]


# ── making it ────────────────────────────────────────────────────────────────────────────────────────────────────────


def rolled(rolling: Rolling, wanted: Sequence[str]) -> RollingText:
    """The text in the first of these languages, each clause in the first of them that its wordings have in common."""
    made = [_made(rolling, clause, wanted) for clause in rolling.clauses]
    words, bracketed = (sum(getattr(each, name) for _, each in made) for name in ("words", "bracketed"))
    whole = Extent(words, bracketed, sum(each.brackets for _, each in made))
    return RollingText(
        language=LanguageTag(wanted[0]),
        text="\n\n".join(clause.text for clause, _ in made),
        words=whole.words,
        bracketed_words=whole.bracketed,
        bracket_ratio=_share(whole),
        open_brackets=whole.brackets,
        clauses=[clause for clause, _ in made],
    )


@dataclass(frozen=True)
class _Desk:
    """A clause that is being made: its wordings by key, and the language in which they are compared."""

    rolling: Rolling
    clause: Clause
    worded: Mapping[str, Worded]
    voices: Voices
    language: LanguageTag

    @cached_property
    def seed(self) -> str:
        """What ids of brackets are made from: the entries in which the clause's wordings stand, never their words."""
        row = self.clause.row
        wordings = [(each.id, each.seq) for each in self.worded.values()]
        return f"{row.id} {row.revision} {row.brackets_seq} {self.language} {wordings}"

    def backers(self, holders: Iterable[str]) -> list[SeatCode]:
        return [SeatCode(seat) for seat in self.voices.of(holders)]

    def at(self, seq: Seq) -> Instant | None:
        return self.rolling.times.get(seq)


def _made(rolling: Rolling, clause: Clause, wanted: Sequence[str]) -> tuple[RollingClause, Extent]:
    worded = {each.key: each for each in clause.wordings}
    readable = {key: each for key, each in worded.items() if each.readable}
    language = _language(readable, wanted)
    texts = {key: each.readable[language] if language else next(iter(each.readable.values()))
             for key, each in readable.items()}  # fmt: skip
    spoken = language or LanguageTag(wanted[0])
    addressed = language is not None and len(readable) == len(worded) and language == _compared(worded)
    desk = _Desk(rolling, clause, worded, _voices(clause, rolling.members), spoken)
    apart = language is None or len(readable) < len(worded)
    kept = _regions(desk) if addressed else ()
    pieces = _apart(desk, texts) if apart else pieces_of(texts, spoken, kept)
    gone = [each for key, each in worded.items() if key not in readable]
    number = str(clause.number)
    if apart:
        lines = [rendered(number, pieces, desk.voices, spoken)] if texts else []
    else:
        lines = [printed(number, texts, desk.voices, spoken, kept)]
    lines += [erased(number, each.label, each.seq, spoken) for each in gone]
    measured = extent([pieces], spoken) if apart else extent_of(texts, spoken, kept)
    row = clause.row
    return RollingClause(
        provision=row.id,
        number=clause.number,
        kind=row.kind,
        revision=row.revision,
        brackets_seq=row.brackets_seq,
        language=spoken,
        text="\n".join(lines),
        erased=[ErasedWording(alternative=each.id, label=each.label, seq=each.seq) for each in gone],
        open_brackets=measured.brackets,
        bracket_ratio=_share(measured),
        desk=desk,
        made=pieces,
        numbered=addressed,
        texts={worded[key].id or PRESENT: text for key, text in texts.items()},
        sources=rolling.sources,
    ), measured


def _language(readable: Mapping[str, Worded], wanted: Sequence[str]) -> LanguageTag | None:
    """The first language, of those wanted and then of the first wording, in which every wording has words."""
    each = [worded.readable for worded in readable.values()]
    candidates = (*map(LanguageTag, wanted), *(each[0] if each else ()))
    return next((tag for tag in candidates if all(tag in words for words in each)), None)


def _compared(worded: Mapping[str, Worded]) -> LanguageTag | None:
    """The language in which brackets are numbered (docs/procedure.md, brackets)."""
    return shared_language({key: list(each.words) for key, each in worded.items()})


def _voices(clause: Clause, members: frozenset[SeatCode]) -> Voices:
    backers = {
        each.key: tuple({*each.seats, *(s.seat for s in each.stances if s.level in BACKING and _counts(s, members))})
        for each in clause.wordings
    }
    return Voices({each.key: each.label for each in clause.wordings}, backers)


def _counts(stance: Stance, members: frozenset[SeatCode]) -> bool:
    return stance.seat in members and not stance.carried


def _apart(desk: _Desk, texts: Mapping[str, str]) -> tuple[Piece, ...]:
    """A bracket of whole wordings, where they cannot all be compared."""
    whole = readings(texts)
    return (Bracket(whole),) if texts and len(desk.worded) > 1 else tuple(Plain(each.text) for each in whole)


def _regions(desk: _Desk) -> tuple[Region, ...]:
    """Where brackets were decided, by the keys of the wordings."""
    keys = {each.id: AlternativeId(each.key) for each in desk.worded.values() if each.id}
    stored: list[list[tuple[AlternativeId | None, int, int]]] = json.loads(desk.clause.row.regions)
    return tuple(
        Region(
            extents=tuple(Span(alternative=id and keys.get(id, id), start=start, end=end) for id, start, end in each)
        )
        for each in stored
    )


# ── showing it ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _shown(desk: _Desk, pieces: Iterable[Piece], *, numbered: bool, within: str = "") -> list[PlainText | TextBracket]:
    found: list[PlainText | TextBracket] = []
    number = 0
    for piece in pieces:
        if isinstance(piece, Plain):
            found.append(PlainText(text=piece.text))
        else:
            number += 1
            found.append(_bracket(desk, piece, number if numbered else None, f"{within}{number}"))
    return found


def _bracket(desk: _Desk, bracket: Bracket, number: int | None, place: str) -> TextBracket:
    made = [_reading(desk, reading) for reading in bracket.readings]
    held = [desk.worded[holder] for reading in bracket.readings for holder in reading.holders]
    # it is there since there was something beside the first reading
    since = sorted(reading.since_seq for reading in made)[:2][-1]
    return TextBracket(
        id=_bracket_id(desk, place),
        number=number,
        readings=made,
        since_seq=since,
        since_at=desk.at(since),
        conditions=[
            stance
            for worded in held
            for stance in worded.stances
            if not stance.carried and (stance.would_be_removed_by or stance.if_agreed)
        ],
    )


def _reading(desk: _Desk, reading: Reading) -> TextReading:
    held = [desk.worded[holder] for holder in reading.holders]
    stances = [stance for worded in held for stance in worded.stances]
    since = min(worded.seq for worded in held)
    objected = any(s.level == StanceLevel.OBJECT and _counts(s, desk.rolling.members) for s in stances)
    return TextReading(
        text=reading.text,
        present=PRESENT in reading.holders,
        alternatives=[worded.id for worded in held if worded.id],
        backers=desk.backers(reading.holders),
        unopposed=not objected,
        since_seq=since,
        since_at=desk.at(since),
        reasons=[worded.reason for worded in held if worded.reason],
        stances=stances,
    )


def _option(desk: _Desk, holders: tuple[str, ...], pieces: Iterable[Piece]) -> TextOption:
    return TextOption(
        label=desk.worded[holders[0]].label,
        present=PRESENT in holders,
        alternatives=[id for holder in holders if (id := desk.worded[holder].id)],
        backers=desk.backers(holders),
        pieces=_shown(desk, pieces, numbered=False, within=f"{holders[0]}/"),
    )


def _bracket_id(desk: _Desk, place: str) -> strawberry.ID:
    digest = hashlib.sha256(f"{desk.seed} {place}".encode()).digest()
    return strawberry.ID(str(uuid.UUID(bytes=digest[:16], version=5)))


def _share(measured: Extent) -> float | None:
    return None if measured.ratio is None else float(measured.ratio)
