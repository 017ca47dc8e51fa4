"""The chair's desk: a sitting from the first roll call to the sealed record, by one button after the other."""

import re
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from graphql import is_required_input_field

from polylogue.moves import PLAIN
from polylogue.vocabulary import Role
from schema.api.actions import ACTIONS, Kind, action_of
from schema.api.schema import make_schema
from server.console.chair import Seat, Silent, silent
from server.console.desk import ACTS, ELSEWHERE, FOR_A_SEAT, IDS, NESTED, REVISION, Act
from server.console.forms import input_type
from server.console.steps import Step
from server.console.texts import Placed, candidates, texts
from server.console.wordings import Wording
from tests.server.console.browsing import Reader, admitted, cards, reader
from tests.server.console.sitting import Sitting, opened, scheduled, until
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


def desk(sitting: Sitting, **query: Any) -> Reader:
    """The chair at the desk."""
    return reader(sitting.server, sitting.chair).open(at(sitting, **query))


def at(sitting: Sitting, page: str = "chair", **query: Any) -> str:
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


def standing(page: Reader) -> list[str]:
    """What is said to stand in the way of the next step."""
    found = re.search(r'<ul class="standing">(.*?)</ul>', page.page, re.DOTALL)
    return re.findall(r"<li[^>]*>(.*?)</li>", found[1]) if found else []


def deliberate(page: Reader, mutation: str) -> bool:
    """Whether the button of an act stands in a box that has to be opened first."""
    found = re.search(rf'<form id="{mutation}.*?</form>', page.page, re.DOTALL)
    return bool(found and re.search(r'<details class="surely">.*<button type="submit"', found[0], re.DOTALL))


def possible(page: Reader, sitting: Sitting, mutation: str) -> None:
    """Open the page until the act is possible; the periods of this session are moments."""
    until(lambda: any(form.startswith(mutation) for form in page.open(at(sitting)).forms))


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
    page.post(*filled(page, "roll-call", present=council.seats))
    assert "Recorded as entry" in page.words
    assert next_of(page) == "Take up item 1"
    assert "Recorded as present already: Alder." in page.words, "a refusal calls a seat by its name"
    press(page, "openItem")
    assert next_of(page) == "Circulate the text"
    clause = council.clause(1)["id"]
    council.do("proposeAlternative", seat=council.seats[0], provisionId=clause, text="The well is everybody's.")
    press(page, "circulateText")
    assert next_of(page) == "Settle the clause in brackets"
    assert standing(page) == ["2 wordings stand in brackets in clause 1.1."]
    chosen = [form for form in page.forms if form.startswith("closeBracket-")]
    assert len(chosen) == 2
    # A reason is quoted as it was given, whatever stands in it.
    other, clause = page.form(chosen[1]), council.clause(1)
    instead = {"provisionId": clause["id"], "alternativeId": clause["alternatives"][0]["id"]}
    said = {"level": "OBJECT", "reason": "50 % of it, <b>ours</b>, is %s.", "wouldBeRemovedBy": "Less."}
    council.do("stateStances", seat="BIRCH", itemId=council.item()["id"], stances=[instead | said])
    page.post(other.action, other.fields)
    (told,) = page.refusals
    assert told.startswith("This wording of clause 1.1 is objected to by Birch (“50 % of it, <b>ours</b>, is %s.”)")
    assert "<b>ours" not in page.page
    page.send(chosen[0])
    for seat in council.seats:
        council.state(seat, "A" * 9)
    assert next_of(page.open(at(council))) == "Declare the text clean"
    press(page, "cleanText")
    possible(page, council, "callForConsensus")
    press(page, "callForConsensus")
    assert next_of(page) == "Close the call"
    assert "no device is connected" in page.words
    possible(page, council, "closeCall")
    closing = [form for form in page.forms if form.startswith("closeCall-") and not form.endswith("-true")]
    page.send(closing[0])
    assert "Item 1 is adopted: decision 1" in page.words
    assert next_of(page) == "Close the session"
    assert deliberate(page, "closeSession")
    cards(council, "CEDAR")
    press(page, "closeSession")
    assert next_of(page) == "Seal the record"
    assert "Cards not used yet: Cedar. Once the record is sealed they let nobody in." in page.words
    assert deliberate(page, "sealSession")
    press(page, "sealSession")
    assert next_of(page) == "The record is sealed."


