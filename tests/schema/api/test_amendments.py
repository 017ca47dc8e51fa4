"""Amendments through the API: what each would change, whom it waits for, what it meets, and on what it stands."""

import re
from pathlib import Path
from typing import Any

from tests.schema.api.house import SEATS, Table

CHN, KAZ, KGZ = SEATS
FIELDS = """
    id kind provision provisionKind revision after amends edition seat state outdated acceptedBy awaits
    versions { text } redline { kind text } redlineNote changedSince { kind text } carriedOver
    collisions { amendment kind sentence }
"""
PAGE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text("utf-8")
WORDS = "Member States shall meet once a year in the host city."


async def clause(table: Table, *sponsors: str, words: str = WORDS, language: str = "en") -> str:
    """A clause behind all others that these seats sponsor."""
    first, *others = sponsors
    made = await table.do(
        "proposeProvision", "provision { id }", by=first, itemId=table.item, text=words, language=language
    )
    for seat in others:
        await table.do("joinSponsors", by=seat, provisionId=made["provision"]["id"])
    return made["provision"]["id"]


async def propose(table: Table, by: str, **given: Any) -> dict[str, Any]:
    return (await table.do("proposeAmendment", f"amendment {{ {FIELDS} }}", by=by, **given))["amendment"]


async def text(table: Table) -> dict[str, Any]:
    document = f"""query($id: ID!) {{ session(id: $id) {{ agenda {{ text {{
        provisions {{ id number sponsors sponsor amendments {{ {FIELDS} amendments {{ {FIELDS} }} }} }}
        withdrawn {{ id amendments {{ id state }} }}
        insertions {{ {FIELDS} }} }} }} }} }}"""
    answer = await table.house.ask(document, {"id": table.session}, by="chair")
    assert "errors" not in answer, answer
    return answer["data"]["session"]["agenda"][0]["text"]


async def amendments(table: Table, provision: str) -> dict[str, dict[str, Any]]:
    clauses = (await text(table))["provisions"]
    return {each["id"]: each for each in next(c for c in clauses if c["id"] == provision)["amendments"]}


def marked(pieces: list[dict[str, str]]) -> str:
    signs = {"KEPT": "{}", "REMOVED": "[-{}-]", "ADDED": "[+{}+]"}
    return "".join(signs[piece["kind"]].format(piece["text"]) for piece in pieces)


async def test_an_amendment_says_what_it_changes_and_whom_it_waits_for(table: Table):
    provision = await clause(table, KAZ, KGZ)
    made = await propose(table, CHN, provisionId=provision, revision=1, text=WORDS.replace("once", "twice"))
    assert made == {
        "id": made["id"], "kind": "REPLACE", "provision": provision, "provisionKind": "OPERATIVE", "revision": 1,
        "after": None, "amends": None, "edition": 1, "seat": CHN, "state": "PENDING", "outdated": False,
        "acceptedBy": [], "awaits": [KAZ, KGZ], "versions": [{"text": WORDS.replace("once", "twice")}],
        "redline": made["redline"], "redlineNote": None, "changedSince": [], "carriedOver": None, "collisions": [],
    }  # fmt: skip
    assert marked(made["redline"]) == "Member States shall meet [-once-][+twice+] a year in the host city."
    answer = await table.do(
        "acceptAmendment", "amendment { state acceptedBy awaits } provision { revision }",
        by=KAZ, amendmentId=made["id"],
    )  # fmt: skip
    assert answer["amendment"] == {"state": "PENDING", "acceptedBy": [KAZ], "awaits": [KGZ]}
    assert answer["provision"] == {"revision": 1}
    twice = await table.tell("acceptAmendment", by=KAZ, amendmentId=made["id"])
    assert (twice["code"], twice["message"]) == (
        "ALREADY_ACCEPTED", "You have accepted this amendment; it waits for KGZ."
    )  # fmt: skip
    answer = await table.do("leaveSponsors", "provision { sponsors sponsor }", by=KGZ, provisionId=provision)
    assert answer["provision"] == {"sponsors": [KAZ], "sponsor": KAZ}
    waits = (await amendments(table, provision))[made["id"]]
    assert (waits["acceptedBy"], waits["awaits"]) == ([KAZ], [])
    await table.do("acceptAmendment", by=KAZ, amendmentId=made["id"])
    accepted = (await amendments(table, provision))[made["id"]]
    assert (accepted["state"], accepted["awaits"], accepted["outdated"]) == ("ACCEPTED", [], False)
    assert marked(accepted["redline"]) == marked(made["redline"])


async def test_chinese_is_marked_by_character(table: Table):
    provision = await clause(table, KAZ, words="成员国应当每年举行会议。", language="zh-Hans")
    made = await propose(
        table, CHN, provisionId=provision, revision=1, text="成员国可以每年举行会议。", language="zh-Hans"
    )
    assert marked(made["redline"]) == "成员国[-应当-][+可以+]每年举行会议。"


