"""Language versions of clauses over the API: what is missing or stale, and how they come to be adopted together."""

import asyncio
from pathlib import Path
from typing import Any

from tests.schema.api.house import Table, house, on_sqlite

SHOWN = "provision { revision versions { language status stale revision text } }"
ITEM = """query ($id: ID!, $item: ID!) { session(id: $id) { item(id: $item) {
  text { provisions { versions { language status stale text } stances { seat carried } } }
  calls { verdict { objections { seat version } } objections { seat version state } }
  decision { clauses { versions { language status text } } }
  document(language: "ru") } } }"""


async def item_of(table: Table) -> dict[str, Any]:
    response = await table.house.ask(ITEM, {"id": table.session, "item": table.item}, by="chair")
    assert "errors" not in response, response
    return response["data"]["session"]["item"]


async def called(table: Table) -> None:
    await table.do("cleanText", by="chair", itemId=table.item)
    await asyncio.sleep(0.1)
    await table.do("callForConsensus", by="chair", itemId=table.item)


async def test_a_clause_is_adopted_in_its_authentic_language(tmp_path: Path):
    async with house(on_sqlite(tmp_path)) as home:
        t = await home.open("reservoirs-in-russian")
        first, second = t.provisions
        await t.do("stateStances", by="KAZ", itemId=t.item, forRest="SUPPORT")
        await t.do("circulateText", by="chair", itemId=t.item)
        refused = await t.tell("cleanText", by="chair", itemId=t.item)
        assert (refused["code"], refused["rule"]) == ("VERSION_MISSING", "procedure 5.10")
        assert refused["message"] == (
            "Clause 1.1 has no Russian version yet, and 1 more are missing or stale; provide them first."
        )
        given = await t.do(
            "provideVersion", SHOWN, by="secretary", provisionId=first, language="ru", text="Вода общая.", ifRevision=1
        )
        assert given["provision"] == {
            "revision": 1,
            "versions": [
                {"language": "en", "status": "WORKING", "stale": False, "revision": 1, "text": "Water is shared."},
                {"language": "ru", "status": "AUTHENTIC", "stale": False, "revision": 1, "text": "Вода общая."},
            ],
        }
        found = (await item_of(t))["text"]["provisions"]
        assert found[1]["versions"][-1] == {"language": "ru", "status": "MISSING", "stale": False, "text": None}
        assert not any(stance["carried"] for clause in found for stance in clause["stances"])
        await t.do("provideVersion", by="KAZ", provisionId=second, language="ru", text="В мае.")

        # other words in English, and what was translated from the old ones
        proposed = await t.do(
            "proposeAmendment",
            "amendment { id }",
            by="KGZ",
            provisionId=first,
            revision=1,
            text="Water is shared here.",
        )
        await t.do("acceptAmendment", by="chair", amendmentId=proposed["amendment"]["id"])
        stale = (await item_of(t))["text"]["provisions"][0]["versions"]
        assert [(each["language"], each["stale"]) for each in stale] == [("en", False), ("ru", True)]
        assert "старше текста" in (await item_of(t))["document"]
        confirmed = await t.do("confirmVersion", SHOWN, by="KAZ", provisionId=first, language="ru", ifRevision=2)
        assert confirmed["provision"]["versions"][1]["revision"] == 2

        # an objection to the Russian words alone
        await called(t)
        raised = await t.do(
            "raiseObjection", "objection { version reason { text } }", by="KAZ", itemId=t.item, provisionId=first,
            version="ru", language="en", reason="It says common.", wouldBeRemovedBy="Another word.",
        )  # fmt: skip
        assert raised["objection"] == {"version": "ru", "reason": {"text": "It says common."}}
        await asyncio.sleep(0.05)
        blocked = await t.do(
            "closeCall", "call { outcome verdict { objections { version } } }", by="chair", itemId=t.item
        )
        assert blocked["call"] == {"outcome": "BLOCKED", "verdict": {"objections": [{"version": "ru"}]}}
        left = (await item_of(t))["text"]["provisions"]
        assert [(each["language"], each["stale"]) for each in left[0]["versions"]] == [("en", False), ("ru", True)]
        assert not any(each["stale"] for each in left[1]["versions"])

        await t.do("provideVersion", by="KAZ", provisionId=first, language="ru", text="Вода здесь для всех.")
        await called(t)
        await asyncio.sleep(0.05)
        await t.do("closeCall", by="chair", itemId=t.item)
        assert [
            [(each["language"], each["text"]) for each in clause["versions"]]
            for clause in (await item_of(t))["decision"]["clauses"]
        ] == [
            [("en", "Water is shared here."), ("ru", "Вода здесь для всех.")],
            [("en", "In May."), ("ru", "В мае.")],
        ]
