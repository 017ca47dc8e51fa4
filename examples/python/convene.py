"""Call a session together: schedule it from a scenario, and print the codes of its join cards.

Why a program: codes are shown once, when cards are given out, and whoever organises hands each card to its owner.

    python convene.py ORGANISER_TOKEN [--url http://127.0.0.1:8440] [--scenario small-council]
"""

import argparse
import os
import re
import uuid
from typing import Any

from gql import Client, GraphQLRequest
from gql.client import SyncClientSession
from gql.transport.exceptions import TransportError, TransportQueryError
from gql.transport.httpx import HTTPXTransport

SCHEDULE = """
mutation Schedule($input: ScheduleSessionInput!) {
  done: scheduleSession(input: $input) {
    __typename
    ... on ScheduleSessionPayload { session { id title } }
    ... on Refusal { code message }
  }
}
"""

# Named is nobody, so there is a card for everybody: the chair, each seat, a facilitator.
INVITE = """
mutation Invite($input: InviteInput!) {
  done: invite(input: $input) {
    __typename
    ... on InvitePayload { cards { code role seats } }
    ... on Refusal { code message }
  }
}
"""


def done(http: SyncClientSession, document: str, **given: object) -> dict[str, Any]:
    """The payload of a mutation. What the rules refuse is no error of GraphQL, but another member of the result."""
    # A key of one's own makes a mutation safe to send twice; here each is sent once, so any new one does.
    given = {"idempotencyKey": uuid.uuid4().hex, **given}
    answer = http.execute(GraphQLRequest(document, variable_values={"input": given}))["done"]
    if not answer["__typename"].endswith("Payload"):
        raise SystemExit(f"{answer['code']}: {answer['message']}")
    return answer


def main() -> None:
    words = argparse.ArgumentParser(description="Call a session together and print the codes of its cards.")
    words.add_argument("token", help="the organiser's token")
    words.add_argument("--url", default=os.environ.get("POLYLOGUE_URL", "http://127.0.0.1:8440"), help="the server")
    words.add_argument("--scenario", default="small-council", help="name of a scenario that ships")
    given = words.parse_args()
    if not re.fullmatch("[!-~]+", given.token):
        raise SystemExit("That is no token: one is letters and digits without spaces. Was it copied whole?")
    try:
        convene(given.url, given.token, given.scenario)
    except TransportQueryError as wrong:  # for instance a token that is nobody's: access is no matter of a result
        raise SystemExit((wrong.errors or [{"message": str(wrong)}])[0]["message"]) from None
    except TransportError as wrong:
        raise SystemExit(f"{given.url} does not answer as it should: {wrong}") from None


def convene(url: str, token: str, scenario: str) -> None:
    """Schedule, invite, print: a line for the session, and one for each card with the code to hand on."""
    transport = HTTPXTransport(f"{url}/graphql", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    with Client(transport=transport) as http:
        session = done(http, SCHEDULE, scenario=scenario)["session"]
        print(session["id"], session["title"])
        for card in done(http, INVITE, sessionId=session["id"])["cards"]:
            print(*(card["seats"] or [card["role"]]), card["code"])


if __name__ == "__main__":
    main()
