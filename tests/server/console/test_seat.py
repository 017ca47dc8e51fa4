"""A seat's page through a sitting: what is asked, what is open, and what is said there."""

import re

import httpx
import pytest

from polylogue.vocabulary import LanguageTag
from server.console.fates import Fate
from server.console.fates import fates as fates_of
from server.console.wordings import Wording
from tests.server.console.browsing import Reader, seated
from tests.server.console.sitting import PATIENCE_SECONDS, Sitting, opened, scheduled, until
from tests.serving import Server

FAR = "Колодец далеко."


@pytest.fixture(scope="module")
def council(house: Server) -> Sitting:
    """A small public session in which a day is a blink, its item taken up."""
    return opened(scheduled(house, "small-council", public=True, clock_scale="1/36000"))


def asked(seat: Reader) -> list[str]:
    """What is asked of a seat, by the kinds of things."""
    return re.findall(r'<div class="ask[^"]*" id="ask-(\w+)"', seat.page)


def fates(seat: Reader) -> list[str]:
    """What has become of the session and the item, as the seat is told."""
    return re.findall(r'<div class="fate[^"]*" id="fate-(\w+)"', seat.page)


def mutations(seat: Reader) -> set[str]:
    """What the page has forms for."""
    return set(re.findall(r'action="/s/[^/]+/do/(\w+)', seat.page))


def again(seat: Reader, sitting: Sitting) -> Reader:
    return seat.open(f"/s/{sitting.id}/seat")


def test_a_seat_goes_through_a_text(council: Sitting):
    alder, birch = seated(council, "ALDER"), seated(council, "BIRCH", language="ru")
    first, second = council.clause(1)["id"], council.clause(2)["id"]
    assert asked(alder) == ["state"]
    alder.send(f"stance-{first}", stances__0__level="SUPPORT")
    alder.send(f"stance-{second}", stances__0__level="ACCEPT")
    assert asked(alder) == ["nothing"]
    birch.send(f"stance-{first}", stances__0__level="NEUTRAL")
    birch.send(f"object-{second}", stances__0__reason=FAR, stances__0__wouldBeRemovedBy="Трое суток.", language="ru")

    # What the other holds, why, and what would settle it, is read under the clause.
    assert "Would be settled by Трое суток." in again(alder, council).words

    # Each proposes a clause, and an amendment to the other's, which its sponsor is asked to accept.
    alder.send("clause-new", text="The well is measured every year.", language="en")
    third = council.clause(3)["id"]
    assert asked(again(birch, council)) == ["state"]
    birch.send(f"amend-{third}", text="The well is measured every second year.")
    assert "Birch" in alder.open(f"/s/{council.id}/seat").words
    assert asked(alder) == ["accept", "state"]
    alder.send(f"stance-{third}", stances__0__level="SUPPORT")
    birch = again(birch, council)
    birch.send(f"amend-{third}", text="The well is measured every other year.", reason="Короче.")
    amendment = council.clause(3)["amendments"][0]["id"]
    cedar = seated(council, "CEDAR")
    assert asked(cedar)[:2] == ["absent", "weigh"]
    assert "Birch would change clause 3: does what you hold stay?" in cedar.words
    assert "<ins>" in cedar.page
    assert f"accept-{amendment}" not in cedar.forms
    alder = again(alder, council)
    alder.send(f"accept-{amendment}")
    assert council.clause(3)["revision"] == 2

    # What was said of the older words is said again in one act; the other's amendment is to older words.
    assert "reaffirm" in asked(alder)
    assert "Said of an older wording" in alder.words
    alder.send("reaffirm")
    assert "reaffirm" not in asked(alder)
    assert "revise" in asked(again(birch, council))
    left = next(each["id"] for each in council.clause(3)["amendments"] if each["state"] == "PENDING")
    birch.send(f"revise-{left}", text="The well is measured every third year.")
    assert "revise" not in asked(birch)
    birch.send(f"back-{left}")
    assert f"back-{left}" not in birch.forms

    # Another wording stands beside a clause, and can be spoken to.
    birch.send(f"beside-{second}", text="Каждый сообщает остальным за трое суток.", language="ru")
    other = council.clause(2)["alternatives"][0]["id"]
    alder = again(alder, council)
    assert "Каждый сообщает" in alder.words
    assert "Birch proposes other words for clause 2: what do you hold?" in alder.words
    alder.send(f"stance-{other}", stances__0__level="ACCEPT")
    assert "weigh" not in asked(alder)
    alder.send("position", text="One well, three who draw from it.", interests="Our fields are dry.", language="en")
    assert alder.form("position").fields["interests"] == "Our fields are dry."
    assert "Our fields are dry." not in again(birch, council).page
    assert "One well, three who draw from it." in birch.words
    cedar = again(cedar, council)
    cedar.send("rest")
    assert asked(cedar) == ["absent", "weigh"]
    assert cedar.page.count('class="level ACCEPT" aria-pressed="true"') == len(council.item()["text"]["provisions"])
    entered = re.findall(r'<li><span class="number">Entry \d+</span> (.*?)</li>', alder.page)
    assert entered[0] == "Position posted"
    assert len(entered) >= 4


