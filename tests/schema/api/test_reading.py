"""What a member of a session reads is what the rules know of it, whatever the session has been through."""

from typing import Any

import pytest

from polylogue.state import Provision
from polylogue.versions import languages
from polylogue.vocabulary import ProvisionState
from tests.ledger.course import CHAIR, Course
from tests.schema.api.everything import everything
from tests.schema.api.seen import Seen, person

CHAIR_HERSELF = person(CHAIR)
BOARD = """
    phase
    quorum { present needed members met rule }
    delegations { code standing present name languages }
    agenda {
      id number title phase dimensions
      text {
        state callableFrom
        provisions {
          id number kind state revision sponsor versions { language status stale text erased }
          notStated
          stances { seat level importance carried bulk revision ifAgreed conditionMet seq at alternative provision }
          alternatives(closed: true) { id label open seat versions { text } stances { seat level carried } }
          amendments { id state seat revision versions { text } reason { text } }
        }
        withdrawn { id number state }
      }
    }
"""


def said(course: Course, version: Any) -> str:
    return str(course.prose[version.seq, version.pointer]["text"])


def clause_of(course: Course, provision: Provision, number: int | None) -> dict[str, Any]:
    """A provision as the rules know it, in the API's words."""
    state = course.state
    held = {
        seat: stances[provision.id, None] for seat, stances in state.stances.items() if (provision.id, None) in stances
    }
    counted = {seat for seat, stance in held.items() if stance.revision == provision.revision}
    return {
        "id": provision.id,
        "number": number,
        "kind": provision.kind,
        "state": provision.state,
        "revision": provision.revision,
        "sponsor": provision.sponsor,
        "versions": [
            *(
                {"language": v.language, "status": v.status, "stale": v.stale, "text": said(course, v), "erased": False}
                for v in provision.wording
            ),
            *(
                {"language": language, "status": "MISSING", "stale": False, "text": None, "erased": False}
                for language in languages(state)
                if language not in {v.language for v in provision.wording}
            ),
        ],
        "notStated": [seat for seat in state.members() if seat not in counted],
        "stances": [
            {
                "seat": seat,
                "level": stance.level,
                "importance": stance.importance,
                "carried": stance.revision != provision.revision,
                "bulk": stance.bulk,
                "revision": stance.revision,
                "ifAgreed": stance.if_agreed,
                "conditionMet": state.provisions[stance.if_agreed].state is ProvisionState.AGREED
                if stance.if_agreed
                else None,
                "seq": stance.seq,
                "at": stance.at,
                "alternative": None,
                "provision": provision.id,
            }
            for seat, stance in sorted(held.items())
        ],
        "alternatives": [
            {
                "id": a.id,
                "label": ("bis", "ter", "quater")[a.ordinal],
                "open": a.open,
                "seat": a.seat,
                "versions": [{"text": said(course, v)} for v in a.wording],
                "stances": [
                    {"seat": seat, "level": stances[provision.id, a.id].level, "carried": False}
                    for seat, stances in sorted(state.stances.items())
                    if (provision.id, a.id) in stances
                ],
            }
            for a in state.alternatives.values()
            if a.provision == provision.id
        ],
        "amendments": [
            {
                "id": a.id,
                "state": a.state,
                "seat": a.seat,
                "revision": a.revision,
                "versions": [{"text": said(course, v)} for v in a.wording],
                "reason": {"text": course.prose[a.seq, "/reason"]["text"]} if a.has_reason else None,
            }
            for a in state.amendments.values()
            if a.provision == provision.id and not a.amends
        ],
    }


async def test_the_board_is_the_state(kept: Seen, course: Course):
    told = await kept.session(BOARD, CHAIR_HERSELF)
    state = course.state
    assert [item["id"] for item in told["agenda"]] == list(state.items)
    for item in told["agenda"]:
        known = state.items[item["id"]]
        standing = state.in_text(known)
        assert (item["phase"], item["number"]) == (known.phase, known.number)
        assert item["text"]["state"] == known.text
        assert item["text"]["callableFrom"] == known.callable_from
        assert item["dimensions"] == list(known.dimensions)
        assert item["text"]["provisions"] == [clause_of(course, p, n) for n, p in enumerate(standing, 1)]
        gone = [id for id in known.provisions if state.provisions[id].state is ProvisionState.WITHDRAWN]
        assert item["text"]["withdrawn"] == [{"id": id, "number": None, "state": "WITHDRAWN"} for id in gone]
    assert [d["code"] for d in told["delegations"]] == sorted(state.delegations)
    assert state.present is None  # the last sitting had no roll call
    assert {d["present"] for d in told["delegations"]} == {None}
    assert told["quorum"] == {"present": None, "needed": 4, "members": 6, "met": False, "rule": "sco-consensus/1"}


