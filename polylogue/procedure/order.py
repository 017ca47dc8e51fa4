"""The order of a text: the preamble first, then the operative clauses, each in a place that is there.

Why only the clause at hand is looked at: a text that came in another order is put right clause by clause.
"""

from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode
from polylogue.state import Item
from polylogue.vocabulary import ProvisionId, ProvisionKind, ProvisionState


def anchored(m: Matter, after: ProvisionId | None) -> None:
    """Refuse a place behind a clause that has left the text while the amendment waited."""
    if after and m.state.provisions[after].state is ProvisionState.WITHDRAWN:
        raise m.refuse(RefusalCode.ORDER_WITHDRAWN, path=("amendment",), id=after)


def in_form(
    m: Matter,
    item: Item,
    kind: ProvisionKind,
    after: ProvisionId | None,
    *,
    moved: ProvisionId | None = None,
    path: tuple[str, ...] = ("after",),
) -> None:
    """Refuse a preambular clause behind an operative one, and an operative clause before a preambular one.

    The clause is to stand behind `after`, at the beginning where that is null; `moved` is one that stands elsewhere
    now.
    """
    ahead = set(item.provisions[: item.provisions.index(after) + 1]) if after else set[ProvisionId]()
    others = [each for each in m.state.in_text(item) if each.id != moved and each.kind is not kind]
    first = next((each for each in others if each.id in ahead), None)
    if kind is ProvisionKind.PREAMBULAR and first:
        raise m.refuse(RefusalCode.ORDER_PREAMBLE, path=path, before=m.clause(first))
    last = next((each for each in reversed(others) if each.id not in ahead), None)
    if kind is ProvisionKind.OPERATIVE and last:
        raise m.refuse(RefusalCode.ORDER_PREAMBLE, path=path, behind=m.clause(last))
