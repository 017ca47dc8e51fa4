"""Scenarios: the file from which a session is opened, as values.

Why values: the same scenario comes from a file, from the API or from a loader of recorded votes, and the rules see one
thing.
"""

from dataclasses import dataclass

from polylogue.vocabulary import (
    Dimension,
    LanguageTag,
    Nature,
    ProvisionKind,
    SeatCode,
    SessionId,
    Standing,
)


@dataclass(frozen=True, kw_only=True)
class LocalText:
    """A text in one language."""

    language: LanguageTag
    text: str


@dataclass(frozen=True, kw_only=True)
class ScenarioDelegation:
    """A seat at the table. Its names are one per language; `languages` are those it speaks, best first."""

    code: SeatCode
    standing: Standing = Standing.MEMBER
    names: tuple[LocalText, ...] = ()
    languages: tuple[LanguageTag, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScenarioProvision:
    """A clause of the opening text; `versions` are its language versions, at least one."""

    kind: ProvisionKind = ProvisionKind.OPERATIVE
    versions: tuple[LocalText, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScenarioItem:
    """An item of the agenda with the text from which its negotiation starts."""

    titles: tuple[LocalText, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    provisions: tuple[ScenarioProvision, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """All that a session starts from.

    `clock_scale` is an exact fraction ("1", "1/60") by which the rule set's timings are multiplied; `public` admits
    strangers as PUBLIC; `authentic` are the languages whose versions of an adopted text count alike, `working` the one
    in which work is done.
    """

    titles: tuple[LocalText, ...] = ()
    nature: Nature = Nature.SIMULATION
    rule_set: str = "sco-consensus/1"
    conference: str | None = None
    continues: SessionId | None = None
    public: bool = False
    clock_scale: str = "1"
    working: LanguageTag = LanguageTag("en")
    authentic: tuple[LanguageTag, ...] = ()
    delegations: tuple[ScenarioDelegation, ...] = ()
    items: tuple[ScenarioItem, ...] = ()
