"""Reports as people read them: of an item, of the session, of a dimension; what would unblock; what if."""

import asyncio
import hashlib
import json
from contextlib import aclosing
from typing import Any

import pytest

from polylogue import commands as c
from polylogue.convergence.unblock import Objector, Option, Provision, Question
from polylogue.vocabulary import ItemId, PersonId, StanceLevel
from schema.api.errors import ApiError
from schema.api.unblocking import Standing, answered
from schema.api.what_if import Turns
from tests.ledger.course import CHAIR, MEMBERS, Course, of, scheduled, stance
from tests.schema.api.seen import Seen, keep_in, person, seen

OBJECT = StanceLevel.OBJECT
CHN, KAZ, OTHER, *_ = MEMBERS
FIGURES = "item dimension basis inputHash publicHash headline { stated objections meanCloseness }"


@pytest.fixture
def blocked() -> Course:
    """Two members object to the first clause, one of them to the second; one other has a condition that is not met."""
    course = scheduled()
    item = next(iter(course.state.items))
    first, second = course.state.items[item].provisions[:2]
    course.go(c.StateStances(item=item, stances=(stance(first, OBJECT), stance(second, OBJECT))), of(KAZ))
    course.go(c.StateStances(item=item, stances=(stance(first, OBJECT),)), of(CHN))
    course.go(c.StateStances(item=item, stances=(stance(second, if_agreed=first), stance(first))), of(OTHER))
    return course


@pytest.fixture
async def table(blocked: Course, tmp_path: Any):
    async with seen(blocked, f"sqlite:///{tmp_path / 'record.db'}") as found:
        await found.database.transact(lambda connection: keep_in(connection, blocked))
        await found.compute(item_of(found))
        yield found


def item_of(table: Seen) -> ItemId:
    return next(iter(table.course.state.items))


async def test_the_session_and_a_dimension_have_reports_as_an_item_has(table: Seen):
    dimension = table.course.state.items[item_of(table)].dimensions[0]
    absent = next(each for each in ("SOCIAL", "INFORMATION", "ECONOMIC") if each != dimension)
    fields = f"""whole: convergence {{ {FIGURES} }} part: convergence(dimension: {dimension}) {{ {FIGURES} }}
        other: convergence(dimension: {absent}) {{ basis }} agenda {{ convergence {{ {FIGURES} }} }}"""
    told = await table.session(fields, person(CHAIR))
    item = told["agenda"][0]["convergence"]
    assert (item["item"], item["dimension"]) == (item_of(table), None)
    assert (told["whole"]["item"], told["whole"]["dimension"]) == (None, None)
    assert (told["part"]["item"], told["part"]["dimension"]) == (None, dimension)
    assert told["whole"]["headline"]["objections"] == told["part"]["headline"]["objections"] == 3
    assert told["whole"]["publicHash"] != item["publicHash"]
    assert told["other"] is None


async def test_the_input_is_what_was_hashed(table: Seen):
    told = await table.session("convergence { inputHash canonicalInput }", person(CHAIR))
    report = told["convergence"]
    assert hashlib.sha256(report["canonicalInput"].encode()).hexdigest() == report["inputHash"]
    assert json.loads(report["canonicalInput"])["item"] == "session"


async def test_what_would_unblock_is_told_with_the_words_of_those_who_object(table: Seen):
    fields = """agenda { unblocking { exact bound setCount
        concerns { seat provision carried reason { text } wouldBeRemovedBy { text } }
        sets { seats cost unknown takings { provision } moves { seat before after wouldBeRemovedBy { text } } }
    } }"""
    told = await table.session(fields, person(CHAIR))
    found = told["agenda"][0]["unblocking"]
    first, second = table.course.state.items[item_of(table)].provisions[:2]
    assert (found["exact"], found["bound"], found["setCount"]) == (True, None, 1)
    assert [(each["provision"], each["seat"]) for each in found["concerns"]] == [
        (first, CHN), (first, KAZ), (second, KAZ)
    ]  # fmt: skip
    assert {each["reason"]["text"] for each in found["concerns"]} == {"It costs."}
    (smallest,) = found["sets"]
    assert (smallest["seats"], smallest["takings"], smallest["cost"]) == ([CHN, KAZ], [], 6)
    assert [(m["seat"], m["before"], m["after"]) for m in smallest["moves"]] == [
        (CHN, "OBJECT", "RESERVE"), (KAZ, "OBJECT", "RESERVE"), (KAZ, "OBJECT", "RESERVE")
    ]  # fmt: skip
    assert {m["wouldBeRemovedBy"]["text"] for m in smallest["moves"]} == {"A fund."}