def test_a_carried_objection_is_said_again_with_its_reason(council: Sitting):
    birch, second = seated(council, "BIRCH"), council.clause(2)
    council.do(
        "proposeAmendment", seat="ALDER", provisionId=second["id"], revision=second["revision"], language="ru",
        text="Каждый сообщает остальным за трое суток.",
    )  # fmt: skip
    council.do("closeBracket", provisionId=second["id"], alternativeId=second["alternatives"][0]["id"])
    # Whose words are the text now is not asked to revise them.
    alder = seated(council, "ALDER")
    assert "revise" not in asked(alder)
    assert "The clause says now what you proposed." in alder.words
    assert "reaffirm" in asked(again(birch, council))
    form = birch.form("reaffirm").fields
    objecting = next(name for name, value in form.items() if value == "OBJECT").rpartition(".")[0]
    assert form[f"{objecting}.reason"] == FAR
    birch.send("reaffirm")
    assert "reaffirm" not in asked(birch)
    query = "query($id: ID!) { session(id: $id) { agenda { text { provisions { stances { seat level carried } } } } } }"
    found = council.server.ask(query, council.chair, id=council.id)["session"]["agenda"][0]["text"]["provisions"]
    assert {"seat": "BIRCH", "level": "OBJECT", "carried": False} in found[1]["stances"]


def test_candidates_are_ranked_with_ties(council: Sitting):
    alder = seated(council, "ALDER")
    council.do("requestDraft", itemId=council.item()["id"], candidates=4)
    until(lambda: "rank" in asked(again(alder, council)))
    ids = re.findall(r'<select id="rank-([0-9a-f-]+)" name="ranking"', alder.page)
    assert len(ids) >= 2
    form = alder.form("rank")
    alder.status = alder.ask(
        "POST", form.action, data=form.fields | {"ranking": [f"1:{ids[0]}", f"2:{ids[1]}", *("" for _ in ids[2:])]}
    ).status_code
    assert alder.status == 303
    assert "rank" not in asked(again(alder, council))
    assert f'<option value="2:{ids[1]}" selected>2</option>' in alder.page
    assert "Candidates ranked" in alder.words

    # A clause of a candidate is answered; what cannot be lived with says why.
    reply = next(each for each in alder.forms if each.startswith("reply-"))
    alder.send(reply, answers__0__level="OBJECT", answers__0__reason="Too often.")
    assert (alder.status, len(alder.refusals)) == (422, 1)
    alder.send(reply, answers__0__level="NEUTRAL", answers__0__reason="Perhaps.")
    assert "Recorded as entry" in alder.words
    assert "Candidate answered: We are neutral" in alder.words
    assert alder.form(reply).fields["answers.0.reason"] == "Perhaps."
    alder.send("position", text="", interests="")
    assert (alder.status, "a word is needed here" in alder.refusals[0]) == (422, True)


def test_in_a_call_objections_are_answered_raised_and_withdrawn_and_then_opinions_placed(council: Sitting):
    item = council.item()["id"]
    alder, birch = seated(council, "ALDER"), seated(council, "BIRCH")
    council.do("circulateText", itemId=item)
    council.do("cleanText", itemId=item)
    assert "reopenText" in mutations(again(alder, council))
    council.when("CIRCULATION_RUNNING", "callForConsensus", itemId=item)
    first, second = council.clause(1)["id"], council.clause(2)["id"]
    assert asked(again(birch, council)) == ["answer", "call"]
    assert asked(again(alder, council)) == ["call"]
    assert not {"stateStances", "proposeAmendment", "reopenText"} & mutations(alder)
    birch.send(f"maintain-{second}")
    assert asked(birch) == ["call"]
    birch.send(f"withdraw-{second}", level="ACCEPT")
    alder.send(f"raise-{first}", reason="All three?", wouldBeRemovedBy="")
    assert alder.status == 422
    assert alder.form(f"raise-{first}").fields["reason"] == "All three?"
    alder.send(f"raise-{first}", reason="All three?", wouldBeRemovedBy="Say how many.", language="en")
    assert "Your objection stands." in alder.words
    assert "Does anybody object?" not in alder.words
    assert "Does anybody object?" in again(birch, council).words
    council.do("suspendSession", reason="Lunch.", language="en")
    assert (asked(again(birch, council)), fates(birch)) == ([], ["suspended"])
    assert "Lunch." in birch.words
    council.do("resumeSession")
    council.do("recordRollCall", present=council.seats[:-1])
    again(alder, council).send(f"withdraw-{first}")
    council.when("WINDOW_OPEN", "closeCall", itemId=item)
    assert fates(again(alder, council)) == ["adopted"]
    assert "Decision 1" in alder.words
    alder.send("opinion", text="A day is twenty-four hours.", provisionId=first, kind="INTERPRETATION", language="en")
    assert "Opinion placed on record" in alder.words
    council.do("closeSession")
    assert mutations(again(alder, council)) == set()
    assert fates(alder) == ["closed", "adopted"]
    assert "A day is twenty-four hours." in alder.words
    assert f"/s/{council.id}/minutes.html" in alder.page
    council.do("sealSession")
    assert fates(again(alder, council)) == ["sealed", "adopted"]


