"""Commands by which delegations say what they hold."""

from dataclasses import dataclass

from polylogue.vocabulary import AlternativeId, ItemId, LanguageTag, ProvisionId, StanceLevel


@dataclass(frozen=True, kw_only=True)
class StanceGiven:
    """How far a delegation can go with a provision's present text, or with one of its alternatives.

    `importance` is 1 to 3. OBJECT needs `reason` and `would_be_removed_by` (which change would remove it). With
    `if_agreed` the stance holds on condition that the other provision is agreed. `if_revision` refuses it when the
    wording has changed meanwhile.
    """

    provision: ProvisionId
    level: StanceLevel
    alternative: AlternativeId | None = None
    importance: int = 2
    reason: str | None = None
    would_be_removed_by: str | None = None
    if_agreed: ProvisionId | None = None
    if_revision: int | None = None


@dataclass(frozen=True, kw_only=True)
class Translation:
    """The same text in another language."""

    language: LanguageTag
    text: str


@dataclass(frozen=True, kw_only=True)
class PostPosition:
    """Say what the delegation holds on an item. Interests stay with the seat, the chair and facilitators."""

    item: ItemId
    text: str
    language: LanguageTag
    translations: tuple[Translation, ...] = ()
    interests: str | None = None
    stances: tuple[StanceGiven, ...] = ()
    if_revision: int | None = None


@dataclass(frozen=True, kw_only=True)
class StateStances:
    """Take stances on one or many provisions; `for_rest` takes the same one on every provision on whose present text
    nothing is stated, but for those with a carried objection.
    """

    item: ItemId
    stances: tuple[StanceGiven, ...] = ()
    for_rest: StanceLevel | None = None
    language: LanguageTag = LanguageTag("en")
