"""Rounds of candidates as the API shows them: what is proposed for a text, what is expected of each seat, its answers.

Why a seat's predictions are not for everybody: they are figures about one delegation, which nobody has said
(docs/drafting.md, rounds); counts over all seats are.
"""

from strawberry import Private

from polylogue import events
from polylogue.vocabulary import (
    AlternativeId,
    CandidateId,
    ClauseForm,
    DraftId,
    DraftStop,
    Instant,
    PredictionBasis,
    ProvisionId,
    RequestId,
    SeatCode,
    Seq,
    SourceKind,
    StanceLevel,
)
from schema.api.values import NOT_ASKED, LanguageVersion, Text, shown


@shown
class CandidateSource:
    """Where a candidate's words come from: a wording, what a seat said would remove its objection, or an answer, in the
    entry `seq`; or the `seat` named. `erased`: those words have been erased since.
    """

    kind: SourceKind
    seat: SeatCode | None
    alternative: AlternativeId | None
    seq: Seq | None
    erased: bool


@shown
class PredictedStance:
    """How far a seat is expected to go with a wording, `figure` on the scale from 0 to 4, and what that rests on. It is
    for the seat itself, the chair and facilitators; what a seat has stated is among its stances.
    """

    seat: SeatCode
    level: StanceLevel
    figure: str
    basis: PredictionBasis
    nearest: AlternativeId | None
    candidates: Private[tuple[int, ...]] = ()


@shown
class CandidateStance:
    """What a seat has answered to a wording that only candidates have; of one on the table it is among its stances."""

    seat: SeatCode
    level: StanceLevel
    importance: int
    seq: Seq
    at: Instant
    reason: Text | None
    would_be_removed_by: Text | None


@shown
class CandidateClause:
    """What a candidate does with a clause as it stood at `revision`; left out, it has no versions. `objected` are seats
    that had said OBJECT to it when it was proposed, `expectedObjections` how many more were expected to.
    `inputErased`: a text that it was made of has been erased. `brackets`: where their words are left out, or where the
    `seats` alone say them, by the numbers that they had when the draft was tabled.
    """

    provision: ProvisionId
    revision: int
    form: ClauseForm
    alternative: AlternativeId | None
    seats: list[SeatCode]
    brackets: list[int]
    versions: list[LanguageVersion]
    sources: list[CandidateSource]
    input_erased: bool
    objected: list[SeatCode]
    expected_objections: int
    predictions: list[PredictedStance] = NOT_ASKED
    answers: list[CandidateStance] = NOT_ASKED


@shown
class Candidate:
    """A text that a round proposes. `number` names it in the round, `place` is where it stands now, 1 the best. The
    status quo is no text at all; `present` is the text as it stands. `lowest` and `mean` are exact fractions.
    """

    id: CandidateId
    number: int
    place: int
    status_quo: bool
    present: bool
    objections: int
    expected_objections: int
    lowest: str
    mean: str
    words: int
    explanation: Text | None = None
    clauses: list[CandidateClause] = NOT_ASKED


@shown
class Ranking:
    """How a seat has ranked the candidates, best first, those of one group tied."""

    seat: SeatCode
    seq: Seq
    at: Instant
    groups: list[list[CandidateId]]


@shown
class Round:
    """A round of candidates for the text of a draft, made from the record up to `basis`; candidates in their order now.

    `stop` says why no further round is held until something changes. `taken` is the candidate that became the text.
    """

    number: int
    draft: DraftId
    request: RequestId
    seq: Seq
    at: Instant
    basis: Seq
    members: list[SeatCode]
    winner: CandidateId
    stop: DraftStop | None
    taken: CandidateId | None
    taken_seq: Seq | None
    choice: events.Choice
    candidates: list[Candidate] = NOT_ASKED
    rankings: list[Ranking] = NOT_ASKED