async def test_all_there_is_is_read_without_an_error(kept: Seen, course: Course):
    for item in list(course.state.items)[:2]:
        await kept.compute(item)
    by_all = [CHAIR_HERSELF, person("delegate of KAZ")]
    for viewer in by_all:
        told = await kept.session(everything("Session"), viewer)
        assert len(told["Session_record"]) == len(course.entries)


async def test_titles_come_in_the_language_one_reads(kept: Seen):
    fields = """title inRussian: title(language: "ru") other: title(language: "zh")
        agenda { title name: title(language: "ru") }"""
    told = await kept.session(fields, CHAIR_HERSELF, language="zh-Hant")
    assert told["title"] == "水与能源"
    assert told["inRussian"] == told["other"] == "水与能源"  # there is none in Russian, and the viewer reads Chinese
    assert told["agenda"][0] == {"title": "Reservoirs", "name": "Reservoirs (ru)"}
    assert (await kept.session("title", CHAIR_HERSELF, language="fr"))["title"] == "Water and energy"


async def test_positions_hold_their_revisions(kept: Seen, course: Course):
    item = next(iter(course.state.items))
    fields = """positions { totalCount nodes {
        seat revision text { text language erased } translations { text language } seq
        revisions { revision text { text } translations { text } } } }"""
    told = (await kept.session(f'item(id: "{item}") {{ {fields} }}', CHAIR_HERSELF))["item"]["positions"]
    assert told["totalCount"] == 2
    chn, observer = told["nodes"]
    assert chn["text"] == {"text": "We need clean water.", "language": "en", "erased": False}
    assert chn["translations"] == [{"text": "净水", "language": "zh-Hans"}]
    assert [r["text"]["text"] for r in chn["revisions"]] == ["We need water.", "We need clean water."]
    assert [len(r["translations"]) for r in chn["revisions"]] == [0, 1]
    assert (observer["seat"], observer["revision"], len(observer["revisions"])) == ("MNG", 1, 1)


async def test_positions_come_in_pages(kept: Seen, course: Course):
    item = next(iter(course.state.items))
    page = "edges { cursor node { seat } } pageInfo { hasNextPage endCursor } totalCount"

    async def asked(arguments: str) -> Any:
        fields = f'item(id: "{item}") {{ positions({arguments}) {{ {page} }} }}'
        return (await kept.session(fields, CHAIR_HERSELF))["item"]["positions"]

    first = await asked("first: 1")
    assert [e["node"]["seat"] for e in first["edges"]] == ["CHN"]
    assert first["pageInfo"] == {"hasNextPage": True, "endCursor": first["edges"][0]["cursor"]}
    second = await asked(f'first: 1, after: "{first["pageInfo"]["endCursor"]}"')
    assert [e["node"]["seat"] for e in second["edges"]] == ["MNG"]
    assert not second["pageInfo"]["hasNextPage"]
    assert [e["node"]["seat"] for e in (await asked('seats: ["MNG"]'))["edges"]] == ["MNG"]
    assert (await asked("seats: []"))["edges"] == []
    for first in (-3, 0, 201):
        response = await kept.respond(f"{{ sessions(first: {first}) {{ nodes {{ id }} }} }}", CHAIR_HERSELF)
        (error,) = response["errors"]
        assert (error["extensions"]["code"], error["message"]) == ("VARIABLES_INVALID", "`first` is 1 to 200.")


@pytest.mark.parametrize("cursor", ["", "?", "W10", "WyJcdTAwMDAiXQ", "WzFd", "éé", '\\"'])
async def test_a_cursor_of_another_list_is_refused(kept: Seen, cursor: str):
    fields = f'agenda {{ positions(after: "{cursor}") {{ totalCount }} }}'
    response = await kept.respond(f'{{ session(id: "{kept.course.session}") {{ {fields} }} }}', CHAIR_HERSELF)
    assert [e["extensions"]["code"] for e in response["errors"]][:1] == ["VARIABLES_INVALID"]


