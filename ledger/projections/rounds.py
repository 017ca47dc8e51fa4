"""Rows of rounds: candidates, rankings, answers, and the text that a candidate became."""

from ledger.projections import agenda, amendments, brackets
from ledger.projections.rows import Rows, put
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import Round, State


def candidates_proposed(session: str, state: State, event: e.CandidatesProposed, rows: Rows) -> None:
    _round_row(session, state.rounds[event.item][-1], rows)


def candidates_ranked(session: str, state: State, entry: Entry, event: e.CandidatesRanked, rows: Rows) -> None:
    _round_row(session, state.rounds[event.item][-1], rows)
    put(
        rows,
        "ranking",
        {"session": session, "draft": event.draft, "seat": entry.seat, "seq": entry.seq, "at": entry.at},
    )


def candidate_answered(session: str, state: State, entry: Entry, event: e.CandidateAnswered, rows: Rows) -> None:
    if entry.seat is None:
        return
    answers = state.rounds[event.item][-1].answers[entry.seat]
    for stance in event.stances:
        held = answers[stance.wording]
        put(
            rows,
            "candidate_answer",
            {
                "session": session,
                "draft": event.draft,
                "seat": entry.seat,
                "wording": stance.wording,
                "level": held.level.value,
                "importance": held.importance,
                "seq": held.seq,
                "place": held.place,
                "at": held.at,
            },
        )


def candidate_taken(session: str, state: State, event: e.CandidateTaken, rows: Rows) -> None:
    _round_row(session, state.rounds[event.item][-1], rows)
    for clause in event.clauses:
        brackets.clause_settled(session, state, clause.provision, rows)
    amendments.lapsed(session, state, event.lapsed, rows)
    agenda.moved(session, state, event.item, rows)


def _round_row(session: str, now: Round, rows: Rows) -> None:
    proposed = now.proposed
    put(
        rows,
        "round",
        {
            "session": session,
            "draft": proposed.draft,
            "item": proposed.item,
            "number": proposed.number,
            "request": proposed.request,
            "seq": now.seq,
            "at": now.at,
            "members": len(proposed.members),
            "winner": now.choice.winner,
            "stop": proposed.stop.value if proposed.stop else None,
            "choice_seq": now.ranked_seq or now.seq,
            "taken": now.taken,
            "taken_seq": now.taken_seq,
        },
    )
