"""Smallest sets of which every provision needs enough: some wording of it must need nobody from outside the set.

Why bits: a set of delegations is a number with a bit for each, so "needs nobody else" is one operation on integers.
"""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import TypeAlias

Key: TypeAlias = tuple[int, int, int]
"""What choosing a wording costs, compared in this order; each of the three adds up over provisions."""
Options: TypeAlias = Sequence[Sequence[int]]
"""For each provision, for each wording it may end with, the set that it needs."""


def exhausted(options: Options, size: int) -> list[int]:
    """Of all sets of `size` members, those that are enough and would not be without any one of their own.

    Memory grows with 2^size bits. A set of sets is again a number with a bit for each set: to add a member to all sets
    at once is to shift by its bit.
    """
    members = range(size)
    enough = _with_any_of(1, members)
    for needs in options:
        for_this = 0
        for need in needs:
            for_this |= _with_any_of(1 << need, [place for place in members if not need >> place & 1])
        enough &= for_this
    larger = 0
    for place in members:
        without = _with_any_of(1, [other for other in members if other != place])
        larger |= (enough & without) << (1 << place)
    return list(_ones(enough & ~larger))


def by_cost(options: Options, keys: Sequence[Sequence[Key]], limit: int) -> tuple[list[int], int | None]:
    """The same sets, those with the cheapest wordings first, and None; cut off after `limit` partial choices, then
    also the first part of the key that every set not reached costs at least.

    A step chooses the wording of one more provision. What the rest costs at least is known, so what comes to its end
    next is the cheapest that is left (best-first branch and bound).
    """
    cheapest = [min(each) for each in keys]
    open_ones = sorted((place for place, needs in enumerate(options) if any(needs)), key=lambda p: len(options[p]))
    queue = [(_sum(cheapest), len(open_ones), 0)]
    done, found = set[tuple[int, int]](), list[int]()
    while queue:
        least, left, chosen = heappop(queue)
        if (left, chosen) in done or any(not known & ~chosen for known in found):
            continue
        if len(done) >= limit:
            return found, least[0]
        done.add((left, chosen))
        if not left:
            if not any(_enough(options, chosen & ~(1 << place)) for place in _ones(chosen)):
                found.append(chosen)
            continue
        place = open_ones[-left]
        a, b, c = cheapest[place]
        for need, (x, y, z) in zip(options[place], keys[place], strict=True):
            heappush(queue, (_sum([least, (x - a, y - b, z - c)]), left - 1, chosen | need))
    return found, None


def narrowed(options: Options, order: Sequence[int]) -> int:
    """One smallest set: from all members, given as places, each is let go in this order if the rest is enough."""
    kept = sum(1 << place for place in order)
    for place in order:
        if _enough(options, kept & ~(1 << place)):
            kept &= ~(1 << place)
    return kept


def _enough(options: Options, members: int) -> bool:
    return all(any(not need & ~members for need in needs) for needs in options)


def _with_any_of(sets: int, places: Iterable[int]) -> int:
    """These sets, and each of them with any of the members added."""
    for place in places:
        sets |= sets << (1 << place)
    return sets


def _sum(keys: Sequence[Key]) -> Key:
    return sum(key[0] for key in keys), sum(key[1] for key in keys), sum(key[2] for key in keys)


def _ones(number: int) -> Iterable[int]:
    """The places of the bits that are set, ascending."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low
