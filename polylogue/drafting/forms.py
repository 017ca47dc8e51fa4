"""A candidate text as the search leaves it: what it does with each clause, and how each seat is expected to take that.

Why apart from the search: what is recorded, ranked, explained and answered is this, whoever made it.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from polylogue.vocabulary import (
    AlternativeId,
    ClauseForm,
    LanguageTag,
    PredictionBasis,
    ProvisionId,
    SeatCode,
    SourceKind,
    StanceLevel,
)


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where words come from. `wording` is the key of a wording ("" the present text): for a condition, the one that its
    stance is on; null for a name. `seat` is whose condition or name it is.
    """

    kind: SourceKind
    wording: str | None = None
    seat: SeatCode | None = None


@dataclass(frozen=True, slots=True)
class ClauseChoice:
    """A clause in a candidate. `text` is null where the clause is left out, or its words are erased.

    `alternative` is the key of the wording beside the present one that is taken as it is: an alternative's id, or that
    of a pending amendment. `seats` are those that a NAMED_SUBSET names; the wording it rests on is its first source.

    `brackets` are the numbers of those whose words a SHORTENED leaves out, empty where they are not any more what they
    were, or of the one to which a NAMED_SUBSET is confined. Of such a one `within` is the text if it bound all, and
    `without` the text that binds those who are not named; they are null where it was read from the record.
    """

    provision: ProvisionId
    revision: int
    form: ClauseForm
    text: str | None
    language: LanguageTag
    alternative: AlternativeId | None = None
    seats: tuple[SeatCode, ...] = ()
    sources: tuple[Source, ...] = ()
    brackets: tuple[int, ...] = ()
    within: str | None = None
    without: str | None = None

    @property
    def omitted(self) -> bool:
        return self.form is ClauseForm.OMITTED


@dataclass(frozen=True, slots=True)
class Prediction:
    """How a seat is expected to take a wording: `figure` on the scale 0 to 4, `level` the stance it comes to.

    `nearest` is the key of the wording that it was read from, null where the seat has stated nothing on the clause;
    `importance` 1 to 3 is the highest that it has stated on the clause, 2 where it has stated none.
    """

    seat: SeatCode
    figure: Fraction
    level: StanceLevel
    basis: PredictionBasis
    nearest: str | None
    importance: int

    @property
    def stated(self) -> bool:
        """Whether the seat has itself said so, on these very words."""
        return self.basis is PredictionBasis.STATED


@dataclass(frozen=True, slots=True)
class ExpectedObjection:
    """An objection that a candidate leaves open; `stated` when it is on record on these very words."""

    provision: ProvisionId
    seat: SeatCode
    stated: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A whole text. `id` is its number among the candidates of its round, best first by the search's order, from "1".

    `predictions` has a row for each clause, in the order of the seats. `lowest` and `mean` are of all their figures
    (0 where there are none), `words` counts the text. The status quo is "no text": every clause left out; `present` is
    the text as it stands.
    """

    id: str
    clauses: tuple[ClauseChoice, ...]
    predictions: tuple[tuple[Prediction, ...], ...] = ()
    objections: tuple[ExpectedObjection, ...] = ()
    lowest: Fraction = Fraction(0)
    mean: Fraction = Fraction(0)
    words: int = 0
    status_quo: bool = field(default=False)
    present: bool = field(default=False)

    @property
    def wordings(self) -> tuple[tuple[ProvisionId, bool, str | None], ...]:
        """What makes two candidates the same text: each clause, whether it is left out, and its words."""
        return tuple((choice.provision, choice.omitted, choice.text) for choice in self.clauses)
