"""Who guesses codes of join cards is told to wait, and nobody else is."""

from pathlib import Path
from typing import Any

import httpx

from server.attempts import Attempts
from tests.schema.api.house import SEATS, House, Table, on_sqlite
from tests.schema.api.invitations.cards import LOOK, code
from tests.schema.api.served import served

CHN, KAZ, KGZ = SEATS


async def test_who_guesses_is_told_to_wait_and_a_hall_full_of_phones_is_not(table: Table):
    home, hall, guesser = table.house, "192.0.2.1", "198.51.100.7"
    home.attempts = Attempts(clock=lambda: 1000.0)
    given = await code(table, seats=[KAZ], reusable=True)
    document = """mutation($input: RedeemInvitationInput!) { redeemInvitation(input: $input) {
      ... on Refusal { code message } ... on RedeemInvitationPayload { person } } }"""

    async def tried(code: str, address: str) -> dict[str, Any]:
        asked = {"code": code, "name": "Phone", "idempotencyKey": f"key-{next(home.keys)}"}
        return (await home.ask(document, {"input": asked}, address=address))["data"]["redeemInvitation"]

    wrong = [(await tried(f"0000-{i:04}", guesser)).get("code") for i in range(100)]
    assert wrong[:60] == ["CODE_UNKNOWN"] * 60
    assert wrong[-1] == "TOO_MANY_CODES"
    stopped = await tried(given, guesser)
    assert stopped["code"] == "TOO_MANY_CODES", "the right one does not show either"
    assert "a right one counts again in 2 seconds" in stopped["message"]
    looked = (await home.ask(LOOK, {"code": given}, address=guesser))["data"]["invitation"]
    assert (looked["usable"], looked["reason"]["code"]) == (False, "TOO_MANY_CODES")
    joined = [await tried(given, hall) for _ in range(70)]
    assert all("person" in answer for answer in joined)


def test_who_guesses_is_told_apart_from_the_others_behind_the_same_proxy(tmp_path: Path):
    """Over HTTP: an address is what a trusted proxy says."""

    async def prepare(home: House) -> None:
        home.attempts = Attempts(clock=lambda: 1000.0)

    with served(on_sqlite(tmp_path), prepare) as server, httpx.Client() as client:

        def tried(number: int, address: str) -> str:
            sent = {"query": f'{{ invitation(code: "0000-{number:04}") {{ reason {{ code }} }} }}'}
            answer = client.post(f"{server.place.url}/graphql", json=sent, headers={"X-Forwarded-For": address})
            return answer.json()["data"]["invitation"]["reason"]["code"]

        wrong = [tried(number, "198.51.100.7") for number in range(62)]
        assert (wrong[0], wrong[-1]) == ("CODE_UNKNOWN", "TOO_MANY_CODES")
        assert tried(1, "192.0.2.1") == "CODE_UNKNOWN"
