"""Chapter 5, brackets: another wording beside the present one, the choice between them, and how brackets are cut."""

from collections.abc import Sequence
from dataclasses import replace

from polylogue import events as e
from polylogue.evolve import agenda, positions
from polylogue.occasion import Entry
from polylogue.stances import Held, Target
from polylogue.state import Alternative, Closing, Provision, State, Wording
from polylogue.versions import reworded
from polylogue.vocabulary import AlternativeId, AmendmentId, ProvisionState, SeatCode


def bracketed(
    state: State,
    entry: Entry,
    event: e.AlternativeProposed | e.BracketClosed | e.BracketsMerged | e.BracketSplit | e.BracketReopened,
) -> None:
    provision = state.provisions[event.provision]
    match event:
        case e.AlternativeProposed():
            provision.state = ProvisionState.BRACKETED
            wording = agenda.wording_at(entry, "", event.versions)
            authors = _authors(state, entry, event)
            bracket(state, provision, event.alternative, authors, wording, event.amendment)
            item = agenda.fed(state, provision.item)
            if event.reopens:
                agenda.reopen(item)
        case e.BracketClosed():
            _close_bracket(state, entry, provision, event)
        case e.BracketsMerged() | e.BracketSplit():
            provision.regions, provision.brackets_seq = event.regions, entry.seq
        case e.BracketReopened():
            _reopen_bracket(state, provision, event)
            item = agenda.fed(state, provision.item)
            if event.reopens:
                agenda.reopen(item)


def bracket(
    state: State,
    provision: Provision,
    id: AlternativeId,
    authors: Sequence[SeatCode],
    wording: Wording,
    amendment: AmendmentId | None = None,
    *,
    supported: bool = True,
) -> None:
    """Put an alternative beside a clause's present text."""
    last = max((state.alternatives[other].ordinal for other in provision.alternatives), default=-1)
    state.alternatives[id] = Alternative(
        id,
        provision.id,
        next(iter(authors), None),
        wording,
        revision=provision.revision,
        ordinal=last + 1,
        seq=state.seq,
        amendment=amendment,
        supported=supported,
        others=tuple(authors[1:]),
    )
    provision.alternatives.append(id)
    provision.brackets_seq = state.seq


def settle(
    state: State, provision: Provision, wording: Wording, revision: int, *, by: Target | None, supported: bool = True
) -> None:
    """Give a clause its next revision; its bracket, if it has one, is closed, and may be reopened.

    Whoever has stated a stance on the same words, which are those of `by`, has stated it on that revision, and whoever
    has put them forward is their author; words that are new as a whole have none.
    """
    if provision.alternatives:
        before = tuple(provision.alternatives)
        provision.closing = Closing(
            state.seq, provision.revision, provision.wording, before, provision.supported, provision.authors
        )
    if by:
        _restate(state, by, (provision.id, None), revision)
    provision.authors = _of(state, by) if by else ()
    for alternative in provision.alternatives:
        state.alternatives[alternative].open = False
    provision.alternatives, provision.regions = [], ()
    provision.wording = reworded(state, provision, wording, revision)
    provision.revision, provision.supported = revision, supported
    provision.state, provision.brackets_seq = ProvisionState.PROPOSED, state.seq
    agenda.fed(state, provision.item)


def _close_bracket(state: State, entry: Entry, provision: Provision, event: e.BracketClosed) -> None:
    """The clause's next revision; alternatives that are left stay, or are what a new one is made of."""
    chosen = state.alternatives[event.alternative] if event.alternative else provision
    taken = state.alternatives[event.taken] if event.taken else provision
    supported = provision.supported and chosen.supported if event.versions else taken.supported
    wording = agenda.wording_at(entry, "", event.versions) if event.versions else taken.wording
    by = None if event.versions else (provision.id, event.taken)
    made = [
        _made(state, entry, provision, event, i, supported=chosen.supported)
        for i, remaining in enumerate(event.remaining)
        if remaining.of
    ]
    settle(state, provision, wording, event.revision, by=by, supported=supported)
    for alternative in made:
        state.alternatives[alternative.id] = alternative
    _open(state, provision, [remaining.id for remaining in event.remaining])
    provision.regions = event.regions


