"""Random sittings: whatever is tried, in whatever order, the session stays sound and can be brought to its end.

Three members, one or two items, chairs who forget and delegates who change their minds; most of what they try is
refused. The scene itself checks that deciding changes nothing and that what was written is what was read.
"""

import json
import pickle
from typing import Any

from hypothesis.stateful import invariant

from polylogue.convergence.report import compute
from polylogue.convergence.scope import matrix
from polylogue.convergence.track import Tracker
from polylogue.evolve import fold
from polylogue.footing import accepting, standing
from polylogue.record.envelope import write
from polylogue.state import Amendment, Provision, State, Wording
from polylogue.vocabulary import AmendmentKind, AmendmentState, ItemPhase, ProvisionState, SessionPhase, TextState
from tests.polylogue.procedure.page import TOGETHER
from tests.polylogue.sittings.ends import adopt_everything, close_and_seal
from tests.polylogue.sittings.followed import follow
from tests.polylogue.sittings.tries import Tries
from tests.scenes import THREE

SETTLED = {TextState.CLEAN, TextState.CALLED, TextState.ADOPTED, TextState.BLOCKED}


class Sitting(Tries):
    """What always holds of a session in which people try whatever they may, and how it can be ended."""

    def __init__(self) -> None:
        super().__init__()
        self.tracker, self.points = Tracker(), dict[Any, Any]()
        self.said_on = dict[tuple[Any, ...], Wording]()
        self.seen = 0

    @invariant()
    def each_entry_is_written_read_tracked_and_its_wordings_known(self):
        for line, entry in zip(self.scene.stored[self.seen :], self.scene.entries[self.seen :], strict=True):
            given = json.loads(line)
            nonce = bytes.fromhex(given["nonce"]) if given["nonce"] else None
            assert write(self.scene.session, given["command"], entry, seal=_never, nonce=nonce) == line
            for item, point in self.tracker.apply(entry):
                assert point.seq == entry.seq
                self.points[item] = point
            follow(self.said_on, self.tracker.state, entry)
        self.seen = len(self.scene.entries)
        assert self.tracker.state == self.scene.state

    @invariant()
    def the_timeline_says_what_a_report_would_say(self):
        state = self.scene.state
        for id, item in state.items.items():
            table, _ = matrix(state, id)
            headline, point = compute(table).headline, self.points[id]
            brackets = sum(p.state is ProvisionState.BRACKETED for p in state.in_text(item))
            assert (point.provisions, point.open_brackets) == (len(table.provisions), brackets)
            for name in ("objections", "mean_closeness", "alpha", "unanimity_share", "coverage"):
                assert getattr(point, name) == getattr(headline, name)

    @invariant()
    def states_go_together(self):
        state = self.scene.state
        called = [item.id for item in state.items.values() if item.text is TextState.CALLED]
        assert called == ([state.call.item] if state.call else [])
        assert not (state.call and state.phase in (SessionPhase.CLOSED, SessionPhase.SEALED, SessionPhase.SCHEDULED))
        assert (state.sitting > 0) == (state.phase is not SessionPhase.SCHEDULED)
        for item in state.items.values():
            assert item.text in TOGETHER[item.phase]
            assert (item.deferred_seq is not None) == (item.phase is ItemPhase.DEFERRED)
            assert (item.callable_from is None) == (item.text is TextState.WORKING)
            if item.request:
                assert item.text not in SETTLED - {TextState.BLOCKED}
                assert item.phase is not ItemPhase.DEFERRED
                assert state.phase is not SessionPhase.CLOSED
            for provision in state.in_text(item):
                assert (provision.state is ProvisionState.BRACKETED) == bool(provision.alternatives)
                assert all(state.alternatives[id].open for id in provision.alternatives)
                assert item.text not in SETTLED or provision.state is ProvisionState.AGREED
        settled = (TextState.CLEAN, TextState.CALLED, TextState.ADOPTED)
        for amendment in state.amendments.values():
            item = state.items[amendment.item]
            assert amendment.state is not AmendmentState.PENDING or item.text not in settled
            self.amendment_stands_on_something(state, amendment)

    def amendment_stands_on_something(self, state: State, amendment: Amendment) -> None:
        """A clause of an insertion is in the text once that is accepted; what waits names what is there."""
        inserts = amendment.kind is AmendmentKind.INSERT_AFTER
        made = amendment.provision in state.provisions
        parent = state.amendments[amendment.amends] if amendment.amends else None
        assert parent or made == (not inserts or amendment.state is AmendmentState.ACCEPTED)
        assert set(amendment.accepted_by) <= {None, *THREE}
        if amendment.state is not AmendmentState.PENDING:
            return
        assert parent is None or parent.state is AmendmentState.PENDING
        assert inserts or not made or state.provisions[amendment.provision].state is not ProvisionState.WITHDRAWN
        assert amendment.revision <= standing(state, amendment)
        assert amendment.base or inserts
        waits_for = [seat for seat in accepting(state, amendment) if seat not in amendment.accepted_by]
        assert amendment.accepted_by.issubset(accepting(state, amendment)) or None in amendment.accepted_by
        assert waits_for or amendment.accepted_by

    @invariant()
    def stances_stand_on_wordings_that_are_there(self):
        state = self.scene.state
        for seat, held in state.stances.items():
            for (provision, alternative), stance_held in held.items():
                assert 1 <= stance_held.revision <= state.provisions[provision].revision
                of = state.alternatives[alternative] if alternative else state.provisions[provision]
                assert isinstance(of, Provision) or of.provision == provision
                older = self.said_on[seat, provision, alternative] != of.wording
                assert state.carried((provision, alternative), stance_held) == older

    def teardown(self):
        """No dead end: with goodwill every text is adopted; without it the chair still closes and seals."""
        if hasattr(self, "scene"):
            close_and_seal(pickle.loads(pickle.dumps(self.scene)))  # noqa: S301 -- our own bytes
            adopt_everything(self.scene)
            self.each_entry_is_written_read_tracked_and_its_wordings_known()
            self.the_timeline_says_what_a_report_would_say()
            self.states_go_together()
            self.stances_stand_on_wordings_that_are_there()
            assert fold(State(), self.scene.entries) == self.scene.state


def _never(pointer: str, said: object) -> str:
    raise AssertionError(f"the text at {pointer} is not sealed")