async def test_calls_tell_how_they_went(kept: Seen, course: Course):
    item = next(iter(course.state.items))
    fields = """call { id } calls {
        decisionType outcome endsAt closedAt unanswered reason { text } absent unreachable report
        verdict { passed needed base counts { name value } objections { seat provision } }
        objections { seat state raised carried reason { text } wouldBeRemovedBy { text } } }"""
    told = (await kept.session(f'item(id: "{item}") {{ {fields} }}', CHAIR_HERSELF))["item"]
    assert told["call"] is None
    withdrawn, blocked, adopted = told["calls"]
    assert (withdrawn["outcome"], withdrawn["reason"]["text"]) == ("WITHDRAWN", "A point of order.")
    assert (blocked["outcome"], blocked["unreachable"]) == ("BLOCKED", ["RUS"])
    assert blocked["objections"][0]["reason"] == {"text": "It costs."}
    assert blocked["verdict"]["objections"][0]["seat"] == "KAZ"
    assert blocked["endsAt"] is None
    assert adopted["verdict"]["passed"]
    assert adopted["report"] == "ab" * 32
    assert adopted["objections"][0]["state"] == "WITHDRAWN"
    assert adopted["unanswered"] == []


async def test_a_decision_shows_what_was_adopted(kept: Seen, course: Course):
    item = next(iter(course.state.items))
    fields = """decision { number verdict { passed } opinions { seat kind text { text } }
        clauses { id number kind revision versions { language status text } } } opinions { seat }"""
    told = (await kept.session(f'item(id: "{item}") {{ {fields} }}', CHAIR_HERSELF))["item"]
    clauses = told["decision"]["clauses"]
    standing = course.state.in_text(course.state.items[item])
    assert [clause["id"] for clause in clauses] == [p.id for p in standing]
    assert clauses[0]["versions"][0]["text"] == "Shall try to meet."
    assert [(o["seat"], o["kind"], o["text"]["text"]) for o in told["decision"]["opinions"]] == [
        ("KGZ", "INTERPRETATION", "We read it so."),
        ("CHN", "RESERVATION", "With regret."),
    ]
    assert told["decision"]["verdict"]["passed"]


async def test_a_draft_shows_the_wordings_that_were_on_the_table(kept: Seen, course: Course):
    item = next(iter(course.state.items))
    fields = """draft { number clauses { id versions { text status } backers sources { amendment drawn }
        alternatives { versions { text } sources { seat amendment revision } } } } draftRequests { state }"""
    told = (await kept.session(f'item(id: "{item}") {{ {fields} }}', CHAIR_HERSELF))["item"]
    old, new = told["draft"]["clauses"]
    assert [(v["text"], v["status"]) for v in old["versions"]] == [
        ("Should meet.", "WORKING"),
        ("Напоминает Reservoirs 0.", "AUTHENTIC"),
    ]
    assert old["alternatives"][0]["versions"] == [{"text": "Will lapse."}]
    assert old["alternatives"][0]["sources"][0]["seat"] == "CHN"
    assert new["versions"] == [{"text": "Thanks the hosts.", "status": "WORKING"}]
    assert (new["sources"], new["backers"]) == ([{"amendment": None, "drawn": True}], [])
    assert [r["state"] for r in told["draftRequests"]] == ["TABLED", "LAPSED"]


async def test_sittings_and_deferrals(kept: Seen, course: Course):
    told = await kept.session(
        "sittings { number endedAt rollCall { seat present } } agenda { deferredReason { text } }", CHAIR_HERSELF
    )
    assert [len(s["rollCall"]) for s in told["sittings"]] == [7, 7, 0]
    last = [answer["seat"] for answer in told["sittings"][1]["rollCall"] if answer["present"]]
    assert last == ["CHN", "KAZ", "KGZ", "MNG", "RUS", "TJK", "UZB"], "the last call, and who came and left"
    assert {item["deferredReason"] and item["deferredReason"]["text"] for item in told["agenda"]} == {None}


