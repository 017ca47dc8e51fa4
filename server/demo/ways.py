"""What would unblock, put into words for the gallery when a call was closed without consensus.

Why beside the entries: it is computed from them, and nobody's act.
"""

from collections.abc import Mapping
from typing import Any

from server.demo.stage import Line, OnStage, Stage


def smallest_change(stage: Stage, item: OnStage, unblocking: Mapping[str, Any]) -> Line | None:
    """The least costly of the smallest sets of moves, in the words of those who would move, and how many others there
    are; nothing where nobody would have to.
    """
    first, others = unblocking["sets"][0], unblocking["setCount"] - 1
    steps = [_step(stage, move) for move in first["moves"]]
    steps += [_taking(stage, taking) for taking in first["takings"]]
    if not steps:
        return None
    also = f" (or {_counted(others, 'other way')})" if others else ""
    did = f"What would unblock item {item.number}: {'; '.join(steps)}{also}"
    return Line(
        "", did, " ".join(_asked(stage, move) for move in first["moves"] if move["wouldBeRemovedBy"]), tone="call"
    )


def _step(stage: Stage, move: Mapping[str, Any]) -> str:
    wording = _wording(stage, move) if move["chosen"] else ""
    levels = f"from {move['before'].lower()} to {move['after'].lower()}"
    return f"{_name(stage, move)} {levels} on clause {stage.clause(move['provision'])}{wording}"


def _taking(stage: Stage, taking: Mapping[str, Any]) -> str:
    unknown = len(taking["notStated"])
    silent = f", of which {_counted(unknown, 'delegation')} said nothing yet" if unknown else ""
    silent += "".join(
        f"; {stage.names.get(seat, seat)}, whose it is, has not spoken on it" for seat in taking["assumed"]
    )
    return f"clause {stage.clause(taking['provision'])}{_wording(stage, taking)}{silent}"


def _wording(stage: Stage, said: Mapping[str, Any]) -> str:
    return f" in the wording of {stage.proposed.get(said['chosen'], 'the draft')}"


def _asked(stage: Stage, move: Mapping[str, Any]) -> str:
    return f"{_name(stage, move)} asks for: {move['wouldBeRemovedBy']['text'] or 'words that were erased.'}"


def _name(stage: Stage, move: Mapping[str, Any]) -> str:
    seat: str = move["seat"]
    return stage.names.get(seat, seat)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