def _made(
    state: State, entry: Entry, provision: Provision, event: e.BracketClosed, place: int, *, supported: bool
) -> Alternative:
    """What one or several alternatives have become: stances on the same words are stated on it, others carried over."""
    remaining = event.remaining[place]
    first = state.alternatives[remaining.of[0]]
    new = (provision.id, remaining.id)
    if not remaining.versions:
        _restate(state, (provision.id, first.id), new, event.revision)
    for stances in state.stances.values():
        held = next((held for id in remaining.of if (held := stances.get((provision.id, id)))), None)
        if held and new not in stances:
            stances[new] = replace(held, before=None)
    amendments = (state.alternatives[id].amendment for id in remaining.of)
    pointer = f"/remaining/{place}"
    return Alternative(
        remaining.id,
        provision.id,
        first.seat,
        agenda.wording_at(entry, pointer, remaining.versions) if remaining.versions else first.wording,
        revision=event.revision,
        ordinal=first.ordinal,
        seq=entry.seq,
        amendment=next(filter(None, amendments), None),
        of=remaining.of,
        supported=first.supported and (supported or not remaining.versions),
        others=first.others,
    )


def _reopen_bracket(state: State, provision: Provision, event: e.BracketReopened) -> None:
    """The alternatives stand again, and with them the stances on them; those made of them by the closing end."""
    closing = provision.closing
    if event.former and closing:
        bracket(state, provision, event.former, closing.authors, closing.wording, supported=closing.supported)
        for stances in state.stances.values():
            held = stances.get((provision.id, None))
            if held and held.revision == closing.revision:
                positions.hold(stances, (provision.id, event.former), held, provision.revision)
    for alternative in provision.alternatives:
        state.alternatives[alternative].open = False
    for place, id in enumerate(event.alternatives):
        state.alternatives[id].ordinal = place
    _open(state, provision, event.alternatives)
    provision.regions, provision.closing, provision.brackets_seq = (), None, state.seq


def _open(state: State, provision: Provision, alternatives: Sequence[AlternativeId]) -> None:
    for id in alternatives:
        state.alternatives[id].open = True
    provision.alternatives = list(alternatives)
    if alternatives:
        provision.state = ProvisionState.BRACKETED


def _restate(state: State, said: Target, on: Target, revision: int) -> None:
    """Stances that count on the one target count on the other, whose words are the same."""
    for stances in state.stances.values():
        held = stances.get(said)
        if held and not state.carried(said, held):
            positions.hold(stances, on, held, revision)
        if said == on and held:  # and so does what is said again when a later stance is void
            stances[on] = _restated(state, on, stances[on], revision)


def _restated(state: State, on: Target, held: Held, revision: int) -> Held:
    """The stance, with what was stated before it and counts on the same words on their newest revision too."""
    before: Held | None = None
    for each in reversed([*held.stated()][1:]):
        before = replace(each, revision=each.revision if state.carried(on, each) else revision, before=before)
    return replace(held, before=before)


def _authors(state: State, entry: Entry, event: e.AlternativeProposed) -> tuple[SeatCode, ...]:
    """Who puts an alternative forward; with the words of an amendment, whoever has worded it as well."""
    own = state.amendments[event.amendment].authors if event.amendment else ()
    return tuple(dict.fromkeys((*own, entry.seat))) if entry.seat else own


def _of(state: State, target: Target) -> tuple[SeatCode, ...]:
    """The authors of a wording on the table: of an alternative also those of what it was made of."""
    provision, alternative = target
    if alternative is None:
        return state.provisions[provision].authors
    first = state.alternatives[alternative].authors
    return tuple(dict.fromkeys((*first, *state.proposers(alternative))))
