"""Forms: what they say, how they are answered, and from where they are taken."""

import html
import re
from itertools import islice
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from graphql import GraphQLError
from sqlalchemy.exc import OperationalError

from schema.api.schema import make_schema
from schema.circumstances import Unreachable
from server.console.acts import AWAY, BROKEN, NO_ROOM, failed
from server.console.forms import input_of, input_type
from tests.server.console.browsing import admitted, reader, reissued, seated
from tests.server.console.sitting import Sitting, opened, scheduled
from tests.serving import Server

SCHEMA = make_schema()._schema
LONG = "Колодец общий. " * 2000


def said(mutation: str, form: dict[str, list[str]], **given: str) -> dict[str, Any]:
    kind = input_type(SCHEMA, mutation)
    assert kind
    found = input_of(kind, form, **given)
    found.pop("idempotencyKey", None)
    return found


def test_a_form_says_an_input_by_the_places_in_it():
    form = {
        "form": ["x"],
        "itemId": ["i"],
        "stances.0.provisionId": ["p"],
        "stances.0.level": ["", "OBJECT"],
        "stances.0.reason": ["one\r\ntwo"],
        "stances.10.provisionId": ["q"],
        "stances.2.provisionId": ["r"],
        "stances.2.importance": ["3"],
        "stances.x.provisionId": ["s"],
        "forRest": [""],
    }
    assert said("stateStances", form, sessionId="s", nobody="asks for this") == {
        "sessionId": "s",
        "itemId": "i",
        "stances": [
            {"provisionId": "p", "level": "OBJECT", "reason": "one\ntwo"},
            {"provisionId": "r", "importance": 3},
            {"provisionId": "q"},
        ],
    }


def test_lists_truths_and_lists_of_lists_are_said_by_several_values():
    assert said("recordRollCall", {"present": ["KAZ", "", "CHN"]}) == {"present": ["KAZ", "CHN"]}
    assert said("closeCall", {"withdraw": ["true"], "reason": [" "]}) == {"withdraw": True, "reason": " "}
    ranked = said("rankCandidates", {"ranking": ["2:b", "10:d", "2:c", "1:a", "", "e", ":f", "x:g"]})
    assert ranked == {"ranking": [["a"], ["b", "c"], ["d"]]}


def test_what_is_no_number_is_left_to_be_refused():
    told = said("postPosition", {"ifRevision": ["two"]})
    assert told == {"ifRevision": "two", "text": ""}, "an empty text is for the rules to ask for"
    assert input_type(SCHEMA, "nothing") is None
    assert input_type(SCHEMA, "__typename") is None


def test_a_key_stands_for_one_form_and_what_it_says():
    kind = input_type(SCHEMA, "stateStances")
    assert kind

    def key(once: str, level: str) -> str:
        return input_of(kind, {"idempotencyKey": [once], "stances.0.level": [level]})["idempotencyKey"]

    assert key("a", "ACCEPT") == key("a", "ACCEPT")
    assert len({key("a", "ACCEPT"), key("b", "ACCEPT"), key("a", "SUPPORT")}) == 3


def test_a_disk_that_is_full_is_no_fault_of_the_server():
    with sa.create_engine("sqlite://").connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")
        with pytest.raises(OperationalError) as full:
            connection.exec_driver_sql("CREATE TABLE kept (name)")
    away = Unreachable("the database is not there")
    for cause, words in ((full.value, NO_ROOM), (away, AWAY), (ValueError("a bug"), BROKEN)):
        told = failed(GraphQLError("", original_error=cause))
        assert told.refusal is not None
        assert told.refusal["message"] == words
        assert told.status == (500 if words == BROKEN else 503)


@pytest.fixture(scope="module")
def council(house: Server) -> Sitting:
    """A small public session, its item taken up, that moves at a human pace."""
    return opened(scheduled(house, "small-council", public=True, clock_scale="1"))


def entries(sitting: Sitting) -> int:
    return sitting.session()["head"]["seq"]


