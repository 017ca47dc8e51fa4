"""Commands on a round: its candidates, how delegations answer them, and which one is taken."""

from dataclasses import dataclass

from polylogue.commands.drafts import DraftedClause
from polylogue.commands.writers import Consultation
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    CandidateId,
    ClauseForm,
    ItemId,
    LanguageTag,
    PredictionBasis,
    ProvisionId,
    RequestId,
    SeatCode,
    Seq,
    SourceKind,
    StanceLevel,
)


@dataclass(frozen=True, kw_only=True)
class CandidateSource:
    """Where words come from: the text at `seq`, `pointer` of the record; or a `seat` that is named.

    An alternative that this draft makes is named by its amendment.
    """

    kind: SourceKind
    seat: SeatCode | None = None
    alternative: AlternativeId | None = None
    amendment: AmendmentId | None = None
    seq: Seq | None = None
    pointer: str | None = None


@dataclass(frozen=True, kw_only=True)
class DraftedPrediction:
    """What is expected of a seat on a wording; `figure` is an exact fraction from 0 to 4, such as "11/4".

    It holds in all candidates that have the wording, or in those with these numbers, counted from 1.
    """

    seat: SeatCode
    level: StanceLevel
    figure: str
    basis: PredictionBasis
    nearest: AlternativeId | None = None
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftedWording:
    """What candidates do with a clause as it stood at `revision`.

    An alternative is named by its id, or by the amendment from which this draft makes it. Only words that are not on
    the table yet are brought as `text`, with their sources. `brackets` are the numbers of those whose words a SHORTENED
    leaves out, or of the one to which a NAMED_SUBSET is confined, as they are when the draft is tabled.
    """

    provision: ProvisionId
    revision: int
    form: ClauseForm
    alternative: AlternativeId | None = None
    amendment: AmendmentId | None = None
    seats: tuple[SeatCode, ...] = ()
    brackets: tuple[int, ...] = ()
    text: str | None = None
    language: LanguageTag | None = None
    sources: tuple[CandidateSource, ...] = ()
    predictions: tuple[DraftedPrediction, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftedCandidate:
    """A whole text: for each clause the place of its wording, from 0. `lowest` and `mean` are exact fractions."""

    wordings: tuple[int, ...]
    explanation: str
    lowest: str
    mean: str
    words: int
    status_quo: bool = False
    present: bool = False


@dataclass(frozen=True, kw_only=True)
class DraftedBallot:
    """How a seat is expected to rank the candidates: their numbers from 1, best first, tied ones in one group."""

    seat: SeatCode
    groups: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, kw_only=True)
class ProposeCandidates:
    """Table the draft that was asked for, with candidates for the whole text made from the record up to `basis`.

    `search` is the version of the search that found them; null where another program did.
    """

    item: ItemId
    request: RequestId
    basis: Seq
    clauses: tuple[DraftedClause, ...] = ()
    wordings: tuple[DraftedWording, ...] = ()
    candidates: tuple[DraftedCandidate, ...] = ()
    ballots: tuple[DraftedBallot, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    search: int | None = None
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class RankCandidates:
    """Rank candidates of the item's newest round, best first, tied ones in a group; those left out come below."""

    item: ItemId
    ranking: tuple[tuple[CandidateId, ...], ...]


@dataclass(frozen=True, kw_only=True)
class AnswerGiven:
    """How far the delegation can go with what a candidate does with a clause."""

    provision: ProvisionId
    level: StanceLevel
    importance: int = 2
    reason: str | None = None
    would_be_removed_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerCandidate:
    """Answer a candidate clause by clause; the next draft goes by it."""

    candidate: CandidateId
    answers: tuple[AnswerGiven, ...]
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class TakeCandidate:
    """Make a candidate the text: its wordings are the clauses' next revisions, clauses that it leaves out go."""

    candidate: CandidateId
