"""Coming in: from the organiser's first page to the cards, from a card to the seat; and every way to be kept out."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from graphql import (
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_input_object_type,
    is_list_type,
    is_required_input_field,
)
from litestar import get
from litestar.params import FromPath
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR
from litestar.testing import create_test_client
from structlog.testing import capture_logs

from polylogue.vocabulary import Role
from schema.api.actions import ACTIONS, Kind
from schema.api.schema import make_schema
from server.console.forms import input_type
from server.console.routes import _failed
from server.console.sitemap import PAGES
from tests.server.console.browsing import cards, people, reader, reissued, seated
from tests.server.console.pages import words
from tests.server.console.sitting import Sitting, opened, scheduled
from tests.serving import Server

GRAPHQL = make_schema()._schema
NOBODY = "01900000-0000-7000-8000-000000000000"
SCRIPTS = {"en": "[a-z]{4}", "ru": "[а-я]{4}", "zh-CN": "[一-鿿]{4}"}


@pytest.fixture(scope="module")
def council(house: Server) -> Sitting:
    """A small session that is not public, at a human pace."""
    return opened(scheduled(house, "small-council", public=False, clock_scale="1"))


def test_a_session_is_scheduled_its_cards_are_made_and_each_leads_to_its_page(house: Server):
    host = reader(house)
    host.post("/sign-in", {"token": house.organiser})
    host.send("schedule", scenario="small-council")
    assert host.status == 200
    session = re.search(r'action="/s/([0-9a-f-]+)/do/invite', host.page)
    assert session
    assert "Phones could not reach the address on the cards." in host.words, "it is a loopback"
    once = host.form("invite-all")
    answer = host.send("invite-all")
    assert answer.status_code == 200
    assert "Phones cannot reach these cards’ address." in host.words
    assert "These are new codes." not in host.words
    host.post(once.action, once.fields)  # loaded again
    assert "These are new codes." in host.words
    assert f'href="/s/{session[1]}/invite"' in host.page
    assert 'id="print"' in host.page
    codes = re.findall(r'<p class="code">(\w{4}-\w{4})</p>', host.page)
    assert len(codes) == 5
    assert host.page.count('<svg class="qr"') + host.page.count('class="qr"') >= 5
    assert f'<a href="/join/{codes[0]}">Come in as the chair on this device</a>' in host.page
    host.open(f"/join/{codes[0]}")
    assert "You will be Chair" in host.words
    assert 'name="name"' not in host.page  # who is signed in has a name
    answer = host.send("join")
    assert answer.headers["location"] == f"/s/{session[1]}/chair"
    someone = host
    for code, page in zip(codes[1:], ("seat?seat=ALDER", "seat?seat=BIRCH", "seat?seat=CEDAR", "review"), strict=True):
        someone = reader(house).open(f"/join/{code}")
        answer = someone.send("join", name="Somebody")
        assert answer.headers["location"] == f"/s/{session[1]}/{page}"
        assert someone.status == 200
    own = someone.open("/").words
    assert "Your sessions" in own
    assert "Facilitator" in own


def test_a_code_is_typed_as_it_comes_and_says_who_one_will_be(council: Sitting):
    code = cards(council, "CEDAR")[0]
    for typed in (
        code,
        code.lower().replace("-", ""),
        f" {code.replace('-', '  ').replace('0', 'o').replace('1', 'l')} ",
    ):
        someone = reader(council.server, language="zh-CN")
        someone.ask("GET", "/join", params={"code": typed})
        answer = someone.ask("GET", "/join", params={"code": typed})
        assert answer.status_code == 303
        assert "雪松" in someone.open(answer.headers["location"]).words
        assert someone.status == 200
    answer = someone.send("join", name=" ")
    assert answer.status_code == 422
    assert re.search(r'<input id="name" [^>]*aria-invalid="true"', someone.page)
    assert re.search(SCRIPTS["zh-CN"], someone.refusals[0])


def test_a_card_that_admits_nobody_says_why_in_the_readers_language(council: Sitting):
    first, second = cards(council, "ALDER")[0], cards(council, "BIRCH")[0]
    reader(council.server).open(f"/join/{first}").send("join", name="Somebody")
    reissued(council, "BIRCH")
    for language, letters in SCRIPTS.items():
        said: dict[str, int] = {}
        for code in ("7777-7777", first, second, "x", "%2e%2e"):
            someone = reader(council.server, language=language).open(f"/join/{code}")
            reason = re.search(r'<p class="lead" role="alert">(.*?)</p>', someone.page)
            assert reason, someone.words
            assert re.search(letters, reason[1])
            assert 'name="code"' in someone.page
            said[reason[1]] = someone.status
        assert sorted(said.values()) == [404, 404, 410, 410]


def test_nothing_typed_is_asked_for(house: Server):
    someone = reader(house).open("/join?code=+")
    assert someone.status == 422
    assert someone.refusals == ["Write the code that stands on your card."]


def test_an_address_that_is_none_has_a_page_for_people(council: Sitting):
    """With a field for a code; programs get what they always get."""
    for language, letters in SCRIPTS.items():
        someone = reader(council.server, language=language)
        someone.headers["Accept"] = "text/html"
        for address in ("/nowhere", "/join/a/b", "/join?code=%3Cb%3Ex%3C%2Fb%3E", "/s/x/board", "/s/x/nowhere"):
            assert someone.open(address).status == 404
            assert 'name="code"' in someone.page
            assert 'class="banner"' in someone.page
            assert re.search(letters, someone.words)
            assert "<b>x" not in someone.page
        assert someone.open(f"/s/{council.id}/do/invite").status == 405
        assert 'name="code"' in someone.page
        assert someone.ask("GET", "/graphql/nowhere").json()["status_code"] == 404
    assert reader(council.server).ask("GET", "/nowhere").json()["status_code"] == 404


def test_of_two_phones_on_one_card_one_comes_in(council: Sitting):
    code = cards(council, "ALDER")[0]
    phones = [reader(council.server).open(f"/join/{code}") for _ in range(2)]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda phone: phone.send("join", name="Somebody"), phones))
    assert sorted(answer.status_code for answer in answers) == [303, 410]
    late = next(phone for phone in phones if phone.status == 410)
    assert "Somebody has come in by this card already" in late.words
    assert "polylogue" not in late.cookies
    assert '<input type="hidden" name="name" value="Somebody">' in late.page
    spare = cards(council, "ALDER")[0]
    answer = late.ask("GET", "/join", params={"code": spare, "name": "Somebody"})
    assert 'value="Somebody"' in late.open(answer.headers["location"]).page


def test_a_double_tap_comes_in_once_and_the_back_button_leads_on(council: Sitting):
    code = cards(council, "ALDER")[0]
    phone = reader(council.server).open(f"/join/{code}")
    form, before = phone.form("join"), council.session()["head"]["seq"]
    once = phone.ask("POST", form.action, data=form.fields | {"name": "Anna"}).headers["set-cookie"]
    phone.cookies.clear()
    answer = phone.post(form.action, form.fields | {"name": "Anna"})
    assert answer.status_code == 303
    assert answer.headers["set-cookie"] != once
    assert council.session()["head"]["seq"] == before + 1
    assert phone.open(f"/s/{council.id}/seat").status == 200
    phone.open(f"/join/{code}")
    assert phone.send("join").headers["location"] == f"/s/{council.id}/seat?seat=ALDER"
    assert council.session()["head"]["seq"] == before + 1


def test_who_tries_a_hundred_codes_is_told_when_to_try_again(council: Sitting):
    guesser = reader(council.server, language="ru")
    guesser.headers["X-Forwarded-For"] = "203.0.113.77"
    for number in range(100):
        if guesser.open(f"/join/{number:04}-0000").status == 429:
            break
    assert guesser.status == 429
    assert re.search(SCRIPTS["ru"], guesser.words)
    code = cards(council, "ALDER")[0]
    assert guesser.open(f"/join/{code}").status == 429
    assert reader(council.server).open(f"/join/{code}").status == 200


def test_one_person_holds_several_seats_and_goes_from_one_to_the_other(council: Sitting):
    phone = reader(council.server).open(f"/join/{cards(council, 'ALDER', 'CEDAR')[0]}")
    assert "Alder, Cedar" in phone.words
    phone.send("join", name="Two hats")
    clause = council.clause(1)["id"]
    phone.send(f"stance-{clause}", stances__0__level="SUPPORT")
    phone.open(f"/s/{council.id}/seat?seat=CEDAR")
    phone.send(f"stance-{clause}", stances__0__level="RESERVE")
    query = "query($id: ID!) { session(id: $id) { agenda { text { provisions { stances { seat level } } } } } }"
    found = council.server.ask(query, council.chair, id=council.id)["session"]["agenda"][0]["text"]["provisions"][0]
    assert found["stances"] == [{"seat": "ALDER", "level": "SUPPORT"}, {"seat": "CEDAR", "level": "RESERVE"}]
    assert "Alder" in phone.open(f"/s/{council.id}/seat?seat=BIRCH").words  # not theirs: as if it were not said


# ── who may open what ────────────────────────────────────────────────────────────────────────────────────────────────

SHOWN = {
    "stranger": (),
    "of another session": (),
    "revoked": (),
    "organiser": ("board", "invite", "review"),
    "chair": ("board", "chair", "enter", "invite", "review"),
    "delegate": ("board", "seat", "review"),
    "facilitator": ("board", "review"),
    "secretariat": ("board", "chair", "enter", "review"),
}
"""Pages of a session that is not public, by who asks; all others are as if there were none, or not for them."""
PLACE = re.compile("There is no public session here|This page is not for you|Your card is not valid any more")


def test_a_page_is_shown_to_those_it_is_for_and_tells_no_other_seat_what_is_private(council: Sitting):
    who_asks, item = people(council), council.item()["id"]
    secret = "Because our own border posts have no radio."
    council.do("postPosition", seat="BIRCH", itemId=item, text="We agree.", language="en", interests=secret)
    for who, pages in SHOWN.items():
        for page in PAGES:
            someone = who_asks[who].open(f"/s/{council.id}/{page}?seat=BIRCH")
            shown = page in pages
            assert someone.status == (200 if shown else 403 if pages else 404), (who, page)
            assert bool(PLACE.search(someone.words)) == (not shown), (who, page)
            if who not in ("chair", "facilitator"):  # to them it is told
                assert secret not in someone.page, (who, page)
            if not shown:
                assert someone.ask("GET", f"/s/{council.id}/{page}/live").status_code == 404
    birch = seated(council, "BIRCH")
    assert birch.form("position").fields["interests"] == secret


ELSEWHERE = {"organiser": "seat", "chair": "seat", "delegate": "chair", "secretariat": "invite"}
"""A page that is not theirs: what they send is decided all the same, and what is answered is soon made."""
KEPT_OUT = re.compile("Not permitted|You hold no such part|There is no such session|You are not signed in any more")
ROLES = {
    "organiser": {Role.ORGANISER},
    "chair": {Role.CHAIR, Role.SECRETARIAT},
    "delegate": {Role.DELEGATE},
    "facilitator": {Role.FACILITATOR},
    "secretariat": {Role.SECRETARIAT},
}


def test_nobody_does_by_a_form_what_is_not_theirs(council: Sitting):
    """The table of actions, role by role: each form is filled in as far as it must be to be decided on."""
    who_asks = people(council)
    before = council.session()["head"]["seq"]
    for who, someone in who_asks.items():
        with httpx.Client(base_url=someone.url, cookies=someone.cookies, headers=someone.headers) as client:
            for mutation, action in ACTIONS.items():
                if action.kind is not Kind.MUTATION or action.anybody or action.roles & ROLES.get(who, set()):
                    continue
                address = f"/s/{council.id}/do/{mutation}?page={ELSEWHERE.get(who, 'chair')}"
                answer = client.post(address, data=filled_in(mutation, f"{who} {mutation}"))
                assert answer.status_code in (403, 404), (who, mutation, answer.status_code)
                assert KEPT_OUT.search(html.unescape(answer.text)), (who, mutation, words(answer.text))
    assert council.session()["head"]["seq"] == before


def filled_in(mutation: str, key: str) -> dict[str, str]:
    """What must be said in the form of a mutation; it names nothing that there is but a seat."""
    kind = input_type(GRAPHQL, mutation)
    assert kind
    seat = {"seat": "ALDER"} if "seat" in kind.fields else {}
    return {**_needed(kind, ""), "idempotencyKey": key, **seat}


def _needed(kind: Any, at: str) -> dict[str, str]:
    kind = get_nullable_type(kind)
    if is_list_type(kind):
        return _needed(kind.of_type, f"{at}.0" if is_input_object_type(get_named_type(kind)) else at)
    if is_input_object_type(kind):
        below = {name: each for name, each in kind.fields.items() if is_required_input_field(each)}
        return {
            place: value
            for name, each in (below or dict([*kind.fields.items()][:1])).items()
            for place, value in _needed(each.type, f"{at}.{name}" if at else name).items()
        }
    if is_enum_type(kind):
        return {at: next(iter(kind.values))}
    return {at: {"ID": NOBODY, "Int": "1", "Seq": "1", "LanguageTag": "en", "SeatCode": "ALDER"}.get(kind.name, "true")}


def test_everybody_does_by_a_form_what_is_theirs(council: Sitting):
    clause, item = council.clause(1)["id"], council.item()["id"]
    stance = {"itemId": item, "seat": "BIRCH", "stances.0.provisionId": clause, "stances.0.level": "ACCEPT"}
    who_asks = people(council)
    for mutation, may, fields in (
        ("stateStances", ("chair", "secretariat"), stance),
        ("recordRollCall", ("chair", "secretariat"), {"present": "ALDER"}),
        ("invite", ("organiser", "chair"), {}),
        ("admitPerson", ("organiser", "chair"), {"role": "DELEGATE", "name": "x", "seats": "BIRCH"}),
        ("scheduleSession", ("organiser",), {"scenario": "small-council"}),
    ):
        address = f"/s/{council.id}/do/{mutation}?page=board" if mutation != "scheduleSession" else f"/do/{mutation}"
        for who in may:
            sent = {"idempotencyKey": f"{who} {mutation}", **fields}
            answer = who_asks[who].ask("POST", address, data=sent)
            assert answer.status_code in (200, 303), (who, mutation, answer.status_code)
    by_hand = who_asks["facilitator"].ask("POST", f"/s/{council.id}/do/openSession?page=review", data={})
    assert by_hand.status_code == 403, "no form of that page is sent there"


def test_a_page_that_fails_does_not_log_the_code_in_its_address():
    @get("/join/{code:str}")
    async def broken(code: FromPath[str]) -> str:
        raise RuntimeError("broken")

    failing = create_test_client([broken], exception_handlers={HTTP_500_INTERNAL_SERVER_ERROR: _failed})
    with failing as client, capture_logs() as logged:
        assert client.get("/join/ABCD-EFGH").status_code == 500
    (entry,) = logged
    assert (entry["event"], entry["page"]) == ("page failed", "/join/{code}")
    assert "ABCD" not in str(entry)
