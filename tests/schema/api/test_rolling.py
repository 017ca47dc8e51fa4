"""The rolling text as it is asked for: what stands, who holds what, since when, why, and what its words rest on."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from polylogue import commands as c
from polylogue.vocabulary import AlternativeId, ItemId, ProvisionId, StanceLevel
from tests.ledger.course import CHAIR, EN, MEMBERS, OBSERVER, RU, WORKER, Course, named, of, scheduled, stance
from tests.schema.api.seen import Seen, in_file, person, seen, written
from tests.servers import Postgres

SHALL = "Member States shall deepen trade and build roads. They meet in May."
SHOULD = "Member States should deepen trade and build roads. They meet in May."
RAIL = "Member States shall deepen trade and build railways. They meet in May."
CHN, KAZ, KGZ, RUS, TJK, UZB = MEMBERS

STANCE = "{ seat level reason { text } wouldBeRemovedBy { text } ifAgreed conditionMet }"
READING = "text present alternatives backers unopposed sinceSeq sinceAt reasons { text }"
PIECES = f"""__typename ... on PlainText {{ text }}
    ... on TextBracket {{ id number sinceSeq sinceAt conditions {STANCE} readings {{ {READING} stances {STANCE} }} }}"""
CLAUSE = f"""provision number kind revision bracketsSeq language text openBrackets bracketRatio pieces {{ {PIECES} }}
    erased {{ alternative label seq }} options {{ label present alternatives backers pieces {{ {PIECES} }} }}"""
SOURCE = "seat seq provision alternative amendment position revision"
ROLLING = f"language text words bracketedWords bracketRatio openBrackets clauses {{ {CLAUSE} }}"


class Talks(NamedTuple):
    """A session with a clause of three wordings in its first item, the third behind two others."""

    course: Course
    item: ItemId
    clause: ProvisionId
    should: AlternativeId
    rail: AlternativeId


def talks() -> Talks:
    course = scheduled()
    go = course.go
    item = next(iter(course.state.items))
    go(c.OpenSession())
    go(c.RecordRollCall(present=MEMBERS))
    go(c.OpenItem(item=item))
    first = course.state.items[item].provisions[0]
    position = "Trade must grow. Member States shall deepen trade, as we have said."
    go(c.PostPosition(item=item, language=EN, text=position, interests="Ports."), of(CHN))
    clause = named(go(c.ProposeProvision(item=item, language=EN, text=SHALL, after=first), of(KGZ)), "provision")
    course.wait(60)
    should = named(go(c.ProposeAlternative(provision=clause, language=EN, text=SHOULD), of(KAZ)), "alternative")
    course.wait(60)
    rail = named(go(c.ProposeAlternative(provision=clause, language=EN, text=RAIL), of(RUS)), "alternative")
    go(
        c.StateStances(item=item, stances=(stance(clause, StanceLevel.ACCEPT), stance(clause, alternative=rail))),
        of(CHN),
    )
    go(c.StateStances(item=item, stances=(stance(clause, StanceLevel.OBJECT, alternative=should),)), of(TJK))
    go(c.StateStances(item=item, stances=(stance(clause, alternative=should, if_agreed=first),)), of(UZB))
    go(c.StateStances(item=item, stances=(stance(clause, alternative=should),)), of(OBSERVER))
    return Talks(course, item, clause, should, rail)


@pytest.fixture(params=["sqlite", "postgresql"])
async def table(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Seen, Talks]]:
    held = talks()
    if request.param == "sqlite":
        url, done = in_file(tmp_path / "record.db"), None
    else:
        server: Postgres = request.getfixturevalue("postgres_server")
        name = server.create()
        url, done = server.url(name), lambda: server.drop(name)
    await written(held.course, url)
    async with seen(held.course, url) as found:
        yield found, held
    if done:
        done()


async def rolling(of_house: Seen, fields: str = ROLLING, language: str = "", viewer: str = CHAIR) -> dict[str, Any]:
    given = f'(language: "{language}")' if language else ""
    told = await of_house.session(f"agenda {{ rollingText{given} {{ {fields} }} }}", person(viewer))
    return told["agenda"][0]["rollingText"]


def entry(held: Talks, kind: str, **named: str) -> Any:
    (found,) = (
        each
        for each in held.course.entries
        if type(each.event).__name__ == kind and all(getattr(each.event, k) == v for k, v in named.items())
    )
    return found


async def test_the_text_is_printed_with_its_brackets(table: tuple[Seen, Talks]):
    house, _ = table
    told = await rolling(house)
    assert told["text"].split("\n\n") == [
        "1. Recalls Reservoirs 0.",
        (
            "2. Member States [shall (CHN, KGZ, RUS)] [should (KAZ, UZB)] deepen trade and build"
            " [roads (CHN, KAZ, KGZ, UZB)] [railways (CHN, RUS)]. They meet in May."
        ),
        "3. Recalls Reservoirs 1.",
        "4. Recalls Reservoirs 2.",
    ]
    assert told["openBrackets"] == 2
    assert (told["words"], told["bracketedWords"]) == (23, 4)
    assert told["bracketRatio"] == pytest.approx(4 / 23)
    assert [clause["openBrackets"] for clause in told["clauses"]] == [0, 2, 0, 0]
    assert told["clauses"][1]["bracketRatio"] == pytest.approx(4 / 14)


async def test_each_bracket_says_who_since_when_and_why(table: tuple[Seen, Talks]):
    house, held = table
    clause = (await rolling(house))["clauses"][1]
    assert clause["provision"] == held.clause
    pieces = clause["pieces"]
    assert [piece["__typename"] for piece in pieces] == ["PlainText", "TextBracket"] * 2 + ["PlainText"]
    verb, way = pieces[1], pieces[3]
    assert (verb["number"], way["number"]) == (1, 2)
    shall, should = verb["readings"]
    assert (shall["text"], shall["present"], shall["alternatives"]) == ("shall", True, [held.rail])
    assert (should["text"], should["present"], should["alternatives"]) == ("should", False, [held.should])
    assert (shall["unopposed"], should["unopposed"]) == (True, False)
    proposed = entry(held, "ProvisionProposed", provision=held.clause)
    offered = entry(held, "AlternativeProposed", alternative=held.should)
    railways = entry(held, "AlternativeProposed", alternative=held.rail)
    assert (shall["sinceSeq"], shall["sinceAt"]) == (proposed.seq, proposed.at)
    assert (verb["sinceSeq"], verb["sinceAt"]) == (offered.seq, offered.at)
    assert (way["sinceSeq"], way["sinceAt"]) == (railways.seq, railways.at)
    against = {each["seat"]: each for each in should["stances"]}
    assert against["TJK"]["reason"] == {"text": "It costs."}
    assert [(each["seat"], each["wouldBeRemovedBy"]) for each in verb["conditions"]] == [
        ("TJK", {"text": "A fund."}),
        ("UZB", None),
    ]
    assert verb["conditions"][1]["ifAgreed"] == held.course.state.items[held.item].provisions[0]
    assert verb["conditions"][1]["conditionMet"] is False


async def test_an_id_stays_until_the_wordings_change(tmp_path: Path):
    held = talks()
    ids: list[list[str]] = []
    course = held.course
    acts = (
        lambda: None,
        lambda: course.go(c.StateStances(item=held.item, stances=(stance(held.clause),)), of(UZB)),
        lambda: course.go(
            c.ProposeAlternative(provision=held.clause, language=EN, text=RAIL.replace("May", "June")), of(TJK)
        ),
    )
    for number, act in enumerate(acts):
        act()
        url = in_file(tmp_path / f"{number}.db")
        await written(course, url)
        async with seen(course, url) as found:
            pieces = (await rolling(found))["clauses"][1]["pieces"]
            ids.append([piece["id"] for piece in pieces if "id" in piece])
    before, same, after = ids
    assert len(set(before)) == 2
    assert before == same
    assert len(after) == 3
    assert set(before).isdisjoint(after)


async def test_brackets_are_closed_by_the_numbers_that_are_shown(tmp_path: Path):
    held = talks()
    course = held.course
    course.go(c.CloseBracket(provision=held.clause, bracket=2, alternative=held.rail))
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    async with seen(course, url) as found:
        clause = (await rolling(found))["clauses"][1]
    assert clause["text"].startswith("2. Member States [shall")
    assert clause["text"].endswith("] deepen trade and build railways. They meet in May.")
    assert clause["openBrackets"] == 1
    assert clause["revision"] == 2


async def test_the_language_is_the_one_asked_for_as_far_as_wordings_are_in_it(table: tuple[Seen, Talks]):
    house, _ = table
    told = await rolling(house, language=RU)
    assert told["language"] == RU
    assert told["clauses"][0]["text"] == "1. Напоминает Reservoirs 0."
    assert [clause["language"] for clause in told["clauses"]] == ["ru", "en", "ru", "ru"]
    assert told["clauses"][1]["pieces"][1]["number"] == 1


async def test_wordings_without_a_common_language_are_options(tmp_path: Path):
    held = talks()
    held.course.go(c.ProposeAlternative(provision=held.clause, language=RU, text="Торговать."), of(TJK))
    url = in_file(tmp_path / "record.db")
    await written(held.course, url)
    async with seen(held.course, url) as found:
        clause = (await rolling(found))["clauses"][1]
    assert clause["text"].splitlines() == [
        (
            "2. [Member States [shall (CHN, KGZ, RUS)] [should (KAZ, UZB)] deepen trade and build"
            " [roads (CHN, KAZ, KGZ, UZB)] [railways (CHN, RUS)]. They meet in May. (CHN, KAZ, KGZ, RUS, UZB)]"
        ),
        "2 quater. [Торговать. (TJK)]",
    ]
    (bracket,) = clause["pieces"]
    assert bracket["number"] is None, "what cannot be compared is closed as a whole"
    assert len(bracket["readings"]) == 4
    assert [(option["label"], option["present"]) for option in clause["options"]] == [("", True), ("quater", False)]
    inner = clause["options"][0]["pieces"]
    assert [piece.get("number") for piece in inner] == [None] * 5
    assert clause["openBrackets"] == 1


async def test_what_is_erased_says_so_and_where_it_stood(table: tuple[Seen, Talks]):
    house, held = table
    offered = entry(held, "AlternativeProposed", alternative=held.should)
    await house.erase((offered.seq, "/versions/0/text"))
    clause = (await rolling(house))["clauses"][1]
    assert clause["erased"] == [{"alternative": held.should, "label": "bis", "seq": offered.seq}]
    assert clause["text"].splitlines() == [
        (
            "2. [Member States shall deepen trade and build [roads (CHN, KGZ)] [railways (CHN, RUS)]. They meet in May."
            " (CHN, KGZ, RUS)]"
        ),
        f"2 bis. [erased, entry {offered.seq}]",
    ]
    assert "should" not in str(clause)
    proposed = entry(held, "ProvisionProposed", provision=held.clause)
    railways = entry(held, "AlternativeProposed", alternative=held.rail)
    await house.erase((proposed.seq, "/versions/0/text"))
    clause = (await rolling(house))["clauses"][1]
    assert clause["text"].splitlines() == [
        f"2 ter. [{RAIL} (CHN, RUS)]",
        f"2. [erased, entry {proposed.seq}]",
        f"2 bis. [erased, entry {offered.seq}]",
    ]
    await house.erase((railways.seq, "/versions/0/text"))
    clause = (await rolling(house, language="ru"))["clauses"][1]
    assert clause["text"].splitlines()[0] == f"2. [стёрто, запись {proposed.seq}]"
    assert (clause["pieces"], clause["options"], clause["openBrackets"]) == ([], [], 0)


async def test_every_sentence_leads_to_what_it_rests_on(table: tuple[Seen, Talks]):
    house, held = table
    sentence = f"{{ text supported sources {{ {SOURCE} }} }}"
    fields = f"""clauses {{ provision present: sentences {sentence}
        other: sentences(alternative: "{held.should}") {sentence}
        unknown: sentences(alternative: "{held.clause}") {{ text }} }}"""
    clause = (await rolling(house, fields))["clauses"][1]
    assert [each["text"] for each in clause["present"]] == [
        "Member States shall deepen trade and build roads. ",
        "They meet in May.",
    ]
    assert all(each["supported"] for each in clause["present"])
    seq = entry(held, "ProvisionProposed", provision=held.clause).seq
    assert clause["present"][0]["sources"] == [
        {"seat": "KGZ", "seq": seq, "provision": held.clause, "alternative": None, "amendment": None,
         "position": None, "revision": None}
    ]  # fmt: skip
    assert clause["other"][0]["sources"][0]["alternative"] == held.should
    assert clause["other"][0]["sources"][0]["seat"] == "KAZ"
    assert clause["unknown"] == []


async def test_a_sentence_may_rest_on_a_position_and_interests_are_no_source(tmp_path: Path):
    held = talks()
    course = held.course
    text = "Trade must grow."
    course.go(c.ProposeAlternative(provision=held.clause, language=EN, text=text), of(TJK))
    drawn = (c.DraftSource(seat=TJK, drawn=True),)
    made = (("Trade must grow.", (c.DraftSource(seat=TJK),)), ("Trade must not grow.", drawn), ("Trade grows.", ()))
    drafted = tuple(c.DraftedClause(text=words, language=EN, sources=sources) for words, sources in made)
    course.go(c.TableDraft(item=held.item, clauses=drafted), WORKER)
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    rows = f"clauses {{ sentences {{ sources {{ {SOURCE} }} }} }}"
    async with seen(course, url) as found:
        added = course.state.provisions[held.clause].alternatives[-1]
        fields = rows.replace("sentences", f'sentences(alternative: "{added}")', 1)
        posted = entry(held, "PositionPosted")
        proposed = entry(held, "AlternativeProposed", alternative=added)
        sources = (await rolling(found, fields))["clauses"][1]["sentences"][0]["sources"]
        assert [each["alternative"] for each in sources] == [added]
        await found.erase((proposed.seq, "/versions/0/text"))
        assert (await rolling(found, fields))["clauses"][1]["sentences"] == []
        every = await rolling(found, "clauses { sentences { text sources { position revision seq } } }")
        told = (await rolling(found, "clauses { sentences { supported sources { seat } } }"))["clauses"][-3:]
    own, *made_of_it = [each["sentences"][0] for each in told]
    assert own == {"supported": True, "sources": [{"seat": "TJK"}]}
    assert [each["supported"] for each in made_of_it] == [False, False], "what a draft has made is no source"
    first = every["clauses"][1]["sentences"][0]
    assert first["text"].startswith("Member States shall deepen trade")
    assert posted.seq not in {each["seq"] for each in first["sources"]}


async def test_whose_words_an_accepted_amendment_brought_is_who_has_them_and_whom_sentences_lead_to(tmp_path: Path):
    """CHN's amendment was worded anew by TJK; KGZ, whose clause it is, has accepted it."""
    held = talks()
    course, clause = held.course, held.clause
    wish = c.ProposeAmendment(provision=clause, revision=1, text="Trade.", language=EN)
    outer = named(course.go(wish, of(CHN)), "amendment")
    asked = c.ProposeAmendment(amendment=outer, revision=1, text="Quotas should go by June.", language=EN)
    inner = named(course.go(asked, of(TJK)), "amendment")
    course.go(c.AcceptAmendment(amendment=inner), of(CHN))
    course.go(c.AcceptAmendment(amendment=outer), of(KGZ))
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    async with seen(course, url) as found:
        rolled = (await rolling(found, f"clauses {{ text sentences {{ sources {{ {SOURCE} }} }} }}"))["clauses"][1]
        told = await found.session("agenda { text { provisions { sponsors authors } } }", person(CHAIR))
        provision = told["agenda"][0]["text"]["provisions"][1]
    assert "Quotas should go by June. (CHN, KGZ, TJK)" in rolled["text"]
    first = rolled["sentences"][0]["sources"][0]
    assert (first["seat"], first["amendment"], len(rolled["sentences"][0]["sources"])) == (TJK, inner, 1)
    assert provision == {"sponsors": [KGZ], "authors": [TJK, CHN, KGZ]}