async def test_stances_are_narrowed_to_seats_and_still_told_who_has_not_stated(kept: Seen, course: Course):
    fields = 'agenda { text { provisions { mine: stances(seats: ["KAZ"]) { seat } stances(seats: []) { seat } } } }'
    told = await kept.session(fields, CHAIR_HERSELF)
    provisions = [p for item in told["agenda"] for p in item["text"]["provisions"]]
    assert {s["seat"] for p in provisions for s in p["mine"]} == {"KAZ"}
    assert not any(p["stances"] for p in provisions)
    narrowed = 'agenda { text { provisions { notStated stances(seats: ["KAZ"]) { seat } } } }'
    wide = "agenda { text { provisions { notStated stances { seat } } } }"
    some, all_of_them = await kept.session(narrowed, CHAIR_HERSELF), await kept.session(wide, CHAIR_HERSELF)
    for one, other in zip(some["agenda"], all_of_them["agenda"], strict=True):
        for mine, whole in zip(one["text"]["provisions"], other["text"]["provisions"], strict=True):
            assert mine["notStated"] == whole["notStated"]


async def test_what_is_erased_is_said_to_be(kept: Seen, course: Course):
    first = next(iter(course.state.items))
    objection = next(e for e in course.entries if e.seat == "KAZ" and type(e.event).__name__ == "StancesStated")
    position = next(e for e in course.entries if type(e.event).__name__ == "PositionPosted")
    wording = course.state.in_text(course.state.items[first])[0].wording[0]
    await kept.erase(
        (1, "/titles/0"), (1, "/titles/1"), (wording.seq, wording.pointer), (position.seq, "/text"),
        (objection.seq, "/stances/0/reason"),
    )  # fmt: skip
    fields = """title titles { text erased language }
        agenda { positions { nodes { revisions { text { text erased language } } } }
            text { provisions { versions { text erased language } stances { seat reason { erased text } } } } }
        record(first: 1000, kinds: [PositionPosted]) { ... on Event { detail { ... on PositionPosted {
            text { text erased language } } } } }"""
    told = await kept.session(fields, CHAIR_HERSELF)
    gone = {"text": None, "erased": True, "language": "en"}
    assert told["title"] is None
    assert told["titles"][0] == gone
    assert told["agenda"][0]["positions"]["nodes"][0]["revisions"][0]["text"] == gone
    assert gone in told["agenda"][0]["text"]["provisions"][0]["versions"]
    assert any(e["detail"]["text"] == gone for e in told["record"] if e)


async def test_a_session_is_read_as_it_stood(kept: Seen, course: Course):
    fields = """phase head { seq treeRoot } record(first: 1000) { __typename }
        agenda { phase text { provisions { id } } }"""
    opened = next(e for e in course.entries if type(e.event).__name__ == "SessionOpened")
    before = await kept.session(fields, CHAIR_HERSELF, arguments=f", asOf: {{ seq: {opened.seq - 1} }}")
    assert (before["phase"], before["head"]["seq"]) == ("SCHEDULED", opened.seq - 1)
    assert len(before["record"]) == opened.seq - 1
    now = await kept.session(fields, CHAIR_HERSELF)
    late = (f", asOf: {{ seq: {len(course.entries)} }}", ', asOf: { time: "2999-01-01T00:00:00Z" }')
    for moment in late:
        assert await kept.session(fields, CHAIR_HERSELF, arguments=moment) == now
    adopted = next(e for e in course.entries if type(e.event).__name__ == "TextAdopted")
    at = await kept.session("head { seq at }", CHAIR_HERSELF, arguments=f', asOf: {{ time: "{adopted.at}" }}')
    assert at["head"]["at"] == adopted.at
    assert at["head"]["seq"] >= adopted.seq
    for early in (", asOf: { seq: 0 }", ', asOf: { time: "2001-01-01T00:00:00+03:00" }'):
        assert await kept.session(fields, CHAIR_HERSELF, arguments=early) is None


async def test_an_entry_that_is_not_there_yet_is_refused(kept: Seen, course: Course):
    head = len(course.entries)
    document = f'{{ session(id: "{course.session}", asOf: {{ seq: {head + 1} }}) {{ phase }} }}'
    response = await kept.respond(document, CHAIR_HERSELF)
    assert response["data"] == {"session": None}
    (error,) = response["errors"]
    assert error["extensions"] == {"code": "SEQ_BEYOND_HEAD", "head": head}
    assert error["message"] == f"There is no entry {head + 1} yet; the last one is {head}."


async def test_a_board_takes_few_selects(kept: Seen, course: Course):
    """Whatever the number of provisions and stances: a select for each table, not for each row."""
    await kept.session(BOARD, CHAIR_HERSELF)
    assert len(kept.statements) <= 17  # one of them for the languages that the session declares


async def test_only_what_is_asked_is_read(kept: Seen):
    await kept.session("phase", CHAIR_HERSELF)
    assert len(kept.statements) == 1
