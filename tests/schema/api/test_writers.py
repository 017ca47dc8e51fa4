"""What a language model was told and said for a draft is for everybody who may read the session."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.schema.api.contested import PROSE, contested
from tests.schema.api.house import GUEST, SEATS, house, on_sqlite
from tests.workers.model import KEY, model, proposes
from tests.workers.toy import PATIENCE
from workers.drafting import Drafting
from workers.folded import Sessions
from workers.writers.model import Endpoint, ModelWriter

CHN, KAZ, KGZ = SEATS
CONSULTED = """
query($id: ID!) { session(id: $id) {
  agenda { draftRequests { writer consulted {
    provisions model outcome requests status taken prompt { text erased } reply { text erased }
    refused { provision fault sentence { text erased } }
  } } }
} }
"""


@pytest.mark.parametrize("by", ["chair", CHN, GUEST])
async def test_who_may_read_the_session_sees_what_a_model_was_told_and_said(tmp_path: Path, by: str):
    async with model(proposes("Water is shared in June.", "Water costs 40 million.")) as made:
        writer = ModelWriter(Endpoint(made.url, "test/model", KEY, 10, PATIENCE))
        async with house(on_sqlite(tmp_path), model=True) as home:
            t = await contested(home)
            asked = await t.do(
                "requestDraft", "draftRequest { id consulted { model } }", by="chair", itemId=t.item, writer="MODEL"
            )
            assert asked["draftRequest"]["consulted"] == []
            database = home.database
            drafting = Drafting(database, Sessions(database), home.ledger, writer)
            await drafting.run(f"{t.session}/{asked['draftRequest']['id']}")
            response = await home.ask(CONSULTED, {"id": t.session}, by=by)
            assert "errors" not in response, response
            told = response["data"]["session"]
            (request,) = told["agenda"][0]["draftRequests"]
            (consulted,) = request["consulted"]
            assert (request["writer"], consulted["outcome"], consulted["model"]) == ("MODEL", "ANSWERED", "test/model")
            assert (consulted["provisions"], consulted["requests"], consulted["status"]) == ([t.provisions[0]], 1, None)
            assert "Too vague." in consulted["prompt"]["text"]
            assert "Water costs 40 million." in consulted["reply"]["text"]
            assert {each["fault"] for each in consulted["refused"]} >= {"NUMBER"}
            assert consulted["refused"][0]["sentence"]["text"] == "Water costs 40 million."

            def erase(connection: sa.Connection) -> None:
                connection.execute(sa.delete(PROSE).where(PROSE.c.session == t.session))

            await database.transact(erase)
            response = await home.ask(CONSULTED, {"id": t.session}, by=by)
            (request,) = response["data"]["session"]["agenda"][0]["draftRequests"]
            assert request["consulted"][0]["prompt"] == {"text": None, "erased": True}


async def test_where_there_is_no_model_it_is_said_so(tmp_path: Path):
    async with house(on_sqlite(tmp_path)) as home:
        t = await contested(home)
        told = await t.tell("requestDraft", by="chair", itemId=t.item, writer="MODEL")
        assert told["code"] == "WRITER_NOT_CONFIGURED"
        assert "No language model" in told["message"]
