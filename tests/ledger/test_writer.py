"""Histories of commands that come one by one, together, twice, too many, or to a record that somebody else changed."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from ledger import known, transaction
from ledger.database import Database
from ledger.known import Known
from ledger.ledger import Ledger
from ledger.prose import several
from polylogue.commands import (
    CallForConsensus,
    CirculateText,
    CleanText,
    CloseCall,
    CloseSession,
    Command,
    OpenSession,
    ProposeProvision,
    RaiseObjection,
    RecordRollCall,
    ScheduleSession,
    SealSession,
    StateStances,
)
from polylogue.decide import decide
from polylogue.occasion import Decided, Entry, Occasion
from polylogue.record import envelope
from polylogue.record.prose import commitment, field_of
from polylogue.refusals import Refusal, RefusalCode
from polylogue.state import State
from polylogue.vocabulary import Instant, Seq
from schema.api.context import Receipt
from tests.ledger.conftest import Backup, Place
from tests.ledger.scene import (
    CHAIR,
    EN,
    IDEMPOTENCY,
    ORGANISER,
    PROSE,
    REPORT,
    SEATS,
    Scene,
    accepted,
    delegate,
    position,
    record,
    say,
    scenario,
    schedule,
    sound,
)

T = TypeVar("T")


class Counted:
    """A database that counts what is asked of it, and can hold transactions back or spoil their answers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.dialect, self.lanes = database.dialect, database.lanes
        self.transactions = self.reads = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.lose: list[Exception] = []

    async def read(self, body: Callable[[sa.Connection], T], /) -> T:
        self.reads += 1
        return await self._database.read(body)

    async def transact(self, body: Callable[[sa.Connection], T], /) -> T:
        await self.gate.wait()
        self.transactions += 1
        done = await self._database.transact(body)
        if self.lose:
            raise self.lose.pop()
        return done

    async def close(self) -> None:
        await self._database.close()


async def texts(ledger: Ledger, scene: Scene) -> list[str]:
    """The words of all positions, in the order of the record."""
    mine = sa.select(PROSE.c.text).where(PROSE.c.session == scene.session, PROSE.c.pointer == "/text")
    mine = mine.where(PROSE.c.text != "To irrigate in May.").order_by(PROSE.c.seq)
    return list(await ledger.read(lambda connection: connection.execute(mine).scalars().all()))


async def saying(ledger: Ledger, scene: Scene, count: int, name: str = "say") -> list[Receipt]:
    """That many positions at once, one after another of the seats."""
    said = [say(ledger, scene, f"{name} {i}", SEATS[i % len(SEATS)]) for i in range(count)]
    return [accepted(answer) for answer in await asyncio.gather(*said)]


class Folded(list[Seq]):
    """The entries that any ledger folds from stored bytes from now on, and whether some of them in a transaction."""

    in_transaction = False


@pytest.fixture
def folded(monkeypatch: pytest.MonkeyPatch) -> Folded:
    seen, fold = Folded(), known.fold

    def watched(mine: Known, rows: Any) -> None:
        seen.extend(row.seq for row in rows if row.seq > mine.seq)
        seen.in_transaction |= not threading.current_thread().name.startswith("asyncio_")
        fold(mine, rows)

    monkeypatch.setattr(known, "fold", watched)
    return seen


# ── what is written ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_position_is_recorded_with_all_that_belongs_to_it(ledger: Ledger):
    scene = await schedule(ledger)
    before = await sound(ledger, scene.session)
    receipt = accepted(await say(ledger, scene, "One river."))
    assert (receipt.session, receipt.first_seq, receipt.seq) == (scene.session, before + 1, before + 3)
    assert await sound(ledger, scene.session) == receipt.seq
    rows = (await record(ledger, scene.session))[-3:]
    lines = [json.loads(row.stored) for row in rows]
    assert [line["kind"] for line in lines] == ["PositionPosted", "StancesStated", "InterestsStated"]
    assert rows[-1].leaf.hex() == receipt.leaf_hash
    assert {line["at"] for line in lines} == {receipt.at}
    assert len({row.command for row in rows} | {line["command"] for line in lines}) == 1
    assert {(line["actor"]["person"], line["seat"]) for line in lines} == {(delegate(SEATS[0]).person, SEATS[0])}
    assert [line["visibility"] for line in lines[1:]] == [
        {"to": "ALL", "seats": []},
        {"to": "SEATS", "seats": [SEATS[0]]},
    ]
    assert [line["nonce"] is None for line in lines] == [True, True, False]
    assert len(bytes.fromhex(lines[2]["nonce"])) == envelope.NONCE_BYTES


