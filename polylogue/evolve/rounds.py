"""Chapter 5, rounds: candidates for a text, what seats answer, and the candidate that becomes the text."""

from dataclasses import replace

from polylogue import events as e
from polylogue.evolve import agenda, amendments, brackets, positions
from polylogue.occasion import Entry
from polylogue.record.prose import Sealed
from polylogue.stances import Held, Stances
from polylogue.state import Provision, Round, State, Wording
from polylogue.vocabulary import ClauseForm, ProvisionState


def held(
    state: State,
    entry: Entry,
    event: e.CandidatesProposed | e.StancesPredicted | e.CandidatesRanked | e.CandidateAnswered | e.CandidateTaken,
) -> None:
    match event:
        case e.CandidatesProposed():
            state.rounds.setdefault(event.item, []).append(
                Round(_without_words(event), entry.seq, entry.at, event.choice)
            )
            state.candidates |= {candidate.id: event.item for candidate in event.candidates}
        case e.StancesPredicted():
            state.rounds[event.item][-1].expected[event.seat] = event.ballot
        case e.CandidatesRanked():
            now = state.rounds[event.item][-1]
            now.ranked[positions.seat_of(entry)] = event.ballot
            now.choice, now.ranked_seq, now.heard_seq = event.choice, entry.seq, entry.seq
        case e.CandidateAnswered():
            now = state.rounds[event.item][-1]
            now.heard_seq = entry.seq
            answers = now.answers.setdefault(positions.seat_of(entry), {})
            for place, s in enumerate(event.stances):
                revision = now.proposed.wordings[s.wording].revision
                answers[s.wording] = Held(s.level, s.importance, revision, entry.seq, entry.at, place)
        case e.CandidateTaken():
            now = state.rounds[event.item][-1]
            now.taken, now.taken_seq = event.candidate, entry.seq
            for clause in event.clauses:
                _take(state, now, clause)
            amendments.lapse(state, event.lapsed)
            if event.reopens:
                agenda.reopen(state.items[event.item])


def _without_words(event: e.CandidatesProposed) -> e.CandidatesProposed:
    """The event with nothing in the place of its texts: a state holds none, only where they lie."""
    wordings = (
        replace(w, versions=tuple(replace(v, text=Sealed("", v.language)) for v in w.versions)) if w.versions else w
        for w in event.wordings
    )
    candidates = (replace(x, explanation=Sealed("", x.explanation.language)) for x in event.candidates)
    return replace(event, wordings=tuple(wordings), candidates=tuple(candidates))


def wording_of(now: Round, place: int, provision: Provision, state: State) -> Wording:
    """Where the words of a candidate's wording lie: of one that is on the table, where they lay before."""
    chosen = now.proposed.wordings[place]
    if chosen.form is ClauseForm.PRESENT:
        return provision.wording
    if chosen.alternative:
        return state.alternatives[chosen.alternative].wording
    return agenda.wording_in(now.seq, f"/wordings/{place}", chosen.versions)


def _take(state: State, now: Round, clause: e.TakenClause) -> None:
    """The clause's next revision; what was stated on the wording, or answered, is stated on it."""
    provision, chosen = state.provisions[clause.provision], now.proposed.wordings[clause.wording]
    if clause.revision is None:
        provision.state = ProvisionState.WITHDRAWN
        agenda.fed(state, provision.item)
        return
    wording = wording_of(now, clause.wording, provision, state)
    on_table = not chosen.versions
    by = (provision.id, chosen.alternative) if on_table else None
    brackets.settle(state, provision, wording, clause.revision, by=by, supported=clause.supported)
    for given in clause.answers:
        answer = state.rounds[provision.item][given.round - 1].answers[given.seat][given.wording]
        mine = state.stances.setdefault(given.seat, Stances())
        positions.hold(mine, (provision.id, None), answer, clause.revision)
