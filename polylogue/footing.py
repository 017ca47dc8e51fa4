"""What an amendment stands on: the words it would change, who must agree to it, and what falls with it.

Why beside the state: rules, rows and drafts ask the same, and none of it decides anything.
"""

from polylogue.state import Amendment, State, Wording
from polylogue.vocabulary import AmendmentId, AmendmentKind, AmendmentState, ProvisionId, SeatCode

ON_WORDS = (AmendmentKind.REPLACE, AmendmentKind.DELETE)
"""Kinds that rest on a clause's words; a move or an insertion does not."""


def footing(state: State, amendment: Amendment) -> Wording:
    """The present wording of what an amendment is about; none for a clause that is not there yet."""
    if amendment.amends:
        return state.amendments[amendment.amends].wording
    provision = state.provisions.get(amendment.provision)
    return provision.wording if provision else ()


def standing(state: State, amendment: Amendment) -> int:
    """The revision of the clause, or the edition of the amendment, that `footing` is; 0 for a clause not there yet."""
    if amendment.amends:
        return state.amendments[amendment.amends].edition
    provision = state.provisions.get(amendment.provision)
    return provision.revision if provision else 0


def outdated(state: State, amendment: Amendment) -> bool:
    """Whether an amendment waits that was proposed to an older wording than the present one."""
    rests = amendment.amends or amendment.kind in ON_WORDS
    waits = amendment.state is AmendmentState.PENDING
    return bool(rests and waits and amendment.revision != standing(state, amendment))


def accepting(state: State, amendment: Amendment) -> tuple[SeatCode | None, ...]:
    """Who must agree to an amendment, sponsors in the order in which they became so; null is the chair.

    To the rewording of another amendment that is who proposed it.
    """
    if amendment.amends:
        return (state.amendments[amendment.amends].seat,)
    clause = asked_of(amendment)
    return tuple(state.provisions[clause].sponsors if clause else ()) or (None,)


def asked_of(amendment: Amendment) -> ProvisionId | None:
    """The clause whose sponsors must agree: of an insertion the one before it; null where no clause's must."""
    if amendment.amends:
        return None
    return amendment.after if amendment.kind is AmendmentKind.INSERT_AFTER else amendment.provision


def falling(
    state: State, *, provision: ProvisionId | None = None, amendment: AmendmentId | None = None
) -> tuple[AmendmentId, ...]:
    """Amendments that lapse when a clause leaves the text, or an amendment waits no longer: those to it, and those to
    their wordings, in the order in which they were proposed.
    """
    gone = {amendment} if amendment else set[AmendmentId]()
    found: list[AmendmentId] = []
    for each in state.amendments.values():  # an amendment comes after the one that it amends
        concerned = each.amends in gone if each.amends else each.provision == provision
        if concerned and each.state is AmendmentState.PENDING and each.id not in gone:
            gone.add(each.id)
            found.append(each.id)
    return tuple(found)
