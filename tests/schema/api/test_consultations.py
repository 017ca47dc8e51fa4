"""Public consultations over the API: who sees which, what is shown of them, and that only what is asked for is read."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ledger import consultations
from polylogue.crowd.packed import pack_points
from polylogue.crowd.report import document, figures
from schema.api.consultations import MOST_POINTS
from server.consultations.export import read_export
from server.consultations.operation import Wanted, row_of
from tests.schema.api.house import NOBODY, House, Table, house, on_sqlite

EXPORT = read_export(Path(__file__).parents[3] / "examples" / "london-youth-policing")
CROWD = figures(EXPORT.consultation.votes, EXPORT.consultation.groups)
TOLD: dict[str, Any] = document(CROWD)
STATEMENTS = {each["statement"]: each for each in TOLD["statements"]}
TEXTS = dict(zip(STATEMENTS, EXPORT.texts, strict=True))
OUT = {name for name, each in STATEMENTS.items() if each["out"]}

SIDE = "votes share shareTest ratio ratioTest"
COMMON = "{ statement { id } votes seen share shareTest }"
FIELDS = f"""
    title language attribution digest participants votes grouping counted explained version
    groups {{ group members centre {{ x y }}
              representative {{ statement {{ id text }} side bestAgree agrees seen {SIDE} }} }}
    consensus {{ agree {COMMON} disagree {COMMON} }}
    statements(first: 200) {{ totalCount nodes {{
        id text moderation meta agree disagree pass seen mean at {{ x y }} extremity priority groupAwareConsensus
        consensus byGroup {{ group seen agree {{ {SIDE} }} disagree {{ {SIDE} }} }} }} }}
    points {{ number x y group }}"""


@pytest.fixture(params=["sqlite", "postgresql"])
async def home(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    on_postgresql = request.param == "postgresql"
    async with house(request.getfixturevalue("postgres_url") if on_postgresql else on_sqlite(tmp_path)) as made:
        yield made


async def keep(home: House, session: str | None = None, **changed: Any) -> str:
    """Keep the example, with other contents where they are given; its id."""
    row = row_of(EXPORT, Wanted(session=session), "en") | changed
    assert await home.database.transact(lambda connection: consultations.keep(connection, row))
    return row["id"]


async def one(home: House, id: str, fields: str, by: str | None = "organiser") -> Any:
    response = await home.ask(f"query($id: ID!) {{ consultation(id: $id) {{ {fields} }} }}", {"id": id}, by=by)
    assert "errors" not in response, response
    return response["data"]["consultation"]


async def listed(home: House, by: str | None, arguments: str = "") -> list[str]:
    response = await home.ask(f"{{ consultations{arguments} {{ nodes {{ id }} totalCount }} }}", by=by)
    assert "errors" not in response, response
    found = response["data"]["consultations"]
    assert found["totalCount"] == len(found["nodes"])
    return [each["id"] for each in found["nodes"]]


async def test_who_may_see_a_session_sees_what_stands_beside_it(home: House):
    table, other = await home.open(), await home.schedule()
    public = await home.schedule("open-reservoirs")
    await home.admit(other, "outsider", "CHAIR")
    ids = {
        "beside": await keep(home, table.session),
        "public": await keep(home, public),
        "alone": await keep(home),
    }
    sees: dict[str | None, set[str]] = {
        **{viewer: set(ids) for viewer in ("chair", "facilitator", "CHN", "organiser")},
        "outsider": {"public", "alone"},
        None: {"public"},
    }
    for viewer, mine in sees.items():
        assert {name for name, id in ids.items() if await one(home, id, "id", viewer)} == mine, viewer
        assert set(await listed(home, viewer)) == {ids[name] for name in mine}, viewer
        beside = await listed(home, viewer, f'(sessionId: "{table.session}")')
        assert beside == [ids["beside"]] * ("beside" in mine), viewer
    for nothing in (NOBODY, "no id", "\0", ids["beside"].upper()):
        assert await one(home, nothing, "id") is None
    assert await listed(home, "organiser", f'(sessionId: "{NOBODY}")') == []
    assert await listed(home, "organiser", '(sessionId: "no id")') == []
    assert await listed(home, "organiser", '(sessionId: "\\u0000")') == []


async def test_all_figures_are_those_of_the_page(home: House):
    shown = await one(home, await keep(home), FIELDS)
    assert (shown["title"], shown["digest"], shown["language"]) == (EXPORT.title, EXPORT.digest, "en")
    assert (shown["participants"], shown["votes"], shown["grouping"]) == (26, 638, "EXPORT")
    assert shown["attribution"] == EXPORT.attribution
    assert (shown["counted"], shown["explained"], shown["version"]) == (
        TOLD["counted"], TOLD["explained"], TOLD["version"],
    )  # fmt: skip
    for group, told in zip(shown["groups"], TOLD["groups"], strict=True):
        assert (group["group"], group["members"]) == (told["group"], told["members"])
        assert [group["centre"]["x"], group["centre"]["y"]] == told["centre"]
        expected = [
            each | {"statement": {"id": each["statement"], "text": TEXTS[each["statement"]]},
                    "side": each["side"].upper()}
            for each in told["representative"]
        ]  # fmt: skip
        assert group["representative"] == expected
    sides: dict[str, str] = {}
    for name in ("agree", "disagree"):
        told = TOLD["consensus"][name]
        assert shown["consensus"][name] == [each | {"statement": {"id": each["statement"]}} for each in told]
        sides |= {each["statement"]: name.upper() for each in told}
    assert shown["statements"]["totalCount"] == len(STATEMENTS)
    for each, told in zip(shown["statements"]["nodes"], TOLD["statements"], strict=True):
        same = ("agree", "disagree", "pass", "mean", "extremity", "priority", "meta")
        assert {name: each[name] for name in same} == {name: told[name] for name in same}
        assert (each["id"], each["text"]) == (told["statement"], TEXTS[told["statement"]])
        assert (each["moderation"] == "OUT") == told["out"]
        assert each["seen"] == told["agree"] + told["disagree"] + told["pass"]
        assert [each["at"]["x"], each["at"]["y"]] == told["at"]
        assert each["groupAwareConsensus"] == told["groupAware"]
        assert each["consensus"] == sides.get(each["id"])
        assert each["byGroup"] == [{"group": group} | part for group, part in enumerate(told["byGroup"])]
    assert {(each["x"], each["y"], each["group"]) for each in shown["points"]} == {
        (*each["at"], each["group"]) for each in TOLD["points"]
    }
    assert [each["number"] for each in shown["points"]] == list(range(26))


async def test_what_a_moderator_took_out_is_read_by_officers_only(home: House):
    assert OUT
    table = await home.open()
    beside, alone = await keep(home, table.session), await keep(home)
    asked = "statements(first: 200) { nodes { id text moderation } }"
    for id, everything in ((beside, {"chair", "secretary", "facilitator"}), (alone, {"organiser"})):
        for viewer in ("chair", "secretary", "facilitator", "CHN", "organiser"):
            nodes = (await one(home, id, asked, viewer))["statements"]["nodes"]
            hidden = {each["id"] for each in nodes if each["text"] is None}
            assert hidden == (set() if viewer in everything else OUT), (viewer, id)
            assert {each["id"] for each in nodes if each["moderation"] == "OUT"} == OUT
            assert {each["id"]: each["text"] for each in nodes} | dict.fromkeys(hidden) == (
                TEXTS | dict.fromkeys(hidden)
            )


async def test_statements_come_in_the_order_asked_for_page_by_page(home: House):
    id = await keep(home)
    by = {"PRIORITY": "priority", "GROUP_AWARE_CONSENSUS": "groupAware", "EXTREMITY": "extremity"}
    for order in ("SUBMITTED", *by):
        names: list[str] = []
        after = "null"
        for _ in range(10):
            arguments = f"(order: {order}, first: 15, after: {after})"
            asked = f"statements{arguments} {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }}"
            page = (await one(home, id, asked))["statements"]
            names += [each["id"] for each in page["nodes"]]
            after = json.dumps(page["pageInfo"]["endCursor"])
            if not page["pageInfo"]["hasNextPage"]:
                break
        expected = list(STATEMENTS)
        if order in by:
            expected.sort(key=lambda name: (name in OUT, -STATEMENTS[name][by[order]]))
        assert names == expected
    found = await one(home, id, 'a: statement(id: "17") { id priority } b: statement(id: "none") { id }')
    assert found == {"a": {"id": "17", "priority": STATEMENTS["17"]["priority"]}, "b": None}


async def test_points_are_read_in_parts(home: House):
    id = await keep(home)
    fields = "{ number x y }"
    asked = f"all: points {fields} a: points(first: 10) {fields} b: points(start: 10, first: 99) {fields}"
    told = await one(home, id, f"{asked} none: points(start: 99) {fields}")
    assert (len(told["all"]), told["a"] + told["b"], told["none"]) == (26, told["all"], [])

    many = pack_points(np.zeros((MOST_POINTS + 9, 2)), np.zeros(MOST_POINTS + 9, np.intp))
    large = await keep(home, id=NOBODY, points=many)
    assert len((await one(home, large, f"points(first: {MOST_POINTS}) {{ x }}"))["points"]) == MOST_POINTS
    asked = "query($id: ID!) { consultation(id: $id) { points(%s) { x } } }"
    for wrong in ("first: 0", "first: -1", f"first: {MOST_POINTS + 1}", "start: -5"):
        refused = await home.ask(asked % wrong, {"id": large}, by="organiser")
        assert refused["errors"][0]["extensions"]["code"] == "VARIABLES_INVALID", wrong


async def test_consultations_are_paged_from_the_newest(home: House):
    ids = [
        await keep(home, id=f"0000000{n}-0000-4000-8000-000000000000", imported_at=f"2026-05-04T12:00:0{n // 2}.000Z")
        for n in range(5)
    ]
    told: list[str] = []
    after: str | None = None
    for _ in ids:
        asked = (
            "query($after: String) { consultations(first: 2, after: $after)"
            " { edges { node { id } } totalCount pageInfo { hasNextPage endCursor } } }"
        )
        page = (await home.ask(asked, {"after": after}, by="organiser"))["data"]["consultations"]
        told += [edge["node"]["id"] for edge in page["edges"]]
        assert page["totalCount"] == len(ids)
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert told == ids[::-1]
    refused = await home.ask('{ consultations(after: "x") { totalCount } }', by="organiser")
    assert refused["errors"][0]["extensions"]["code"] == "VARIABLES_INVALID"


@pytest.mark.parametrize(
    ("spoilt", "unaffected", "affected"),
    [
        ("figures", "title points { x }", ["counted", "groups { group }", "statements { totalCount }"]),
        (
            "texts",
            "groups { representative { statement { id priority } } } statements { nodes { id } }",
            [
                "groups { representative { statement { text } } }",
                "consensus { disagree { statement { moderation } } }",
                "statements { edges { node { text } } }",
                "statements { nodes { text } }",
                'statement(id: "1") { text }',
            ],
        ),
    ],
)
async def test_what_is_not_asked_for_is_not_read(home: House, spoilt: str, unaffected: str, affected: list[str]):
    """Tried with contents that could not be read."""
    id = await keep(home, **{spoilt: "no JSON"})
    assert await one(home, id, unaffected)
    for fields in affected:
        response = await home.ask(f'{{ consultation(id: "{id}") {{ {fields} }} }}', by="organiser")
        assert [error["extensions"]["code"] for error in response["errors"]] == ["INTERNAL"], fields


async def test_the_same_is_kept_once(home: House):
    await keep(home)
    row = row_of(EXPORT, Wanted(title="Another"), "en")
    assert not await home.database.transact(lambda connection: consultations.keep(connection, row))
    kept = await home.database.read(lambda connection: consultations.kept(connection, row["id"]))
    assert kept
    assert kept["title"] == EXPORT.title


async def test_a_dismissed_delegate_sees_it_no_more(home: House):
    table: Table = await home.open()
    id = await keep(home, table.session)
    assert await one(home, id, "id", "CHN")
    await table.do("dismissPerson", by="chair", person=home.people["CHN"])
    assert await one(home, id, "id", "CHN") is None


async def test_the_document_of_the_page_is_answered(home: House):
    session = await home.schedule()
    await keep(home, session)
    page = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
    document = page.partition("\n## Consultations\n")[2].partition("```graphql\n")[2].partition("```")[0]
    (shown,) = (await home.ask(document, {"session": session}, by="organiser"))["data"]["consultations"]["nodes"]
    assert [group["members"] for group in shown["groups"]] == [3, 18, 3]
    ranked = sorted(STATEMENTS.values(), key=lambda each: (each["out"], -each["priority"]))
    assert [each["text"] for each in shown["statements"]["nodes"]] == [TEXTS[each["statement"]] for each in ranked[:5]]
