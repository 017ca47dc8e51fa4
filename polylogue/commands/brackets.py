"""Commands on brackets: another wording beside the present one, the choice between them, and how brackets are cut.

A bracket of a clause is named by its number, from 1, as they stood at a revision of the clause. An alternative that is
proposed may change them without a new revision: who also says by which entry the brackets came about that were looked
at is refused when they have changed since.
"""

from dataclasses import dataclass

from polylogue.vocabulary import AlternativeId, AmendmentId, LanguageTag, ProvisionId, Seq


@dataclass(frozen=True, kw_only=True)
class ProposeAlternative:
    """Propose another wording of a whole clause beside the present one: a `text`, or one's own `amendment` to the
    clause. Without a `language` a text is in the session's working language.
    """

    provision: ProvisionId
    text: str | None = None
    language: LanguageTag | None = None
    amendment: AmendmentId | None = None
    if_revision: int | None = None


@dataclass(frozen=True, kw_only=True)
class CloseBracket:
    """Choose one of the wordings of a bracketed clause; without `alternative` the present text.

    With `bracket`, only its reading in the bracket of that number is chosen: all wordings take it there, and the other
    brackets stay open.
    """

    provision: ProvisionId
    alternative: AlternativeId | None = None
    bracket: int | None = None
    if_revision: int | None = None
    if_brackets_seq: Seq | None = None
    reason: str | None = None
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class MergeBrackets:
    """Treat the brackets from number `first` to `last` as one package from now on."""

    provision: ProvisionId
    first: int
    last: int
    if_revision: int
    if_brackets_seq: Seq | None = None
    reason: str | None = None
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class SplitPlace:
    """Where a reading is cut: behind these first words of it, which may be none or all. The reading is named by one of
    the wordings that have it, the present text where no alternative is named.
    """

    alternative: AlternativeId | None = None
    beginning: str = ""


@dataclass(frozen=True, kw_only=True)
class SplitBracket:
    """Cut a bracket in two, at a place in each of its readings; without places take a package apart again."""

    provision: ProvisionId
    bracket: int
    if_revision: int
    places: tuple[SplitPlace, ...] = ()
    if_brackets_seq: Seq | None = None
    reason: str | None = None
    language: LanguageTag = LanguageTag("en")


@dataclass(frozen=True, kw_only=True)
class ReopenBracket:
    """Put the alternatives of a clause's last closing beside it again."""

    provision: ProvisionId
    reason: str
    if_revision: int | None = None
    language: LanguageTag = LanguageTag("en")
