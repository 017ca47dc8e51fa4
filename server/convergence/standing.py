"""What stands in the way now: open concerns, smallest sets of moves, and stances on conditions that are not met.

Why folded from the record and not kept beside a report: a bracket that is closed or a clause that is agreed changes the
answer and moves no figure.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from ledger.lines import pages
from polylogue.convergence.alike import Reading
from polylogue.convergence.asking import question_of
from polylogue.convergence.scope import Scope, matrix
from polylogue.convergence.unblock import unblock
from polylogue.evolve import evolve
from polylogue.record import envelope
from polylogue.state import State
from polylogue.vocabulary import Seq, SessionId
from schema.api.rows import Place, texts_at
from schema.api.values import Text

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """`unblocking` is that of an item, or of all items of a scope. `unmet` are the seats, by provision, whose stance
    waits for another provision; `said` what would remove objections, by the entry and pointer under which it was said.
    """

    unblocking: Document
    unmet: Mapping[str, list[str]]
    said: Mapping[Place, str]

    def condition(self, stance: Document) -> str | None:
        """What a delegation said would remove its objection; None where it said nothing, or it was erased."""
        place = stance.get("condition")
        return self.said.get((place["seq"], f"/stances/{place['place']}/wouldBeRemovedBy")) if place else None

    def document(self) -> Document:
        """As JSON values: with what delegations said, in the place of where they said it."""
        answer = self.unblocking
        sets = [one | {"moves": [self._worded(move) for move in one["moves"]]} for one in answer["sets"]]
        concerns = [self._worded(concern) for concern in answer["concerns"]]
        return {"unmetConditions": dict(self.unmet), "unblocking": answer | {"concerns": concerns, "sets": sets}}

    def _worded(self, stance: Document) -> Document:
        said = {name: value for name, value in stance.items() if name != "condition"}
        return said | {"wouldBeRemovedBy": self.condition(stance)}


def folded(connection: sa.Connection, session: SessionId) -> State:
    """A session as its record leaves it."""
    state = State()
    for lines in pages(connection, session):
        for line in lines:
            evolve(state, envelope.read(line.stored))
    return state


def standing(connection: sa.Connection, session: SessionId, state: State, scope: str) -> Standing:
    """What stands in the way of a scope; the search is bounded as `unblock` says."""
    found, extras = matrix(state, Scope(scope))
    unmet: dict[str, list[str]] = defaultdict(list)
    for cell in sorted(extras.unmet):
        unmet[found.provisions[cell.provision]].append(found.seats[cell.seat])
    words = _reading(connection, session)
    answer = unblock(question_of(state, Scope(scope), words)).document()
    return Standing(answer, dict(unmet), _said(connection, session, answer))


def _reading(connection: sa.Connection, session: SessionId) -> Reading:
    """The words of wordings, read entry by entry: those of clauses in brackets only are asked for."""

    @cache
    def entry(seq: Seq) -> dict[Place, Text]:
        return texts_at(connection, session, {seq}, "/%text")

    def words(seq: Seq, pointer: str) -> str | None:
        text = entry(seq).get((seq, pointer))
        return text.text if text else None

    return words


def _said(connection: sa.Connection, session: SessionId, answer: Document) -> dict[Place, str]:
    """What the objections of an answer, and those of its moves, said would remove them."""
    stances = [*answer["concerns"], *(move for each in answer["sets"] for move in each["moves"])]
    seqs = {stance["condition"]["seq"] for stance in stances if stance.get("condition")}
    texts = texts_at(connection, session, seqs, "/stances/%/wouldBeRemovedBy")
    return {place: text.text for place, text in texts.items() if text.text is not None}
