"""The writer behind an OpenAI-compatible address: asks a language model, and takes of its reply what the rules allow.

Why nothing of it is trusted: a reply can be late, broken, endless, or say anything. The draft is made all the same, and
the record tells what happened.
"""

import asyncio
import hashlib
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
import structlog

from polylogue.commands import Consultation, RefusedWording
from polylogue.drafting.brief import Written
from polylogue.drafting.provenance import altered
from polylogue.drafting.written import Unfit, checked
from polylogue.text import escaped
from polylogue.vocabulary import WordingFault, WriterOutcome
from workers.writers.budget import Budget
from workers.writers.prompt import REPLY_LIMIT, TASK, Question, questions, read
from workers.writers.writer import Wish, Writing

if TYPE_CHECKING:
    from openai import AsyncOpenAI

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

TRIES = 2
"""How often a question is sent at most: once more where the connection broke or the other side was overloaded."""

SIDE_BY_SIDE = 4
"""How many questions of a draft are asked at a time."""

BYTES_LIMIT = 1 << 18
"""Bytes of an answer that are read: more than any reply that is kept, with what is around it."""

REFUSED_LIMIT = 100
"""How many refused wordings of a reply are told of."""

_OVERLOADED = frozenset((408, 409, 429))
_BROKEN = 500


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is and how far it may be used: `budget` requests a session, `timeout` seconds a draft."""

    base_url: str
    model: str
    key: str = field(repr=False)
    budget: int
    timeout: float


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message


class _Completion(msgspec.Struct):
    choices: list[_Choice]


_COMPLETION = msgspec.json.Decoder(_Completion)


@dataclass(slots=True)
class _Asked:
    """How far a question has come."""

    requests: int = 0
    status: int | None = None
    reply: str | None = None


class _Spent(Exception):
    """The session may ask no more."""


class _TooLong(Exception):
    """The answer is longer than is read."""


class ModelWriter:
    """Asks a model about all contested clauses of a brief, a few at a time, within one time-out for all."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._budget = Budget(endpoint.budget)

    async def __call__(self, wish: Wish) -> Writing:
        """What the model proposes and the rules allow; never an error of the model's."""
        asked = list(questions(wish.brief))
        if not asked:
            return Writing()
        turns = asyncio.Semaphore(SIDE_BY_SIDE)
        async with await asyncio.to_thread(_client, self._endpoint) as client:
            deadline = asyncio.get_running_loop().time() + self._endpoint.timeout

            async def one(number: int, question: Question) -> Writing:
                async with turns:
                    return await self._one(client, wish, number, question, deadline)

            found = await asyncio.gather(*(one(number, question) for number, question in enumerate(asked)))
        return Writing(
            tuple(wording for each in found for wording in each.wordings),
            tuple(consultation for each in found for consultation in each.consultations),
        )

    async def _one(
        self, client: "AsyncOpenAI", wish: Wish, number: int, question: Question, deadline: float
    ) -> Writing:
        asked, wordings, unfit = _Asked(), tuple[Written, ...](), tuple[Unfit, ...]()
        if question.too_long:
            outcome = WriterOutcome.PROMPT_TOO_LONG
        else:
            outcome = await self._ask(client, wish, number, question, deadline, asked)
        if asked.reply is not None and outcome is WriterOutcome.ANSWERED:
            outcome, wordings, unfit = await asyncio.to_thread(_taken, question, asked.reply)
        log.info("writer consulted", session=wish.session, outcome=outcome, status=asked.status, taken=len(wordings))
        sent = asked.requests > 0
        return Writing(
            wordings,
            (
                Consultation(
                    provisions=tuple(clause.provision for clause in question.clauses.values()),
                    outcome=outcome,
                    model=self._endpoint.model,
                    requests=asked.requests,
                    status=asked.status,
                    prompt=question.prompt if sent else None,
                    reply=escaped(asked.reply or "", limit=REPLY_LIMIT),
                    taken=len(wordings),
                    refused=tuple(
                        RefusedWording(
                            provision=each.clause,
                            fault=each.fault,
                            sentence=escaped(each.sentence or "", limit=REPLY_LIMIT),
                        )
                        for each in unfit[:REFUSED_LIMIT]
                    ),
                ),
            ),
        )

    async def _ask(
        self, client: "AsyncOpenAI", wish: Wish, number: int, question: Question, deadline: float, asked: _Asked
    ) -> WriterOutcome:
        """Ask, and once more where that may help; what came back is in `asked`."""
        if asyncio.get_running_loop().time() >= deadline:
            return WriterOutcome.TIMED_OUT
        seed = int.from_bytes(hashlib.sha256(f"{wish.seed}/{number}".encode()).digest()[:4]) >> 1
        try:
            async with asyncio.timeout_at(deadline):
                while True:
                    if not self._budget.take(wish.session, wish.recorded):
                        raise _Spent  # noqa: TRY301 -- one place says what each end means
                    asked.requests += 1
                    asked.status = None
                    try:
                        reply = await _reply(client, self._endpoint.model, question, seed)
                        asked.reply = self._without_key(reply)
                        return _length(asked.reply)
                    except (_TooLong, TimeoutError):
                        raise
                    except Exception as error:  # noqa: BLE001 -- whatever the other side does, the draft is made
                        asked.status = getattr(error, "status_code", None)
                        # Its message is not told: it may quote the key or the prompt.
                        log.warning(
                            "writer failed", session=wish.session, error=type(error).__name__, status=asked.status
                        )
                        if asked.requests == TRIES or not _may_help(asked.status):
                            return WriterOutcome.FAILED
        except TimeoutError:
            return WriterOutcome.TIMED_OUT
        except _TooLong as found:
            asked.reply = self._without_key(str(found))
            return WriterOutcome.REPLY_TOO_LONG
        except _Spent:
            return WriterOutcome.FAILED if asked.requests else WriterOutcome.BUDGET_SPENT

    def _without_key(self, reply: str) -> str:
        """The reply, should the other side have put into it what it was given to know us by."""
        return reply.replace(self._endpoint.key, "[key]") if self._endpoint.key else reply