def test_a_tap_is_one_act_however_often_it_is_sent_and_another_button_another(council: Sitting):
    birch = seated(council, "BIRCH")
    clause = council.clause(1)["id"]
    form, before = birch.form(f"stance-{clause}"), entries(council)
    first = birch.post(form.action, form.fields | {"stances.0.level": "ACCEPT"})
    assert first.headers["location"].endswith(f"/seat?seat=BIRCH&done={before + 1}#stance-{clause}")
    assert f"Recorded as entry {before + 1}." in birch.words
    pressed = re.findall(r'value="(\w+)" class="level \w+" aria-pressed="true"', birch.page)
    assert pressed == ["ACCEPT"]
    again = birch.post(form.action, form.fields | {"stances.0.level": "ACCEPT"})
    assert again.headers["location"] == first.headers["location"]
    assert entries(council) == before + 1
    birch.post(form.action, form.fields | {"stances.0.level": "SUPPORT"})
    assert entries(council) == before + 2
    fresh = birch.form(f"stance-{clause}")
    assert fresh.fields["idempotencyKey"] != form.fields["idempotencyKey"]
    birch.post(fresh.action, fresh.fields | {"stances.0.level": "ACCEPT"})
    assert entries(council) == before + 3


def test_a_reason_that_is_too_long_is_refused_at_its_field_and_kept(council: Sitting):
    birch = seated(council, "BIRCH", language="ru")
    id, before = f"object-{council.clause(2)['id']}", entries(council)
    answer = birch.send(id, stances__0__reason=LONG, stances__0__wouldBeRemovedBy="Ein Brunnen für jeden.")
    assert answer.status_code == 422
    assert [bool(re.search("[а-я]{4}.*30000", refusal)) for refusal in birch.refusals] == [True]
    at_it = f'autofocus aria-invalid="true" aria-describedby="{id}-why-wrong"'
    assert re.search(rf'<textarea id="{id}-why" [^>]*{at_it}', birch.page)
    kept = birch.form(id).fields
    assert kept["stances.0.reason"] == LONG
    assert kept["stances.0.wouldBeRemovedBy"] == "Ein Brunnen für jeden."
    assert re.search(rf'<details id="{id}-box" [^>]*open>', birch.page)
    assert entries(council) == before


def test_ten_thousand_characters_are_a_reason(council: Sitting):
    cedar = seated(council, "CEDAR")
    told = cedar.send(
        f"object-{council.clause(2)['id']}", stances__0__reason=LONG[:10_000], stances__0__wouldBeRemovedBy="Name it."
    )
    assert told.status_code == 303
    # Not to the form, which its address would unfold again.
    assert told.headers["location"].endswith(f"#object-{council.clause(2)['id']}-box")
    assert "Recorded as entry" in cedar.words


def test_what_is_missing_is_said_at_the_field(council: Sitting):
    birch = seated(council, "BIRCH", language="en")
    id = f"object-{council.clause(1)['id']}"
    birch.send(id, stances__0__reason="", stances__0__wouldBeRemovedBy="Another well <b>.")
    assert birch.refusals == ["Say why, and what change would settle it; both are needed."]
    assert birch.form(id).fields["stances.0.wouldBeRemovedBy"] == "Another well <b>."


def test_a_form_that_was_left_open_while_the_phase_changed_is_told_so_and_loses_nothing(fresh: Sitting):
    birch = seated(fresh, "BIRCH", language="ru")
    left = birch.form(f"object-{fresh.clause(1)['id']}")
    fresh.do("circulateText", itemId=fresh.item()["id"])
    fresh.do("cleanText", itemId=fresh.item()["id"])
    fresh.when("CIRCULATION_RUNNING", "callForConsensus", itemId=fresh.item()["id"])
    typed = {"stances.0.reason": "Я писал это целый час.", "stances.0.wouldBeRemovedBy": "Второй колодец."}
    answer = birch.post(left.action, left.fields | typed)
    assert answer.status_code == 422
    assert len(birch.refusals) == 1
    assert re.search("[а-я]{4}", birch.refusals[0])
    assert "Я писал это целый час." in birch.words
    assert "Второй колодец." in birch.words
    assert f"raise-{fresh.clause(1)['id']}" in birch.forms  # what is open now is there to be used


def test_a_form_about_words_that_have_changed_is_told_so(council: Sitting):
    birch, clause = seated(council, "BIRCH"), council.clause(2)
    stale = birch.form(f"stance-{clause['id']}")
    chair = {"provisionId": clause["id"], "language": "en"}
    council.do("proposeAmendment", seat="ALDER", revision=clause["revision"], text="Each tells the others.", **chair)
    council.do("acceptAmendment", amendmentId=council.clause(2)["amendments"][-1]["id"])
    answer = birch.post(stale.action, stale.fields | {"stances.0.level": "SUPPORT"})
    assert answer.status_code == 422
    assert len(birch.refusals) == 1