def test_of_many_smallest_sets_the_first_are_told_and_how_many_there_are():
    wordings = tuple(Option(name, (Objector(seat),)) for name, seat in ((None, KAZ), ("a", CHN), ("b", OTHER)))
    item = ItemId("item")
    found = answered(Standing(Question(item, (Provision("p", wordings),)), {}, [], {"p": item}))
    assert (found.set_count, found.exact) == (3, True)
    told = [each.seats for each in found.sets()]
    assert sorted(told) == [[seat] for seat in sorted((KAZ, CHN, OTHER))]
    assert [each.seats for each in found.sets(first=2)] == told[:2]
    for number in (0, 201):
        with pytest.raises(ApiError, match="`first` is 1 to 200"):
            found.sets(first=number)


async def test_a_condition_that_is_not_met_is_told(table: Seen):
    told = await table.session("agenda { unmetConditions { seat provision level ifAgreed } }", person(CHAIR))
    first, second = table.course.state.items[item_of(table)].provisions[:2]
    assert told["agenda"][0]["unmetConditions"] == [
        {"seat": OTHER, "provision": second, "level": "SUPPORT", "ifAgreed": first}
    ]


async def test_of_the_session_and_a_dimension_it_is_told_what_would_unblock_their_items_together(table: Seen):
    dimension = table.course.state.items[item_of(table)].dimensions[0]
    absent = next(each for each in ("SOCIAL", "INFORMATION", "ECONOMIC") if each != dimension)
    kinds = {"": "", f"(dimension: {dimension})": "d", f"(dimension: {absent})": "n"}
    wanted = """spoken concerns { item provision seat reason { text } }
        sets { cost seats moves { item seat } takings { item } }"""
    unmet = "seat item provision ifAgreed"
    fields = "".join(
        f"u{name}: unblocking{of} {{ {wanted} }} c{name}: unmetConditions{of} {{ {unmet} }}"
        f"r{name}: convergence{of} {{ perSeat {{ seat }} }}"
        for of, name in kinds.items()
    )
    item = f'item(id: "{item_of(table)}") {{ unblocking {{ {wanted} }} unmetConditions {{ {unmet} }} }}'
    told = await table.session(fields + item, person(CHAIR))
    assert told["item"]["unblocking"]["concerns"]
    assert told["u"] == told["ud"] == told["item"]["unblocking"]
    assert told["c"] == told["cd"] == told["item"]["unmetConditions"] != []
    assert (told["un"]["concerns"], told["cn"], told["un"]["spoken"]) == ([], [], 0)
    assert {each["item"] for each in (*told["u"]["concerns"], *told["c"])} == {item_of(table)}
    assert len(told["r"]["perSeat"]) == len(told["rd"]["perSeat"]) == len(MEMBERS)
    mine = await table.session(fields, person(of(KAZ)))
    assert [mine[name]["perSeat"] for name in ("r", "rd")] == [[{"seat": KAZ}]] * 2
    assert [mine[name] for name in ("u", "ud", "c", "cd")] == [told[name] for name in ("u", "ud", "c", "cd")]


async def test_who_stands_alone_is_told_to_itself_and_its_hosts(tmp_path: Any):
    course = scheduled()
    stands_alone, *alike, silent = MEMBERS
    for item in course.state.items.values():
        for seat in (stands_alone, *alike):
            level = OBJECT if seat == stands_alone else StanceLevel.SUPPORT
            stances = tuple(stance(provision, level) for provision in item.provisions)
            course.go(c.StateStances(item=item.id, stances=stances), of(seat))
    fields = """convergence { pictures {
        coalitions { isolated unplaced groups { seats } } map { points { seat } unplaced } } }"""
    async with seen(course, f"sqlite:///{tmp_path / 'alone.db'}") as table:
        await table.database.transact(lambda connection: keep_in(connection, course))
        await table.compute(list(course.state.items)[-1])
        told = {
            by: (await table.session(fields, person(by)))["convergence"]["pictures"]
            for by in (CHAIR, of(stands_alone), of(silent), of(alike[0]))
        }
    coalitions = {by: each["coalitions"] for by, each in told.items()}
    assert {by: (each["isolated"], each["unplaced"]) for by, each in coalitions.items()} == {
        CHAIR: ([stands_alone], [silent]),
        of(stands_alone): ([stands_alone], []),
        of(silent): ([], [silent]),
        of(alike[0]): ([], []),
    }
    assert all(each["groups"] == [{"seats": list(alike)}] for each in coalitions.values())
    assert len({json.dumps(each["map"]["points"]) for each in told.values()}) == 1
    assert all(each["map"]["unplaced"] == each["coalitions"]["unplaced"] for each in told.values())


