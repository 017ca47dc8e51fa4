"""What the first page shows: one's own sessions with what one is in each, and those that one may look at besides.

Why one's own come first: who has a card opens this page to get back to their seat.
"""

from collections.abc import Sequence
from functools import cache

from polylogue.vocabulary import LanguageTag, Role
from server.console.pages import HOLDERS, OFFICERS, Answer
from server.console.visitors import Visitor
from server.scenarios.loader import names, shipped


def home(known: Answer, visitor: Visitor) -> Answer:
    """The values of the template."""
    mine = [(each["session"], each["roles"], each["seats"]) for each in known["me"]["sessions"]]
    own = {session["id"] for session, _, _ in mine}
    return {
        "me": known["me"],
        "mine": mine,
        "sessions": [each for each in known["sessions"]["nodes"] if each["id"] not in own],
        "signed_in": visitor.known,
        "scenarios": scenarios(visitor.language) if Role.ORGANISER in known["me"]["siteRoles"] else (),
        "own_place": own_place,
    }


@cache
def scenarios(language: LanguageTag) -> tuple[tuple[str, str], ...]:
    """Those that lie on the server, by name and title."""
    return tuple((name, _title(name, language)) for name in names())


def _title(name: str, language: LanguageTag) -> str:
    titles = {each.language: each.text for each in shipped(name).titles}
    return titles.get(language) or next(iter(titles.values()), name)


def own_place(session: Answer, roles: Sequence[str], seats: Sequence[str]) -> str:
    """The page to which somebody goes who is this in a session; in one that is sealed there is nothing to do."""
    if session["phase"] == "SEALED":
        return "review" if Role.FACILITATOR in roles else "board"
    if OFFICERS.intersection(roles):
        return "chair"
    if seats and HOLDERS.intersection(roles):
        return "seat"
    return "review" if Role.FACILITATOR in roles else "board"
