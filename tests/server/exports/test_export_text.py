"""`polylogue export-text`: which item, in which form and where to, and a sentence for whatever cannot be."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from pypdf import PdfReader
from rich.console import Console

from ledger.database import open_database
from ledger.ledger import Ledger
from migrations import migrate
from polylogue import commands as c
from polylogue.vocabulary import Role, SeatCode, SessionId
from server.cli import main
from server.exports.operation import Wanted, export_text
from server.exports.press import NO_TYPESETTER
from server.mishaps import Stopped
from server.scenarios.loader import shipped
from server.settings import Settings
from tests.ledger.scene import CHAIR, ITEM, ORGANISER, PROVISION, accepted, delegate

KAZ = SeatCode("KAZ")


@dataclass(frozen=True)
class Desk:
    """A data directory with a session of three items, a bracket on the first; and the ids of it and its first item."""

    directory: Path
    session: SessionId
    item: str

    def export(self, **wanted: Any) -> str:
        """What the command prints."""
        out = StringIO()
        fonts = self.directory / "fonts"
        fonts.mkdir(exist_ok=True)
        settings = Settings(data_dir=self.directory, font_dir=fonts)
        export_text(settings, Wanted(**wanted), Console(file=out, width=40, highlight=False))
        return out.getvalue()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    directory = tmp_path_factory.mktemp("desk")
    migrate(f"sqlite:///{directory / 'polylogue.db'}")
    return Desk(directory, *asyncio.run(_laid(directory)))


async def _laid(directory: Path) -> tuple[SessionId, str]:
    database = open_database(f"sqlite:///{directory / 'polylogue.db'}")
    ledger, keys = Ledger(database), count()
    scenario = shipped("sco-sustainable-security")
    session = accepted(await ledger.submit(c.ScheduleSession(scenario=scenario), by=ORGANISER, key="0")).session

    async def give(command: c.Command, by: Any = CHAIR) -> None:
        accepted(await ledger.submit(command, by=by, key=f"k{next(keys)}", session=session))

    def ids(connection: sa.Connection) -> tuple[Any, list[Any]]:
        item = connection.execute(sa.select(ITEM.c.id).where(ITEM.c.number == 1)).scalar_one()
        clauses = sa.select(PROVISION.c.id).where(PROVISION.c.item == item).order_by(PROVISION.c.ordinal)
        return item, list(connection.execute(clauses).scalars())

    item, clauses = await database.read(ids)
    await give(c.AdmitPerson(role=Role.CHAIR, person=CHAIR.person), ORGANISER)
    await give(c.AdmitPerson(role=Role.DELEGATE, seats=(KAZ,), person=delegate(KAZ).person), ORGANISER)
    await give(c.OpenSession())
    await give(c.OpenItem(item=item))
    words = "Member States shall inform one another, [in good time], of military exercises held near shared borders."
    await give(c.ProposeAlternative(provision=clauses[1], text=words, language=scenario.working), delegate(KAZ))
    await ledger.close()
    await database.close()
    return session, item


def test_an_item_by_its_number_and_by_its_id(desk: Desk):
    printed = desk.export(item="1", session=desk.session)
    assert printed == desk.export(item=desk.item) == desk.export(item=desk.item, session=desk.session)
    assert "# Predictability and trust in the military-political field\n" in printed
    assert "(KAZ)" in printed


def test_lines_are_not_broken_and_words_are_not_read_as_styles(desk: Desk):
    printed = desk.export(item=desk.item)
    assert "**1.** Member States shall inform one another," in printed
    assert "good time\\\\\\]" in printed


def test_a_file_is_written_in_the_form_of_its_name_or_the_one_told(desk: Desk, tmp_path: Path):
    text, pdf, told = tmp_path / "text.md", tmp_path / "text.PDF", tmp_path / "text.dat"
    assert desk.export(item=desk.item, file=text).replace("\n", "") == f"Written: {text}"
    assert text.read_text("utf-8") == desk.export(item=desk.item)
    for file, form in ((pdf, None), (told, "pdf")):
        desk.export(item=desk.item, file=file, form=form, language="ru")
        (page, *_) = PdfReader(file).pages
        assert "МОДЕЛИРОВАНИЕ" in page.extract_text()
    assert pdf.read_bytes() == told.read_bytes()


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"item": "1"}, "Item 1 of which session?"),
        ({"item": "7", "session": "{session}"}, "has no item 7; it has 1, 2, 3."),
        ({"item": "1", "session": "nowhere"}, "it has none, or there is no such session."),
        ({"item": "nothing"}, "There is no item nothing here."),
        ({"item": "9" * 500}, "There is no item 9"),
        ({"item": "{item}", "session": "nowhere"}, "There is no item {item} in session nowhere."),
        ({"item": "{item}", "language": "fr"}, "The item has no words in fr; it has some in en, ru, zh-Hans."),
        ({"item": "{item}", "form": "pdf"}, "name a file with -o"),
        (
            {"item": "{item}", "file": Path("no/such/x.docx")},
            "No document can be written as .docx: name the file .md, .markdown, .pdf, or say which with --format.",
        ),
        (
            {"item": "{item}", "file": Path("no/such/x.pdf"), "form": "md"},
            "no/such/x.pdf is named as pdf, and --format asks for md; leave out one of the two.",
        ),
        (
            {"item": "{item}", "language": "zh", "file": Path("no/such/x.pdf")},
            "No font in POLYLOGUE_FONT_DIR has a glyph",
        ),
        (
            {"item": "{item}", "file": Path("no/such/x.md")},
            "no/such/x.md cannot be written: No such file or directory.",
        ),
    ],
)
def test_what_cannot_be_is_a_sentence(desk: Desk, wanted: dict[str, Any], sentence: str):
    known = {"session": desk.session, "item": desk.item}
    given = {name: value.format(**known) if isinstance(value, str) else value for name, value in wanted.items()}
    with pytest.raises(Stopped) as stopped:
        desk.export(**given)
    assert sentence.format(**known) in str(stopped.value)


def test_without_the_extra_a_pdf_is_refused_and_markdown_is_not(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.delitem(sys.modules, "server.exports.typeset", raising=False)
    monkeypatch.delitem(sys.modules, "server.exports.fonts", raising=False)
    with pytest.raises(Stopped) as stopped:
        desk.export(item=desk.item, file=tmp_path / "x.pdf")
    assert str(stopped.value) == NO_TYPESETTER
    assert not (tmp_path / "x.pdf").exists()
    assert desk.export(item=desk.item)


def test_the_command_on_the_command_line(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POLYLOGUE_DATA_DIR", str(desk.directory))
    file = tmp_path / "text.md"
    done = CliRunner().invoke(
        main, ["export-text", "1", "--session", desk.session, "--language", "ru", "-o", str(file)]
    )
    assert done.exit_code == 0, done.output
    assert file.read_text("utf-8").startswith("> **Моделирование**")
    refused = CliRunner().invoke(main, ["export-text", "1"])
    assert refused.exit_code == 2
    assert not file.with_suffix(".pdf").exists()


def test_what_an_earlier_version_wrote_otherwise_is_a_sentence(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with (
        closing(sqlite3.connect(desk.directory / "polylogue.db")) as laid,
        closing(sqlite3.connect(tmp_path / "polylogue.db")) as copy,
    ):
        laid.backup(copy)
        given = (desk.session, "d", desk.item, 1, "c", '[{"id":"p","kind":"OPERATIVE","number":1}]', 9, "2026")
        into = "INSERT INTO decision (session, id, item, number, call, clauses, seq, at) "
        copy.execute(into + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)", given)
        copy.commit()
    monkeypatch.setenv("POLYLOGUE_DATA_DIR", str(tmp_path))
    refused = CliRunner().invoke(main, ["export-text", "1", "--session", desk.session])
    assert refused.exit_code == 2
    assert "(/revision: a AdoptedClause must have this member)" in refused.output
