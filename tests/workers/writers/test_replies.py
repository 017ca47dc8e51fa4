"""A slow, silent, broken or verbose language model: how long it is waited for, what is read, and what is told."""

import pytest

from polylogue.drafting.written import WORDINGS
from polylogue.text import admit
from polylogue.vocabulary import WordingFault, WriterOutcome
from tests.workers.model import Behaviour, cut, endless, fails, model, proposes, reply, says, sends, silent, slowly
from tests.workers.writers.wishes import BASE, GOOD, OTHER, SHORT, clause, outcomes, text, wish, writer, written
from workers.writers.model import TRIES
from workers.writers.prompt import REPLY_LIMIT


async def test_a_slow_model_is_waited_for():
    assert outcomes(await written(slowly(GOOD))) == [(WriterOutcome.ANSWERED, 1, 1)]


async def test_a_silent_model_is_given_up():
    assert outcomes(await written(silent, timeout=SHORT)) == [(WriterOutcome.TIMED_OUT, 1, 0)]


async def test_the_time_is_for_all_tries_and_all_questions():
    many = text(*(clause(i, f"{BASE} {'Word ' * 900}", OTHER) for i in range(40)))
    async with model(fails("503 Service Unavailable"), silent) as made:
        found = await writer(made, timeout=SHORT)(wish(many))
    assert {each.outcome for each in found.consultations} == {WriterOutcome.TIMED_OUT}
    assert len(made.heard) < len(found.consultations)  # those behind had no time left to be asked
    assert [each.requests for each in found.consultations if each.requests] != []
    assert sum(each.requests for each in found.consultations) >= len(made.heard)


@pytest.mark.parametrize(
    ("first", "status"),
    [
        (fails("500 Internal Server Error"), 500),
        (fails("429 Too Many Requests"), 429),
        (cut(GOOD), None),
        (sends(b""), None),
        (sends(b"SSH-2.0-nonsense\r\n"), None),
    ],
    ids=["500", "429", "cut", "nothing", "another protocol"],
)
async def test_what_breaks_is_asked_again_once(first: Behaviour, status: int | None):
    assert outcomes(await written(first, proposes(GOOD))) == [(WriterOutcome.ANSWERED, 2, 1)]
    found = await written(first, first, proposes(GOOD))
    assert outcomes(found) == [(WriterOutcome.FAILED, TRIES, 0)]
    assert found.consultations[0].status == status


async def test_a_key_that_is_not_accepted_is_not_shown_again():
    found = await written(fails("401 Unauthorized"), proposes(GOOD))
    assert outcomes(found) == [(WriterOutcome.FAILED, 1, 0)]
    assert found.consultations[0].status == 401


async def test_nobody_answers_where_nobody_listens():
    async with model(proposes(GOOD)) as made:
        pass
    found = await writer(made)(wish())
    assert outcomes(found) == [(WriterOutcome.FAILED, TRIES, 0)]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "I cannot help with that.",
        "null",
        "[]",
        "{}",
        '{"agreed": [], "clauses": "c1"}',
        '{"agreed": [], "clauses": [{"id": "c1", "wordings": [3]}]}',
        '{"agreed": [], "clauses": [], "adopt": true}',
        '{"agreed": [], "clauses": []',
        '```json\n{"agreed": [], "clauses": []}\n```',
        "[" * 9_000,
        "\ud800",
        "\u200b",
        "\x00\x1b[2J",
    ],
    ids=repr,
)
async def test_what_was_not_asked_for_is_not_read(content: str):
    found = await written(says(content))
    assert outcomes(found) == [(WriterOutcome.UNREADABLE, 1, 0)]
    kept = found.consultations[0].reply
    assert kept is None or admit(kept) == kept


@pytest.mark.parametrize("wire", [b"not JSON", b'{"choices": []}', b'{"error": "busy"}', b"\xff\xfe\x00"], ids=repr)
async def test_what_is_no_completion_is_not_read(wire: bytes):
    head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(wire)}\r\nconnection: close\r\n\r\n".encode()
    assert outcomes(await written(sends(head + wire))) == [(WriterOutcome.UNREADABLE, 1, 0)]


async def test_a_verbose_reply_is_cut_in_the_record_and_nothing_of_it_is_taken():
    found = await written(says(lambda heard: reply(heard, GOOD) + " " * REPLY_LIMIT))
    assert outcomes(found) == [(WriterOutcome.REPLY_TOO_LONG, 1, 0)]
    assert len(found.consultations[0].reply or "") == REPLY_LIMIT
    async with model(endless) as made:
        found = await writer(made)(wish())
    assert not made.heard[0].whole
    assert outcomes(found) == [(WriterOutcome.REPLY_TOO_LONG, 1, 0)]
    assert (found.consultations[0].reply or "").startswith('{"choices"')


async def test_more_wordings_than_were_asked_for_are_refused():
    starts = ("Member States shall deepen cooperation on", "Member States should broaden cooperation on")
    more = [f"{start} {end}" for start in starts for end in ("shared water.", "shared water and energy.")]
    found = await written(proposes(GOOD, *more, *more))
    assert found.consultations[0].taken == len(found.wordings) <= WORDINGS
    assert WordingFault.TOO_MANY in [each.fault for each in found.consultations[0].refused]
