"""An export is imported whole or not at all, once, beside a server, and outside every record."""

import io
import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from polylogue.crowd.packed import unpack_points, unpack_votes
from polylogue.crowd.report import document, figures
from polylogue.crowd.votes import NOBODY
from server.consultations import tables
from server.consultations.export import plain, read_export
from server.consultations.operation import Wanted, import_consultation, row_of
from server.mishaps import Stopped
from server.settings import Settings
from server.upkeep import audit, rebuild
from tests.polylogue.crowd.exports import FOLDERS, WHOLE
from tests.server.command_line import run
from tests.server.consultations.exports import EXAMPLE, written
from tests.serving import polylogue, serving


def stored(directory: Path) -> list[dict[str, Any]]:
    with sqlite3.connect(directory / "polylogue.db") as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT * FROM consultation ORDER BY imported_at").fetchall()
    connection.close()
    return [dict(row) for row in rows]


def imported(directory: Path, folder: Path, **wanted: str) -> dict[str, Any]:
    return json.loads(said(directory, folder, as_json=True, **wanted))


def said(directory: Path, folder: Path, **wanted: Any) -> str:
    """What the command prints, on a wide terminal."""
    out = Console(file=io.StringIO(), width=200)
    import_consultation(Settings(data_dir=directory), folder, Wanted(**wanted), out)
    return out.file.getvalue()  # type: ignore[attr-defined]


def test_an_export_is_there_once_however_often_it_is_imported(tmp_path: Path):
    done = run(tmp_path, "import-consultation", str(EXAMPLE), "--json", "--language", "EN-gb")
    assert done.returncode == 0, done.stderr
    first = json.loads(done.stdout)
    (row,) = stored(tmp_path)
    again = run(tmp_path, "import-consultation", str(EXAMPLE), "--title", "Another title")
    assert again.returncode == 0, again.stderr
    assert f"These files are here already, as consultation {row['id']}" in " ".join(again.stdout.split())
    assert imported(tmp_path, EXAMPLE) == first | {"imported": False}
    assert stored(tmp_path) == [row]

    assert first["imported"]
    assert (first["id"], first["title"], first["language"]) == (row["id"], read_export(EXAMPLE).title, "en-GB")
    assert (first["participants"], first["statements"], first["votes"]) == (26, 39, 638)
    assert (first["source"], first["grouping"]) == ("https://pol.is/9xxwa9jpkm", "EXPORT")
    assert first["attribution"].startswith("Data was gathered using the Polis software")
    assert first["attribution"].endswith("case-studies/2022-london-youth-policing")
    assert [group["members"] for group in first["figures"]["groups"]] == [3, 18, 3]


def test_the_digest_is_the_one_that_sha256sum_gives(tmp_path: Path):
    words = "sha256sum summary.csv comments.csv votes.csv participants-votes.csv | sha256sum"
    told = subprocess.run(["bash", "-c", words], cwd=EXAMPLE, capture_output=True, text=True, check=True).stdout
    assert read_export(EXAMPLE).digest == told.split()[0]
    changed = written(tmp_path / "other", summary=WHOLE["summary.csv"].replace("Water", "Air"))
    assert read_export(changed).digest != read_export(written(tmp_path / "this")).digest


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_what_is_kept_of_a_real_export_gives_its_figures_again(folder: Path):
    export = read_export(folder)
    votes = export.consultation.votes
    row = row_of(export, Wanted(), "en")
    matrix, labels = unpack_votes(row["matrix"], row["participants"], row["statements"])
    assert np.array_equal(matrix, votes.matrix)
    named = bool((export.consultation.groups != NOBODY).any())
    assert row["grouping"] == ("EXPORT" if named else "COMPUTED")
    assert not named or np.array_equal(labels, export.consultation.groups)
    again = document(figures(votes, labels))
    kept = json.loads(row["figures"])
    points = unpack_points(row["points"], 0, row["participants"])
    assert kept | {"silhouettes": []} == {name: part for name, part in again.items() if name != "points"}
    assert {(*each["at"], each["group"]) for each in again["points"]} == set(points)  # type: ignore[attr-defined]
    assert [len(group["representative"]) > 0 for group in kept["groups"]] == [True] * len(kept["groups"])
    out = Console(file=io.StringIO(), width=120)
    tables.show(row, export.differences, out)
    assert f"{row['participants']:,} participants" in out.file.getvalue()  # type: ignore[attr-defined]


