"""Rounds of candidates searched again from the record at their basis, and held against what was proposed.

Why by their words and figures: candidates are a function of the record and the search, but their texts are kept with
salts that nobody can draw again.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ledger.audit.finding import Fault
from ledger.lines import pages
from ledger.prose import PROSE
from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.candidates import SEARCH
from polylogue.occasion import Place
from polylogue.procedure.answers import text_at
from polylogue.record import envelope
from polylogue.state import State
from polylogue.vocabulary import Seq, SessionId, WriterKind
from schema.api.rows import complete
from workers.rounds import Read, places, proposal, read
from workers.writers.writer import Writing

SAME, MODEL, ERASED, OTHER = "same", "model", "erased", "other"
_MARK = b'"CandidatesProposed"'


@dataclass(slots=True)
class Rounds:
    """The rounds of a session by their basis, and what has come of those searched again."""

    connection: sa.Connection
    session: SessionId
    waiting: dict[Seq, list[tuple[Seq, e.CandidatesProposed]]]
    found: Counter[str] = field(default_factory=Counter[str])

    def take(self, state: State, seq: Seq) -> None:
        """Search again what was searched in this state. Raises Fault at a candidate that comes out otherwise."""
        for at, proposed in self.waiting.pop(seq, ()):
            request = state.requests[proposed.request]
            if request.writer is WriterKind.MODEL:
                self.found[MODEL] += 1
                continue
            if proposed.search != SEARCH:
                self.found[OTHER] += 1
                continue
            there = places(state, proposed.item)
            known = read(self.connection, self.session, there, state.eligible())
            made = _made(proposal(state, request, known, Writing()))
            texts = {row.pointer: row.text for row in self.connection.execute(_texts(self.session, at))}
            kept = _kept(proposed, texts)
            if made == kept:
                self.found[SAME] += 1
            elif self._erased(there, known) or len(texts) < _told(proposed):
                self.found[ERASED] += 1
            else:
                which = next((n for n, (a, b) in enumerate(zip(made[1], kept[1], strict=False), 1) if a != b), None)
                what = f"candidate {which}" if which else "a wording"
                number = state.items[proposed.item].number
                raise Fault(f"round {proposed.number} of item {number} (entry {at}) searched again, {what} is another")

    def _erased(self, there: Iterable[Place], known: Read) -> bool:
        """Whether a text that the search rests on has been erased since: the record has its place, nobody its words."""
        missing = [place for place in there if place not in known.texts]
        return bool(complete(self.connection, self.session, {}, missing))


def rounds_of(connection: sa.Connection, session: SessionId) -> Rounds:
    """The rounds of a session that are to be searched again; lines that cannot be read are for who folds them."""
    waiting: dict[Seq, list[tuple[Seq, e.CandidatesProposed]]] = {}
    for lines in pages(connection, session):
        for line in lines:
            if isinstance(line.stored, bytes) and _MARK in line.stored:
                event = _event(line.stored)
                if isinstance(event, e.CandidatesProposed):
                    waiting.setdefault(event.basis, []).append((Seq(line.seq), event))
    return Rounds(connection, session, waiting)


def _event(stored: bytes) -> e.Event | None:
    try:
        return envelope.read(stored).event
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return None


def _texts(session: SessionId, seq: Seq) -> sa.Select[Any, Any]:
    return sa.select(PROSE.c.pointer, PROSE.c.text).where(PROSE.c.session == session, PROSE.c.seq == seq)


_Facts = tuple[list[tuple[object, ...]], list[tuple[object, ...]]]
"""The wordings and the candidates of a round."""


def _made(given: c.ProposeCandidates) -> _Facts:
    return (
        [(w.provision, w.revision, w.form, w.seats, w.brackets, w.text) for w in given.wordings],
        [
            (each.wordings, each.status_quo, each.present, each.lowest, each.mean, each.words, each.explanation)
            for each in given.candidates
        ],
    )


def _kept(proposed: e.CandidatesProposed, texts: dict[str, str]) -> _Facts:
    return (
        [
            (w.provision, w.revision, w.form, w.seats, w.brackets, texts.get(text_at(at)))
            for at, w in enumerate(proposed.wordings)
        ],
        [
            (
                each.wordings,
                each.status_quo,
                each.present,
                each.lowest,
                each.mean,
                each.words,
                texts.get(f"/candidates/{at}/explanation"),
            )
            for at, each in enumerate(proposed.candidates)
        ],
    )


def _told(proposed: e.CandidatesProposed) -> int:
    """How many texts a round has."""
    return len(proposed.candidates) + sum(len(wording.versions) for wording in proposed.wordings)
