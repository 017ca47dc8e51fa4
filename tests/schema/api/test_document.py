"""Documents over the API: what the tables tell is what the folded session tells, at any time, to whom it is for."""

from pathlib import Path

import pytest

from ledger.database import open_database
from polylogue import commands as c
from polylogue.drafting.backing import backers, objections
from polylogue.drafting.paper import Paper
from polylogue.drafting.rolling import backers as backing_seats
from polylogue.stances import Target
from polylogue.state import State
from polylogue.vocabulary import ItemId, Seq, StanceLevel
from schema.api.agenda import MOST_DOCUMENTS
from schema.api.naming import load_names
from schema.api.papers import load_papers
from tests.ledger.course import CHAIR, MEMBERS, Course, of, scheduled, stance
from tests.ledger.wander import wander
from tests.ledger.whole import whole
from tests.schema.api.seen import HOST, STRANGER, in_file, keep_in, person, seen, written

DOCUMENTS = 'agenda { decision { clauses { versions { text } } } en: document ru: document(language: "ru") }'


def by_fold(state: State, item: ItemId) -> list[object]:
    """What a paper says of each clause, from the folded session."""
    told: list[object] = []
    for number, provision in enumerate(state.in_text(state.items[item]), 1):
        keys = {each: f"{place:04}" for place, each in enumerate(provision.alternatives, 1)}
        wordings = {"": (provision.id, None), **{keys[each]: (provision.id, each) for each in provision.alternatives}}
        told.append(
            (
                number,
                provision.id,
                provision.kind,
                provision.wording[0].seq,
                [
                    [
                        (keys[each.alternative] if each.alternative else None, each.start, each.end)
                        for each in region.extents
                    ]
                    for region in provision.regions
                ],
                [
                    (key, list(backing_seats(state, target)), objecting(state, target))
                    for key, target in wordings.items()
                ],
            )
        )
    return told


def objecting(state: State, target: Target) -> list[str]:
    return sorted(
        seat for seat, held in state.stances.items() if target in held and held[target].level is StanceLevel.OBJECT
    )


def by_tables(paper: Paper) -> list[object]:
    """The same from a paper."""
    return [
        (
            clause.number,
            clause.id,
            clause.kind,
            clause.present.seq,
            [[(each.alternative, each.start, each.end) for each in region.extents] for region in clause.kept],
            [
                (
                    wording.key,
                    [each.seat for each in backers(paper.backing, wording)],
                    sorted(each.seat for each in objections(wording)),
                )
                for wording in (clause.present, *clause.alternatives)
            ],
        )
        for clause in paper.clauses
    ]


@pytest.mark.parametrize("course", [whole(), *(wander(seed, 120) for seed in range(4))], ids=["whole", *"0123"])
async def test_a_paper_has_what_the_fold_has(course: Course, tmp_path: Path):
    database = open_database(in_file(tmp_path / "record.db"))
    await database.transact(lambda connection: keep_in(connection, course))
    papers = await database.read(
        lambda connection: load_papers(connection, course.session, None, load_names(connection, course.session))
    )
    await database.close()
    assert list(papers) == list(course.state.items)
    for id, paper in papers.items():
        item = course.state.items[id]
        assert (paper.item, paper.state, paper.seq) == (item.number, item.text, course.state.seq)
        if paper.decision is None:
            assert by_tables(paper) == by_fold(course.state, id)


async def test_every_item_of_a_session_that_has_seen_everything(course: Course, tmp_path: Path):
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    async with seen(course, url) as found:
        told = (await found.session(DOCUMENTS, HOST))["agenda"]
        for item in told:
            assert item["en"].startswith("> **Simulation** – ")
            assert item["ru"].startswith("> **Моделирование** – ")
            for clause in item["decision"]["clauses"] if item["decision"] else ():
                for version in clause["versions"]:
                    if version["text"].isalnum():
                        assert version["text"] in item["en"] + item["ru"]
        assert any(item["decision"] for item in told)
        again = (await found.session(DOCUMENTS, HOST))["agenda"]
        assert again == told


async def test_a_document_is_of_the_moment_that_is_asked_for(course: Course, tmp_path: Path):
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    async with seen(course, url) as found:
        at = Seq(course.state.seq // 2)
        told = await found.session(
            "agenda { decision { number } document }", HOST, arguments=f", asOf: {{ seq: {at} }}"
        )
        for item in told["agenda"]:
            assert item["decision"] or f"after entry {at} of the record" in item["document"]


async def test_who_may_not_see_a_session_gets_no_document(course: Course, tmp_path: Path):
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    async with seen(course, url) as found:
        assert await found.session("agenda { document }", STRANGER) is None


async def test_an_operation_asks_for_some_documents_and_no_more(course: Course, tmp_path: Path):
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    async with seen(course, url) as found:
        for many, code in ((MOST_DOCUMENTS, []), (MOST_DOCUMENTS + 1, ["VARIABLES_INVALID"])):
            fields = " ".join(f"d{place}: document" for place in range(many))
            document = f'{{ session(id: "{course.session}") {{ agenda {{ {fields} }} }} }}'
            response = await found.respond(document, HOST)
            assert [error["extensions"]["code"] for error in response["errors"]] == code


async def test_an_erased_wording_and_reason_say_so(tmp_path: Path):
    course = scheduled()
    item = next(iter(course.state.items))
    first = course.state.items[item].provisions[0]
    why = {"reason": "It costs.", "would_be_removed_by": "A fund."}
    (stated,) = course.go(
        c.StateStances(item=item, stances=(stance(first, StanceLevel.OBJECT, **why),)), of(MEMBERS[0])
    )
    url = in_file(tmp_path / "record.db")
    await written(course, url)
    wording = course.state.provisions[first].wording
    async with seen(course, url) as found:
        before = (await found.session("agenda { document }", person(CHAIR)))["agenda"][0]["document"]
        assert "Reason: It costs." in before
        await found.erase((stated.seq, "/stances/0/reason"), *((each.seq, each.pointer) for each in wording))
        after = (await found.session("agenda { document }", person(CHAIR)))["agenda"][0]["document"]
        assert "Reason: \\[erased\\]" in after
        assert f"\\[erased, entry {wording[0].seq}\\]" in after
        assert "erased" not in before