@pytest.fixture(scope="module")
def talking(house: Server) -> Sitting:
    """A small session, its item taken up, that moves at a human pace."""
    return opened(scheduled(house, "small-council", public=False, clock_scale="1"))


def last(sitting: Sitting, kind: str) -> dict[str, Any]:
    """The last entry of a kind."""
    fields = "... on Event { seq kind seat occurredAt enteredBy { role } }"
    query = f"query($id: ID!) {{ session(id: $id) {{ record(first: 1000, kinds: [{kind}]) {{ {fields} }} }} }}"
    return sitting.server.ask(query, sitting.chair, id=sitting.id)["session"]["record"][-1]


def test_the_desk_enters_for_a_seat_and_corrects_what_it_got_wrong(talking: Sitting):
    """A reason forgotten costs nothing that was typed; then a wrong stance, and a wrong roll call, are mended."""
    clause, item = talking.clause(1)["id"], talking.item()["id"]
    page = desk(talking, page="enter", seat="BIRCH")
    (form,) = (form for form in page.forms if form.startswith(f"stateStances-{item}-{clause}"))
    said = {"stances__0__level": "OBJECT", "stances__0__reason": "It runs dry."}
    assert page.send(form, **said).status_code == 422
    assert page.refusals == ["Say why, and what change would settle it; both are needed."]
    assert page.form(form).fields["stances.0.reason"] == "It runs dry."
    spoken = datetime.now(UTC).isoformat(timespec="milliseconds")[:23]  # to the second it could be before the sitting
    page.send(form, **said, stances__0__wouldBeRemovedBy="A second well.", occurredAt=spoken)
    entry = last(talking, "StancesStated")
    assert (entry["seat"], entry["enteredBy"]["role"], entry["occurredAt"][:23]) == ("BIRCH", "CHAIR", spoken)

    mine = reader(talking.server, admitted(talking, "DELEGATE", "BIRCH")).open(at(talking, "seat")).words
    assert f"Entry {entry['seq']} Clause 1: We cannot live with this (entered by the chair)" in mine
    page.open(at(talking))
    wrong = f"correct-{entry['seq']}"
    page.send(wrong, restored__stances__stances__0__level="ACCEPT", reason="Misheard.")
    assert f"Recorded as entry {last(talking, 'EntryCorrected')['seq']}." in page.words
    assert "Birch on clause 1.1: Cannot live with it (entered by the chair) (corrected)" in page.words
    talking.state("CEDAR", "SS")
    both = last(talking, "StancesStated")["seq"]
    page.open(at(talking)).send(f"correct-{both}", restored__stances__stances__1__level="ACCEPT", reason="Misheard.")
    assert f"Recorded as entry {both + 1}." in page.words
    roll = last(talking, "RollCallRecorded")["seq"]
    page.post(
        *filled(page, f"correct-{roll}", **{"restored.rollCall.present": ["ALDER", "CEDAR"], "reason": "Birch left."})
    )
    assert last(talking, "EntryCorrected")["seq"] > entry["seq"] + 1
    absent = re.findall(r'<tr id="seat-(\w+)">(?:(?!</tr>).)*class="no"', page.page, re.DOTALL)
    assert absent == ["BIRCH"]
    page.post(*filled(page, "arrival", seats=["BIRCH"]))
    assert 'class="no"' not in page.page


