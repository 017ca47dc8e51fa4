"""The order of a text: the preamble first, then the operative clauses, each in a place that is there.

Why only the clause at hand is looked at later: a text that was opened in another order, before that was refused, is put
right clause by clause.
"""

from collections.abc import Sequence

from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode
from polylogue.state import Item
from polylogue.vocabulary import ProvisionId, ProvisionKind, ProvisionState


def anchored(m: Matter, after: ProvisionId | None) -> None:
    """Refuse a place behind a clause that has left the text while the amendment waited."""
    if after and m.state.provisions[after].state is ProvisionState.WITHDRAWN:
        raise m.refuse(RefusalCode.ORDER_WITHDRAWN, path=("amendment",), id=after)


def opening(m: Matter, number: int, kinds: Sequence[ProvisionKind], *, path: tuple[str, ...]) -> None:
    """Refuse an opening text of item `number` in which a preambular clause stands behind an operative one."""
    if ProvisionKind.OPERATIVE not in kinds:
        return
    first = kinds.index(ProvisionKind.OPERATIVE)
    for place, kind in enumerate(kinds[first:], first):
        if kind is ProvisionKind.PREAMBULAR:
            at = (*path, str(place), "kind")
            raise m.refuse(RefusalCode.ORDER_PREAMBLE, path=at, before=f"{number}.{first + 1}")


def in_form(
    m: Matter, item: Item, kind: ProvisionKind, after: ProvisionId | None, *, path: tuple[str, ...] = ("after",)
) -> None:
    """Refuse a preambular clause behind an operative one, and an operative clause before a preambular one.

    The clause is to stand behind `after`, at the beginning where that is null, wherever it stands now.
    """
    ahead = set(item.provisions[: item.provisions.index(after) + 1]) if after else set[ProvisionId]()
    others = [each for each in m.state.in_text(item) if each.kind is not kind]
    first = next((each for each in others if each.id in ahead), None)
    if kind is ProvisionKind.PREAMBULAR and first:
        raise m.refuse(RefusalCode.ORDER_PREAMBLE, path=path, before=m.clause(first))
    last = next((each for each in reversed(others) if each.id not in ahead), None)
    if kind is ProvisionKind.OPERATIVE and last:
        raise m.refuse(RefusalCode.ORDER_PREAMBLE, path=path, behind=m.clause(last))