async def _reply(client: "AsyncOpenAI", model: str, question: Question, seed: int) -> str:
    """The words of an answer, read no further than they may be long."""
    async with client.chat.completions.with_streaming_response.create(
        model=model,
        messages=[{"role": "system", "content": TASK}, {"role": "user", "content": question.data}],
        response_format={"type": "json_object"},
        seed=seed,
    ) as response:
        body = bytearray()
        async for chunk in response.iter_bytes():
            body += chunk
            if len(body) > BYTES_LIMIT:
                # All of it: cut before the key is taken out, it might end in half a key.
                raise _TooLong(bytes(body).decode("utf-8", "replace"))
    try:
        found = _COMPLETION.decode(bytes(body))
    except msgspec.DecodeError:
        return bytes(body).decode("utf-8", "replace")  # no answer of such an endpoint, and so no JSON of ours
    return (found.choices[0].message.content or "") if found.choices else ""


def _length(reply: str) -> WriterOutcome:
    return WriterOutcome.REPLY_TOO_LONG if len(reply) > REPLY_LIMIT else WriterOutcome.ANSWERED


def _may_help(status: int | None) -> bool:
    """Whether to ask again may help: after a broken connection, and where the other side could not just now."""
    return status is None or status >= _BROKEN or status in _OVERLOADED


def _taken(question: Question, words: str) -> tuple[WriterOutcome, tuple[Written, ...], tuple[Unfit, ...]]:
    """What of a reply may be proposed, and what is refused."""
    reply = read(words)
    if reply is None:
        return WriterOutcome.UNREADABLE, (), ()
    returned = {each.id: each.text for each in reply.agreed}
    returned |= {each.id: text for each in reply.clauses if each.id in question.agreed for text in each.wordings}
    agreed = {name: clause.present.text or "" for name, clause in question.agreed.items()}
    if changed := altered(agreed, returned):
        unfit = tuple(
            Unfit(question.agreed[name].provision, WordingFault.AGREED_ALTERED, returned.get(name)) for name in changed
        )
        return WriterOutcome.AGREED_ALTERED, (), unfit
    unfit = [
        Unfit(None, WordingFault.CLAUSE_UNKNOWN, each.text) for each in reply.agreed if each.id not in question.agreed
    ]
    texts: dict[str, list[str]] = {}
    for each in reply.clauses:
        if each.id in question.clauses:
            texts.setdefault(each.id, []).extend(each.wordings)
        elif each.id not in question.agreed:
            unfit += [Unfit(None, WordingFault.CLAUSE_UNKNOWN, text) for text in each.wordings]
    taken: list[Written] = []
    for name, clause in question.clauses.items():
        kept, faults = checked(clause, texts.get(name, ()))
        taken += kept
        unfit += faults
    return WriterOutcome.ANSWERED, tuple(taken), tuple(unfit)


def _client(endpoint: Endpoint) -> "AsyncOpenAI":
    """A client of the endpoint, that asks once and tells nothing: its own retries and logs would go past ours.

    To import what is an extra, and to read a system's certificates, takes seconds: for a thread.
    """
    from openai import AsyncOpenAI  # noqa: PLC0415

    for name in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.ERROR)
    client = AsyncOpenAI(
        api_key=endpoint.key or "none", base_url=endpoint.base_url, timeout=endpoint.timeout, max_retries=0
    )
    client.organization = client.project = None  # from the environment of another program, perhaps
    return client
