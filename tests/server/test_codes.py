"""Codes are read as people type them, and wrong ones are counted: here, in Redis, and while Redis is away."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.attempts import ADDRESSES, LEFT_ALONE, PER_ADDRESS, PER_SITE, PREFIX, SITE, SPAN, Attempts, network
from server.codes import ALPHABET, LENGTH, code_hash, new_code, new_key, read_code
from workers.redis import connect

HALL, GUESSER = "192.0.2.1", "198.51.100.7"


@dataclass
class Clock:
    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


# ── codes ──


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH), st.randoms(use_true_random=False))
def test_a_code_is_read_however_it_is_typed(code: str, random: Any):
    """In any case, with blanks and dashes anywhere, with the letters that look alike, on a wide keyboard."""
    alike = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(random.choice(alike.get(c, c.upper() + c.lower())) for c in code)
    typed = "".join(random.choice(("", " ", "-", "\u2013", "\u200b")) + c for c in typed) + "  "
    if random.random() < 0.5:  # wide letters, as from a Chinese keyboard
        typed = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)
    assert read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFGU", "ABCD_EFGH", "АВСЕ-НКМО", "A" * 10_000])
def test_what_is_no_code_is_none(typed: str):
    assert read_code(typed) is None


def test_a_code_is_drawn_by_eights_and_kept_under_a_key():
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert {read_code(code) for code in codes} == {code.replace("-", "") for code in codes}
    assert len({letter for code in codes for letter in code} - {"-"}) == len(ALPHABET) == 32
    one, other = new_key(), new_key()
    assert code_hash(one, "ABCDEFGH") == code_hash(one, "ABCDEFGH") != code_hash(other, "ABCDEFGH")


# ── counting ──


async def tries(attempts: Attempts, address: str, most: int = 10_000) -> int:
    """How many wrong codes an address gets to try before it is told to wait."""
    for number in range(most):
        if await attempts.wait(address):
            return number
        await attempts.charge(address)
    return most


async def test_an_address_has_its_tries_and_gets_them_back():
    attempts = Attempts(clock=(clock := Clock()))
    assert await tries(attempts, GUESSER) == PER_ADDRESS
    assert await attempts.wait(HALL) == 0
    clock.at += await attempts.wait(GUESSER)
    assert await tries(attempts, GUESSER) == 2
    clock.at += SPAN
    assert await tries(attempts, GUESSER) == PER_ADDRESS
    clock.at += 100 * SPAN
    assert await tries(attempts, GUESSER) == PER_ADDRESS, "what is not used is not saved up"


async def test_tries_that_come_all_at_once_are_paid_for_later():
    """Each is looked at before any is charged."""
    attempts = Attempts(clock=Clock())
    for _ in range(5 * PER_ADDRESS):
        await attempts.charge(GUESSER)
    assert await attempts.wait(GUESSER) > 3 * SPAN


async def test_all_addresses_together_have_their_tries_too():
    attempts = Attempts(clock=Clock())
    found = [await tries(attempts, f"203.0.113.{number}") for number in range(20)]
    assert sum(found) == PER_SITE
    assert await attempts.wait(HALL) > 0


async def test_only_so_many_addresses_are_remembered():
    attempts = Attempts(clock=Clock())
    for number in range(ADDRESSES + 10):
        await attempts.charge(f"2001:db8:{number >> 8:x}:{number & 255:x}::1")
    assert len(attempts._addresses) == ADDRESSES


def test_an_address_stands_for_those_that_one_machine_has():
    assert network(HALL) == network(f"::ffff:{HALL}") == HALL
    assert network("2001:db8:1:2::3") == network("2001:db8:1:2:ffff::") != network("2001:db8:1:3::3")
    assert network("") == network("testclient") == "unknown"


async def test_processes_count_together_in_redis(redis_url: str):
    async with connect(redis_url) as redis:
        await redis.delete(f"{PREFIX}{GUESSER}", f"{PREFIX}{SITE}", f"{PREFIX}{HALL}")
        here, there = Attempts(redis), Attempts(redis)
        for _ in range(PER_ADDRESS // 2):
            await asyncio.gather(here.charge(GUESSER), there.charge(GUESSER))
        assert 0 < await Attempts(redis).wait(GUESSER) <= SPAN
        assert await there.wait(HALL) == 0
        for _ in range(PER_ADDRESS):
            await here.charge(GUESSER)
        assert await there.wait(GUESSER) > SPAN, "what is tried beyond the count is paid for"
        assert 0 < await redis.ttl(f"{PREFIX}{SITE}") <= SPAN


@pytest.mark.parametrize("trouble", [ConnectionRefusedError("away"), None])
async def test_while_redis_is_away_or_hangs_the_count_here_holds(
    monkeypatch: pytest.MonkeyPatch, trouble: Exception | None
):
    monkeypatch.setattr("server.attempts.PATIENCE", 0.01)
    asked: list[str] = []

    class Away:
        def __getattr__(self, name: str) -> Any:
            async def never(*_: Any, **__: Any) -> int:
                asked.append(name)
                if trouble:
                    raise trouble
                await asyncio.sleep(3600)
                return 0

            return never

    away: Any = Away()
    attempts = Attempts(away, clock=(clock := Clock()))
    assert await tries(attempts, GUESSER) == PER_ADDRESS
    assert len(asked) == 1, "it is left alone for a while"
    clock.at += LEFT_ALONE
    assert await attempts.wait(GUESSER) == 0
    assert len(asked) == 2