async def test_another_language_is_held_against_that_language_or_said_to_have_none(table: Table):
    made = await propose(
        table, CHN, provisionId=table.provisions[0], revision=1, text="水资源是共享的。", language="zh-Hans"
    )
    assert made["redline"] == []
    assert made["redlineNote"] == "Nothing is compared: this is in zh-Hans, what it would change in en only."


async def test_amendments_that_meet_say_so(table: Table):
    provision = await clause(table, KAZ)
    often = await propose(table, CHN, provisionId=provision, revision=1, text=WORDS.replace("once", "twice"))
    seldom = await propose(table, KGZ, provisionId=provision, revision=1, text=WORDS.replace("once a", "each"))
    where = await propose(table, KGZ, provisionId=provision, revision=1, text=WORDS.replace("host city", "capital"))
    gone = await propose(table, CHN, provisionId=provision, revision=1, kind="DELETE")
    moved = await propose(table, CHN, provisionId=provision, kind="MOVE")
    found = await amendments(table, provision)
    met = {id: [(c["amendment"], c["kind"]) for c in each["collisions"]] for id, each in found.items()}
    assert met == {
        often["id"]: [(seldom["id"], "SAME_WORDS"), (gone["id"], "REPLACED_AND_DELETED")],
        seldom["id"]: [(often["id"], "SAME_WORDS"), (gone["id"], "REPLACED_AND_DELETED")],
        where["id"]: [(gone["id"], "REPLACED_AND_DELETED")],
        gone["id"]: [
            (often["id"], "REPLACED_AND_DELETED"), (seldom["id"], "REPLACED_AND_DELETED"),
            (where["id"], "REPLACED_AND_DELETED"), (moved["id"], "MOVED_AND_DELETED"),
        ],
        moved["id"]: [(gone["id"], "MOVED_AND_DELETED")],
    }  # fmt: skip
    said = found[often["id"]]["collisions"][0]["sentence"]
    assert said == "Both change the same words: when one is accepted, the other has to be worded anew."


async def test_what_was_proposed_to_older_words_is_outdated_and_shows_what_has_changed(table: Table):
    provision = await clause(table, KAZ)
    often = await propose(table, CHN, provisionId=provision, revision=1, text=WORDS.replace("once", "twice"))
    where = await propose(table, KGZ, provisionId=provision, revision=1, text=WORDS.replace("host city", "capital"))
    never = await propose(table, KGZ, provisionId=provision, revision=1, text="Member States shall never meet.")
    await table.do("acceptAmendment", by=KAZ, amendmentId=often["id"])
    found = await amendments(table, provision)
    assert [found[each["id"]]["outdated"] for each in (often, where, never)] == [False, True, True]
    assert marked(found[where["id"]]["changedSince"]) == marked(often["redline"])
    follows = "Member States shall meet twice a year in the capital."
    assert [found[each["id"]]["carriedOver"] for each in (where, never)] == [follows, None]
    stale = await table.tell("acceptAmendment", by=KAZ, amendmentId=where["id"])
    assert (stale["code"], stale["currentRevision"]) == ("REVISION_STALE", 2)
    revised = await table.do("reviseAmendment", f"amendment {{ {FIELDS} }}", by=KGZ, amendmentId=where["id"])
    assert revised["amendment"]["versions"] == [{"text": follows}]
    assert (revised["amendment"]["edition"], revised["amendment"]["outdated"]) == (2, False)
    refused = await table.tell("reviseAmendment", by=KGZ, amendmentId=never["id"])
    assert (refused["code"], refused["message"], refused["path"]) == (
        "AMENDMENT_OVERLAPS", "Others have changed the same words since; say how the wording should read now.", ["text"]
    )  # fmt: skip


async def test_amendments_to_an_amendment_stand_inside_it(table: Table):
    provision = await clause(table, KAZ)
    parent = await propose(table, CHN, provisionId=provision, revision=1, text="Twice.")
    child = await propose(table, KGZ, amendmentId=parent["id"], revision=1, text="Twice a year.")
    assert (child["amends"], child["provision"], child["awaits"]) == (parent["id"], provision, [CHN])
    assert marked(child["redline"]) == "Twice[+ a year+]."
    found = await amendments(table, provision)
    assert [each["id"] for each in found[parent["id"]]["amendments"]] == [child["id"]]
    accepted = await table.do(
        "acceptAmendment", "amendment { id state } provision { revision }", by=CHN, amendmentId=child["id"]
    )
    assert accepted["amendment"] == {"id": child["id"], "state": "ACCEPTED"}
    assert accepted["provision"] == {"revision": 1}
    after = (await amendments(table, provision))[parent["id"]]
    assert (after["edition"], after["versions"]) == (2, [{"text": "Twice a year."}])
    deep = await table.tell("proposeAmendment", by=KGZ, amendmentId=child["id"], revision=1, text="No.")
    assert deep["code"] == "AMENDMENT_NOT_PENDING"
    assert marked(after["amendments"][0]["redline"]) == "Twice[+ a year+]."


