"""What somebody may try at any time to mend a mistake, for random sittings."""

from collections.abc import Sequence
from random import Random
from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.state import State
from polylogue.vocabulary import DecisionType, LanguageTag, ProvisionId, SeatCode, StanceLevel, TextState

EN = LanguageTag("en")


def idea(draw: Random, state: State, entries: Sequence[Entry]) -> tuple[c.Command, SeatCode | None]:
    """A way to mend something, more often what was done lately and in a way that fits; by a seat, or else the chair."""
    item = state.items[draw.choice(list(state.items))]
    seats = tuple(draw.sample(list(state.delegations), draw.randint(1, 2)))
    called = [each for each in state.items.values() if each.text in (TextState.ADOPTED, TextState.BLOCKED)] or [item]
    steps: tuple[c.Command, ...] = (
        c.NoteArrival(seats=seats),
        c.NoteDeparture(seats=seats),
        c.StepItemBack(item=item.id, reason="Too early."),
        c.ReopenCall(item=draw.choice(called).id, reason="A dead phone."),
        c.RescindAdoption(item=draw.choice(called).id, reason="A page was missing."),
    )
    if draw.random() < 0.3:
        return draw.choice(steps), None
    mendable = [entry for entry in entries if isinstance(entry.event, MENDABLE)] or entries
    if state.call and draw.random() < 0.8:
        mendable = [entry for entry in mendable if entry.seq >= state.call.seq] or mendable
    entry = draw.choice(mendable[-8:] if draw.random() < 0.7 else mendable)
    event: Any = entry.event
    about: Any
    kind = event.of_kind if isinstance(event, e.EntryCorrected) else type(event).__name__
    level = draw.choice(list(StanceLevel))
    about = event.of_item if isinstance(event, e.EntryCorrected) else getattr(event, "item", None)
    clauses = item.provisions if kind != "StancesStated" else state.items[about].provisions
    chosen = draw.sample(clauses, min(len(clauses), draw.randint(1, 2)))
    stances = tuple(objects(clause, level=level) for clause in chosen)
    words = c.RestoredWords(text=f"Words {state.seq}.", language=EN)
    fits: dict[str, dict[str, Any]] = {
        "RollCallRecorded": {"roll_call": c.RestoredPresence(present=seats)},
        "PositionPosted": {"position": words},
        "InterestsStated": {"interests": words},
        "StancesStated": {"stances": c.RestoredStances(stances=stances)},
        "ObjectionRaised": {
            "objection": c.RestoredReasons(reason=f"No {state.seq}.", would_be_removed_by="Yes.", language=EN)
        },
        "ObjectionWithdrawn": {"withdrawal": c.RestoredLevel(level=level)},
        "OpinionPlaced": {"opinion": c.RestoredOpinionText(text=f"So {state.seq}.", language=EN)},
        "CallOpened": {"call": c.RestoredQuestion(decision_type=draw.choice(list(DecisionType)), concerned=seats[0])},
    }
    restored = c.Restored(void=True) if draw.random() < 0.5 else c.Restored(**fits.get(kind, {"void": True}))
    by = entry.seat if draw.random() < 0.5 else None
    return c.CorrectEntry(seq=entry.seq, restored=restored, reason="Entered wrongly."), by


MENDABLE = (
    e.RollCallRecorded, e.ArrivalNoted, e.DepartureNoted, e.PositionPosted, e.InterestsStated, e.StancesStated,
    e.ObjectionRaised, e.ObjectionMaintained, e.ObjectionWithdrawn, e.OpinionPlaced, e.CallOpened, e.EntryCorrected,
)  # fmt: skip


def objects(clause: ProvisionId, *, level: StanceLevel = StanceLevel.OBJECT) -> c.StanceGiven:
    return c.StanceGiven(provision=clause, level=level, reason="No.", would_be_removed_by="Yes.")