async def test_a_text_lies_beside_the_record_and_its_commitment_in_it(ledger: Ledger):
    scene = await schedule(ledger)
    receipt = accepted(await say(ledger, scene, "One river."))
    mine = sa.select(PROSE).where(PROSE.c.session == scene.session, PROSE.c.seq == receipt.first_seq)
    row = (await ledger.read(lambda connection: connection.execute(mine).all()))[0]
    stored = (await record(ledger, scene.session))[receipt.first_seq - 1].stored
    assert (row.pointer, row.language, row.text) == ("/text", EN, "One river.")
    assert b"One river." not in stored
    assert json.loads(stored)["payload"]["text"] == {
        "c": commitment(row.salt, field_of(row.pointer), row.language, row.text),
        "language": EN,
    }


async def test_many_texts_are_looked_up_by_one_statement_with_those_that_wait(ledger: Ledger):
    scene = await schedule(ledger)
    one, other = [accepted(await say(ledger, scene, words)).first_seq for words in ("One river.", "Two rivers.")]
    waits: Any = {(scene.session, 99, "/text"): {"text": "Three rivers."}}
    places = [(one, "/text"), (other, "/text"), (other, "/nowhere"), (Seq(99), "/text")]
    statements: list[str] = []

    def look_up(connection: sa.Connection) -> dict[tuple[Seq, str], str]:
        event.listen(connection, "before_cursor_execute", lambda _c, _d, said, *_: statements.append(said))
        return several(connection, scene.session, waits)(places)

    found = await ledger.read(look_up)
    assert found == {places[0]: "One river.", places[1]: "Two rivers.", places[3]: "Three rivers."}
    assert len(statements) == 1


async def test_no_salt_is_used_twice(ledger: Ledger):
    scene = await schedule(ledger)
    await saying(ledger, scene, 10)
    salts = await ledger.read(lambda connection: connection.execute(sa.select(PROSE.c.salt)).scalars().all())
    assert len(set(salts)) == len(salts) > 20
    assert {len(salt) for salt in salts} == {32}


async def test_a_refusal_writes_nothing(ledger: Ledger):
    scene = await schedule(ledger)
    before = await sound(ledger, scene.session)
    answer = await ledger.submit(OpenSession(), by=CHAIR, key="again", session=scene.session)
    assert isinstance(answer, Refusal)
    assert answer.code is RefusalCode.SESSION_PHASE
    assert await sound(ledger, scene.session) == before


async def test_an_unknown_session_refuses(ledger: Ledger):
    for session in (None, "01900000-0000-7000-8000-000000000000"):
        answer = await ledger.submit(OpenSession(), by=CHAIR, key="open", session=session)  # type: ignore[arg-type]
        assert isinstance(answer, Refusal)
        assert answer.code is RefusalCode.UNKNOWN_REFERENCE


async def test_time_never_goes_back_in_a_session(ledger: Ledger, monkeypatch: pytest.MonkeyPatch):
    scene = await schedule(ledger)
    late, early = Instant("2999-01-01T00:00:00.000Z"), Instant("2001-01-01T00:00:00.000Z")
    for clock in (late, early):
        monkeypatch.setattr("ledger.ledger.now", lambda clock=clock: clock)
        assert accepted(await say(ledger, scene, f"at {clock}")).at == late


# ── together ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_waits_is_done_in_one_transaction(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    before, counted.transactions = await sound(ledger, scene.session), 0
    receipts = await saying(ledger, scene, 64)
    assert counted.transactions == 1
    assert [receipt.seq - before for receipt in receipts] == [3 * i for i in range(1, 65)]
    assert await texts(ledger, scene) == [f"say {i}" for i in range(64)]
    assert await sound(ledger, scene.session) == before + 3 * 64


async def test_no_more_at_once_than_is_set(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted, at_once=10)
    scene = await schedule(ledger)
    counted.transactions = 0
    await saying(ledger, scene, 64)
    assert counted.transactions == 7


