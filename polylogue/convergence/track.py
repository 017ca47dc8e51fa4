"""From the record to the timelines of its items, entry by entry.

Why a fold: the timeline is then the same after a rebuild, whatever reports happened to be computed on the way.
"""

from dataclasses import dataclass, field

from polylogue.convergence.change import Point, Timeline
from polylogue.events import (
    CallClosed,
    CandidateTaken,
    EntryCorrected,
    StancesStated,
    TextBlocked,
    VersionConfirmed,
    VersionProvided,
)
from polylogue.evolve import evolve
from polylogue.occasion import Entry
from polylogue.state import Item, Provision, State, Wording
from polylogue.vocabulary import SCALE, ItemId, ProvisionId, ProvisionState, SeatCode


@dataclass
class Tracker:
    """Folds a session's record and keeps, for every item, the point after each entry that feeds its figures."""

    state: State = field(default_factory=State)
    _timelines: dict[ItemId, Timeline] = field(default_factory=dict[ItemId, Timeline])
    _wordings: dict[ProvisionId, Wording] = field(default_factory=dict[ProvisionId, Wording])

    def apply(self, entry: Entry) -> list[tuple[ItemId, Point]]:
        """Fold one entry; the new points of the items that it feeds."""
        evolve(self.state, entry)
        match entry.event:
            case VersionProvided(provision=id) | VersionConfirmed(provision=id):
                self._translated(id, entry)
            case TextBlocked(disputed=disputed):
                for each in disputed:
                    self._translated(each.provision, entry)
            case _:
                pass
        fed = [item for item in self.state.items.values() if item.input_seq == entry.seq]
        for item in fed:
            self._feed(item, entry)
        return [(item.id, self._timeline(item).point(entry.seq)) for item in fed]

    def _feed(self, item: Item, entry: Entry) -> None:
        """What an entry does to an item's figures."""
        match entry.event:
            case StancesStated() as stated:
                self._state(item, entry, stated)
            case EntryCorrected(of_seat=seat) as corrected:
                for touched in (*corrected.stances, *corrected.dropped):
                    if seat and touched.alternative is None:
                        self._hold(item, seat, touched.provision)
            case CallClosed(verdict=verdict):
                for objection in verdict.objections:
                    self._hold(item, objection.seat, objection.provision)
            case CandidateTaken(clauses=clauses):
                self._word(item)
                for clause in clauses:  # what was answered counts, also where no word has changed
                    for answer in clause.answers:
                        self._hold(item, answer.seat, clause.provision)
            case _:
                self._word(item)

    def _timeline(self, item: Item) -> Timeline:
        if item.id not in self._timelines:
            timeline = self._timelines[item.id] = Timeline()
            timeline.set_eligible(self.state.eligible())
        return self._timelines[item.id]

    def _state(self, item: Item, entry: Entry, stated: StancesStated) -> None:
        """Stances were stated: those on present text count from now on."""
        for stance in stated.stances:
            if entry.seat and stance.alternative is None:
                self._timeline(item).state_stance(entry.seat, stance.provision, SCALE[stance.level])

    def _hold(self, item: Item, seat: SeatCode, provision: ProvisionId) -> None:
        """A stance is another than was said, or counts for other words: it counts as it stands, and is no move."""
        held = self.state.held(seat).get((provision, None))
        counts = held is not None and held.revision == self.state.provisions[provision].revision
        said = SCALE[held.level] if held else None
        self._timeline(item).correct(seat, provision, said if counts else None, said)

    def _word(self, item: Item) -> None:
        """The text may have changed: stances on a new wording are those that count as stated on it.

        A bracket that is closed with the present text makes a new revision of the same words: all that was stated on
        them still is, and nothing has been reworded.
        """
        timeline = self._timeline(item)
        provisions = self.state.in_text(item)
        timeline.set_provisions([p.id for p in provisions])
        timeline.brackets(sum(p.state is ProvisionState.BRACKETED for p in provisions))
        for provision in provisions:
            before = self._wordings.get(provision.id)
            self._wordings[provision.id] = provision.wording
            if before not in (None, provision.wording):
                timeline.reword(provision.id, self._held(provision))

    def _translated(self, id: ProvisionId, entry: Entry) -> None:
        """A language version was given, confirmed or disputed: unless it changed the clause, nothing was reworded."""
        provision = self.state.provisions[id]
        if self.state.items[provision.item].input_seq != entry.seq and id in self._wordings:
            self._wordings[id] = provision.wording

    def _held(self, provision: Provision) -> dict[str, int]:
        """The stances on its present text."""
        found: dict[str, int] = {}
        for seat, held_by_seat in self.state.stances.items():
            held = held_by_seat.get((provision.id, None))
            if held and held.revision == provision.revision:
                found[seat] = SCALE[held.level]
        return found