def test_a_seat_brings_the_versions_in_its_languages_into_step(house: Server):
    council = opened(scheduled(house, "small-council", clock_scale="1", authentic=(LanguageTag("ru"),)))
    birch, cedar = seated(council, "BIRCH"), seated(council, "CEDAR")
    first, second = council.clause(1), council.clause(2)
    assert asked(birch) == ["state", "version"]
    assert asked(cedar) == ["absent", "state"]
    birch.send(f"version-{second['id']}-ru", text="Каждый предупреждает остальных за день.")
    assert asked(birch) == ["state"]
    council.do(
        "proposeAmendment", seat="ALDER", provisionId=first["id"], revision=first["revision"], language="en",
        text="Aware that all three draw from one and the same well,",
    )  # fmt: skip
    council.do("acceptAmendment", amendmentId=council.clause(1)["amendments"][0]["id"])
    assert asked(again(birch, council)) == ["state", "version"]
    birch.send(f"version-{first['id']}-ru-fits")
    assert asked(birch) == ["state"]


def test_who_does_not_count_is_offered_what_is_theirs(house: Server):
    sitting = scheduled(house, clock_scale="1")
    egypt = seated(sitting, sitting.partners[0])
    assert fates(egypt) == ["scheduled"]
    assert mutations(egypt) == {"stateStances", "postPosition"}
    opened(sitting)
    assert fates(again(egypt, sitting)) == []
    assert mutations(egypt) == {"stateStances", "postPosition"}


def test_an_open_seat_gets_what_is_for_everybody_and_its_own(house: Server):
    council = opened(scheduled(house, "small-council", public=False, clock_scale="1"))
    alder = seated(council, "ALDER")
    after = re.search(r'hx-sse:connect="[^"]*after=([^"&]*)"', alder.page)
    assert after
    cookies = {"polylogue": alder.cookies["polylogue"]}
    live = f"{council.server.url}/s/{council.id}/seat/live?lang=en&seat=ALDER&after={after[1]}"
    with httpx.stream("GET", live, cookies=cookies, timeout=PATIENCE_SECONDS) as stream:
        lines = stream.iter_lines()
        next(line for line in lines if line.startswith("event: clock"))
        council.do(
            "postPosition",
            seat="BIRCH",
            itemId=council.item()["id"],
            text="So.",
            language="en",
            interests="Dry fields.",
        )
        council.state("BIRCH", "S")
        council.state("ALDER", "A")
        message = ""
        while 'value="ACCEPT" class="level ACCEPT" aria-pressed="true"' not in message:
            message += next(lines)
    assert "Dry fields." not in message
    assert 'hx-target="#clause-' in message
    assert "BIRCH" not in message


def test_a_seat_is_told_what_has_become_of_its_item(house: Server):
    council = opened(scheduled(house, "small-council", public=True, clock_scale="1/36000"))
    item, alder = council.item()["id"], seated(council, "ALDER")
    council.state("ALDER", "SS")
    council.state("BIRCH", "SS")
    council.do("circulateText", itemId=item)
    council.do("cleanText", itemId=item)
    council.when("CIRCULATION_RUNNING", "callForConsensus", itemId=item)
    again(alder, council).send(f"raise-{council.clause(1)['id']}", reason="No.", wouldBeRemovedBy="Ask.", language="en")
    council.when("WINDOW_OPEN", "closeCall", itemId=item)
    assert fates(again(alder, council)) == ["blocked"]
    council.do("reopenText", itemId=item, seat="ALDER", language="en")
    council.state("ALDER", "SS")
    council.do("cleanText", itemId=item)
    council.when("CIRCULATION_RUNNING", "callForConsensus", itemId=item)
    council.when("WINDOW_OPEN", "closeCall", itemId=item)
    assert fates(again(alder, council)) == ["adopted"]
    council.do("rescindAdoption", itemId=item, reason="Birch was not asked.", language="en")
    assert fates(again(alder, council)) == ["rescinded"]
    assert "Birch was not asked." in alder.words
    council.do("deferItem", itemId=item, reason="No time today.", language="en")
    assert (fates(again(alder, council)), asked(alder)) == (["rescinded", "deferred"], [])
    assert "No time today." in alder.words


def test_an_item_is_told_why_its_own_adoption_was_rescinded():
    def rescinded(item: str, reason: str) -> dict[str, object]:
        detail = {"item": item, "reason": {"text": reason, "language": "en"}}
        return {"kind": "AdoptionRescinded", "detail": detail}

    room = {"phase": "OPEN", "record": [rescinded("one", "Not asked."), rescinded("two", "Too early."), {}]}
    item = {"id": "one", "calls": [], "decision": None, "rescinded": [{"number": 1}], "phase": "DELIBERATION"}
    item["text"] = {"state": "WORKING"}
    assert list(fates_of(room, item, ())) == [Fate("RESCINDED", Wording("Not asked.", "en"), 1)]