async def test_several_sessions_share_the_lanes(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scenes = [await schedule(ledger, f"scene {i}") for i in range(9)]
    counted.transactions = 0
    await asyncio.gather(*(saying(ledger, scene, 6, scene.session) for scene in scenes))
    assert counted.transactions <= counted.lanes
    for scene in scenes:
        assert await texts(ledger, scene) == [f"{scene.session} {i}" for i in range(6)]
        await sound(ledger, scene.session)


async def test_a_command_sees_what_was_said_before_it_in_the_same_transaction(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    counted.transactions = 0
    answers = await asyncio.gather(*(say(ledger, scene, f"{i}") for i in range(3)))
    assert counted.transactions == 1
    stored = [json.loads(row.stored) for row in await record(ledger, scene.session)]
    revisions = [line["payload"]["revision"] for line in stored if line["kind"] == "PositionPosted"]
    assert (len(answers), revisions) == (3, [1, 2, 3])


# ── guilty commands ──────────────────────────────────────────────────────────────────────────────────────────────────


def a_bug_in_deciding(monkeypatch: pytest.MonkeyPatch) -> None:
    def deciding(state: State, command: Command, occasion: Occasion) -> Decided | Refusal:
        if "say 3" in repr(command):
            raise ZeroDivisionError("a bug")
        return decide(state, command, occasion)

    monkeypatch.setattr(transaction, "decide", deciding)


def a_bug_in_projecting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The state has changed already when this one shows."""

    def projecting(session: str, state: State, entry: Entry, rows: Any) -> None:
        if "say 3" in repr(entry):
            raise ZeroDivisionError("a bug")
        project(session, state, entry, rows)

    project: Any = transaction.project
    monkeypatch.setattr(transaction, "project", projecting)


@pytest.mark.parametrize(("bug", "transactions"), [(a_bug_in_deciding, 1), (a_bug_in_projecting, 1 + 8)])
async def test_a_command_that_meets_a_bug_fails_alone(
    place: Place, monkeypatch: pytest.MonkeyPatch, bug: Callable[[pytest.MonkeyPatch], None], transactions: int
):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    bug(monkeypatch)
    counted.transactions = 0
    answers = await asyncio.gather(*(say(ledger, scene, f"say {i}") for i in range(8)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Receipt] * 3 + [ZeroDivisionError] + [Receipt] * 4
    assert counted.transactions == transactions
    monkeypatch.undo()
    accepted(await say(ledger, scene, "after"))
    assert await texts(ledger, scene) == [*(f"say {i}" for i in range(8) if i != 3), "after"]
    await sound(ledger, scene.session)


async def test_a_command_whose_data_the_database_refuses_fails_alone(place: Place):
    """PostgreSQL keeps no NUL in a text, SQLite does: who gives such a key must not be the ruin of others."""
    ledger = place.ledger()
    scene = await schedule(ledger)
    keys = ["one", "t\0o", "three"]
    answers = await asyncio.gather(*(say(ledger, scene, "w", key=key) for key in keys), return_exceptions=True)
    good = [isinstance(answer, Receipt) for answer in answers]
    assert good == ([True, True, True] if place.sqlite else [True, False, True])
    await sound(ledger, scene.session)


async def test_a_failed_transaction_leaves_no_state_behind(
    place: Place, monkeypatch: pytest.MonkeyPatch, folded: Folded
):
    """The head would give a spoilt state away; that it is folded anew shows that none was kept."""
    ledger = place.ledger()
    scene = await schedule(ledger)
    length = await sound(ledger, scene.session)
    a_bug_in_projecting(monkeypatch)
    with pytest.raises(ZeroDivisionError):
        await say(ledger, scene, "say 3")
    folded.clear()
    accepted(await say(ledger, scene, "after"))
    assert folded == list(range(1, length + 1))


# ── twice ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_same_key_and_command_give_the_same_receipt(place: Place):
    ledger = place.ledger()
    scene = await schedule(ledger)
    first = accepted(await say(ledger, scene, "once"))
    accepted(await say(ledger, scene, "another"))
    after_a_restart = place.ledger()
    assert first == await say(ledger, scene, "once") == await say(after_a_restart, scene, "once")
    assert await texts(ledger, scene) == ["once", "another"]


async def test_twice_at_once_is_written_once(place: Place):
    one, other = place.ledger(), place.ledger()
    scene = await schedule(one)
    answers = await asyncio.gather(*(say(ledger, scene, "once") for ledger in (one, one, other, other, one)))
    assert len(set(answers)) == 1
    assert await texts(one, scene) == ["once"]


async def test_a_key_that_stands_for_another_command_is_a_conflict(ledger: Ledger):
    scene, elsewhere = await schedule(ledger), await schedule(ledger, "elsewhere")
    accepted(await say(ledger, scene, "mine"))
    by = delegate(SEATS[0])
    others: list[Any] = [
        await ledger.submit(position(scene, "other words"), by=by, key="mine", session=scene.session),
        await ledger.submit(position(scene, "mine"), by=by, key="mine", session=elsewhere.session),
        await ledger.submit(position(scene, "mine"), by=by, key="mine", session=scene.session, seat=SEATS[0]),
        await ledger.submit(StateStances(item=scene.item), by=by, key="mine", session=scene.session),
    ]
    assert [(answer.code, answer.rule) for answer in others] == [(RefusalCode.IDEMPOTENCY_CONFLICT, "0.2")] * 4
    assert await texts(ledger, scene) == ["mine"]


async def test_commands_with_one_key_may_share_a_transaction(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    counted.transactions = 0
    first, second, third = await asyncio.gather(*(say(ledger, scene, words, key="same") for words in ("a", "b", "a")))
    assert accepted(first) == third
    assert isinstance(second, Refusal)
    assert second.code is RefusalCode.IDEMPOTENCY_CONFLICT
    assert counted.transactions == 1


async def test_keys_of_two_persons_are_two_keys(ledger: Ledger):
    scene = await schedule(ledger)
    answers = await asyncio.gather(*(say(ledger, scene, "same", seat) for seat in SEATS))
    assert len({accepted(answer).seq for answer in answers}) == len(SEATS)


async def test_a_refused_command_may_come_again_with_its_key(ledger: Ledger):
    scene = await schedule(ledger)
    call = RaiseObjection(
        item=scene.item, provision=scene.provisions[0], reason="No", would_be_removed_by="Yes", language=EN
    )
    assert isinstance(await ledger.submit(call, by=CHAIR, key="k", session=scene.session), Refusal)
    accepted(await say(ledger, scene, "after", key="k"))
    kept = sa.select(sa.func.count()).select_from(IDEMPOTENCY).where(IDEMPOTENCY.c.key == "k")
    assert await ledger.read(lambda connection: connection.execute(kept).scalar_one()) == 1


async def test_a_session_scheduled_twice_is_one_session(place: Place):
    command = ScheduleSession(scenario=scenario())
    ledgers = [place.ledger(), place.ledger()]
    answers = await asyncio.gather(*(to.submit(command, by=ORGANISER, key="new") for to in ledgers for _ in range(8)))
    assert len(set(answers)) == 1
    assert await ledgers[0].submit(command, by=ORGANISER, key="new") == answers[0]
    different = await ledgers[1].submit(ScheduleSession(scenario=scenario(2)), by=ORGANISER, key="new")
    assert isinstance(different, Refusal)
    assert different.code is RefusalCode.IDEMPOTENCY_CONFLICT
    assert await sound(ledgers[0], accepted(answers[0]).session) == 1


# ── too many, and those who leave ────────────────────────────────────────────────────────────────────────────────────


async def test_a_full_queue_refuses_and_leaves_other_sessions_alone(place: Place):
    counted = Counted(place.database(lanes=1))
    ledger = place.ledger(database=counted, depth=4)
    full, other = await schedule(ledger), await schedule(ledger, "other")
    counted.gate.clear()
    first = asyncio.create_task(say(ledger, full, "first"))
    await asyncio.sleep(0)  # it is taken from the queue
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(say(ledger, full, f"{i}")) for i in range(7)]
    elsewhere = asyncio.create_task(say(ledger, other, "elsewhere"))
    await asyncio.sleep(0)
    counted.gate.set()
    answers = await asyncio.gather(first, *waiting, elsewhere)
    busy = [answer.code for answer in answers if isinstance(answer, Refusal)]
    assert busy == [RefusalCode.SESSION_BUSY] * 3
    assert [isinstance(answer, Receipt) for answer in answers] == [True] * 5 + [False] * 3 + [True]
    accepted(await say(ledger, full, "again there is room"))


async def test_a_command_is_not_done_when_its_caller_has_left_before_its_turn(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    counted.gate.clear()
    tasks = [asyncio.create_task(say(ledger, scene, f"{i}")) for i in range(2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    later = [asyncio.create_task(say(ledger, scene, f"{i}")) for i in range(2, 6)]
    await asyncio.sleep(0)
    tasks[0].cancel()  # in its transaction already: that it leaves changes nothing
    later[1].cancel()  # waits still
    await asyncio.sleep(0)
    counted.gate.set()
    answers = await asyncio.gather(*tasks, *later, return_exceptions=True)
    assert [isinstance(answer, Receipt) for answer in answers] == [False, True, True, False, True, True]
    assert await texts(ledger, scene) == ["0", "1", "2", "4", "5"]


async def test_closing_finishes_what_waits_and_takes_nothing_new(place: Place):
    ledger = place.ledger(at_once=2)
    scene = await schedule(ledger)
    tasks = [asyncio.create_task(say(ledger, scene, f"{i}")) for i in range(9)]
    await asyncio.sleep(0)
    await ledger.close()
    assert all(task.done() for task in tasks)
    assert [accepted(task.result()).seq for task in tasks]
    refused = await say(ledger, scene, "too late")
    assert isinstance(refused, Refusal)
    assert refused.code is RefusalCode.SESSION_BUSY


async def test_nothing_is_left_of_a_queue_that_is_empty(ledger: Ledger):
    scene = await schedule(ledger)
    await saying(ledger, scene, 5)
    await asyncio.sleep(0)
    writer = ledger._writer
    assert (writer._waiting, dict(writer._length), writer._tasks) == ({}, {}, set())


async def test_who_waits_is_told_when_the_writer_is_cancelled(place: Place):
    counted = Counted(place.database())
    ledger = place.ledger(database=counted, at_once=2)
    scene = await schedule(ledger)
    counted.gate.clear()
    waiting = [asyncio.create_task(say(ledger, scene, f"{i}")) for i in range(5)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for task in ledger._writer._tasks:
        task.cancel()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [str(answer) for answer in answers] == ["the writer ended"] * 5
    counted.gate.set()
    accepted(await say(ledger, scene, "after"))


# ── a record that others change ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_state_that_is_behind_reads_only_what_it_lacks(place: Place, folded: Folded):
    one, other = place.ledger(), place.ledger()
    scene = await schedule(one)
    length = await sound(one, scene.session)
    accepted(await say(other, scene, "a"))
    assert folded == list(range(1, length + 1))
    folded.clear()
    accepted(await say(one, scene, "b"))
    assert folded == [length + 1, length + 2, length + 3]
    folded.clear()
    accepted(await say(one, scene, "c"))
    assert folded == []
    assert await texts(one, scene) == ["a", "b", "c"]


async def test_a_state_far_behind_is_folded_outside_the_transaction(
    place: Place, folded: Folded, monkeypatch: pytest.MonkeyPatch
):
    one, other = place.ledger(), place.ledger()
    scene = await schedule(one)
    accepted(await say(other, scene, "other knows it too"))
    await saying(one, scene, 20)
    length = await sound(one, scene.session)
    monkeypatch.setattr("ledger.writer.FAR", 10)
    monkeypatch.setattr(known, "PAGE", 7)
    folded.clear()
    folded.in_transaction = False
    accepted(await say(other, scene, "behind"))
    assert folded == list(range(length - 59, length + 1))
    folded.clear()
    accepted(await say(place.ledger(), scene, "new here"))
    assert folded == list(range(1, length + 4))
    assert not folded.in_transaction


async def test_two_processes_write_to_one_session(place: Place):
    ledgers = [place.ledger(at_once=4) for _ in range(3)]
    scene = await schedule(ledgers[0])
    await asyncio.gather(*(saying(ledger, scene, 20, f"{i}") for i, ledger in enumerate(ledgers)))
    assert sorted(await texts(ledgers[0], scene)) == sorted(f"{i} {j}" for i in range(3) for j in range(20))
    await sound(ledgers[0], scene.session)


@pytest.mark.parametrize("far", [10, 10_000])
@pytest.mark.parametrize("others", [0, 1, 5])
async def test_a_backup_put_back_is_folded_anew(
    place: Place, backup: Backup, folded: Folded, monkeypatch: pytest.MonkeyPatch, others: int, far: int
):
    """The head then shows another record: shorter, of the same length, or longer than the one we knew."""
    monkeypatch.setattr("ledger.writer.FAR", far)
    ledger = place.ledger()
    scene = await schedule(ledger)
    await saying(ledger, scene, 3, "kept")
    restore = backup()
    accepted(await say(ledger, scene, "lost"))
    restore()
    elsewhere = place.ledger()
    if others:
        await saying(elsewhere, scene, others, "instead")
    length = await sound(ledger, scene.session)
    folded.clear()
    folded.in_transaction = False
    accepted(await say(ledger, scene, "after"))
    assert folded == list(range(1, length + 1))
    assert folded.in_transaction == (far > length)
    instead = [f"instead {i}" for i in range(others)]
    assert await texts(ledger, scene) == ["kept 0", "kept 1", "kept 2", *instead, "after"]
    await sound(ledger, scene.session)


async def test_only_so_many_sessions_are_remembered(place: Place, folded: Folded):
    ledger = place.ledger(remembered=2)
    scenes = [await schedule(ledger, f"scene {i}") for i in range(3)]
    folded.clear()
    for scene in scenes[1:]:
        accepted(await say(ledger, scene, scene.session))
    assert folded == []
    accepted(await say(ledger, scenes[0], "forgotten"))
    assert folded[0] == 1
    assert len(ledger._writer._memory) == 2


# ── look-ups of a rule ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_rule_sees_texts_of_the_same_transaction(place: Place, monkeypatch: pytest.MonkeyPatch):
    """A clause is proposed and adopted in one transaction: its words are adopted before they are in the database."""
    counted = Counted(place.database())
    ledger = place.ledger(database=counted)
    scene = await schedule(ledger)
    clock = iter(f"2999-01-{day:02}T00:00:00.000Z" for day in range(1, 29))
    monkeypatch.setattr("ledger.ledger.now", lambda: Instant(next(clock)))
    clause = ProposeProvision(item=scene.item, text="Water is shared fairly.", language=EN)
    to_adoption = (
        RecordRollCall(present=SEATS),
        CirculateText(item=scene.item),
        CleanText(item=scene.item),
        CallForConsensus(item=scene.item),
        CloseCall(item=scene.item),
    )
    counted.transactions = 0
    answers = await asyncio.gather(
        ledger.submit(clause, by=delegate(SEATS[0]), key="clause", session=scene.session),
        *(ledger.submit(c, by=CHAIR, key=type(c).__name__, session=scene.session) for c in to_adoption),
    )
    assert counted.transactions == 1
    assert [isinstance(answer, Receipt) for answer in answers] == [True] * 6
    adopted = [json.loads(row.stored) for row in await record(ledger, scene.session)][-1]
    assert adopted["kind"] == "TextAdopted"
    words = [clause["versions"][0]["text"] for clause in adopted["payload"]["clauses"]]
    assert words == [*(f"Clause {i}." for i in range(8)), "Water is shared fairly."]


async def test_an_act_cites_the_newest_report(ledger: Ledger, place: Place):
    scene = await schedule(ledger)
    blank = {column.name: 0 if isinstance(column.type, sa.Integer) else "" for column in REPORT.c}
    newest = (("convergence", 9, "b" * 64), ("convergence", 10, "a" * 64), ("other", 11, "c" * 64))
    rows = [
        {**blank, "session": scene.session, "item": scene.item, "algorithm": kind, "basis": basis, "public_hash": hash}
        for kind, basis, hash in newest
    ]
    await place.database().transact(lambda connection: connection.execute(sa.insert(REPORT), rows))
    for command in (CloseSession(), SealSession()):
        accepted(await ledger.submit(command, by=CHAIR, key=f"{command}", session=scene.session))
    sealed = json.loads((await record(ledger, scene.session))[-1].stored)
    assert sealed["payload"]["reports"] == [{"item": scene.item, "hash": "a" * 64}]
