"""A text with one contested clause, the wish for wordings of it, and a writer that asks a model.

Why one text for all: what a model may say depends on what is on the table.
"""

from typing import Any

from polylogue.drafting.brief import Brief, Clause, Stated, Wording
from polylogue.vocabulary import (
    Hash,
    ItemId,
    LanguageTag,
    ProvisionId,
    ProvisionKind,
    ProvisionState,
    SeatCode,
    Seq,
    SessionId,
    StanceLevel,
    WriterOutcome,
)
from tests.workers.model import KEY, Behaviour, Model, model
from tests.workers.toy import PATIENCE
from workers.writers.model import Endpoint, ModelWriter
from workers.writers.writer import Wish, Writing

EN = LanguageTag("en")
KAZ, UZB = SeatCode("KAZ"), SeatCode("UZB")
BASE = "Member States shall deepen cooperation on shared water."
OTHER = "Member States should broaden cooperation on shared water and energy."
GOOD = "Member States should deepen cooperation on shared water."
THANKS = "Thanks the host of 2026."
NOBODY_SAID = "Member States shall pay 40 million to Ruritania."
SHORT = 0.2
"""Seconds after which a model that does not answer has had its time."""


def wording(key: str, text: str | None, seat: SeatCode | None = None) -> Wording:
    return Wording(key, text, EN, (seat,) if seat else ())


def objection(level: StanceLevel = StanceLevel.OBJECT, condition: str | None = None, **more: Any) -> Stated:
    return Stated(KAZ, "", level, 2, Seq(9), condition=condition, reason="It costs too much.", **more)


def clause(number: int, *texts: str | None, agreed: bool = False, stated: tuple[Stated, ...] = ()) -> Clause:
    state = ProvisionState.AGREED if agreed else ProvisionState.BRACKETED
    wordings = tuple(wording(f"alternative {i}" if i else "", text) for i, text in enumerate(texts))
    return Clause(ProvisionId(f"p{number}"), 1, ProvisionKind.OPERATIVE, state, wordings, stated)


def text(*clauses: Clause) -> Brief:
    return Brief(ItemId("item"), (KAZ, UZB), clauses)


TEXT = text(clause(1, THANKS, agreed=True), clause(2, BASE, OTHER, stated=(objection(condition="A fund is set up."),)))


def writer(of: Model, *, budget: int = 100, timeout: float = PATIENCE) -> ModelWriter:
    return ModelWriter(Endpoint(of.url, "model-of-the-test", KEY, budget, timeout))


def wish(brief: Brief = TEXT, recorded: int = 0) -> Wish:
    return Wish(SessionId("session"), brief, Hash("ab" * 32), recorded)


async def written(*does: Behaviour, brief: Brief = TEXT, **more: Any) -> Writing:
    async with model(*does) as made:
        return await writer(made, **more)(wish(brief))


def outcomes(writing: Writing) -> list[tuple[WriterOutcome, int, int]]:
    return [(each.outcome, each.requests, each.taken) for each in writing.consultations]
