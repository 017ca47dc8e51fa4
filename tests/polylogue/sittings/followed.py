"""The words on which each seat took its stances, told by the words themselves.

Why a second account: revisions are what the record goes by, and here it is tried.
"""

from typing import Any

from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import Round, State, Wording
from polylogue.vocabulary import SeatCode


def follow(said_on: dict[tuple[Any, ...], Wording], state: State, entry: Entry) -> None:
    """Keep the words on which each seat took its stances: told by the words themselves, not by revisions."""
    match entry.event:
        case e.StancesStated(stances=stances):
            for s in stances:
                of = state.alternatives[s.alternative] if s.alternative else state.provisions[s.provision]
                _say(said_on, (entry.seat, s.provision, s.alternative), of.wording)
        case e.EntryCorrected():
            _follow_corrected(said_on, state, entry.event)
        case e.BracketClosed():
            for seat in state.delegations:
                _follow_closed(said_on, state, seat, entry.event)
        case e.BracketReopened(provision=provision, former=former) if former:
            for seat in state.delegations:
                if said_on.get((seat, provision, None)) == state.alternatives[former].wording:
                    said_on[seat, provision, former] = state.alternatives[former].wording
        case e.CandidateTaken(item=item, clauses=clauses):
            for clause in clauses:
                _follow_taken(said_on, state, state.rounds[item][-1], clause)
        case _:
            pass


def _say(said_on: dict[tuple[Any, ...], Any], target: tuple[Any, ...], wording: Wording) -> None:
    """Keep also the words on which stances were taken before, in the order in which they were."""
    if target in said_on:
        said_on.setdefault((*target, "before"), []).append(said_on[target])
    said_on[target] = wording


def _follow_corrected(said_on: dict[tuple[Any, ...], Any], state: State, event: e.EntryCorrected) -> None:
    """What is corrected was said of the same words; what is added, of those that stand now."""
    for s in event.stances:
        target = (event.of_seat, s.provision, s.alternative)
        of = state.alternatives[s.alternative] if s.alternative else state.provisions[s.provision]
        held = state.stances[event.of_seat].get(target[1:]) if event.of_seat else None
        known = sum(1 for _ in held.stated()) if held else 0
        if target not in said_on or known > 1 + len(said_on.get((*target, "before"), ())):
            _say(said_on, target, of.wording)
    for dropped in event.dropped:
        target = (event.of_seat, dropped.provision, dropped.alternative)
        if before := said_on.get((*target, "before")):
            said_on[target] = before.pop()
        else:
            del said_on[target]


def _follow_closed(
    said_on: dict[tuple[Any, ...], Wording], state: State, seat: SeatCode, event: e.BracketClosed
) -> None:
    """What was said of a wording that the clause or an alternative has now is said of that; else it is carried."""
    clause = event.provision
    if said_on.get((seat, clause, event.taken)) == state.provisions[clause].wording:
        said_on[seat, clause, None] = state.provisions[clause].wording
    for remaining in event.remaining:
        said = (said_on.get((seat, clause, id)) for id in remaining.of)
        if wording := next(filter(None, said), None):
            said_on[seat, clause, remaining.id] = wording


def _follow_taken(said_on: dict[tuple[Any, ...], Wording], state: State, last: Round, clause: e.TakenClause) -> None:
    """What was said of a chosen alternative, or answered to words of the candidate, is said of what the clause says."""
    chosen = last.proposed.wordings[clause.wording]
    for seat in state.delegations:
        if chosen.alternative and (wording := said_on.get((seat, clause.provision, chosen.alternative))):
            said_on[seat, clause.provision, None] = wording
    for answer in clause.answers:
        said_on[answer.seat, clause.provision, None] = state.provisions[clause.provision].wording
