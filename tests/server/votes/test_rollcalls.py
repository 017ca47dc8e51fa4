"""A file of recorded votes is read whole or refused with its line."""

from pathlib import Path

import pytest

from polylogue.vocabulary import StanceLevel
from server.votes.rollcalls import RowRefused, read_votes
from tests.server.votes.roll_calls import EXAMPLE

HEADER = "rcid,session,date,unres,amend,para,CN,RU"


def written(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    path = tmp_path / "votes.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def test_votes_become_levels_and_blanks_are_missing(tmp_path: Path) -> None:
    votes = read_votes(written(tmp_path, "7,74,2019-12-01,A/RES/74/1,0,,Y,", "8,74,2019-11-30,A/RES/74/2,0,0,A,N"))
    first, second = votes.sessions[74]
    assert (first.rcid, second.rcid) == (8, 7), "in order of date"
    assert dict(second.votes) == {"CHN": StanceLevel.SUPPORT}
    assert dict(first.votes) == {"CHN": StanceLevel.NEUTRAL, "RUS": StanceLevel.OBJECT}
    assert second.at == "2019-12-01T00:00:00.000Z"


def test_votes_on_amendments_and_paragraphs_are_left_out(tmp_path: Path) -> None:
    rows = ("1,47,1992-11-01,R/1,1,0,Y,Y", "2,47,1992-11-01,R/1,0,1,Y,Y", "3,47,1992-11-01,R/1,,,Y,Y")
    votes = read_votes(written(tmp_path, *rows))
    assert [r.rcid for r in votes.sessions[47]] == [3]
    assert votes.left_out == 2


def test_the_same_file_has_the_same_loader_and_another_has_another(tmp_path: Path) -> None:
    one = read_votes(written(tmp_path, "1,47,1992-11-01,R/1,0,0,Y,Y"))
    again = read_votes(written(tmp_path, "1,47,1992-11-01,R/1,0,0,Y,Y"))
    other = read_votes(written(tmp_path, "1,47,1992-11-01,R/1,0,0,Y,N"))
    assert one.loader == again.loader != other.loader


@pytest.mark.parametrize(
    ("row", "line", "reason"),
    [
        ("x,47,1992-11-01,R/1,0,0,Y,Y", 3, "rcid 'x' is not a number"),
        ("1,47,1992-13-01,R/1,0,0,Y,Y", 3, "date '1992-13-01' is not a day"),
        ("1,47,1992-11-01,R/1,0,0,Y,Q", 3, "RU has vote 'Q'"),
        ("1,47,1992-11-01,R/1,2,0,Y,Y", 3, "amend is '2'"),
        ("1,47,1992-11-01,R/1,0,0,Y", 3, "7 fields, 8 expected"),
        ("9,47,1992-11-01,R/1,0,0,Y,Y", 3, "roll call 9 stands already in line 2"),
        ('1,47,1992-11-01,"R/1,0,0,Y,Y', 3, "unexpected end of data"),
    ],
)
def test_a_malformed_row_is_refused_with_file_line_and_reason(tmp_path: Path, row: str, line: int, reason: str) -> None:
    with pytest.raises(RowRefused) as refused:
        read_votes(written(tmp_path, "9,47,1992-11-01,R/9,0,0,Y,Y", row))
    assert str(refused.value).startswith(f"votes.csv, line {line}: {reason}")


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("rcid,session,unres,amend,para,CN,RU", "no column date"),
        ("rcid,session,date,unres,amend,para,CN", "at least two"),
        ("", "no column rcid"),
        ('"rcid"x,session,date,unres,amend,para,CN,RU', "line 1: .*expected after"),
    ],
)
def test_a_header_without_what_is_needed_is_refused(tmp_path: Path, header: str, reason: str) -> None:
    with pytest.raises(RowRefused, match=reason):
        read_votes(written(tmp_path, "1", header=header))


def test_bytes_that_are_not_utf8_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(HEADER.encode() + b"\n1,47,1992-11-01,R\xff,0,0,Y,Y\n")
    with pytest.raises(RowRefused, match="line 2: this is not UTF-8"):
        read_votes(path)


def test_the_example_has_all_final_roll_calls() -> None:
    votes = read_votes(EXAMPLE)
    assert sum(map(len, votes.sessions.values())) == 2103
    assert votes.left_out == 388
    assert len(votes.seats) == 13


@pytest.mark.parametrize(
    ("row", "line", "reason"),
    [
        (f"{'9' * 5000},47,1992-11-01,R/1,0,0,Y,Y", 2, "rcid '999999999' is not a number"),
        ("1,47,1992-11-01,R\u202e/1,0,0,Y,Y", 2, "unres 'R\\u202e/1' cannot be recorded: CHARACTER_FORBIDDEN"),
        (f"1,47,1992-11-01,{'R' * 101},0,0,Y,Y", 2, f"unres '{'R' * 100}' cannot be recorded: TEXT_TOO_LONG"),
        ('1,47,1992-11-01,"R\n1",0,0,Y,Y\n2,47,1992-11-01,R/2,0,0,Y,Q', 4, "RU has vote 'Q'"),
    ],
    ids=["a number of 5,000 digits", "a bidi override", "a long name", "a line break in quotes"],
)
def test_what_the_record_would_refuse_is_refused_before_anything_is_written(
    tmp_path: Path, row: str, line: int, reason: str
) -> None:
    with pytest.raises(RowRefused) as refused:
        read_votes(written(tmp_path, row))
    assert str(refused.value).startswith(f"votes.csv, line {line}: {reason}")
