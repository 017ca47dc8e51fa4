"""Who holds a wording in a document: whoever put it on the table, and the members that back it.

Why members only: a bracket stands until those who decide agree, and the figures count no others.
"""

from collections.abc import Collection, Iterable, Sequence

from polylogue.drafting.paper import Paper, Stance, Wording, version
from polylogue.drafting.rolling import BACKING
from polylogue.vocabulary import SeatCode, StanceLevel


def holders(members: Collection[SeatCode], wordings: Iterable[Wording]) -> tuple[SeatCode, ...]:
    """The seats behind some wordings together, in the order of their codes."""
    found: set[SeatCode] = set()
    for wording in wordings:
        found.update(wording.by)
        found.update(each.seat for each in backers(members, wording))
    return tuple(sorted(found))


def backers(members: Collection[SeatCode], wording: Wording) -> tuple[Stance, ...]:
    """Stances of these members that support or accept a wording; one on older words backs nothing."""
    return tuple(
        each for each in wording.stances if each.seat in members and each.level in BACKING and not each.carried
    )


def objections(wording: Wording) -> tuple[Stance, ...]:
    """Stances of whoever cannot live with a wording, members or not."""
    return tuple(each for each in wording.stances if each.level == StanceLevel.OBJECT)


def seat_name(paper: Paper, seat: SeatCode, wanted: Sequence[str]) -> str:
    """A delegation's name in the first of these languages there is one in; else its code."""
    said = version(paper.names.get(seat, ()), wanted)
    return said.text if said and said.text is not None else seat