def test_the_desk_has_the_text_and_what_stands_in_its_way(house: Server):
    """Who objects and why, whose wording stands beside whose, whose amendment waits, and that there is no quorum."""
    sitting = opened(scheduled(house, "small-council", public=False))
    first, second = sitting.clause(1), sitting.clause(2)
    sitting.state("BIRCH", "O", reason="It runs dry.", wouldBeRemovedBy="A second well.")
    sitting.state("ALDER", "S")
    sitting.do("proposeAlternative", seat="ALDER", provisionId=second["id"], text="Water is shared daily.")
    given = {"provisionId": first["id"], "revision": first["revision"], "text": "All three draw from one well."}
    sitting.do("proposeAmendment", seat="CEDAR", **given)
    page = desk(sitting)
    assert standing(page) == [
        "Birch cannot live with clause 1.1.",
        "An amendment to clause 1.1 waits: Cedar.",
        "2 wordings stand in brackets in clause 1.2.",
    ]
    text = re.search(r'<section id="desk-text".*?<section id="acts"', page.page, re.DOTALL)
    assert text
    for words in ("It runs dry.", "A second well.", "Water is shared daily.", "All three draw from one well."):
        assert words in text[0]
    assert re.findall(r'class="stance (\w+)"', text[0])[:2] == ["SUPPORT", "OBJECT"]
    assert deliberate(page, f"withdrawProvision-{first['id']}")
    assert "Undoes that the item was taken up" in page.words
    sitting.do("noteDeparture", seats=["ALDER"])
    assert "They may talk, but nothing can be decided." in page.open(at(sitting)).words
    left = "Neither decided nor deferred: item 1: The shared well Deliberation"
    (closing,) = re.findall(r'<form id="closeSession.*?</form>', page.page, re.DOTALL)
    assert "Neither decided nor deferred:" in closing
    assert left in page.words
    press(page, "closeSession")
    assert next_of(page) == "Seal the record"
    assert f"{left} To take them up again, reopen the session first." in page.words


@pytest.mark.parametrize(
    ("form", "said", "told"),
    [
        ("deferItem", {"reason": ""}, "Say why; the reason stands in the record."),
        ("stepItemBack", {"reason": ""}, "Say why; the reason stands in the record."),
        ("addItem", {"item__titles__0__text": ""}, "This is empty; a word is needed here."),
        ("departure", {}, "Nothing is chosen; choose at least one."),
    ],
)
def test_what_is_left_empty_is_asked_for_at_its_field(talking: Sitting, form: str, said: dict[str, str], told: str):
    page = desk(talking)
    name = next(each for each in page.forms if each.startswith(form))
    assert page.send(name, **said).status_code == 422
    assert page.refusals == [told]
    assert re.search('aria-invalid="true"', page.page)


def test_words_to_choose_from_are_whole():
    """Of a candidate the clauses that would read otherwise, with their places; and whose an amendment is."""

    def words(text: str) -> list[dict[str, Any]]:
        return [{"language": "en", "status": "WORKING", "stale": False, "text": text}]

    amendment = {"id": "a", "seat": "BIRCH", "versions": words("Four draw."), "amendments": []}
    clauses = [
        {"id": "p", "number": 1, "versions": words("Three draw."), "alternatives": [], "amendments": [amendment]},
        {"id": "q", "number": 2, "versions": words("Each tells."), "alternatives": [], "amendments": []},
        {"id": "r", "number": 3, "versions": words("Nobody pays."), "alternatives": [], "amendments": []},
    ]
    item: dict[str, Any] = {"number": 4, "text": {"provisions": clauses, "insertions": []}}
    assert texts(item, {"BIRCH": "Birch"}, ["en"])["a"] == Placed("4.1", "Birch", Wording("Four draw.", "en"))
    assert texts(None, {}, ["en"]) == {}
    forms = (("p", "PRESENT", "Three draw."), ("q", "MERGED", "Each tells all."), ("r", "OMITTED", "Nobody pays."))
    of_clauses = [{"provision": id, "form": form, "versions": words(text)} for id, form, text in forms]
    told = {"id": "c", "number": 1, "place": 1, "statusQuo": False, "present": True, "clauses": []}
    choice = {"preferred": [[0]], "groups": [[1]], "ties": [], "order": [1]}
    item["round"] = {"members": ["BIRCH"], "choice": choice, "candidates": [told]}
    own = {"round": {"candidates": [{"id": each, "number": 1, "clauses": of_clauses} for each in "cd"]}}
    found = candidates(item, own, {}, ["en"])
    assert found.keys() == {"c"}  # the other was not there yet when the room was asked
    assert found["c"].changed == (("4.2", Wording("Each tells all.", "en")), ("4.3", None))
    assert candidates(item, {"round": None}, {}, ["en"]) == {}


