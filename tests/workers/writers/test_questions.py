"""What a language model is asked, how often at most, and that its key is told to nobody else."""

import logging
from dataclasses import replace
from itertools import pairwise

import pytest

from polylogue.vocabulary import Hash, ProvisionId, SessionId, StanceLevel, WriterOutcome
from tests.workers.model import KEY, answer, fails, model, proposes, reply, says, sends, silent
from tests.workers.writers.wishes import (
    BASE,
    GOOD,
    OTHER,
    TEXT,
    THANKS,
    clause,
    objection,
    outcomes,
    text,
    wish,
    writer,
    written,
)
from workers.writers.prompt import PROMPT_LIMIT, REPLY_LIMIT, TASK, contested, questions
from workers.writers.writer import Writing, no_model

# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_model_is_asked_with_what_is_on_the_table_and_its_wordings_are_taken_with_their_sources():
    async with model(proposes(GOOD)) as made:
        found = await writer(made)(wish())
    (heard,) = made.heard
    assert heard.path == "/v1/chat/completions"
    assert heard.headers["authorization"] == f"Bearer {KEY}"
    assert (heard.body["model"], type(heard.body["seed"])) == ("model-of-the-test", int)
    assert heard.body["messages"][0] == {"role": "system", "content": TASK}
    assert heard.asked["agreed"] == [{"id": "a1", "text": THANKS}]
    (asked,) = heard.asked["clauses"]
    assert [each["text"] for each in asked["wordings"]] == [BASE, OTHER]
    assert asked["wordings"][0]["stances"] == [
        {
            "delegation": "KAZ",
            "stance": "OBJECT",
            "reason": "It costs too much.",
            "wouldBeRemovedBy": "A fund is set up.",
        }
    ]
    (proposal,) = found.wordings
    assert (proposal.provision, proposal.text) == ("p2", GOOD)
    assert {source.wording for source in proposal.sources} == {"", "alternative 1"}
    (consulted,) = found.consultations
    assert (consulted.outcome, consulted.taken, consulted.refused) == (WriterOutcome.ANSWERED, 1, ())
    assert consulted.prompt == f"{TASK}\n\n{heard.body['messages'][1]['content']}"
    assert consulted.reply == reply(heard, GOOD)


async def test_the_same_wish_is_asked_with_the_same_seed_and_another_with_another():
    async with model(proposes(GOOD)) as made:
        for each in (wish(), wish(), replace(wish(), seed=Hash("cd" * 32))):
            await writer(made)(each)
    first, again, other = made.heard
    assert first.body == again.body
    assert first.body["seed"] != other.body["seed"]


async def test_nobody_is_asked_where_nothing_is_contested():
    agreed = clause(1, THANKS, agreed=True)
    quiet = clause(2, BASE, stated=(objection(StanceLevel.SUPPORT),))
    erased = clause(3, None, stated=(objection(),))
    async with model(silent) as made:
        assert await writer(made)(wish(text(agreed, quiet, erased))) == Writing()
    assert not made.heard
    assert await no_model(wish(text(agreed, quiet, erased))) == Writing()


async def test_a_worker_that_knows_no_model_says_so():
    found = await no_model(wish())
    assert [(each.outcome, each.provisions) for each in found.consultations] == [
        (WriterOutcome.NOT_CONFIGURED, (ProvisionId("p2"),))
    ]


def test_long_texts_are_asked_about_in_parts_each_within_what_the_record_keeps():
    many = [clause(i, f"{BASE} {'Word ' * 300}", OTHER, agreed=i % 3 == 0) for i in range(40)]
    asked = list(questions(text(*many)))
    assert all(len(each.prompt) <= PROMPT_LIMIT for each in asked)
    assert [one.provision for each in asked for one in each.clauses.values()] == [
        each.provision for each in many if contested(each)
    ]
    for question in asked:
        places = [int(each.provision[1:]) for each in question.clauses.values()]
        assert all(after - before <= 2 for before, after in pairwise(places))
        assert {int(each.provision[1:]) for each in question.agreed.values()} == {
            i for place in places for i in (place - 1, place + 1) if i % 3 == 0 and 0 <= i < 40
        }


async def test_a_clause_too_long_for_a_prompt_is_not_asked_about_and_the_others_are():
    long = clause(1, "Word " * 5_000, OTHER)
    found = await written(proposes(GOOD), brief=text(long, *TEXT.clauses))
    assert outcomes(found) == [(WriterOutcome.PROMPT_TOO_LONG, 0, 0), (WriterOutcome.ANSWERED, 1, 1)]
    assert found.consultations[0].prompt is None


# ── budget and key ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_session_asks_no_more_than_its_budget_whoever_counts():
    async with model(proposes(GOOD)) as made:
        asks = writer(made, budget=3)
        first, second = await asks(wish()), await asks(wish())
        assert outcomes(first) == outcomes(second) == [(WriterOutcome.ANSWERED, 1, 1)]
        assert outcomes(await asks(wish(recorded=3))) == [(WriterOutcome.BUDGET_SPENT, 0, 0)]  # another process's
        assert outcomes(await asks(replace(wish(), session=SessionId("other")))) == [(WriterOutcome.ANSWERED, 1, 1)]
        assert outcomes(await asks(wish())) == [(WriterOutcome.ANSWERED, 1, 1)]
        assert outcomes(await asks(wish())) == [(WriterOutcome.BUDGET_SPENT, 0, 0)]
        assert len(made.heard) == 4


async def test_a_second_try_is_paid_for_too():
    async with model(fails("500 Internal Server Error"), proposes(GOOD)) as made:
        asks = writer(made, budget=1)
        assert outcomes(await asks(wish())) == [(WriterOutcome.FAILED, 1, 0)]
        assert outcomes(await asks(wish())) == [(WriterOutcome.BUDGET_SPENT, 0, 0)]
        assert len(made.heard) == 1


async def test_the_key_is_told_to_nobody_else(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("OPENAI_ORG_ID", "somebody")
    caplog.set_level(logging.DEBUG)
    echo = says(lambda heard: reply(heard, f"{GOOD} {heard.headers['authorization']}"))
    long = sends(answer(f"{KEY} " * REPLY_LIMIT))
    async with model(echo, fails("401 Unauthorized"), long) as made:
        asks = writer(made)
        found = [await asks(wish()), await asks(wish()), await asks(wish())]
    assert [each.consultations[0].outcome for each in found] == [
        WriterOutcome.ANSWERED,
        WriterOutcome.FAILED,
        WriterOutcome.REPLY_TOO_LONG,
    ]
    told = capfd.readouterr()
    for words in (repr(found), repr(asks), repr(asks._endpoint), caplog.text, told.out, told.err):
        assert KEY not in words
        assert KEY[:6] not in words  # nor half of it, where a reply is cut
    assert all("openai-organization" not in heard.headers for heard in made.heard)
    assert BASE not in caplog.text + told.out + told.err
    assert "writer failed" in told.out + told.err
