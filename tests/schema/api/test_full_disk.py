"""A disk without room: commands write nothing and say why, reading goes on, and with room the same key is served."""

import pytest
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from schema.circumstances import circumstances, disk_full
from tests.schema.api.house import SEATS, Table, command

SAID = "Nothing was written: the disk of the database is full."


async def test_a_full_disk_is_said_and_with_room_the_same_key_is_served(table: Table):
    given = {"sessionId": table.session, "itemId": table.item, "text": "Water. " * 2_000, "language": "en"}
    database = table.house.database

    async def room(pages: int) -> None:
        """Let the file grow by so many pages; the writer has one connection, and this holds for it."""
        await database.transact(
            lambda connection: connection.exec_driver_sql(
                f"PRAGMA max_page_count = {connection.exec_driver_sql('PRAGMA page_count').scalar_one() + pages}"
            )
        )

    async def post(key: str):
        return await table.house.ask(command("postPosition"), {"input": given | {"idempotencyKey": key}}, by=SEATS[0])

    await room(0)
    with capture_logs() as logs:
        answers = [await post("again") for _ in range(2)]
    for refused in answers:
        (error,) = refused["errors"]
        assert error["extensions"]["code"] == "UNAVAILABLE"
        assert error["message"].startswith(SAID)
    told = [line for line in logs if line["event"] == "disk_full"]
    assert [line["error"] for line in told] == ["OperationalError: database or disk is full"] * 2
    assert not any("exc_info" in line for line in logs)
    read = await table.house.ask("{ sessions { nodes { id } } }", by=SEATS[0])
    assert [each["id"] for each in read["data"]["sessions"]["nodes"]] == [table.session]
    await room(1_000_000)
    served = await post("again")
    assert "errors" not in served


@pytest.mark.parametrize(("state", "full"), [("53100", True), ("53200", False), ("08006", False)])
def test_on_postgresql_its_own_code_says_so(state: str, full: bool):
    words = type("Words", (Exception,), {"sqlstate": state})()
    error = DBAPIError("INSERT", None, words)
    assert (disk_full(error), circumstances(error)) == (full, True)
