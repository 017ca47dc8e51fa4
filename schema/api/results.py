"""How a command is answered: with a receipt, or with a refusal that says why.

Why refusals are results and not errors: that something is not possible now is an answer of the rules, typed and worded
for whoever asked; `errors` is for what no rule has decided.
"""

import strawberry

from polylogue import refusals
from polylogue.refusals import RefusalCode
from polylogue.vocabulary import Hash, Instant, LanguageTag, Seq
from schema.api import context
from schema.api.sentences import sentence
from schema.api.values import shown

strawberry.enum(RefusalCode, description="Why a command is not possible. Codes are for ever, sentences are not.")


@strawberry.interface(
    description="Why a command is not possible now: a stable code, a sentence that says what would be right, the rule"
    ' it comes from ("procedure 6.1"), and the member of the input concerned. It has left no trace in the session.'
)
class Refusal:
    code: RefusalCode
    message: str
    rule: str | None
    path: list[str] | None


@shown
class Refused(Refusal):
    """The command is not possible now, or not by this viewer."""


@shown
class Conflict(Refusal):
    """The viewer looked at something older than what stands now: look again, and decide again."""

    current_seq: Seq
    current_revision: int | None


@shown
class Receipt:
    """That a command was accepted: its first and last entry in the record, the last one's leaf hash, and when."""

    first_seq: Seq
    seq: Seq
    leaf_hash: Hash
    at: Instant


def shown_receipt(receipt: context.Receipt) -> Receipt:
    return Receipt(first_seq=receipt.first_seq, seq=receipt.seq, leaf_hash=receipt.leaf_hash, at=receipt.at)


def shown_refusal(
    refusal: refusals.Refusal, path: list[str], language: LanguageTag, now: Instant
) -> Refused | Conflict:
    """A refusal as its reader sees it; `path` is the refusal's in the names of the input."""
    told = shown_refused(refusal, path, language, now)
    if not isinstance(refusal, refusals.Conflict):
        return told
    return Conflict(
        code=told.code,
        message=told.message,
        rule=told.rule,
        path=told.path,
        current_seq=Seq(refusal.current_seq),
        current_revision=refusal.current_revision,
    )


def shown_refused(refusal: refusals.Refusal, path: list[str], language: LanguageTag, now: Instant) -> Refused:
    """The same where there is nothing that may have moved on."""
    return Refused(
        code=refusal.code,
        message=sentence(refusal, language, now),
        rule=f"procedure {refusal.rule}",
        path=path or None,
    )


def refused_for(asker: context.Context, refusal: refusals.Refusal) -> Refused:
    """The same for whoever asks, where the refusal's path has the names of the input already."""
    return shown_refused(refusal, list(refusal.path), asker.language, asker.now())
