"""Who gains and gives in a rehearsal, counted on the rules' own events.

Why beside the demo's own count: that goes by what the gallery is shown, and the two must not contradict each other.
"""

from typing import Any

from polylogue import events as e
from polylogue.evolve import evolve
from polylogue.stances import Target
from polylogue.state import State
from polylogue.vocabulary import SCALE, StanceLevel, Standing
from server.demo.rehearsal import Rehearsal

AGREEING = (StanceLevel.SUPPORT, StanceLevel.ACCEPT)


def of_kind(rehearsal: Rehearsal, kind: type) -> list[Any]:
    """Entries whose event is of a kind, which the type checker need not know."""
    return [entry for entry in rehearsal.entries if isinstance(entry.event, kind)]


def members(state: State) -> set[str]:
    return {seat for seat, standing in state.delegations.items() if standing is Standing.MEMBER}


def taken(rehearsal: Rehearsal) -> list[tuple[Any, Any]]:
    """The wordings that clauses have by a candidate, with the provisions as they stand at the end."""
    state = rehearsal.state
    rounds = {entry.event.draft: entry.event for entry in of_kind(rehearsal, e.CandidatesProposed)}
    return [
        (rounds[entry.event.draft].wordings[clause.wording], state.provisions[clause.provision])
        for entry in of_kind(rehearsal, e.CandidateTaken)
        for clause in entry.event.clauses
    ]


def gains(rehearsal: Rehearsal) -> set[str]:
    """Whose wording was taken up: an alternative chosen, an amendment accepted, a clause of their own adopted."""
    state = rehearsal.state
    chosen = [entry.event.alternative for entry in of_kind(rehearsal, e.BracketClosed)]
    chosen += [wording.alternative for wording, _ in taken(rehearsal)]
    accepted = (state.amendments[entry.event.amendment].seat for entry in of_kind(rehearsal, e.AmendmentAccepted))
    adopted = (clause.id for entry in of_kind(rehearsal, e.TextAdopted) for clause in entry.event.clauses)
    seats = {*(state.alternatives[id].seat for id in chosen if id), *accepted}
    return {str(seat) for seat in (*seats, *(state.provisions[id].sponsor for id in adopted)) if seat}


def chosen_among(state: State, event: object) -> list[tuple[Target, list[Target]]]:
    """The wordings that an entry chooses for clauses, each with all that lay there before it."""
    chosen: list[Target] = []
    if isinstance(event, e.BracketClosed):
        chosen = [(event.provision, event.alternative)]
    if isinstance(event, e.CandidateTaken):
        wordings = state.rounds[event.item][-1].proposed.wordings
        chosen = [(clause.provision, wordings[clause.wording].alternative) for clause in event.clauses]
    return [(one, [(one[0], a) for a in (None, *state.provisions[one[0]].alternatives)]) for one in chosen]


def choices(rehearsal: Rehearsal) -> tuple[set[str], set[str]]:
    """Who held most of the wording that a bracket was closed with, and who held more of another."""
    state, had, missed = State(), set[str](), set[str]()
    for entry in rehearsal.entries:
        for one, wordings in chosen_among(state, entry.event):
            for seat, mine in state.stances.items():
                held = {target: -SCALE[mine[target].level] for target in wordings if target in mine}
                if one in held and held[one] > min(held.values()):
                    missed.add(str(seat))
                elif one in held and held[one] < max(held.values()):
                    had.add(str(seat))
        evolve(state, entry)
    return had, missed


def passes(rehearsal: Rehearsal) -> set[str]:
    """Who had a reservation about a clause when it was adopted."""
    state, found = State(), set[str]()
    for entry in rehearsal.entries:
        for clause in entry.event.clauses if isinstance(entry.event, e.TextAdopted) else ():
            on = (clause.id, None)
            mine = ((seat, stances.get(on)) for seat, stances in state.stances.items())
            found |= {str(seat) for seat, held in mine if held and held.level is StanceLevel.RESERVE}
        evolve(state, entry)
    return found


def gives(rehearsal: Rehearsal) -> set[str]:
    """Who came to agree to somebody else's wording that they had not agreed to before, or let others have theirs."""
    state, before, found = State(), {}, choices(rehearsal)[1] | passes(rehearsal)
    for entry in rehearsal.entries:
        evolve(state, entry)
        if isinstance(entry.event, e.ObjectionWithdrawn):
            found.add(str(entry.seat))
        for stance in entry.event.stances if isinstance(entry.event, e.StancesStated) else ():
            target = (entry.seat, stance.provision, stance.alternative)
            own = stance.alternative and state.alternatives[stance.alternative].seat == entry.seat
            if before.get(target, StanceLevel.SUPPORT) not in AGREEING and stance.level in AGREEING and not own:
                found.add(str(entry.seat))
            before[target] = stance.level
    return found
