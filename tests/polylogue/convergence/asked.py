"""Questions of what would unblock an item, drawn as text or at random, and answered once more straight from the words.

The answer here tries every choice of wordings and every set of delegations, and shares no search with the product.
"""

from itertools import combinations, product

from hypothesis import strategies as st

from polylogue.convergence.unblock import Objector, Option, Provision, Question

Answer = tuple[frozenset[str], int, int, int]
"""Who moves; cost, unknown, number of moves."""


def asked(text: str) -> Question:
    """Lines "p1: KAZ/3 UZB/1 | a: KGZ/2 ?TJK": a provision, who objects to its present text with which importance,
    then its alternatives; a question mark is who has not stated anything.
    """
    provisions = list[Provision]()
    for line in text.strip().splitlines():
        named = [part.split(":") for part in line.split("|")]
        options = tuple(_option(None if n == 0 else name.strip(), words) for n, (name, words) in enumerate(named))
        provisions.append(Provision(named[0][0].strip(), options))
    return Question("item", tuple(provisions))


def _option(alternative: str | None, words: str) -> Option:
    objectors = [word.split("/") for word in words.split() if word[0] != "?"]
    return Option(
        alternative,
        tuple(Objector(seat, int(importance)) for seat, importance in objectors),
        tuple(word[1:] for word in words.split() if word[0] == "?"),
    )


@st.composite
def questions(draw: st.DrawFn, *, most_seats: int = 5, most_provisions: int = 4, most_options: int = 3) -> Question:
    """Up to so many of each, with everything from no objection to all; a stance may be missing or carried."""
    seats = [f"S{number}" for number in range(draw(st.integers(0, most_seats)))]
    provisions = list[Provision]()
    for p in range(draw(st.integers(0, most_provisions))):
        options = list[Option]()
        for o in range(draw(st.integers(1, most_options))):
            held = draw(st.lists(st.integers(-2, 3), min_size=len(seats), max_size=len(seats)))
            objectors = [Objector(seat, w, draw(st.booleans())) for seat, w in zip(seats, held, strict=True) if w > 0]
            missing = tuple(seat for seat, w in zip(seats, held, strict=True) if w == 0)
            options.append(Option(f"p{p}a{o}" if o else None, tuple(objectors), missing))
        provisions.append(Provision(f"p{p}", tuple(options)))
    return Question("item", tuple(provisions))


def answers(question: Question) -> set[Answer]:
    """Every smallest set of delegations, with the least that it can cost."""
    cheapest: dict[frozenset[str], tuple[int, int, int]] = {}
    for wordings in product(*(provision.options for provision in question.provisions)):
        who = frozenset(objector.seat for option in wordings for objector in option.objectors)
        costs = (
            sum(objector.importance for option in wordings for objector in option.objectors),
            sum(len(option.not_stated) for option in wordings if option.alternative),
            sum(len(option.objectors) for option in wordings),
        )
        cheapest[who] = min(costs, cheapest.get(who, costs))
    return {(who, *costs) for who, costs in cheapest.items() if not any(other < who for other in cheapest)}


def everyone(question: Question) -> set[frozenset[str]]:
    """Every set of delegations that unblocks when all its members stop objecting to anything."""
    seats = {o.seat for p in question.provisions for option in p.options for o in option.objectors}
    subsets = (frozenset(some) for size in range(len(seats) + 1) for some in combinations(sorted(seats), size))
    return {
        some
        for some in subsets
        if all(any(some >= {o.seat for o in option.objectors} for option in p.options) for p in question.provisions)
    }