def filled(page: Reader, form: str, **said: Any) -> tuple[str, dict[str, Any]]:
    """Where a form is sent to, and what with."""
    found = page.form(form)
    return found.action, found.fields | said


def test_a_lost_phone_gets_a_new_card(talking: Sitting):
    page = desk(talking)
    page.send("reissue", seats="CEDAR", reason="Lost.")
    assert page.status == 200
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", page.words)
    assert f'href="{at(talking)}"' in page.page
    assert "Lost." not in page.open(at(talking)).page
    assert "Reason: Lost." in page.open(at(talking, "invite")).words
    page.open(at(talking))
    found = re.search(r'<form id="reissue".*?</form>', page.page, re.DOTALL)
    assert found
    assert "data-draft" not in found[0]  # what a browser keeps until it is accepted; this form is answered elsewhere


def test_the_desk_sees_who_has_a_page_open(talking: Sitting):
    def connected() -> list[str]:
        return re.findall(r'<tr id="seat-(\w+)">(?:(?!</tr>).)*class="device on"', desk(talking).page, re.DOTALL)

    assert connected() == []
    token = admitted(talking, "DELEGATE", "ALDER")
    stream = f"{talking.server.url}{at(talking, 'seat')}/live"
    with httpx.stream("GET", stream, cookies={"polylogue": token}, timeout=60) as following:
        coming = following.iter_bytes()  # kept: the connection ends with it
        next(coming)
        until(lambda: connected() == ["ALDER"])


@pytest.mark.parametrize(("role", "status"), [("DELEGATE", 403), ("FACILITATOR", 403), ("SECRETARIAT", 200)])
def test_the_desk_is_for_officers(talking: Sitting, role: str, status: int):
    token = admitted(talking, role, *(["ALDER"] if role == "DELEGATE" else []))
    for page in ("chair", "enter"):
        assert reader(talking.server, token).open(at(talking, page)).status == status
        assert reader(talking.server).open(at(talking, page)).status == 404


def test_a_seat_that_is_none_is_asked_for_again(talking: Sitting):
    for seat in ("", "nobody", "ZZZ"):
        page = desk(talking, page="enter", seat=seat)
        assert page.status == 200
        assert "Choose the delegation that has spoken." in page.words


def test_the_secretariat_is_told_what_is_the_chairs(talking: Sitting):
    page = reader(talking.server, admitted(talking, "SECRETARIAT")).open(at(talking))
    assert "suspendSession" not in page.forms
    assert any(form.startswith("circulateText") for form in page.forms)


def test_devices_that_are_not_known_of_are_not_said_to_be_missing():
    item = {"calls": [{"closedAt": None, "unanswered": ["KAZ"]}]}

    def seat(code: str, *, present: bool, connected: bool | None) -> Seat:
        return Seat(code, code, "MEMBER", present=present, connected=connected, counts=True)

    told = [seat("KAZ", present=True, connected=True), seat("KGZ", present=True, connected=False)]
    absent = seat("UZB", present=False, connected=False)
    found = silent(Step("closeCall", item=item), [*told, absent])
    assert found == Silent(absent=(absent,), unreachable=(told[1],), unanswered=(told[0],))
    away = [seat(each.code, present=True, connected=None) for each in told]
    assert silent(Step("closeCall", item=item), away) == Silent(absent=(), unreachable=None, unanswered=(away[0],))
    assert silent(Step("cleanText", item=item), away) is None
