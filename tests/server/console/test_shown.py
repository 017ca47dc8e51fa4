"""What a board chooses to show: the item in focus, the language of a text, and words for what there is."""

import re
from typing import Any

import pytest
from graphql import parse, validate

from polylogue.vocabulary import LanguageTag
from schema.api.schema import make_schema
from server.console.concerns import concerns
from server.console.entries import lines
from server.console.focus import in_focus
from server.console.outcomes import blocked
from server.console.templates import templates
from server.console.views import FOLDER, documents
from server.console.wordings import Wording, chosen, in_languages
from server.context import ENGLISH
from tests.server.console.pages import words


def item(
    number: int, phase: str, *, call: bool = False, decided: int | None = None, deferred: int | None = None
) -> dict[str, Any]:
    calls = [{"closedAt": "2026-01-01"}, *([{"closedAt": None}] if call else [])]
    decision = decided and {"seq": decided}
    return {"number": number, "phase": phase, "calls": calls, "decision": decision, "deferredSeq": deferred}


@pytest.mark.parametrize(
    ("agenda", "shown"),
    [
        ([item(1, "LISTED"), item(2, "LISTED")], 1),
        ([item(1, "LISTED"), item(2, "DELIBERATION")], 2),
        ([item(1, "NEGOTIATION"), item(2, "DELIBERATION")], 1),
        ([item(1, "NEGOTIATION"), item(2, "NEGOTIATION")], 2),
        ([item(1, "DECISION", call=True), item(2, "DECISION")], 1),
        ([item(1, "CONCLUDED", decided=40), item(2, "CONCLUDED", decided=9), item(3, "LISTED")], 1),
        ([item(1, "CONCLUDED", decided=40), item(2, "DEFERRED", deferred=50), item(3, "DELIBERATION")], 3),
        ([item(1, "CONCLUDED", decided=9), item(2, "CONCLUDED", decided=40), item(3, "DEFERRED", deferred=100)], 3),
        ([item(1, "DEFERRED", deferred=9), item(2, "CONCLUDED", decided=40)], 2),
    ],
)
def test_the_item_under_way_is_in_focus(agenda: list[dict[str, Any]], shown: int):
    found = in_focus("OPEN", agenda, None)
    assert found
    assert found["number"] == shown


def test_an_item_that_is_asked_for_is_in_focus_where_there_is_one():
    agenda = [item(1, "LISTED"), item(2, "DELIBERATION")]
    assert in_focus("OPEN", agenda, 1) is agenda[0]
    assert in_focus("OPEN", agenda, 7) is agenda[1]
    assert in_focus("OPEN", [], 1) is None


@pytest.mark.parametrize("phase", ["CLOSED", "SEALED"])
def test_no_item_of_a_session_that_is_over_is_in_focus_unless_it_is_asked_for(phase: str):
    agenda = [item(1, "CONCLUDED", decided=40), item(2, "DELIBERATION")]
    assert in_focus(phase, agenda, None) is None
    assert in_focus(phase, agenda, 2) is agenda[1]


def version(language: str, text: str | None, status: str = "AUTHENTIC") -> dict[str, Any]:
    return {"language": language, "text": text, "status": status}


def test_a_text_is_shown_in_the_language_preferred_most_that_has_it():
    versions = [version("en", "water", "WORKING"), version("ru", "вода"), version("zh-Hans", None, "MISSING")]
    assert chosen(versions, ("zh-Hans", "ru", "en")) == Wording("вода", "ru", "AUTHENTIC")
    assert chosen(versions, ("kk",)).language == "en"
    found = in_languages(versions, ("ru", "en"))
    assert [(each.language, each.status) for each in found] == [
        ("ru", "AUTHENTIC"), ("en", "WORKING"), ("zh-Hans", "MISSING"),
    ]  # fmt: skip


def test_a_version_that_is_older_than_the_text_is_not_shown_in_its_place():
    versions = [version("en", "ice"), version("ru", "вода") | {"stale": True}]
    assert chosen(versions, ("ru", "en")).text == "ice"
    assert chosen(versions[1:], ("en",)) == Wording("вода", "ru", "AUTHENTIC", stale=True)


def test_an_erased_text_is_said_to_be_erased_only_when_no_other_is_left():
    assert chosen([version("en", None), version("ru", "вода")], ("en", "ru")).text == "вода"
    assert chosen([version("en", None), version("ru", None)], ("ru", "en")) == Wording(None, "ru", "AUTHENTIC")
    assert chosen([], ("en",)) == Wording(None, "en")


def test_every_document_fits_the_schema():
    schema = make_schema()._schema
    assert {"home", "outline", "board"} <= set(documents())
    for name, document in documents().items():
        assert validate(schema, parse(document)) == [], name


def test_every_kind_of_entry_is_told_in_words():
    told = set(re.findall(r'kind == "(\w+)"', (FOLDER / "entry.html").read_text("utf-8")))
    kinds = make_schema()._schema.type_map["EventKind"].values  # pyright: ignore[reportAttributeAccessIssue]
    assert set(kinds) <= told, set(kinds) - told


