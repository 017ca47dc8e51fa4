"""A writer: one function that proposes wordings for the clauses of a brief, with a seed.

Why the same shape for any: who words what decides nothing; rules check the words and delegations judge them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from polylogue.commands import Consultation
from polylogue.drafting.brief import Brief, Written
from polylogue.vocabulary import Hash, ProvisionId, SessionId, WriterOutcome
from workers.writers.prompt import questions


@dataclass(frozen=True, slots=True)
class Wish:
    """What a writer is given: the brief, a seed, and how many requests the session's record counts already."""

    session: SessionId
    brief: Brief
    seed: Hash
    recorded: int


@dataclass(frozen=True, slots=True)
class Writing:
    """What a writer proposes, checked, and what the record is to say of how it came about."""

    wordings: tuple[Written, ...] = ()
    consultations: tuple[Consultation, ...] = ()


Writer = Callable[[Wish], Awaitable[Writing]]


async def no_model(wish: Wish) -> Writing:
    """The writer of a worker that knows no model: it proposes nothing, and says so where there was something to ask."""
    asked: tuple[ProvisionId, ...] = tuple(
        clause.provision for question in questions(wish.brief) for clause in question.clauses.values()
    )
    if not asked:
        return Writing()
    return Writing(consultations=(Consultation(provisions=asked, outcome=WriterOutcome.NOT_CONFIGURED),))