async def test_only_what_is_asked_for_is_read(table: tuple[Seen, Talks]):
    house, _ = table

    async def tables(fields: str) -> set[str]:
        house.statements.clear()
        await rolling(house, fields)
        names = ("stance", "position_revision", "amendment", "bracket_act", "draft")
        return {name for name in names for statement in house.statements if f"FROM {name}" in statement}

    assert await tables("words clauses { number language }") == set()
    assert await tables("text") == {"stance"}
    assert "position_revision" in await tables("clauses { sentences { text } }")
    assert await tables("clauses { pieces { ... on TextBracket { readings { reasons { text } } } } }") >= {"stance"}


async def test_an_item_without_clauses_has_an_empty_text(tmp_path: Path):
    held = talks()
    for provision in list(held.course.state.in_text(held.course.state.items[held.item])):
        held.course.go(c.WithdrawProvision(provision=provision.id), CHAIR, provision.sponsor)
    url = in_file(tmp_path / "record.db")
    await written(held.course, url)
    async with seen(held.course, url) as found:
        told = await rolling(found)
    assert told == {
        "language": "en",
        "text": "",
        "words": 0,
        "bracketedWords": 0,
        "bracketRatio": None,
        "openBrackets": 0,
        "clauses": [],
    }


async def test_an_alternative_shows_what_it_changes(table: tuple[Seen, Talks]):
    house, held = table
    fields = "agenda { text { provisions { alternatives { id redline { kind text } } } } }"

    async def changes() -> dict[str, list[tuple[str, str]]]:
        told = (await house.session(fields, person(CHAIR)))["agenda"][0]["text"]["provisions"][1]["alternatives"]
        return {each["id"]: [(change["kind"], change["text"]) for change in each["redline"]] for each in told}

    assert await changes() == {
        held.should: [
            ("KEPT", "Member States "),
            ("REMOVED", "shall"),
            ("ADDED", "should"),
            ("KEPT", " deepen trade and build roads. They meet in May."),
        ],
        held.rail: [
            ("KEPT", "Member States shall deepen trade and build "),
            ("REMOVED", "roads"),
            ("ADDED", "railways"),
            ("KEPT", ". They meet in May."),
        ],
    }
    await house.erase((entry(held, "ProvisionProposed", provision=held.clause).seq, "/versions/0/text"))
    assert await changes() == {held.should: [], held.rail: []}
