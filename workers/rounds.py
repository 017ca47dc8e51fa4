"""A round's work: what is read of the record for it, and the search, as one command.

Why the search is a function of a brief: what was read before is all that it rests on, so a second run, or anybody who
has the record, comes to the same candidates.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from ledger.prose import PROSE
from polylogue import commands as c
from polylogue.drafting import ballots, rounds
from polylogue.drafting.brief import Brief, brief
from polylogue.drafting.candidates import SEARCH, propose
from polylogue.drafting.explain import explained
from polylogue.drafting.rolling import Words, draft
from polylogue.drafting.written import still_fit
from polylogue.occasion import Place
from polylogue.state import Request, State
from polylogue.vocabulary import ItemId, LanguageTag, SeatCode, Seq, SessionId
from schema.lists import padded
from schema.tables import Naming
from workers.writers.writer import Writing

Names = dict[SeatCode, dict[LanguageTag, str]]

NAMING = Naming.metadata.tables["naming"]
_TEXTS = sa.select(PROSE.c.seq, PROSE.c.pointer, PROSE.c.text).where(
    PROSE.c.session == sa.bindparam("session"), PROSE.c.seq.in_(sa.bindparam("seqs", expanding=True))
)
_NAMES = (
    sa.select(NAMING.c.of, NAMING.c.language, PROSE.c.text)
    .join_from(
        NAMING,
        PROSE,
        sa.and_(PROSE.c.session == NAMING.c.session, PROSE.c.seq == NAMING.c.seq, PROSE.c.pointer == NAMING.c.pointer),
    )
    .where(NAMING.c.session == sa.bindparam("session"))
)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a record: words by their place, without those that were erased, and names of delegations."""

    texts: Mapping[Place, str]
    names: Names

    def words(self, seq: Seq, pointer: str) -> str | None:
        return self.texts.get((seq, pointer))


def places(state: State, item: ItemId) -> list[Place]:
    """Where the words lie that a draft and its candidates are made of."""
    found: list[Place] = []

    def note(seq: Seq, pointer: str) -> None:
        found.append((seq, pointer))

    draft(state, item, None, note)
    asked(state, item, note, {})
    return found


def read(connection: sa.Connection, session: SessionId, places: Iterable[Place], seats: Iterable[SeatCode]) -> Read:
    """The texts at these places and beside them, and the names of these seats."""
    texts = connection.execute(_TEXTS, {"session": session, "seqs": padded(sorted({seq for seq, _ in places}))})
    names: Names = {seat: {} for seat in seats}
    for row in connection.execute(_NAMES, {"session": session}):
        if row.of in names:
            names[row.of][row.language] = row.text
    return Read({(row.seq, row.pointer): row.text for row in texts}, names)


def asked(state: State, item: ItemId, words: Words, names: Names) -> Brief:
    """What the search for candidates is asked."""
    return brief(
        state,
        item,
        words,
        names=names,
        previous=rounds.previous(state, item, words),
        answers=rounds.answers(state, item, words),
    )


def proposal(
    state: State,
    request: Request,
    read: Read,
    writing: Writing,
) -> c.ProposeCandidates:
    """The draft of a request with its candidates, ready to be tabled."""
    question = asked(state, request.item, read.words, read.names)
    found = propose(question, request.candidates, still_fit(question, writing.wordings))
    expected = ballots.expected(question.seats, found)
    _, settled = ballots.counted([ballots.facts_of(each) for each in found], expected.values(), request.seed)
    said = explained(question, found, settled, item=state.items[request.item].number)
    wordings, named = rounds.recorded(state, request.item, found)
    return c.ProposeCandidates(
        item=request.item,
        request=request.id,
        basis=state.seq,
        clauses=draft(state, request.item, request.id, read.words).clauses,
        wordings=wordings,
        candidates=tuple(
            c.DraftedCandidate(
                wordings=places,
                explanation=paragraph,
                lowest=str(candidate.lowest),
                mean=str(candidate.mean),
                words=candidate.words,
                status_quo=candidate.status_quo,
                present=candidate.present,
            )
            for candidate, places, paragraph in zip(found, named, said, strict=True)
        ),
        ballots=tuple(c.DraftedBallot(seat=seat, groups=groups) for seat, groups in expected.items()),
        consultations=writing.consultations,
        search=SEARCH,
    )