def test_without_groups_in_the_export_they_are_found(tmp_path: Path):
    participants = WHOLE["participants-votes.csv"].replace("1,,3,", "1,,,").replace("4,,,", "4,,,")
    row = row_of(read_export(written(tmp_path, participants=participants)), Wanted(), "und")
    assert row["grouping"] == "COMPUTED"


def test_a_consultation_without_votes_or_statements_is_one(tmp_path: Path):
    heads = {name.partition(".")[0].partition("-")[0]: text.splitlines()[0] + "\n" for name, text in WHOLE.items()}
    heads["participants"] = "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree\n"
    shown = imported(tmp_path / "data", written(tmp_path / "empty", **heads))
    assert (shown["participants"], shown["statements"], shown["votes"]) == (0, 0, 0)
    assert (shown["title"], shown["figures"]["groups"], shown["texts"]) == ("Water", [], [])
    assert "0 participants, 0 statements, 0 votes" in said(tmp_path / "other", tmp_path / "empty")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"votes": None}, "There is no FOLDER/votes.csv; an export has summary.csv, comments.csv, votes.csv,"),
        ({"votes": WHOLE["votes.csv"] + "11,then,7,4,2\n"}, "FOLDER/votes.csv, line 6: vote is '2', not 1, 0 or -1"),
        ({"comments": WHOLE["comments.csv"] + "5,then\n"}, "FOLDER/comments.csv, line 5: 2 cells under 8 columns"),
        ({"participants": WHOLE["participants-votes.csv"].replace("4,,,", "x,,,")}, "participants-votes.csv, line 3:"),
        ({"summary": "url,x\n"}, "FOLDER/summary.csv: no topic"),
        ({"comments": WHOLE["comments.csv"].encode("utf-16")}, "FOLDER/comments.csv, line 1: not UTF-8"),
        ({"votes": WHOLE["votes.csv"] + "1,then,7,4,\0\n"}, "FOLDER/votes.csv, line 6: "),
        ({"summary": "topic,\xff\n".encode("latin-1")}, "FOLDER/summary.csv, line 1: not UTF-8"),
    ],
)
def test_a_malformed_export_writes_nothing(tmp_path: Path, changed: dict[str, str | bytes | None], reason: str):
    folder = written(tmp_path / "bad", **changed)
    with pytest.raises(Stopped) as stopped:
        said(tmp_path / "data", folder)
    assert str(stopped.value).startswith("Nothing was written. ")
    assert reason.replace("FOLDER", str(folder)) in str(stopped.value)
    assert not (tmp_path / "data" / "polylogue.db").exists()


def test_the_command_ends_with_the_reason(tmp_path: Path):
    folder = written(tmp_path / "bad", comments="x\n")
    refused = run(tmp_path / "data", "import-consultation", str(folder))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert f"{folder / 'comments.csv'}, line 1: no column comment-id" in refused.stderr, "a path can be copied"


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ({"session": "00000000-0000-4000-8000-000000000000"}, "There is no session 00000000-"),
        ({"language": "en_GB"}, "'en_GB' is no language tag"),
    ],
)
def test_what_it_is_beside_and_its_language_are_checked_too(tmp_path: Path, wanted: dict[str, str], reason: str):
    imported(tmp_path / "data", written(tmp_path / "small"))
    with pytest.raises(Stopped, match=f"Nothing was written. {reason}"):
        said(tmp_path / "data", EXAMPLE, **wanted)
    assert len(stored(tmp_path / "data")) == 1


