"""The page on which join cards are made: where an organiser comes to who has just scheduled a session.

Why a page before the cards: their codes are shown once, so they are made when somebody is there to print them.
"""

from typing import Any

from litestar import Response
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from polylogue.vocabulary import Role
from schema.api.context import Standpoint
from server.console.pages import HOSTS, Answer, View
from server.console.site import Ask, Site
from server.console.visitors import Visitor


def for_hosts(standpoint: Standpoint) -> Standpoint | None:
    """A page for those who let people in."""
    mine = standpoint.roles & HOSTS
    return Standpoint(mine) if mine else None


def invite(session: Answer, view: View) -> dict[str, Any]:
    """The values of the template; the chair's card is the organiser's to give."""
    roles = [Role.FACILITATOR, Role.SECRETARIAT, Role.PUBLIC]
    if Role.ORGANISER in view.standpoint.roles:
        roles.insert(0, Role.CHAIR)
    names = {each["code"]: each["name"] or each["code"] for each in session["delegations"]}
    newest_first: list[Answer] = (session["joinCards"] or [])[::-1]
    return {
        "session": session,
        "given": [role.value for role in roles],
        "over": session["phase"] == "SEALED",
        "cards": [(each, [names.get(code, code) for code in each["seats"]]) for each in newest_first],
    }


async def to_the_cards(request: Ask, site: Site, visitor: Visitor, payload: dict[str, Any]) -> Response[Any]:  # noqa: ARG001 -- as every outcome is shown
    """From a session that has just been scheduled to its cards."""
    return Redirect(f"/s/{payload['session']['id']}/invite", status_code=HTTP_303_SEE_OTHER)