async def test_an_insertion_is_shown_before_its_clause_is_there(table: Table):
    first = table.provisions[0]
    one = await propose(
        table, CHN, kind="INSERT_AFTER", itemId=table.item, text="Recalling Almaty,", provisionKind="PREAMBULAR"
    )
    two = await propose(table, KAZ, kind="INSERT_AFTER", itemId=table.item, text="Recalling Bishkek,")
    assert (one["revision"], one["after"], one["awaits"]) == (0, None, [])
    assert (marked(one["redline"]), one["redlineNote"]) == ("[+Recalling Almaty,+]", None)
    shown = await text(table)
    assert [each["id"] for each in shown["insertions"]] == [one["id"], two["id"]]
    assert shown["insertions"][0]["collisions"] == [
        {
            "amendment": two["id"], "kind": "SAME_PLACE",
            "sentence": "Both put a clause in one place, and both have room: the one accepted last comes first.",
        }
    ]  # fmt: skip
    child = await propose(table, KGZ, amendmentId=one["id"], revision=1, text="Recalling Astana,")
    answer = await table.do("acceptAmendment", "amendment { state } provision { id }", by=CHN, amendmentId=child["id"])
    assert answer["provision"] is None
    answer = await table.do(
        "acceptAmendment", "provision { id number kind sponsors versions { text } amendments { id } }",
        by="chair", amendmentId=one["id"],
    )  # fmt: skip
    assert answer["provision"] == {
        "id": one["provision"], "number": 1, "kind": "PREAMBULAR", "sponsors": [CHN],
        "versions": [{"text": "Recalling Astana,"}], "amendments": [{"id": one["id"]}],
    }  # fmt: skip
    shown = await text(table)
    assert [each["id"] for each in shown["provisions"][:2]] == [one["provision"], first]
    assert [(each["state"], each["collisions"]) for each in shown["insertions"]] == [("ACCEPTED", []), ("PENDING", [])]


async def test_moves_and_deletions_have_no_words(table: Table):
    first, second = table.provisions
    moved = await propose(table, CHN, kind="MOVE", provisionId=first, after=second)
    deleted = await propose(table, CHN, kind="DELETE", provisionId=second, revision=1, reason="It is said already.")
    assert [each["versions"] for each in (moved, deleted)] == [[], []]
    assert (moved["after"], moved["redline"], moved["redlineNote"]) == (second, [], None)
    assert (marked(deleted["redline"]), deleted["redlineNote"]) == ("[-In May.-]", None)
    for each in (moved, deleted):
        await table.do("acceptAmendment", by="chair", amendmentId=each["id"])
    shown = await text(table)
    assert [each["id"] for each in shown["provisions"]] == [first]
    assert shown["withdrawn"] == [{"id": second, "amendments": [{"id": deleted["id"], "state": "ACCEPTED"}]}]
    refused = await table.tell("proposeAmendment", by=CHN, kind="MOVE", provisionId=first, after=first)
    assert refused["message"] == "Clause 1.1 cannot stand behind itself; name another place."


async def test_what_does_not_fit_is_refused_in_the_client_s_words(table: Table):
    first = table.provisions[0]
    unchanged = "This is how the wording reads already; give one that differs."
    for given, member, message in (
        ({"kind": "MOVE", "provisionId": first}, "text", "An amendment of the kind MOVE has no text; leave it out."),
        ({}, "provisionId", "An amendment of the kind REPLACE lacks its provision; give it."),
        ({"kind": "INSERT_AFTER"}, "itemId", "An amendment of the kind INSERT_AFTER lacks its item; give it."),
        ({"provisionId": first, "revision": 1, "text": "Water is shared."}, "text", unchanged),
    ):
        refused = await table.tell("proposeAmendment", by=CHN, **{"text": "No.", **given})
        assert (refused["path"], refused["message"]) == ([member], message)
    joined = await table.tell("joinSponsors", by=CHN, provisionId=first)
    assert joined["message"] == "The chair speaks for this provision; it has no sponsors to join."


async def test_the_query_of_the_page_is_answered(table: Table):
    (document,) = re.findall(r"```graphql\n(query Amendments.*?)```", PAGE, re.DOTALL)
    provision = await clause(table, KAZ)
    parent = await propose(table, CHN, provisionId=provision, revision=1, text="Twice.")
    await propose(table, KGZ, amendmentId=parent["id"], revision=1, text="Thrice.")
    answer = await table.house.ask(document, {"session": table.session, "item": table.item}, by=CHN)
    assert "errors" not in answer
    shown = answer["data"]["session"]["item"]["text"]
    assert [len(each["amendments"]) for each in shown["provisions"]] == [0, 0, 1]
    assert marked(shown["provisions"][2]["amendments"][0]["amendments"][0]["redline"]) == "[-Twice.-][+Thrice.+]"
