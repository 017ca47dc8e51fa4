"""A storm of stances gives few reports, in order, and whoever follows them sees the one at its end."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from ledger.ledger import Ledger
from ledger.reports import newest
from polylogue.convergence.matrix import ALGORITHM
from server.serve import installation, run, serving
from server.settings import Settings
from tests.storm import CHANGES, Seen, storm

REPORT, TIMELINE = (SQLModel.metadata.tables[name] for name in ("report", "timeline"))


async def entries(ledger: Ledger, table: sa.Table, column: str, seen: Seen) -> list[int]:
    mine = (table.c.session == seen.scene.session, table.c.item == seen.scene.item)
    asked = sa.select(table.c[column]).where(*mine).order_by(table.c[column])
    return await ledger.read(lambda connection: list(connection.execute(asked).scalars()))


def test_a_thousand_changes_in_two_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.serve._settle_memory", lambda: None)  # it would change the collector of all tests
    settings = Settings(data_dir=tmp_path, port=0)

    async def watched() -> tuple[Seen, list[int], list[int], int]:
        async with serving(settings, redis_at) as server:
            seen, ledger = await storm(server), server.parts.ledger
            found = await ledger.read(lambda c: newest(c, seen.scene.session, seen.scene.item, ALGORITHM))
            assert found is not None
            assert found.basis == seen.newest
            stated = json.loads(found.document)["headline"]["stated"]
            bases = await entries(ledger, REPORT, "basis", seen)
            return seen, bases, await entries(ledger, TIMELINE, "seq", seen), stated

    with installation(settings) as redis_at:
        seen, stored, points, stated = run(watched())
    assert len(stored) < CHANGES / 4, "many changes are one report"
    assert stored[-1] == seen.newest
    assert list(seen.bases) == sorted(set(seen.bases)), "no report twice, none after a newer one"
    assert set(seen.bases) <= set(stored)
    assert seen.bases[-1] == seen.newest
    assert len([seq for seq in points if seq > seen.newest - CHANGES]) == CHANGES, "the timeline has every change"
    assert stated == 7 * 8
