"""Scalars, enumerations and small values of the core as the API shows them, registered in place.

Why in place: a word of the core is written once; here it only gets its name in the schema and its way in and out.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NewType, TypeVar, dataclass_transform

import strawberry
from strawberry import UNSET
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY
from strawberry.utils.str_converters import to_camel_case

from polylogue import events, vocabulary
from polylogue.occasion import Actor, Visibility
from polylogue.procedure.time import instant
from polylogue.record.canonical import LARGEST
from polylogue.rules.ruleset import Guard
from polylogue.text import TextRefused, admit_language
from polylogue.vocabulary import Hash, Instant, LanguageStatus, LanguageTag, SeatCode, Seq

T = TypeVar("T", bound=type)
V = TypeVar("V")

Figure = NewType("Figure", str)
"""A figure as the record writes it: a decimal string of nine places."""

Milliseconds = NewType("Milliseconds", int)
"""A length of time; GraphQL's own Int ends after 24 days."""

_SEAT_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,15}")
_HASH = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

BEFORE_ALL = Seq(0)
"""Before the first entry of a record."""

NOT_ASKED: Any = None
"""Stands where a selection asks for nothing: what nobody looks at is not read."""


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field,))
def shown(cls: T) -> T:
    """A GraphQL type described by its docstring."""
    return strawberry.type(cls, description=described(cls))


def described(cls: type) -> str | None:
    """A class's docstring on one line, its fields spelt as clients spell them; not the one that dataclasses write."""
    text = cls.__doc__ or ""
    if text.startswith(f"{cls.__name__}("):
        return None
    return re.sub(r"`([a-z_]+)`", lambda found: f"`{to_camel_case(found[1])}`", " ".join(text.split())) or None


def given(value: V | None) -> V | None:
    """An argument as it was given; one that was left out is null."""
    return None if value is UNSET else value


def is_id(text: str) -> bool:
    """Whether a text can be an id at all; what cannot is not looked up."""
    return _UUID.fullmatch(text) is not None