WHAT_IF = """query($session: ID!, $item: ID!, $moves: [SupposedStance!]!) {
    whatIf(sessionId: $session, itemId: $item, moves: $moves) {
        %s perSeat { seat } pictures { map { explained } } } }"""


async def suppose(table: Seen, *moves: dict[str, Any], by: PersonId = CHAIR) -> dict[str, Any]:
    variables = {"session": table.course.session, "item": item_of(table), "moves": list(moves)}
    return await table.respond(WHAT_IF % FIGURES, person(by), variables=variables)


async def test_of_those_who_suppose_few_wait_and_the_next_is_refused(table: Seen):
    turns = Turns(running=1, most=2)
    async with turns.turn():
        waiting = asyncio.create_task(a_turn(turns))
        await asyncio.sleep(0)
        with pytest.raises(ApiError, match="try again in a moment"):
            await a_turn(turns)
        assert not waiting.done()
    await waiting
    await a_turn(turns)  # who was refused or has had a turn takes nobody's place
    table.turns = Turns(most=0)
    (error,) = (await suppose(table))["errors"]
    assert error["extensions"]["code"] == "SERVER_BUSY"


async def a_turn(turns: Turns) -> None:
    async with turns.turn():
        pass


async def test_what_if_tells_what_would_be_and_keeps_nothing(table: Seen):
    first, second = table.course.state.items[item_of(table)].provisions[:2]
    fields = f"head {{ seq reportRevision }} agenda {{ convergence {{ {FIGURES} }} }}"
    before = await table.session(fields, person(CHAIR))
    moves = [{"seat": KAZ, "provision": p, "level": "RESERVE"} for p in (first, second)]
    told = (await suppose(table, *moves, {"seat": CHN, "provision": first, "level": None}))["data"]["whatIf"]
    assert (told["headline"]["objections"], told["headline"]["stated"]) == (0, 4)
    assert told["inputHash"] != before["agenda"][0]["convergence"]["inputHash"]
    assert await table.session(fields, person(CHAIR)) == before
    same = (await suppose(table))["data"]["whatIf"]
    assert same["publicHash"] == before["agenda"][0]["convergence"]["publicHash"]
    assert [part["seat"] for part in same["perSeat"]] == list(MEMBERS)
    own = (await suppose(table, by=of(KAZ)))["data"]["whatIf"]
    assert [part["seat"] for part in own["perSeat"]] == [KAZ]


@pytest.mark.parametrize(
    ("move", "code", "says"),
    [
        ({"seat": "FRA"}, "UNKNOWN_REFERENCE", "FRA is none of those whose stances count"),
        ({"provision": "01937e00-0000-7000-8000-00000000dead"}, "UNKNOWN_REFERENCE", "There is no provision"),
        ({"importance": 4}, "VARIABLES_INVALID", "An importance is 1, 2 or 3."),
    ],
)
async def test_what_cannot_be_supposed_is_refused(table: Seen, move: dict[str, Any], code: str, says: str):
    first = table.course.state.items[item_of(table)].provisions[0]
    answer = await suppose(table, {"seat": KAZ, "provision": first, "level": "SUPPORT"} | move)
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == code
    assert error["message"].startswith(says)


async def test_too_many_stances_are_not_supposed(table: Seen):
    first = table.course.state.items[item_of(table)].provisions[0]
    answer = await suppose(table, *[{"seat": KAZ, "provision": first}] * 501)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["VARIABLES_INVALID"]


async def test_an_operation_supposes_and_compares_a_few_times_at_most(table: Seen):
    ids = f'sessionId: "{table.course.session}", itemId: "{item_of(table)}"'
    for most, fields in (
        (4, [f"a{n}: whatIf({ids}, moves: []) {{ basis }}" for n in range(5)]),
        (4, [f"a{n}: movement(since: {n}) {{ cells }}" for n in range(5)]),
    ):
        for asked in (most, most + 1):
            body = " ".join(fields[:asked])
            inside = f'session(id: "{table.course.session}") {{ agenda {{ {body} }} }}' if "movement" in body else body
            answer = await table.respond(f"{{ {inside} }}", person(CHAIR))
            codes = {error["extensions"]["code"] for error in answer["errors"]}
            assert codes == ({"VARIABLES_INVALID"} if asked > most else set()), body


