"""Commands on brackets: another wording beside the present one, and the choice between them."""

from dataclasses import dataclass

from polylogue.vocabulary import AlternativeId, LanguageTag, ProvisionId


@dataclass(frozen=True, kw_only=True)
class ProposeAlternative:
    """Propose another wording of a whole clause beside the present one."""

    provision: ProvisionId
    text: str
    language: LanguageTag
    if_revision: int | None = None


@dataclass(frozen=True, kw_only=True)
class CloseBracket:
    """Choose one of the wordings of a bracketed clause; without `alternative` the present text."""

    provision: ProvisionId
    alternative: AlternativeId | None = None
    if_revision: int | None = None
