"""Events of a round: candidates for an item's text, what is predicted of each seat, how seats answer, which is taken.

Why two events for one result: what everybody reads holds no figure about one delegation; what is predicted of a
delegation is for that delegation, the chair and facilitators.
"""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.events.parts import Version
from polylogue.record.prose import Prose
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    CandidateId,
    ClauseForm,
    DraftId,
    DraftStop,
    ItemId,
    PredictionBasis,
    ProvisionId,
    RequestId,
    SeatCode,
    Seq,
    SourceKind,
    StanceLevel,
    TieStep,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingSource:
    """Where words come from: the text at `seq`, `pointer` of the record; of a name there is only the `seat` named."""

    kind: SourceKind
    seat: SeatCode | None
    alternative: AlternativeId | None
    seq: Seq | None
    pointer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateWording:
    """What candidates do with a clause as it stood at `revision`; they name it by its place in the list.

    `versions` and `sources` are empty where the words are on the table, or the clause is left out; `seats` are those
    that a NAMED_SUBSET names, `objected` those that have said OBJECT to it. `brackets` are the numbers, as the draft is
    tabled, of those whose words a SHORTENED leaves out, or of the one to which a NAMED_SUBSET is confined.
    """

    provision: ProvisionId
    revision: int
    form: ClauseForm
    alternative: AlternativeId | None
    seats: tuple[SeatCode, ...]
    brackets: tuple[int, ...]
    versions: tuple[Version, ...]
    sources: tuple[WordingSource, ...]
    objected: tuple[SeatCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A whole text: for each clause the place of its wording. The status quo is "no text", every clause left out.

    `present` is the text as it stands. `objections` are stated, `expected_objections` come on top, clause by clause as
    `expected_against` has them. `lowest` and `mean` are over seats and clauses, exact fractions on the scale from 0
    (OBJECT) to 4 (SUPPORT).
    """

    id: CandidateId
    wordings: tuple[int, ...]
    status_quo: bool
    present: bool
    objections: int
    expected_objections: int
    expected_against: tuple[int, ...]
    lowest: str
    mean: str
    words: int
    explanation: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBroken:
    """A tied group in the order in which it was put: `steps[i]` is what put `order[i]` above the next."""

    order: tuple[int, ...]
    steps: tuple[TieStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Schulze's order by winning votes; candidates are named by their number in the round, from 1.

    `preferred[i][j]` is how many members put candidate i + 1 above candidate j + 1, by their own ballot or by the one
    predicted; `groups` are the candidates best first, those tied together, `order` as it is when ties are broken.
    """

    preferred: tuple[tuple[int, ...], ...]
    groups: tuple[tuple[int, ...], ...]
    ties: tuple[TieBroken, ...]
    order: tuple[int, ...]
    winner: CandidateId


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesProposed:
    """A round on a draft's text, made from the record up to the entry `basis`. Lots are drawn with the request's seed.

    `stop` says why there is no further round until something changes; null where the next draft goes on. `search` is
    the version of the search that found the candidates, null where another program did.
    """

    v: ClassVar[int] = 1
    item: ItemId
    draft: DraftId
    request: RequestId
    number: int
    basis: Seq
    search: int | None
    members: tuple[SeatCode, ...]
    wordings: tuple[CandidateWording, ...]
    candidates: tuple[Candidate, ...]
    choice: Choice
    stop: DraftStop | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A seat's expected level on the wording at a place, and what that rests on; what it has itself stated is not here.

    It holds in all candidates that have the wording or, where it waits for another clause, in those with these numbers.
    `nearest` is the alternative that it was read from, or null for the present text or none.
    """

    wording: int
    candidates: tuple[int, ...]
    level: StanceLevel
    figure: str
    basis: PredictionBasis
    nearest: AlternativeId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StancesPredicted:
    """What a round rests on of `seat` beside what it has stated. `ballot` are the candidates' numbers, best first."""

    v: ClassVar[int] = 1
    item: ItemId
    draft: DraftId
    seat: SeatCode
    ballot: tuple[tuple[int, ...], ...]
    predictions: tuple[Prediction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesRanked:
    """A seat's own ballot in place of the predicted one: numbers of candidates best first, tied ones in one group.

    Those left out come below, in the order expected of the seat. `choice` is what follows from all ballots now.
    """

    v: ClassVar[int] = 1
    item: ItemId
    draft: DraftId
    ballot: tuple[tuple[int, ...], ...]
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateStance:
    """A stance on a wording that only the round's candidates have, by its place there."""

    provision: ProvisionId
    wording: int
    level: StanceLevel
    importance: int
    reason: Prose | None
    would_be_removed_by: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateAnswered:
    """A seat has answered a candidate. What it says of words on the table is stated as stances, in an entry beside."""

    v: ClassVar[int] = 1
    item: ItemId
    draft: DraftId
    candidate: CandidateId
    stances: tuple[CandidateStance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTaken:
    """A seat's answer to a wording in a round, by their numbers: it was given to the words that are taken."""

    seat: SeatCode
    round: int
    wording: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenClause:
    """A clause that changes: the wording at a place of the round is its next revision; null where it is withdrawn.

    The newest that these seats have said of the words are the `answers`, which count as stated on them from now on.
    `supported`: the words are somebody's own, or made of readings of such, or a member has put the candidate before no
    text.
    """

    provision: ProvisionId
    wording: int
    revision: int | None
    answers: tuple[AnswerTaken, ...]
    supported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateTaken:
    """The item's text is the candidate's; clauses that it leaves as they are are not among `clauses`.

    Amendments that waited for a clause that is withdrawn lapse. A blocked text `reopens`.
    """

    v: ClassVar[int] = 1
    item: ItemId
    draft: DraftId
    candidate: CandidateId
    clauses: tuple[TakenClause, ...]
    lapsed: tuple[AmendmentId, ...]
    reopens: bool