# ── from where forms are taken ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": ""}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({}, True),
        ({"Origin": "http://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
    ],
)
def test_a_form_from_another_site_is_refused(council: Sitting, headers: dict[str, str], taken: bool):
    birch = seated(council, "BIRCH")
    form, before = birch.form(f"stance-{council.clause(1)['id']}"), entries(council)
    answer = birch.post(form.action, form.fields | {"stances.0.level": "NEUTRAL"}, **headers)
    assert answer.status_code == (303 if taken else 403)
    assert (entries(council) > before) == taken
    if not taken:
        assert birch.refusals == [
            "This form was not sent from a page of this site. Open the page anew and send it again."
        ]


@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/join/AAAABBBB", "/do/scheduleSession"])
def test_no_other_form_is_taken_from_another_site(house: Server, address: str):
    someone = reader(house, house.organiser)
    answer = someone.post(
        address, {"token": house.organiser, "scenario": "small-council"}, Origin="http://evil.example"
    )
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


# ── the language of a page ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("zh-TW;q=0.7, ru;q=0.8", "ru"),
        ("zh-CN", "zh-Hans"),
        ("kk, ru;q=0, en;q=0.1", "en"),
        ("de, fr;q=x, ;;q=", "en"),
    ],
)
def test_a_page_speaks_as_the_browser_says(house: Server, header: str, language: str):
    assert f'<html lang="{language}">' in reader(house, language=header).open("/").page


def test_a_language_that_was_chosen_is_kept(council: Sitting):
    someone = reader(council.server, language="en")
    assert '<html lang="ru">' in someone.open(f"/s/{council.id}/board?lang=ru").page
    assert '<html lang="ru">' in someone.open("/").page
    assert '<html lang="ru">' in someone.open("/?lang=xx").page
    assert '<html lang="zh-Hans">' in someone.open("/?lang=zh-Hans").page
    assert '<html lang="zh-Hans">' in someone.open("/join/7777-7777").page


# ── signing in and out ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_token_signs_in_by_a_cookie_that_no_script_reads(house: Server):
    someone = reader(house)
    for wrong in ("", "plg_", house.organiser[:-1] + ("A" if house.organiser[-1] != "A" else "B")):
        answer = someone.post("/sign-in", {"token": wrong})
        assert answer.status_code == 422
        assert "set-cookie" not in answer.headers
        assert someone.refusals == ["This is no token of this site, or it has been revoked."]
    answer = someone.post("/sign-in", {"token": f" {house.organiser}\n"})
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Schedule a session" in someone.words
    assert house.organiser not in someone.page
    assert someone.post("/sign-out", {}).headers["set-cookie"].startswith('polylogue=""')
    assert "Schedule a session" not in someone.open("/").words


def test_a_token_that_has_ended_shows_what_a_stranger_sees_and_takes_no_form(fresh: Sitting):
    token = admitted(fresh, "DELEGATE", "ALDER")
    alder = reader(fresh.server, token).open(f"/s/{fresh.id}/seat")
    form = alder.form("position")
    reissued(fresh, "ALDER")
    assert alder.open(f"/s/{fresh.id}/seat").status == 403
    assert "Your card is not valid any more." in alder.words
    before = entries(fresh)
    answer = alder.post(form.action, form.fields | {"text": "Our position is long."})
    assert answer.status_code == 403
    assert "You are not signed in any more." in alder.words
    assert "Our position is long." in alder.words
    assert entries(fresh) == before


REVOKE = """mutation($input: RevokeTokenInput!) { revokeToken(input: $input) {
  ... on RevokeTokenPayload { revoked } } }"""


def test_an_open_page_asks_for_itself_anew_when_its_token_ends(fresh: Sitting):
    given = {"sessionId": fresh.id, "role": "DELEGATE", "seats": ["ALDER"], "name": "x", "fields": "token person"}
    admitted = fresh.server.give("admitPerson", fresh.chair, **given)
    page = reader(fresh.server, admitted["token"]).open(f"/s/{fresh.id}/seat").page
    found = re.search(r'hx-sse:connect="([^"]*)"', page)
    assert found
    address = fresh.server.url + html.unescape(found[1])
    with httpx.stream("GET", address, cookies={"polylogue": admitted["token"]}, timeout=60) as stream:
        lines = stream.iter_lines()
        next(line for line in lines if line.startswith("event: clock"))
        ended = {"sessionId": fresh.id, "person": admitted["person"]}
        assert fresh.server.ask(REVOKE, fresh.chair, input=ended)["revokeToken"] == {"revoked": 1}
        assert "event: anew" in islice(lines, 8)  # and not the clock again and again
        assert list(lines) == ["data: anew", ""]