@pytest.mark.parametrize(
    ("closed", "standing", "said"),
    [
        (None, "MEMBER", "to be answered"),
        ("2026-01-01", "MEMBER", "in force"),
        ("2026-01-01", "OBSERVER", "observer"),
        ("2026-01-01", "GUEST", "guest"),
    ],
)
def test_a_concern_is_called_what_it_is(closed: str | None, standing: str, said: str):
    objection = {"state": "STANDING", "carried": False, "version": None, "reason": None, "wouldBeRemovedBy": None}
    provision = {"id": "p", "number": 1, "alternatives": [], "stances": [], "versions": []}
    text = {"state": "BLOCKED" if closed else "CALLED", "provisions": [provision]}
    call = {"closedAt": closed, "objections": [objection | {"seat": "AAA", "provision": "p"}]}
    members = {"AAA"} if standing == "MEMBER" else ()
    (found,) = concerns(
        {"calls": [call], "text": text}, members, {"AAA": "Aland"}, {"AAA": standing}, (LanguageTag("en"),)
    )
    shown = str(templates(ENGLISH).get_template("words.html").make_module().concern(found))  # pyright: ignore[reportAttributeAccessIssue]
    assert said in shown
    assert ("to be answered" in shown) == (closed is None)


def entry(kind: str, command: str, seat: str = "AAA", **detail: Any) -> dict[str, Any]:
    said = {"seq": 1, "at": "2026-01-01", "actor": {"role": "DELEGATE"}, "enteredBy": None, "detail": detail}
    return said | {"kind": kind, "command": command, "seat": seat}


def test_an_objection_and_the_stance_that_it_sets_are_one_line():
    record = [
        entry("ObjectionRaised", "1", provision="p"),
        entry("StancesStated", "1", item="i", stances=[{"provision": "p", "level": "OBJECT"}]),
        entry("StancesStated", "2", item="i", stances=[{"provision": "p", "level": "OBJECT"}]),
        {"seq": 4},
        entry("ObjectionWithdrawn", "3", provision="p"),
        entry("StancesStated", "3", item="i", stances=[{"provision": "p", "level": "RESERVE"}]),
    ]
    told = [line.kind for line in lines({"agenda": [], "delegations": [], "record": record})]
    assert told == ["ObjectionRaised", "StancesStated", "ObjectionWithdrawn"]


def test_a_line_names_delegations_and_the_one_clause_that_stances_are_on():
    record = [
        entry("StancesStated", "1", item="i", stances=[{"provision": "p", "level": "OBJECT"}]),
        entry("StancesStated", "2", item="i", stances=[{"provision": each, "level": "ACCEPT"} for each in "pq"]),
        entry("ArrivalNoted", "3", "", seats=["AAA", "BBB"]),
    ]
    provisions = [{"id": "p", "number": 1, "amendments": []}, {"id": "q", "number": 2, "amendments": []}]
    agenda = [{"id": "i", "number": 1, "text": {"provisions": provisions, "insertions": []}}]
    delegations = [{"code": "AAA", "name": "Aland"}, {"code": "BBB", "name": None}]
    one, several, came = lines({"agenda": agenda, "delegations": delegations, "record": record})
    assert (one.who, one.clause, several.clause) == ("Aland", "1.1", None)
    assert came.whom == ("Aland", "BBB")


def test_an_item_that_ended_tells_of_calls_that_met_objections():
    reason = {"language": "ru", "text": "Рано."}
    verdict = {"objections": [{"seat": "BBB", "provision": "gone"}, {"seat": "AAA", "provision": "p"}]}
    met = {"outcome": "BLOCKED", "closedAt": "2026-01-01", "verdict": verdict}
    met |= {"objections": [{"seat": "AAA", "provision": "p", "reason": reason}]}
    passed = met | {"outcome": "ADOPTED"}
    text = {"provisions": [{"id": "p", "number": 2}]}
    (found,) = blocked({"text": text, "calls": [met, passed]}, {"AAA": "Aland", "BBB": "Belmont"})
    assert found.objections == (("Aland", 2, Wording("Рано.", "ru")), ("Belmont", None, None))


def test_what_nobody_would_see_in_a_text_is_named_in_its_place():
    said = templates(ENGLISH).get_template("words.html").make_module().said  # pyright: ignore[reportAttributeAccessIssue]
    shown = str(said(Wording("safe\u200bpassage\U000e0041 <b>", "en")))
    assert "safe⟨U+200B⟩passage⟨U+E0041⟩ &lt;b&gt;" in shown
    assert "⟨U+F0B7⟩ first⟨U+10FFFD⟩" in str(said(Wording("\uf0b7 first\U0010fffd", "en")))
    assert "می\u200cخواهیم" in str(said(Wording("می\u200cخواهیم", "fa")))


def test_items_that_nobody_has_dealt_with_are_named_with_how_far_they_got():
    module = templates(ENGLISH).get_template("words.html").make_module()
    phases = ("CONCLUDED", "DECISION", "DEFERRED", "DECISION", "LISTED")
    items = [{"id": str(n), "number": n, "phase": phase} for n, phase in enumerate(phases, 1)]
    titles = {item["id"]: Wording("Wells", "en") for item in items}
    states = {"1": "ADOPTED", "2": "BLOCKED", "3": "BLOCKED", "4": "CALLED"}
    shown = words(str(module.unfinished(items, titles, states)))  # pyright: ignore[reportAttributeAccessIssue]
    assert re.findall(r"item (\d): Wells (\w[\w ]*?) *(?=item|$)", shown) == [
        ("2", "No consensus yet"), ("4", "Decision"), ("5", "Listed"),
    ]  # fmt: skip
    assert not str(module.unfinished(items[:1], titles, states)).strip()  # pyright: ignore[reportAttributeAccessIssue]


def test_a_practice_sitting_is_named_in_the_language_of_the_page():
    shown = templates(LanguageTag("ru")).from_string("{{ a | called }}, {{ b | called }}")
    assert shown.render(a="Practice sitting", b="MUN 2026") == "Учебное заседание, MUN 2026"
