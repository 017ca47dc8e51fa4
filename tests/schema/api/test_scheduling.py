"""How a session is made through the API: from one scenario, with one title in a language, and once."""

from typing import Any

import pytest

from tests.schema.api.house import SEATS, House, Table

CHN, KAZ, KGZ = SEATS


async def test_a_session_is_made_from_one_scenario(home: House):
    definition = {
        "titles": [{"language": "en", "text": "Silt"}],
        "delegations": [{"code": "KAZ", "names": [{"language": "en", "text": "Kazakhstan"}]}],
        "items": [{"titles": [{"language": "en", "text": "Dredging"}]}],
    }
    made = await home.do("scheduleSession", "session { title agenda { title } }", by="organiser", definition=definition)
    assert made["session"] == {"title": "Silt", "agenda": [{"title": "Dredging"}]}
    for given in ({}, {"scenario": "reservoirs", "definition": definition}):
        refused = await home.tell("scheduleSession", by="organiser", **given)
        assert (refused["code"], refused["path"]) == ("SCENARIO_INVALID", None)
    unknown = await home.tell("scheduleSession", by="organiser", scenario="rivers")
    assert unknown["message"] == (
        'There is no scenario "rivers"; there are sco-sustainable-security and small-council.'
        " Name one of them, or give a definition."
    )
    definition["delegations"].append(definition["delegations"][0])
    twice = await home.tell("scheduleSession", by="organiser", definition=definition)
    assert (twice["code"], twice["path"]) == ("DUPLICATE_ENTRY", ["definition", "delegations", "1", "code"])


TWICE = [{"language": "ru", "text": "Ил"}, {"language": "RU", "text": "Ил и песок"}]


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ({"titles": TWICE}, "titles"),
        ({"items": [{"titles": TWICE}]}, "items/0/titles"),
        ({"items": [{"titles": TWICE[:1], "provisions": [{"versions": TWICE}]}]}, "items/0/provisions/0/versions"),
        ({"delegations": [{"code": "KAZ", "names": TWICE}]}, "delegations/0/names"),
    ],
)
async def test_one_thing_has_one_title_in_a_language(home: House, place: dict[str, Any], path: str):
    """However the tag is spelt."""
    definition = {"titles": TWICE[:1], "delegations": [{"code": "KAZ"}], "items": []} | place
    refused = await home.tell("scheduleSession", by="organiser", definition=definition)
    assert (refused["code"], refused["path"]) == ("DUPLICATE_ENTRY", ["definition", *path.split("/")])


async def test_an_item_that_is_added_has_one_title_in_a_language(table: Table):
    refused = await table.tell("addItem", by="chair", item={"titles": TWICE})
    assert (refused["code"], refused["path"]) == ("DUPLICATE_ENTRY", ["item", "titles"])


async def test_a_repeated_schedule_makes_no_second_session(home: House):
    first = await home.do(
        "scheduleSession", "session { id }", by="organiser", scenario="reservoirs", idempotencyKey="only one"
    )
    again = await home.do(
        "scheduleSession", "session { id }", by="organiser", scenario="reservoirs", idempotencyKey="only one"
    )
    assert again == first
