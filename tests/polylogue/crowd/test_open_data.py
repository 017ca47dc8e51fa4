"""The published export of a consultation: real ones, and files that cannot be read."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from polylogue.crowd.open_data import FILES, Consultation, Malformed, read
from polylogue.crowd.report import figures
from polylogue.crowd.votes import votes_cast
from tests.polylogue.crowd.exports import FOLDERS, VOTES, WHOLE


def of(changed: dict[str, str]) -> Consultation:
    return read(*((WHOLE | changed)[file].splitlines(keepends=True) for file in FILES))


@pytest.fixture(params=FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}", scope="module")
def folder(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def consultation(folder: Path) -> Consultation:
    lines = [(folder / file).read_text("utf-8").splitlines(keepends=True) for file in FILES]
    return read(*lines)


def rows(folder: Path, file: str) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_real_export_does_not_contradict_itself(consultation: Consultation):
    assert consultation.differences == ()


def test_every_cell_of_a_real_export_is_read(folder: Path, consultation: Consultation):
    votes = consultation.votes
    place = {participant: row for row, participant in enumerate(votes.participants)}
    participants = rows(folder, "participants-votes.csv")
    assert len(participants) == len(place)
    for row in participants:
        read_back = votes.matrix[place[row["participant"]]]
        cells = {name: row[name] for name in votes.statements if name in row}
        assert {name: text for name, text in cells.items() if text} == {
            name: str(vote) for name, vote in zip(votes.statements, read_back.tolist(), strict=True) if vote != -128
        }
        counts = tuple(int(row[name]) for name in ("n-votes", "n-agree", "n-disagree"))
        assert counts == ((read_back != -128).sum(), (read_back == 1).sum(), (read_back == -1).sum())


def test_statements_of_a_real_export_keep_text_and_moderation(folder: Path, consultation: Consultation):
    comments = {row["comment-id"]: row for row in rows(folder, "comments.csv")}
    assert list(consultation.votes.statements) == sorted(comments, key=int)
    for statement, out in zip(consultation.statements, consultation.votes.out, strict=True):
        row = comments[statement.id]
        assert (statement.text, statement.author, str(statement.moderated)) == (
            row["comment-body"],
            row["author-id"],
            row["moderated"],
        )
        assert out == (row["moderated"] == "-1")


def test_groups_of_a_real_export_are_those_of_polis(folder: Path, consultation: Consultation):
    participants = {row["participant"]: row["group-id"] for row in rows(folder, "participants-votes.csv")}
    theirs = [participants[participant] for participant in consultation.votes.participants]
    pairs = {(label, group) for label, group in zip(consultation.groups.tolist(), theirs, strict=True)}
    assert len(pairs) == len(set(theirs))
    assert all((label == -1) == (group == "") for label, group in pairs)
    crowd = figures(consultation.votes, consultation.groups)
    assert len(crowd.representatives) == len(set(theirs) - {""})


def test_participants_stand_in_the_order_of_their_first_vote(folder: Path, consultation: Consultation):
    cast = rows(folder, "votes.csv")
    first: Counter[str] = Counter()
    for row in cast:
        first[row["voter-id"]] = min(first.get(row["voter-id"], 1 << 62), int(row["timestamp"]))
    times = [first[participant] for participant in consultation.votes.participants]
    assert times == sorted(times)


def test_our_groups_of_a_real_export_are_groups_of_those_counted(consultation: Consultation):
    crowd = figures(consultation.votes)
    assert ((crowd.groups.labels >= 0) == crowd.counted).all()
    assert (crowd.counted | (votes_cast(consultation.votes) < 7)).all()


def test_a_small_export():
    found = of({})
    assert (found.topic, found.description, found.differences) == ("Water", "", ())
    assert [(each.id, each.text, each.moderated) for each in found.statements] == [
        ("2", "Нет", -1),
        ("7", "Share the\nriver, all of it", 0),
    ]
    assert found.votes.participants == ("4", "1")
    assert found.votes.matrix.tolist() == [[1, -1], [-128, 1]]
    assert found.votes.out.tolist() == [True, False]
    assert found.groups.tolist() == [-1, 0]


def test_an_older_vote_that_stands_later_in_the_file_is_not_the_last():
    first, *cast = VOTES.splitlines(keepends=True)
    assert of({"votes.csv": first + "".join(reversed(cast))}).differences == ()


@pytest.mark.parametrize("file", FILES)
def test_a_mark_of_the_encoding_and_other_ends_of_lines_are_read(file: str):
    changed = of({file: "\ufeff" + WHOLE[file].replace("\n", "\r\n")})
    np.testing.assert_array_equal(changed.votes.matrix, of({}).votes.matrix)
    assert changed.topic == "Water"


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        ("summary.csv", "topic", "subject", ": no topic"),
        ("summary.csv", "topic,", "topic,,", ", line 1: 3 cells, not a name and a value"),
        ("comments.csv", "comment-body", "text", ", line 1: no column comment-body"),
        ("comments.csv", "datetime", "moderated", ", line 1: two columns moderated"),
        ("comments.csv", "4,then,2", "4,then,7", ", line 4: statement 7 for the second time"),
        ("comments.csv", "-1,Нет", "2,Нет", ", line 4: moderated is 2, not -1, 0 or 1"),
        ("comments.csv", "4,1,1,-1,Нет", "4,,1,-1,Нет", ", line 4: agrees is '', not a whole number"),
        ("comments.csv", "Нет", '"Нет', ", line 4: unexpected end of data"),
        ("votes.csv", "voter-id,vote", "voter,ballot", ", line 1: no column voter-id, vote"),
        ("votes.csv", "7,4,-1", "7,4,-2", ", line 3: vote is '-2', not 1, 0 or -1"),
        ("votes.csv", "7,4,-1", "7,4,", ", line 3: no vote"),
        ("votes.csv", "8,then", "8", ", line 3: 4 cells under 5 columns"),
        ("participants-votes.csv", ",2,7", ",2,8", ", line 1: column 8 is no statement of comments.csv"),
        ("participants-votes.csv", "4,,,1", "1,,,1", ", line 3: participant 1 for the second time"),
        ("participants-votes.csv", "1,,3", "1,,x", ", line 2: group-id is 'x', not a whole number"),
        ("participants-votes.csv", "1,-1\n", "1,5\n", ", line 3: the vote on 7 is '5', not 1, 0 or -1"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(file: str, before: str, after: str, message: str):
    assert before in WHOLE[file]
    with pytest.raises(Malformed) as refused:
        of({file: WHOLE[file].replace(before, after)})
    assert str(refused.value) == f"{file}{message}"
    assert (refused.value.file, message.endswith(refused.value.reason)) == (file, True)


@pytest.mark.parametrize("file", [file for file in FILES if file != "summary.csv"])
def test_an_empty_file_is_refused(file: str):
    with pytest.raises(Malformed, match=f"{file}, line 1: no column"):
        of({file: ""})


@pytest.mark.parametrize(
    ("file", "before", "after", "difference"),
    [
        (
            "votes.csv",
            "10,then,2,4,1",
            "10,then,2,4,0",
            "participant 4 on statement 2: 1 in participants-votes.csv, 0 in votes.csv; the first is taken",
        ),
        (
            "participants-votes.csv",
            "4,,,1,2,1,1,1,-1",
            "4,,,1,1,1,0,1,",
            "participant 4 on statement 7: no vote in participants-votes.csv, -1 in votes.csv; the first is taken",
        ),
        (
            "participants-votes.csv",
            "4,,,1,2,1,1",
            "4,,,1,2,2,0",
            "participants-votes.csv: the counts of participant 4 are not those of the row",
        ),
        (
            "comments.csv",
            "7,1,1,1,0",
            "7,1,2,1,0",
            "comments.csv: the counts of statement 7 are not those of votes.csv",
        ),
        ("summary.csv", "voters,2", "voters,3", "summary.csv: 3 voters, and 2 in participants-votes.csv"),
    ],
)
def test_what_files_say_differently_is_told(file: str, before: str, after: str, difference: str):
    assert before in WHOLE[file]
    assert difference in of({file: WHOLE[file].replace(before, after)}).differences