# ── scalars ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _whole(name: str) -> Callable[[Any], int]:
    def parse(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
            raise ValueError(f"{name} is an integer from 0 to 2^53 - 1.")
        return value

    return parse


def _matching(pattern: re.Pattern[str], sentence: str) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(sentence)
        return value

    return parse


def _language(value: Any) -> LanguageTag:
    try:
        return LanguageTag(admit_language(value))
    except (TextRefused, TypeError):
        raise ValueError('LanguageTag is a BCP 47 tag such as "zh-Hans".') from None


def _instant(value: Any) -> Instant:
    try:
        moment = datetime.fromisoformat(value)
        in_utc = instant(moment.astimezone(UTC))
    except (ValueError, TypeError, OverflowError):
        moment, in_utc = None, Instant("")
    if moment is None or moment.tzinfo is None:
        raise ValueError('DateTime is RFC 3339 with a zone, such as "2026-05-04T09:30:00.000Z".')
    return in_utc


def _figure(value: Any) -> Figure:
    if not isinstance(value, str) or not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise ValueError('Decimal is a decimal string such as "0.742857143".')
    return Figure(value)


def _ids() -> dict[object, Any]:
    """Every NewType of the vocabulary whose name ends in Id is GraphQL's own ID."""
    names = (value for name, value in vars(vocabulary).items() if name.endswith("Id"))
    return dict.fromkeys(names, DEFAULT_SCALAR_REGISTRY[strawberry.ID])


SCALARS: Mapping[object, Any] = {
    **_ids(),
    Seq: strawberry.scalar(
        name="Seq",
        description="Place of an entry in a session's record: 1, 2, 3 …; 0 is before the first. A JSON integer.",
        serialize=_whole("Seq"),
        parse_value=_whole("Seq"),
    ),
    SeatCode: strawberry.scalar(
        name="SeatCode",
        description='A delegation\'s code in its session, such as "KAZ": [A-Z][A-Z0-9_]{1,15}.',
        serialize=str,
        parse_value=_matching(_SEAT_CODE, 'SeatCode is a code such as "KAZ": [A-Z][A-Z0-9_]{1,15}.'),
    ),
    LanguageTag: strawberry.scalar(
        name="LanguageTag",
        description='A BCP 47 language tag, such as "zh-Hans".',
        specified_by_url="https://www.rfc-editor.org/info/bcp47",
        serialize=str,
        parse_value=_language,
    ),
    Hash: strawberry.scalar(
        name="Hash",
        description="SHA-256 in lower-case hexadecimal.",
        serialize=str,
        parse_value=_matching(_HASH, "Hash is 64 lower-case hexadecimal digits."),
    ),
    Figure: strawberry.scalar(
        name="Decimal",
        description='An exact figure rounded to nine places, as a string: "0.742857143".',
        serialize=str,
        parse_value=_figure,
    ),
    Milliseconds: strawberry.scalar(
        name="Milliseconds",
        description="A length of time; a JSON integer.",
        serialize=_whole("Milliseconds"),
        parse_value=_whole("Milliseconds"),
    ),
    Instant: strawberry.scalar(
        name="DateTime",
        description="RFC 3339 in UTC with three fractional digits; any zone is read.",
        specified_by_url="https://www.rfc-editor.org/info/rfc3339",
        serialize=str,
        parse_value=_instant,
    ),
}
"""For Strawberry's `scalar_map`."""

# ── enumerations and values of the core ──────────────────────────────────────────────────────────────────────────────

if TYPE_CHECKING:
    EventKind = str
else:  # made from the events there are, which a type checker cannot follow
    EventKind = strawberry.enum(
        StrEnum("EventKind", {name: name for name in events.KINDS}),
        description="What an entry of the record says; its detail has this name.",
    )

for _kind in (
    vocabulary.Nature,
    vocabulary.SessionPhase,
    vocabulary.ItemPhase,
    vocabulary.TextState,
    vocabulary.ProvisionKind,
    vocabulary.ProvisionState,
    vocabulary.LanguageStatus,
    vocabulary.AmendmentKind,
    vocabulary.AmendmentState,
    vocabulary.Standing,
    vocabulary.Role,
    vocabulary.StanceLevel,
    vocabulary.Dimension,
    vocabulary.DecisionType,
    vocabulary.CallOutcome,
    vocabulary.ObjectionState,
    vocabulary.OpinionKind,
    vocabulary.RequestState,
    vocabulary.Audience,
    vocabulary.WriterKind,
    vocabulary.WriterOutcome,
    vocabulary.WordingFault,
    vocabulary.ClauseForm,
    vocabulary.SourceKind,
    vocabulary.PredictionBasis,
    vocabulary.TieStep,
    vocabulary.DraftStop,
):
    strawberry.enum(_kind, description=described(_kind))
strawberry.enum(Guard, description="Named conditions of a rule set.")

for _value in (
    Actor,
    Visibility,
    events.AdoptedClause,
    events.AdoptedVersion,
    events.AnswerTaken,
    events.TieBroken,
    events.Choice,
    events.Count,
    events.ObjectionCounted,
    events.ReportCited,
    events.Prediction,
    events.Region,
    events.Extent,
    events.Source,
    events.TakenClause,
    events.WordingSource,
    events.DisputedVersion,
    events.RestoredAttendance,
    events.RestoredCall,
    events.RestoredRollCall,
    events.StanceTarget,
    events.StandingObjection,
    events.Verdict,
):
    shown(_value)


# ── free texts ───────────────────────────────────────────────────────────────────────────────────────────────────────


@shown
class Text:
    """A free text in the language it was given in. Once erased, only that language is left of it."""

    text: str | None
    language: LanguageTag
    erased: bool


@shown
class LanguageVersion:
    """A wording in one language. Once erased, or while it is MISSING, the wording is null.

    Of a clause, `revision` is the one for which it was given or confirmed; it is `stale` when other words have changed
    since, and nobody has said that it still fits.
    """

    language: LanguageTag
    status: LanguageStatus
    text: str | None
    erased: bool
    stale: bool = False
    revision: int | None = None


def text_of(words: str | None, language: str) -> Text:
    """A text from its words; null where they have been erased."""
    return Text(text=words, language=LanguageTag(language), erased=words is None)


def in_language(texts: list[Text], wanted: tuple[str, ...]) -> str | None:
    """The words in the first of these languages there are any in, by tag and then by its first part; else the first."""
    for tag in wanted:
        for text in texts:
            if text.language == tag:
                return text.text
        for text in texts:
            if text.language.partition("-")[0] == tag.partition("-")[0]:
                return text.text
    return texts[0].text if texts else None
