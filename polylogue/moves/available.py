"""What may be done now: each command tried on the rules with plain inputs, and nothing comes of it.

Why tried and not known: a second copy of the rules would one day say otherwise than the first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from polylogue.commands import Command
from polylogue.decide import decide
from polylogue.moves.plain import NOWHERE, PLAIN, Asking, Plain, Target
from polylogue.occasion import Occasion
from polylogue.procedure.matter import admissible
from polylogue.refusals import Refusal, RefusalCode, Refused
from polylogue.rules.ruleset import CommandRule
from polylogue.state import Admission, State

OF_AN_ITEM = frozenset((RefusalCode.ITEM_PHASE, RefusalCode.TEXT_STATE, RefusalCode.STANCE_IN_CALL))
"""Why a command is possible on nothing of an item, and may be on another's; other early reasons hold for all items."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules say to a plain input on a target; without a refusal it would be accepted."""

    target: Target
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Move:
    """A command with what the rules say of it.

    An answer names as much of its target as it depends on: one that is so for a whole item names the item only, one
    that is so for the session names nothing.
    """

    command: type[Command]
    answers: tuple[Answer, ...]

    @property
    def allowed(self) -> bool:
        return any(answer.refusal is None for answer in self.answers)

    @property
    def refusal(self) -> Refusal | None:
        """Why it is possible on nothing: of several reasons, the one that came closest to being possible."""
        return None if self.allowed else max(self.answers, key=_depth).refusal


def available(state: State, asker: Admission, occasion: Occasion) -> Iterator[Move]:
    """The moves of whoever has these roles and seats, for the seat of the occasion or, where that is null, their own.

    Without a seat those of their office and of a seat they hold; none for who neither acts nor speaks in the session.
    Takes milliseconds for a text of a dozen clauses; reads the state only.
    """
    if state.rules is None:
        return
    asked = replace(state, persons={**state.persons, occasion.person: asker})
    occasion = replace(occasion, expected_seq=None)
    speaks = bool(asker.seats or asker.roles & set(state.rules.enter_for))
    for command, inputs in PLAIN.items():
        row = state.rules.commands.get(command.__name__)
        if row and _concerns(row, asker, occasion, speaks=speaks):
            seat = occasion.seat or (next(iter(asker.seats)) if len(asker.seats) == 1 else None)
            yield Move(command, tuple(_answers(asked, occasion, inputs(asked, Asking(seat, occasion.recorded)))))


def _concerns(row: CommandRule, asker: Admission, occasion: Occasion, *, speaks: bool) -> bool:
    if occasion.seat is not None:
        return bool(row.seat) and speaks
    office = (asker.roles | occasion.site_roles).intersection(row.by)
    return bool(office or (row.seat and asker.seats))


def _answers(state: State, occasion: Occasion, plain: Iterable[Plain]) -> Iterator[Answer]:
    for item, group in groupby(plain, key=lambda each: each[0].item):
        several = list(group)
        if refusal := _at_once(state, several[0][1], occasion):
            if refusal.code not in OF_AN_ITEM:
                yield Answer(NOWHERE, refusal)
                return
            yield Answer(Target(item), refusal)
            continue
        for target, command in several:
            answer = decide(state, command, occasion)
            yield Answer(target, answer if isinstance(answer, Refusal) else None)


def _at_once(state: State, command: Command, occasion: Occasion) -> Refusal | None:
    """Why a command is refused whatever it is about in an item; null where that depends."""
    try:
        admissible(state, command, occasion)
    except Refused as refused:
        return refused.refusal
    return None


def _depth(answer: Answer) -> int:
    """How far the rules have looked: whose act, then when, then at what it is about."""
    if answer.target == NOWHERE:
        return 0
    return 1 if answer.refusal and answer.refusal.code in OF_AN_ITEM else 2
