"""The door of the API: whether a viewer may ask for an action at all.

Why a door when the rules decide anyway: who is nothing in a session must not learn from the rules' answers what stands
in it, and who may only read must not queue for its writer.
"""

from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import Role
from schema.api.actions import ACTIONS, Action, Kind
from schema.api.context import Principal, Standpoint
from schema.api.errors import AuthenticationError, ErrorCode

RULE = "0.4"
_LOOKING_ON = frozenset((Role.PUBLIC, Role.ORGANISER, Role.WORKER))
"""What somebody is in a session to which they may never have been admitted."""


def authorise(principal: Principal, standpoint: Standpoint, action: str) -> bool:
    """Whether a principal who stands thus in the session concerned may ask for the action, a field's name.

    Raises AuthenticationError where nobody can be let in without a token, and KeyError for an action that is not in
    the table.
    """
    asked = ACTIONS[action]
    roles = standpoint.roles
    if asked.kind is Kind.MUTATION:  # what reads asks of a session that is there, and then these roles stand in it too
        roles |= principal.site_roles
    if asked.anybody or roles & asked.roles:
        return True
    if principal.person is None and Role.PUBLIC not in asked.roles:
        raise AuthenticationError(ErrorCode.UNAUTHENTICATED, "This needs a token.")
    return False


def not_permitted(action: str, standpoint: Standpoint | None = None) -> Refusal:
    """What somebody is answered who has a token and, in the session where they stand thus, no part that does this.

    Who is nothing there is told the same of a session that is not there, and pointed at its id; so is who may only look
    on, since they may have meant the one in which they speak.
    """
    allowed = {"allowed": listed(ACTIONS[action])}
    if standpoint is None:
        return Refusal(RefusalCode.NOT_PERMITTED, RULE, allowed)
    path = () if standpoint.roles - _LOOKING_ON else ("sessionId",)
    place = {"place" if standpoint.roles else "absent": "session"}
    return Refusal(RefusalCode.NOT_PERMITTED, RULE, {**allowed, **place}, path)


def listed(action: Action) -> str:
    return ", ".join(sorted(action.roles))
