"""Who may knock for what: every root field of the API with the roles that it is open to.

Why a table: it is what the tests try on a running server, role by role, over HTTP and WebSocket. The rules of the
session decide again, and more finely: whose seat it is, in which phase, on which text (docs/procedure.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from polylogue.vocabulary import Role

_EVERY = frozenset(Role)
_CHAIR = frozenset((Role.CHAIR,))
_OFFICERS = frozenset((Role.CHAIR, Role.SECRETARIAT))
_HOSTS = frozenset((Role.ORGANISER, Role.CHAIR))
_SEATS = frozenset((Role.DELEGATE, Role.CHAIR, Role.SECRETARIAT))
"""Delegates, and those who may enter for a seat what was said or done on paper."""


class Kind(StrEnum):
    """Where in the schema an action is a root field."""

    QUERY = "QUERY"
    MUTATION = "MUTATION"
    SUBSCRIPTION = "SUBSCRIPTION"


@dataclass(frozen=True, slots=True)
class Action:
    """`roles` are those of which a viewer must have one, on the site or in the session that it is about; with
    `anybody` strangers and people of other sessions are let in too.
    """

    kind: Kind
    roles: frozenset[Role]
    anybody: bool = False


def _query(roles: frozenset[Role] = _EVERY, *, anybody: bool = False) -> Action:
    return Action(Kind.QUERY, roles, anybody)


def _mutation(roles: frozenset[Role], *, anybody: bool = False) -> Action:
    return Action(Kind.MUTATION, roles, anybody)


def _subscription(roles: frozenset[Role]) -> Action:
    return Action(Kind.SUBSCRIPTION, roles)


ACTIONS: Mapping[str, Action] = {
    "consultation": _query(),
    "consultations": _query(anybody=True),
    "invitation": _query(anybody=True),
    "joinCards": _query(_HOSTS),
    "me": _query(anybody=True),
    "ruleSets": _query(anybody=True),
    "serverTime": _query(anybody=True),
    "session": _query(),
    "sessions": _query(anybody=True),
    "whatIf": _query(_EVERY - {Role.PUBLIC}),
    "scheduleSession": _mutation(frozenset((Role.ORGANISER,))),
    "admitPerson": _mutation(_HOSTS),
    "dismissPerson": _mutation(_HOSTS),
    "revokeToken": _mutation(_HOSTS),
    "invite": _mutation(_HOSTS),
    "redeemInvitation": _mutation(_EVERY, anybody=True),
    "reissueSeat": _mutation(_HOSTS),
    "openSession": _mutation(_CHAIR),
    "suspendSession": _mutation(_CHAIR),
    "resumeSession": _mutation(_CHAIR),
    "closeSession": _mutation(_CHAIR),
    "reopenSession": _mutation(_CHAIR),
    "sealSession": _mutation(_CHAIR),
    "recordRollCall": _mutation(_OFFICERS),
    "noteArrival": _mutation(_OFFICERS),
    "noteDeparture": _mutation(_OFFICERS),
    "addItem": _mutation(_CHAIR),
    "openItem": _mutation(_CHAIR),
    "deferItem": _mutation(_CHAIR),
    "stepItemBack": _mutation(_CHAIR),
    "postPosition": _mutation(_SEATS),
    "stateStances": _mutation(_SEATS),
    "proposeProvision": _mutation(_SEATS),
    "withdrawProvision": _mutation(_SEATS),
    "joinSponsors": _mutation(_SEATS),
    "leaveSponsors": _mutation(_SEATS),
    "provideVersion": _mutation(_SEATS),
    "confirmVersion": _mutation(_SEATS),
    "proposeAlternative": _mutation(_SEATS),
    "closeBracket": _mutation(_CHAIR),
    "mergeBrackets": _mutation(_OFFICERS),
    "splitBracket": _mutation(_OFFICERS),
    "reopenBracket": _mutation(_SEATS),
    "proposeAmendment": _mutation(_SEATS),
    "reviseAmendment": _mutation(_SEATS),
    "acceptAmendment": _mutation(_SEATS),
    "withdrawAmendment": _mutation(_SEATS),
    "requestDraft": _mutation(_CHAIR),
    "tableDraft": _mutation(frozenset((Role.WORKER, Role.SECRETARIAT))),
    "proposeCandidates": _mutation(frozenset((Role.WORKER,))),
    "rankCandidates": _mutation(_SEATS),
    "answerCandidate": _mutation(_SEATS),
    "takeCandidate": _mutation(_CHAIR),
    "circulateText": _mutation(_OFFICERS),
    "cleanText": _mutation(_CHAIR),
    "reopenText": _mutation(_SEATS),
    "callForConsensus": _mutation(_CHAIR),
    "raiseObjection": _mutation(_SEATS),
    "maintainObjection": _mutation(_SEATS),
    "withdrawObjection": _mutation(_SEATS),
    "placeOpinionOnRecord": _mutation(_SEATS),
    "closeCall": _mutation(_CHAIR),
    "reopenCall": _mutation(_CHAIR),
    "rescindAdoption": _mutation(_CHAIR),
    "correctEntry": _mutation(_SEATS),
    "sessionEntries": _subscription(_EVERY),
    "convergence": _subscription(_EVERY),
    "draft": _subscription(_EVERY),
}
"""Actions by the name of their field."""


def action_of(command: type) -> str:
    """`OpenSession` is asked for as `openSession`."""
    return command.__name__[0].lower() + command.__name__[1:]
