"""The chair's desk: a sitting from the first roll call to the sealed record, by one button after the other."""

import re

import pytest
from graphql import is_required_input_field

from polylogue.moves import PLAIN
from polylogue.vocabulary import Role
from schema.api.actions import ACTIONS, Kind, action_of
from schema.api.schema import make_schema
from server.console.desk import ACTS, ELSEWHERE, FOR_A_SEAT, IDS, NESTED, REVISION, Act
from server.console.forms import input_type
from tests.server.console.browsing import Reader, reader
from tests.server.console.sitting import Sitting, scheduled
from tests.serving import Server

SCHEMA = make_schema()._schema
FIELDS = {
    "reason": "reason", "why": "reason", "roll": "present", "arrivals": "seats", "departures": "seats",
    "title": "item", "decision": "decisionType", "draft": "candidates", "text": "text", "brackets": "first",
    "bracket": "bracket", "stance": "stances", "objection": "wouldBeRemovedBy", "level": "level", "opinion": "kind",
    "position": "text", "words": "text",
}  # fmt: skip
"""A member of the input that each field of a form fills in."""
OFFICERS = frozenset((Role.CHAIR, Role.SECRETARIAT))
AT_ONCE = "1/36000"


def desk(sitting: Sitting, **query: object) -> Reader:
    """The chair at the desk."""
    return reader(sitting.server, sitting.chair).open(at(sitting, **query))


def at(sitting: Sitting, page: str = "chair", **query: object) -> str:
    return f"/s/{sitting.id}/{page}" + "".join(f"?{name}={value}" for name, value in query.items())


def next_of(page: Reader) -> str:
    """What stands on top: the heading of the next step."""
    found = re.search(r'<h2 id="next-title">(.*?)</h2>', page.page)
    assert found
    return found[1]


def press(page: Reader, mutation: str, **said: str) -> None:
    """Press the button of an act, wherever on the page it stands; there is one such form."""
    (form,) = {form for form in page.forms if form == mutation or form.startswith(f"{mutation}-")}
    page.send(form, **said)
    assert page.status == 200, page.refusals


def until(page: Reader, sitting: Sitting, mutation: str) -> None:
    """Open the page until the act is possible; the periods of this session are moments."""
    for _ in range(200):
        if any(form.startswith(mutation) for form in page.open(at(sitting)).forms):
            return
    raise AssertionError(page.words)


@pytest.mark.parametrize("act", [*ACTS, *FOR_A_SEAT], ids=lambda act: f"{act.mutation} {act.title}")
def test_an_act_says_what_its_mutation_takes(act: Act):
    kind = input_type(SCHEMA, act.mutation)
    assert kind
    assert {FIELDS[field] for field in act.fields} <= set(kind.fields)
    needed = {name for name, field in kind.fields.items() if is_required_input_field(field)}
    given = {FIELDS[field] for field in act.fields} | {"sessionId", "idempotencyKey", "language"}
    given |= {NESTED.get((act.mutation, name), name).partition(".")[0] for name in IDS}
    given |= {"ifRevision", "last"} if act.mutation in REVISION else set()
    given |= {"reason", "text"} if {"objection", "opinion"} & set(act.fields) else set()
    assert needed <= given


def test_every_move_of_the_desk_has_a_place():
    """A mutation that officers may give and that no row names would never be found."""
    named = {act.mutation for act in ACTS} | ELSEWHERE
    officers = {name for name, action in ACTIONS.items() if action.kind is Kind.MUTATION and action.roles & OFFICERS}
    commands = {action_of(command) for command in PLAIN}
    seats = {name for name, action in ACTIONS.items() if Role.DELEGATE in action.roles}
    assert (officers & commands) - seats - named == set()


@pytest.fixture(scope="module")
def council(house: Server) -> Sitting:
    """A small session that has not begun, in which periods are moments."""
    return scheduled(house, "small-council", clock_scale=AT_ONCE)


def test_a_sitting_is_led_by_what_stands_on_top(council: Sitting):
    """From the first roll call to the sealed record: the first button of the page, each time."""
    page = desk(council)
    assert next_of(page) == "Open the session"
    assert "What is not possible now, and why" in page.words
    press(page, "openSession")
    assert next_of(page) == "Call the roll"
    page.send("roll-call", present=[*council.seats, *council.partners])
    assert "Recorded as entry" in page.words
    assert next_of(page) == "Take up item 1"
    press(page, "openItem")
    assert next_of(page) == "Circulate the text"
    clause = council.clause(1)["id"]
    council.do("proposeAlternative", seat=council.seats[0], provisionId=clause, text="The well is everybody's.")
    press(page, "circulateText")
    assert next_of(page) == "Settle the clause in brackets"
    chosen = [form for form in page.forms if form.startswith("closeBracket-")]
    assert len(chosen) == 2
    page.send(chosen[0])
    for seat in council.seats:
        council.state(seat, "A" * 9)
    assert next_of(page.open(at(council))) == "Declare the text clean"
    press(page, "cleanText")
    until(page, council, "callForConsensus")
    press(page, "callForConsensus")
    assert next_of(page) == "Close the call"
    assert "no device is connected" in page.words
    until(page, council, "closeCall")
    closing = [form for form in page.forms if form.startswith("closeCall-") and not form.endswith("-true")]
    page.send(closing[0])
    assert next_of(page) == "Close the session"
    press(page, "closeSession")
    assert next_of(page) == "Seal the record"
    press(page, "sealSession")
    assert next_of(page) == "The record is sealed."
