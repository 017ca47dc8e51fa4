"""Pages made once for all who look at them, and again only where something changed."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from ledger.database import open_database
from ledger.ledger import By, Ledger
from migrations import upgrade
from polylogue import commands
from polylogue.vocabulary import PersonId, ProvisionId, Role, SeatCode, SessionId, StanceLevel
from schema.api.context import Context, Receipt, Standpoint
from server.console.languages import CHINESE
from server.console.pages import HOLDERS, View
from server.console.sitemap import PAGES
from server.console.views import Views
from server.scenarios.loader import shipped

ORGANISER = By(PersonId("01900000-0000-7000-8000-00000000000a"), frozenset({Role.ORGANISER}))
CHAIR = By(PersonId("01900000-0000-7000-8000-00000000000b"), frozenset())
ALDER, BIRCH, CEDAR = map(SeatCode, ("ALDER", "BIRCH", "CEDAR"))
LOOKING = 3


class Counting(Views):
    """Counts what is asked."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.asked = Counter[str]()

    async def ask_in(self, context: Context, document: str, **variables: Any) -> dict[str, Any]:
        self.asked[document] += 1
        return await super().ask_in(context, document, **variables)


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    database = open_database(f"sqlite:///{tmp_path / 'views.db'}")
    await database.transact(upgrade)
    ledger = Ledger(database)
    yield ledger
    await ledger.close()
    await database.close()


async def test_a_change_is_asked_for_once_and_a_page_that_was_mended_is_as_one_made_anew(ledger: Ledger):
    session: SessionId | None = None

    async def give(command: commands.Command, by: By = CHAIR, seat: SeatCode | None = None) -> SessionId:
        done = await ledger.submit(command, by=by, key=repr((command, seat)), session=session, seat=seat)
        assert isinstance(done, Receipt), done
        return done.session

    session = await give(commands.ScheduleSession(scenario=shipped("small-council")), ORGANISER)
    await give(commands.AdmitPerson(role=Role.CHAIR, person=CHAIR.person), ORGANISER)
    views, stands = Counting(ledger, PAGES, {}), {session: Standpoint(HOLDERS)}
    item = (await views.ask("outline", standpoints=stands, session=session))["session"]["agenda"][0]["id"]
    room = await views.ask("room", standpoints=stands, session=session, item=item, after=0)
    first, second = (each["id"] for each in room["session"]["item"]["text"]["provisions"])
    for command in (commands.OpenSession(), commands.RecordRollCall(present=(ALDER,)), commands.OpenItem(item=item)):
        await give(command)

    def stating(on: ProvisionId, level: StanceLevel, **more: Any) -> commands.StateStances:
        return commands.StateStances(item=item, stances=(commands.StanceGiven(provision=on, level=level, **more),))

    def seated(seat: SeatCode) -> View:
        return View("seat", session, standpoint=Standpoint(HOLDERS, frozenset((seat,))), seat=seat)

    boards = (View("board", session), View("board", session, language=CHINESE))
    looked_at = (*boards, seated(ALDER), seated(BIRCH))
    because = {"reason": "The well is far.", "would_be_removed_by": "A nearer well."}
    clause: list[object] = []
    for command, seat in (
        (stating(first, StanceLevel.SUPPORT), ALDER),
        (stating(second, StanceLevel.OBJECT, **because), CEDAR),
        (commands.ProposeAlternative(provision=second, text="Each shall tell the others."), BIRCH),
        (commands.ProposeAmendment(provision=first, revision=1, text="Aware of the well,"), CEDAR),
        (commands.CirculateText(item=item), None),
    ):
        await give(command, seat=seat)
        head = await views.head(session)
        assert head
        views.asked.clear()
        made = await asyncio.gather(*(views.at(view, head) for view in looked_at * LOOKING))
        assert views.asked == {"outline": 1, "board": 1, "room": 1, "seat": 2}, command
        anew = Views(ledger, PAGES, {})
        for view, mended in zip(looked_at, made, strict=False):
            assert mended == await anew.at(view, head), (view, command)
            if view == seated(ALDER):
                clause.append(mended and mended.parts[f"clause-{first}"])
    assert [clause[0] is each for each in clause] == [True, True, True, False, False], (
        "made again for its own sake only"
    )