def test_beside_a_server_it_is_shown_at_once_and_touches_no_record(tmp_path: Path):
    query = "query($id: ID!) { consultation(id: $id) { title statements { totalCount } session groups { members } } }"
    with serving(tmp_path / "data") as server:
        made = server.give("scheduleSession", fields="session { id }", scenario="small-council")["session"]["id"]
        before = server.ask("query($id: ID!) { session(id: $id) { head { seq treeRoot } } }", id=made)
        words = ("import-consultation", str(EXAMPLE), "--json", "--session", made, "--title", "Police\nand youth")
        done = polylogue(server.environment, *words)
        assert done.returncode == 0, done.stderr
        told = server.ask(query, id=json.loads(done.stdout)["id"])["consultation"]
        assert told == {
            "title": "Police and youth",
            "statements": {"totalCount": 39},
            "session": made,
            "groups": [{"members": 3}, {"members": 18}, {"members": 3}],
        }
        assert server.ask("query($id: ID!) { session(id: $id) { head { seq treeRoot } } }", id=made) == before
        alone = imported(tmp_path / "data", EXAMPLE)
        assert alone["imported"]
        assert (alone["session"], server.ask(query, id=alone["id"])["consultation"]["session"]) == (None, None)
    kept = stored(tmp_path / "data")
    settings, out = Settings(data_dir=tmp_path / "data"), Console(file=io.StringIO())
    rebuild(settings, None, out)
    assert audit(settings, None, out, as_json=False) == 0
    assert stored(tmp_path / "data") == kept
    assert len(kept) == 2


def test_words_of_strangers_are_shown_as_text(tmp_path: Path):
    """Neither markup nor what steers a terminal; tabs and line ends stay what they look like."""
    comments = WHOLE["comments.csv"].replace("-1,Нет", '1,"[bold red]No[/] \x1b]0;owned\x07\u202eevil\ta"')
    folder = written(tmp_path / "rude", comments=comments, summary="topic,[link=x]\x9bWater\nurl,\x1b[2J\n")
    shown = said(tmp_path / "data", folder)
    assert "[link=x]\ufffdWater" in shown
    assert "[bold red]No[/]" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
    read = imported(tmp_path / "data", folder)
    assert [each["text"] for each in read["texts"]] == ["[bold red]No[/] \ufffd]0;owned\ufffd\ufffdevil a",
                                                         "Share the\nriver, all of it"]  # fmt: skip
    assert read["source"] == "\ufffd[2J"
    assert "comments.csv: signs of statement 2 that cannot be shown are replaced" in read["differences"]
    assert plain("一\r\n二\u200d") == "一\n二\u200d"


def test_nobody_is_named_in_what_is_kept(tmp_path: Path):
    """Nor is the id of a participant: the votes of another consultation could be found by it."""
    people = WHOLE["participants-votes.csv"].replace("\n1,", "\n771001,").replace("\n4,", "\n771004,")
    votes = WHOLE["votes.csv"].replace(",1,1\n", ",771001,1\n").replace(",4,", ",771004,")
    comments = WHOLE["comments.csv"].replace("7,1,1", "7,771001,1").replace("2,4,1", "2,771004,1")
    folder = written(tmp_path / "small", participants=people, votes=votes, comments=comments)
    assert {each.author for each in read_export(folder).consultation.statements} == {"771001", "771004"}
    imported(tmp_path / "data", folder)
    (row,) = stored(tmp_path / "data")
    assert [name for name, value in row.items() if "771" in str(value)] == []


def test_the_attribution_is_taken_from_where_there_is_one(tmp_path: Path):
    folder = written(tmp_path / "small")
    assert read_export(folder).attribution is None
    folder.with_name("small.md").write_text("# Small\n\n- **Licence**: CC0\n  1.0\n- other: x\n", encoding="utf-8")
    assert read_export(folder).attribution == "CC0 1.0"
    (folder / "README.md").write_text(
        "Licence: CC BY 4.0\n\nAttribution: The\npeople of Small\n\nMore.", encoding="utf-8"
    )
    assert read_export(folder).attribution == "The people of Small"
    (folder / "summary.csv").write_text(WHOLE["summary.csv"] + "licence,CC BY 4.0\n", encoding="utf-8")
    assert read_export(folder).attribution == "CC BY 4.0"
    assert read_export(Path(shutil.copytree(EXAMPLE, tmp_path / "elsewhere"))).attribution is None
