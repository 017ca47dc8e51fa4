"""A session with its tokens, and commands that are taken or leave everything as it was.

Why the head is looked at each time: a mistake changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.serving import Server

PATIENCE = 30.0
NOBODY = "01900000-0000-7000-8000-000000000000"
LONGEST = 20_000


def council(**changed: object) -> dict[str, Any]:
    """Two members, a partner and an observer, with two items of one clause."""
    return {
        "titles": [{"language": "en", "text": "A council with guests"}],
        "clockScale": "1/86400",
        "delegations": [
            {"code": "ALDER"},
            {"code": "BIRCH"},
            {"code": "CEDAR", "standing": "PARTNER"},
            {"code": "DATURA", "standing": "OBSERVER"},
        ],
        "items": [
            {
                "titles": [{"language": "en", "text": title}],
                "provisions": [{"versions": [{"language": "en", "text": f"{title} is shared."}]}],
            }
            for title in ("The well", "The road")
        ],
        **changed,
    }


@dataclass(frozen=True)
class Room:
    """A session with its tokens; `names` are what stands in the cases below for ids that nobody knows before."""

    server: Server
    session: str
    tokens: Mapping[str, str | None]
    names: Mapping[str, str]

    def do(self, mutation: str, who: str, **input: Any) -> dict[str, Any]:
        done = self.server.give(mutation, self.tokens[who], sessionId=self.session, **self.named(input))
        assert done["__typename"].endswith("Payload"), done
        return done

    def tell(self, mutation: str, who: str, **input: Any) -> dict[str, Any]:
        """The refusal of a command, which has left everything as it was."""
        before = self.standing()
        session = {} if mutation == "scheduleSession" else {"sessionId": self.session}
        refused = self.server.give(mutation, self.tokens[who], **session, **self.named(input))
        assert self.standing() == before
        return refused

    def standing(self) -> dict[str, Any]:
        """The head of the record, and the sessions that there are."""
        query = "query($id: ID!) { session(id: $id) { head { seq treeRoot } } sessions { nodes { id } } }"
        return self.server.ask(query, id=self.session)

    def named(self, value: Any) -> Any:
        """The value with ids in the place of names."""
        match value:
            case dict():
                return {key: self.named(inner) for key, inner in value.items()}
            case list():
                return [self.named(inner) for inner in value]
            case str():
                return self.names.get(value, value)
            case _:
                return value


def make_room(server: Server) -> Room:
    """A session whose first sitting is open, with both items taken up."""
    session = server.give("scheduleSession", definition=council(), fields="session { id }")["session"]["id"]
    tokens: dict[str, str | None] = {"organiser": None}
    for role, seat in (("CHAIR", ""), *(("DELEGATE", code) for code in ("ALDER", "BIRCH", "CEDAR", "DATURA"))):
        given = {"role": role, "seats": [seat] if seat else [], "name": "Somebody"}
        tokens[seat or "chair"] = server.give("admitPerson", sessionId=session, **given, fields="token")["token"]
    query = "query($id: ID!) { session(id: $id) { agenda { id text { provisions { id } } } } }"
    well, road = server.ask(query, id=session)["session"]["agenda"]
    names = {"@well": well["id"], "@road": road["id"]}
    names |= {"@clause": well["text"]["provisions"][0]["id"], "@other": road["text"]["provisions"][0]["id"]}
    room = Room(server, session, tokens, names)
    room.do("openSession", "chair")
    room.do("recordRollCall", "chair", present=["ALDER", "BIRCH"])
    room.do("openItem", "chair", itemId="@well")
    return room


def stance(level: str, provision: str = "@clause", **more: object) -> dict[str, Any]:
    return {"provisionId": provision, "level": level, **more}


POSITION = {"itemId": "@well", "text": "We hold this.", "language": "en"}
