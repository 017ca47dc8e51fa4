"""What is followed comes once, in order and as it happens, to those whom it is for, for as long as it is."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ledger.ledger import By
from polylogue import commands as c
from polylogue.refusals import Refusal
from polylogue.vocabulary import PersonId, Role, SeatCode, Seq
from schema.api.context import Context, Lagging, Line, Principal
from tests.ledger.course import CHAIR, EN, MEMBERS, OBSERVER, Course, scheduled, stance
from tests.schema.api.seen import NOW, SCHEMA, Seen, in_file, person, seen, table, written

CHN, KAZ, *_ = MEMBERS
DELEGATE = person(f"delegate of {CHN}")
WORKER = By(PersonId("worker"), frozenset((Role.WORKER,)))
ENTRIES = """subscription { sessionEntries(sessionId: "%s"%s) { __typename
    ... on Event { seq kind
        detail { ... on PositionPosted { text { text } } ... on InterestsStated { text { text } } } }
    ... on Withheld { seq } } }"""


def text_of(entry: dict[str, Any]) -> str | None:
    return entry["detail"]["text"]["text"] if "text" in entry["detail"] else None


class Live:
    """A session that goes on while it is looked at."""

    def __init__(self, table: Seen) -> None:
        self.table, self.keys = table, count()
        self.item = next(iter(table.course.state.items))

    async def go(self, command: c.Command, by: By, seat: SeatCode | None = None) -> Seq:
        answer = await self.table.ledger.submit(
            command, by=by, key=str(next(self.keys)), session=self.table.course.session, seat=seat
        )
        assert not isinstance(answer, Refusal), answer
        return answer.seq

    async def post(self, words: str, seat: SeatCode = CHN, **more: Any) -> Seq:
        posted = c.PostPosition(item=self.item, text=words, language=EN, **more)
        return await self.go(posted, By(PersonId(f"delegate of {seat}")))

    def entries(self, by: Principal, arguments: str = "", **more: Any) -> AsyncGenerator[dict[str, Any]]:
        return self.table.follow(ENTRIES % (self.table.course.session, arguments), by, **more)


async def soon(responses: AsyncGenerator[dict[str, Any]], name: str = "sessionEntries") -> Any:
    response = await asyncio.wait_for(anext(responses), 5)
    assert not response["errors"], response
    return response["data"][name]


async def code(responses: AsyncGenerator[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    """How a subscription ended: the code of its error, and what goes with it."""
    response = await asyncio.wait_for(anext(responses), 5)
    (error,) = response["errors"]
    assert await anext(responses, None) is None
    return error["extensions"].pop("code"), error["extensions"]


@pytest.fixture(scope="module")
def start() -> Course:
    return scheduled()


@pytest.fixture(scope="module")
def start_written(start: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("start") / "record.db"
    asyncio.run(written(start, in_file(path)))
    return path


@pytest.fixture
async def live(start: Course, start_written: Path, tmp_path: Path) -> AsyncIterator[Live]:
    async with seen(start, in_file(shutil.copy(start_written, tmp_path / "record.db"))) as found:
        yield Live(found)


async def test_entries_come_from_the_record_and_then_as_they_are_made(live: Live):
    before = len(live.table.course.entries)
    async with aclosing(live.entries(DELEGATE)) as entries:
        assert [(await soon(entries))["seq"] for _ in range(before)] == list(range(1, before + 1))
        for number in range(3):
            seq = await live.post(f"Number {number}.")
            entry = await soon(entries)
            assert (entry["seq"], entry["kind"], text_of(entry)) == (seq, "PositionPosted", f"Number {number}.")


async def test_entries_are_resumed_after_any_of_them(live: Live):
    for number in range(4):
        await live.post(f"Number {number}.")
    last = len(live.table.course.entries) + 4
    async with aclosing(live.entries(DELEGATE, f", after: {last - 2}")) as entries:
        assert [text_of(await soon(entries)) for _ in range(2)] == ["Number 2.", "Number 3."]
        waiting = asyncio.ensure_future(soon(entries))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        seq = await live.post("Number 4.")
        assert (await waiting)["seq"] == seq


async def test_what_is_beyond_the_record_is_refused(live: Live):
    head = len(live.table.course.entries)
    async with aclosing(live.entries(DELEGATE, f", after: {head + 1}")) as entries:
        assert await code(entries) == ("SEQ_BEYOND_HEAD", {"head": head})


async def test_catching_up_reads_words_for_many_entries_at_once(live: Live):
    for number in range(30):
        await live.post(f"Number {number}.")
    live.table.statements.clear()
    last = len(live.table.course.entries) + 30
    async with aclosing(live.entries(DELEGATE)) as entries:
        told = [await soon(entries) for _ in range(last)]
    assert [text_of(e) for e in told if e["kind"] == "PositionPosted"] == [f"Number {n}." for n in range(30)]
    assert sum("FROM prose" in statement for statement in live.table.statements) == 1


async def test_private_entries_come_live_to_those_they_are_for(live: Live):
    before = len(live.table.course.entries)
    chair, own, other = person(CHAIR), DELEGATE, person(f"delegate of {KAZ}")
    async with (
        aclosing(live.entries(chair, f", after: {before}")) as to_chair,
        aclosing(live.entries(own, f", after: {before}")) as to_own,
        aclosing(live.entries(other, f", after: {before}, kinds: [PositionPosted]")) as to_other,
    ):
        await live.post("We need water.", interests="To irrigate.")
        for entries in (to_chair, to_own):
            assert text_of(await soon(entries)) == "We need water."
            assert text_of(await soon(entries)) == "To irrigate."
        assert (await soon(to_other))["kind"] == "PositionPosted"
        assert await soon(to_other) == {"__typename": "Withheld", "seq": before + 2}


async def test_who_is_dismissed_gets_nothing_more(live: Live):
    before = len(live.table.course.entries)
    async with aclosing(live.entries(DELEGATE, f", after: {before}")) as entries:
        await live.post("Before.")
        assert text_of(await soon(entries)) == "Before."
        await live.go(c.DismissPerson(person=PersonId(f"delegate of {CHN}")), By(CHAIR))
        await live.post("After.", KAZ)
        assert await code(entries) == ("UNKNOWN_REFERENCE", {})


async def test_who_is_admitted_to_more_reads_more_from_then_on(live: Live):
    before = len(live.table.course.entries)
    observer = person(f"delegate of {OBSERVER}")
    async with aclosing(live.entries(observer, f", after: {before}")) as entries:
        await live.post("One.", interests="Secret.")
        assert [(await soon(entries))["__typename"] for _ in range(2)] == ["Event", "Withheld"]
        await live.go(c.AdmitPerson(role=Role.FACILITATOR, person=PersonId(f"delegate of {OBSERVER}")), By(CHAIR))
        assert (await soon(entries))["kind"] == "PersonAdmitted"
        await live.post("Two.", interests="No secret.")
        assert [text_of(await soon(entries)) for _ in range(2)] == ["Two.", "No secret."]


async def test_a_revoked_token_gets_nothing_more(live: Live):
    tokens = table("token")
    row = {"hash": b"h" * 32, "person": DELEGATE.person, "created_at": NOW, "site_role": None, "issued_by": None}
    await live.table.database.transact(
        lambda connection: connection.execute(sa.insert(tokens), row | {"issue_key": None, "revoked_at": None})
    )
    holder = Principal(DELEGATE.person, token=b"h" * 32)
    before = len(live.table.course.entries)
    async with aclosing(live.entries(holder, f", after: {before}")) as entries:
        await live.post("Before.")
        assert text_of(await soon(entries)) == "Before."
        await live.table.database.transact(
            lambda connection: connection.execute(sa.update(tokens), {"revoked_at": NOW})
        )
        await live.post("After.", interests="Secret.")
        assert await code(entries) == ("UNKNOWN_REFERENCE", {})


async def test_who_is_too_slow_is_told_from_where_to_resume(live: Live):
    async def slow(_session: str, after: Seq) -> AsyncGenerator[Line]:
        async for line in live.table.ledger.follow(live.table.course.session, after):
            yield line
            raise Lagging(line.seq)

    context = live.table.context(DELEGATE)
    context.follow = slow  # type: ignore[assignment]
    results: Any = await SCHEMA.subscribe(ENTRIES % (live.table.course.session, ""), context_value=context)
    assert (await anext(results)).data["sessionEntries"]["seq"] == 1
    (error,) = (await anext(results)).errors
    assert (error.original_error.code, error.original_error.extensions) == ("SUBSCRIPTION_LAGGING", {"seq": 1})


async def test_leaving_ends_what_was_followed_for_it(live: Live):
    ended: list[str] = []

    def noting(name: str, follow: Any) -> Any:
        async def followed(*arguments: Any) -> AsyncGenerator[Any]:
            try:
                async for each in follow(*arguments):
                    yield each
            finally:
                ended.append(name)

        return followed

    def context() -> Context:
        made = live.table.context(DELEGATE)
        made.follow = noting("entries", made.follow)
        made.follow_reports = noting("reports", made.follow_reports)
        return made

    await live.table.compute(live.item)
    for document in (ENTRIES % (live.table.course.session, ""), convergence(live)):
        results: Any = await SCHEMA.subscribe(document, context_value=context())
        await anext(results)
        await results.aclose()
    assert ended == ["entries", "reports"]


def convergence(live: Live) -> str:
    return f"""subscription {{ convergence(sessionId: "{live.table.course.session}", itemId: "{live.item}") {{
        basis headline {{ stated }} perSeat {{ seat }} }} }}"""


async def test_the_newest_report_comes_and_then_each_newer_one(live: Live):
    async with aclosing(live.table.follow(convergence(live), DELEGATE)) as reports:
        first = asyncio.ensure_future(soon(reports, "convergence"))
        await asyncio.sleep(0.05)
        assert not first.done()  # there is none yet
        await live.table.compute(live.item)
        told = await first
        assert (told["basis"], told["headline"], told["perSeat"]) == (1, {"stated": 0}, [{"seat": "CHN"}])
        course = live.table.course
        provisions = course.state.items[live.item].provisions
        entries = course.go(
            c.StateStances(item=live.item, stances=(stance(provisions[0]),)), PersonId(f"delegate of {CHN}")
        )
        await live.table.compute(live.item)
        told = await soon(reports, "convergence")
        assert (told["basis"], told["headline"]) == (entries[-1].seq, {"stated": 1})


async def test_the_newest_draft_comes_and_then_each_newer_one(live: Live):
    document = f"""subscription {{ draft(sessionId: "{live.table.course.session}", itemId: "{live.item}") {{
        number clauses {{ versions {{ text }} }} }} }}"""
    chair = By(CHAIR)
    for command in (c.OpenSession(), c.RecordRollCall(present=MEMBERS), c.OpenItem(item=live.item)):
        await live.go(command, chair)
    async with aclosing(live.table.follow(document, DELEGATE)) as drafts:
        first = asyncio.ensure_future(soon(drafts, "draft"))
        for number in (1, 2):
            clause = c.DraftedClause(text=f"Thanks the hosts {number}.")
            await live.go(c.TableDraft(item=live.item, clauses=(clause,)), WORKER)
            told = await (first if number == 1 else soon(drafts, "draft"))
            assert told == {"number": number, "clauses": [{"versions": [{"text": f"Thanks the hosts {number}."}]}]}
        await live.go(c.DismissPerson(person=PersonId(f"delegate of {CHN}")), chair)
        assert await code(drafts) == ("UNKNOWN_REFERENCE", {})
    async with aclosing(live.table.follow(document, person(CHAIR))) as drafts:
        assert (await soon(drafts, "draft"))["number"] == 2


async def test_an_item_that_is_not_there_cannot_be_followed(live: Live):
    for field in ("convergence", "draft"):
        document = f"""subscription {{ {field}(sessionId: "{live.table.course.session}",
            itemId: "{live.table.course.session}") {{ __typename }} }}"""
        async with aclosing(live.table.follow(document, DELEGATE)) as nothing:
            assert await code(nothing) == ("UNKNOWN_REFERENCE", {})
