"""Join cards as they are given out, looked at and redeemed, and what is known afterwards.

Why by codes alone: a stranger with a card has nothing else.
"""

from typing import Any

from tests.schema.api.house import House, Table

ME = "{ me { person siteRoles sessions { roles seats session { id } } } }"
LOOK = """query($code: String!) { invitation(code: $code) {
  usable reason { code message rule path } sessionId title nature role seats { seat name } reusable } }"""
CAME_IN = "token person role seats session { id standpoint { roles seats } }"


async def cards(table: Table, /, *, by: str = "chair", **given: Any) -> list[dict[str, Any]]:
    answer = await table.tell("invite", by=by, **given)
    assert answer["__typename"] == "InvitePayload", answer
    return answer["cards"]


async def code(table: Table, /, **given: Any) -> str:
    (card,) = await cards(table, **given)
    return card["code"]


async def redeem(home: House, code: str, who: str | None = None, /, **given: Any) -> dict[str, Any]:
    """Redeem a code as a stranger called `name`, or under the token of `who`."""
    return await home.tell("redeemInvitation", CAME_IN, by=who, code=code, **given)


async def come_in(home: House, code: str, name: str, /, **given: Any) -> dict[str, Any]:
    """A stranger redeems a code and asks by this name from then on."""
    answer = await redeem(home, code, name=name, **given)
    assert "receipt" in answer, answer
    home.tokens[name], home.people[name] = answer["token"], answer["person"]
    return answer


async def look(home: House, code: str, who: str | None = None) -> dict[str, Any]:
    return (await home.ask(LOOK, {"code": code}, by=who))["data"]["invitation"]


async def me(home: House, who: str) -> list[dict[str, Any]]:
    return (await home.ask(ME, by=who))["data"]["me"]["sessions"]


async def entries(table: Table, after: int) -> list[dict[str, Any]]:
    asked = """query($session: ID!, $after: Seq!) { session(id: $session) { record(after: $after) { ... on Event {
      kind actor { person role }
      detail { ... on PersonAdmitted { person roles seats } ... on PersonDismissed { person } } } } } }"""
    given = {"session": table.session, "after": after}
    return (await table.house.ask(asked, given, by="chair"))["data"]["session"]["record"]


async def head(table: Table) -> int:
    asked = "query($session: ID!) { session(id: $session) { head { seq } } }"
    return (await table.house.ask(asked, {"session": table.session}, by="chair"))["data"]["session"]["head"]["seq"]