async def test_the_session_and_its_dimensions_can_be_followed(table: Seen):
    session, dimension = table.course.session, table.course.state.items[item_of(table)].dimensions[0]
    for argument, about in (("", None), (f", dimension: {dimension}", dimension)):
        document = f'subscription {{ convergence(sessionId: "{session}"{argument}) {{ item dimension }} }}'
        async with aclosing(table.follow(document, person(CHAIR))) as reports:
            told = await asyncio.wait_for(anext(reports), 5)
        assert told["data"]["convergence"] == {"item": None, "dimension": about}
    arguments = f'sessionId: "{session}", itemId: "{item_of(table)}", dimension: {dimension}'
    both = f"subscription {{ convergence({arguments}) {{ item }} }}"
    async with aclosing(table.follow(both, person(CHAIR))) as reports:
        told = await asyncio.wait_for(anext(reports), 5)
    assert told["errors"][0]["extensions"]["code"] == "VARIABLES_INVALID"


MOVEMENT = """agenda { movement%s { since until cells onlyBefore onlyAfter before after
    provisions { provision stated before after } rewordings { seq provision }
    moves { seq seat provision before after steps meanCloseness }
    largest { seq change byMoves seats } credits { seat moves steps meanCloseness } }
    timeline { seq moves { seat steps } reworded } } """


async def test_who_moved_whom_is_told_over_what_was_stated_at_both_times(table: Seen):
    course, item = table.course, item_of(table)
    first, second = course.state.items[item].provisions[:2]
    early = course.state.items[item].input_seq
    (stated,) = course.go(c.StateStances(item=item, stances=(stance(first, StanceLevel.ACCEPT),)), of(KAZ))
    (late,) = course.go(c.StateStances(item=item, stances=(stance(second),)), of(CHN))
    await table.compute(item)
    told = (await table.session(MOVEMENT % "", person(CHAIR)))["agenda"][0]
    found = told["movement"]
    assert (found["since"], found["until"]) == (early, late.seq)
    assert (found["cells"], found["onlyBefore"], found["onlyAfter"]) == (5, 0, 1)
    # on the first clause they said 0, 0, 4 and then 0, 3, 4: closeness 1/3 both times; on the second 0, 4 both times
    assert found["provisions"][0] == {
        "provision": first, "stated": 3, "before": "0.333333333", "after": "0.333333333"
    }  # fmt: skip
    (move,) = found["moves"]
    assert (move["seq"], move["seat"], move["before"], move["after"]) == (stated.seq, KAZ, "OBJECT", "ACCEPT")
    assert move["steps"] == (0 - 3) + (4 - 1), "three steps from the one that objects, three nearer to the other"
    assert found["credits"] == [{"seat": KAZ, "moves": 1, "steps": 0, "meanCloseness": "0.000000000"}]
    assert found["largest"] == [], "a move that brought nobody nearer, and a first stance"
    assert [point["moves"] for point in told["timeline"] if point["seq"] == stated.seq] == [[{"seat": KAZ, "steps": 0}]]
    others = (await table.session(MOVEMENT % "", person(f"delegate of {CHN}")))["agenda"][0]
    assert others["movement"]["credits"] == []
    assert others["movement"]["moves"] == found["moves"], "what one entry did is there for everybody to see"
    (beside,) = course.go(c.StateStances(item=item, stances=(stance(first, StanceLevel.SUPPORT),)), of(KAZ))
    (nearer,) = course.go(c.StateStances(item=item, stances=(stance(first),)), of(CHN))
    await table.compute(item)
    again = (await table.session(MOVEMENT % "", person(CHAIR)))["agenda"][0]["movement"]
    assert [move["seq"] for move in again["moves"]] == [stated.seq, beside.seq, nearer.seq]
    (largest,) = again["largest"]  # from 0, 4, 4 to 4, 4, 4 on one of two clauses
    assert (largest["seq"], largest["seats"], largest["byMoves"]) == (nearer.seq, [CHN], "0.333333333")


async def test_a_movement_goes_from_the_report_that_stood_to_the_report_that_stood(table: Seen):
    only = table.course.state.items[item_of(table)].input_seq
    for arguments in ("", f"(since: {only})", "(since: 0)", f"(until: {only + 5})"):
        told = (await table.session(MOVEMENT % arguments, person(CHAIR)))["agenda"][0]["movement"]
        assert (told["since"], told["until"], told["cells"]) == (only, only, 5)
    assert (await table.session(MOVEMENT % "(until: 0)", person(CHAIR)))["agenda"][0]["movement"] is None
