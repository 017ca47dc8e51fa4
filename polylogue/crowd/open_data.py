"""The export of a consultation as Polis publishes it: four CSV files, read into votes.

Why what contradicts itself is told and not refused: published exports are old, and their counts were taken at another
moment than their votes; but a line that cannot be read is never guessed.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from polylogue.crowd.votes import AGREE, DISAGREE, MISSING, NOBODY, PASS, Labels, Votes

SUMMARY, COMMENTS, VOTES, PARTICIPANTS = "summary.csv", "comments.csv", "votes.csv", "participants-votes.csv"
FILES = (SUMMARY, COMMENTS, VOTES, PARTICIPANTS)
OUT, UNDECIDED, IN = -1, 0, 1
"""What a moderator has said of a statement; one that nobody has decided on counts like one that is in."""

_CELLS = {"": MISSING, "1": AGREE, "0": PASS, "-1": DISAGREE}


class Malformed(ValueError):
    """A file that cannot be read; `line` counts from 1, and is None where the file as a whole is wrong."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        super().__init__(f"{file}: {reason}" if line is None else f"{file}, line {line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: its id and text, the participant who made it, and −1, 0 or 1 for out, undecided or in."""

    id: str
    text: str
    author: str
    moderated: int


@dataclass(frozen=True, slots=True, eq=False)
class Consultation:
    """What the four files say.

    `statements` are in the order of `votes.statements`, by number; participants stand in the order of their first
    vote. `groups` are the groups that Polis found, renumbered from 0, one label a participant. `summary` is the
    file of that name, and `differences` are sentences on what one file says and another does not.
    """

    topic: str
    description: str
    statements: tuple[Statement, ...]
    votes: Votes
    groups: Labels
    summary: Mapping[str, str]
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cast:
    """votes.csv: when each voter first voted, the last vote of each voter on each statement, and counts of all."""

    first: dict[int, int]
    last: dict[tuple[int, int], int]
    counts: Counter[tuple[int, int]]


def read(
    summary: Iterable[str], comments: Iterable[str], votes: Iterable[str], participants: Iterable[str]
) -> Consultation:
    """The consultation in four files, each given as its lines, with their ends or without.

    Columns are found by their names; those this format does not have are not looked at. In all files 1 agrees,
    0 passes, −1 disagrees, and an empty cell is no vote. Raises Malformed.
    """
    told = _summary(summary)
    counts, statements = _comments(comments)
    cast = _votes(votes)
    table, labels, differences = _participants(participants, statements)
    people = sorted(table, key=lambda person: (cast.first.get(person, float("inf")), person))
    numbers = list(statements)
    matrix = np.full((len(people), len(numbers)), MISSING, np.int8)
    column = {number: place for place, number in enumerate(numbers)}
    for place, person in enumerate(people):
        cells = table[person]
        matrix[place, [column[number] for number in cells]] = list(cells.values())
    found = Votes(
        tuple(map(str, people)),
        tuple(map(str, numbers)),
        matrix,
        np.array([statements[number].moderated == OUT for number in numbers], np.bool_),
        np.zeros(len(numbers), np.bool_),
    )
    return Consultation(
        told["topic"],
        told.get("conversation-description", ""),
        tuple(statements.values()),
        found,
        _groups([labels[person] for person in people]),
        told,
        (*differences, *_against_history(table, cast), *_against_counts(counts, cast), *_against_summary(told, table)),
    )


def _rows(file: str, lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, strict=True)
    try:
        for number, row in enumerate(reader):
            if row:
                # A file that was once opened in a spreadsheet begins with a mark of its encoding.
                yield reader.line_num, [row[0].removeprefix("\ufeff"), *row[1:]] if number == 0 else row
    except csv.Error as error:
        raise Malformed(file, reader.line_num, str(error)) from None


def _table(file: str, lines: Iterable[str], columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the heading by column, with the number of the line each ends on."""
    rows = _rows(file, lines)
    line, heading = next(rows, (1, columns[:0]))
    if missing := [name for name in columns if name not in heading]:
        raise Malformed(file, line, f"no column {', '.join(missing)}")
    if twice := [name for name, count in Counter(heading).items() if count > 1]:
        raise Malformed(file, line, f"two columns {', '.join(twice)}")
    for line, row in rows:
        if len(row) != len(heading):
            raise Malformed(file, line, f"{len(row)} cells under {len(heading)} columns")
        yield line, dict(zip(heading, row, strict=True))


def _whole(file: str, line: int, row: Mapping[str, str], column: str) -> int:
    try:
        return int(row[column])
    except ValueError:
        raise Malformed(file, line, f"{column} is {row[column]!r}, not a whole number") from None


def _vote(file: str, line: int, text: str, where: str) -> int:
    if text not in _CELLS:
        raise Malformed(file, line, f"{where} is {text!r}, not 1, 0 or -1")
    return _CELLS[text]


def _summary(lines: Iterable[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for line, row in _rows(SUMMARY, lines):
        try:
            name, value = row
        except ValueError:
            raise Malformed(SUMMARY, line, f"{len(row)} cells, not a name and a value") from None
        told[name] = value
    if "topic" not in told:
        raise Malformed(SUMMARY, None, "no topic")
    return told


def _comments(lines: Iterable[str]) -> tuple[dict[int, tuple[int, int]], dict[int, Statement]]:
    """Agrees and disagrees as the file counts them, and the statements, both by number and in its order."""
    counts: dict[int, tuple[int, int]] = {}
    statements: dict[int, Statement] = {}
    columns = ("comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
    for line, row in _table(COMMENTS, lines, columns):
        number, moderated = (_whole(COMMENTS, line, row, column) for column in ("comment-id", "moderated"))
        if number in statements:
            raise Malformed(COMMENTS, line, f"statement {number} for the second time")
        if moderated not in (OUT, UNDECIDED, IN):
            raise Malformed(COMMENTS, line, f"moderated is {moderated}, not -1, 0 or 1")
        counts[number] = (_whole(COMMENTS, line, row, "agrees"), _whole(COMMENTS, line, row, "disagrees"))
        statements[number] = Statement(str(number), row["comment-body"], row["author-id"], moderated)
    return counts, dict(sorted(statements.items()))


def _votes(lines: Iterable[str]) -> _Cast:
    first: dict[int, int] = {}
    latest: dict[tuple[int, int], tuple[int, int]] = {}
    counts: Counter[tuple[int, int]] = Counter()
    for line, row in _table(VOTES, lines, ("timestamp", "comment-id", "voter-id", "vote")):
        at, statement, voter = (_whole(VOTES, line, row, column) for column in ("timestamp", "comment-id", "voter-id"))
        vote = _vote(VOTES, line, row["vote"], "vote")
        if vote == MISSING:
            raise Malformed(VOTES, line, "no vote")
        first[voter] = min(first.get(voter, at), at)
        if at >= latest.get((voter, statement), (at, vote))[0]:
            latest[voter, statement] = (at, vote)
        counts[statement, vote] += 1
    return _Cast(first, {cell: vote for cell, (_, vote) in latest.items()}, counts)


def _participants(
    lines: Iterable[str], statements: Mapping[int, Statement]
) -> tuple[dict[int, dict[int, int]], dict[int, int | None], list[str]]:
    """Votes by participant and statement, the group of each participant, and counts that are not those of the row."""
    table: dict[int, dict[int, int]] = {}
    labels: dict[int, int | None] = {}
    numbers: dict[str, int] = {}
    differences: list[str] = []
    columns = ("participant", "group-id", "n-votes", "n-agree", "n-disagree")
    for line, row in _table(PARTICIPANTS, lines, columns):
        person = _whole(PARTICIPANTS, line, row, "participant")
        if person in table:
            raise Malformed(PARTICIPANTS, line, f"participant {person} for the second time")
        labels[person] = _whole(PARTICIPANTS, line, row, "group-id") if row["group-id"] else None
        if not numbers:
            numbers = {name: int(name) for name in row if name.isdecimal()}
            if unknown := [name for name in numbers if numbers[name] not in statements]:
                raise Malformed(PARTICIPANTS, 1, f"column {unknown[0]} is no statement of {COMMENTS}")
        cells = {
            number: _vote(PARTICIPANTS, line, text, f"the vote on {number}")
            for name, number in numbers.items()
            if (text := row[name])
        }
        told = tuple(_whole(PARTICIPANTS, line, row, column) for column in columns[2:])
        values = Counter(cells.values())
        if told != (len(cells), values[AGREE], values[DISAGREE]):
            differences.append(f"{PARTICIPANTS}: the counts of participant {person} are not those of the row")
        table[person] = cells
    return table, labels, differences


def _groups(labels: Sequence[int | None]) -> Labels:
    place = {label: new for new, label in enumerate(sorted({each for each in labels if each is not None}))}
    return np.array([NOBODY if each is None else place[each] for each in labels], np.intp)


def _against_history(table: Mapping[int, Mapping[int, int]], cast: _Cast) -> Iterator[str]:
    cells = {(person, statement): vote for person, row in table.items() for statement, vote in row.items()}
    for cell in sorted(cells.keys() | cast.last.keys()):
        here, there = cells.get(cell, MISSING), cast.last.get(cell, MISSING)
        if here != there:
            person, statement = cell
            yield (
                f"participant {person} on statement {statement}: {_word(here)} in {PARTICIPANTS}, "
                f"{_word(there)} in {VOTES}; the first is taken"
            )


def _word(vote: int) -> str:
    return "no vote" if vote == MISSING else str(vote)


def _against_counts(counts: Mapping[int, tuple[int, int]], cast: _Cast) -> Iterator[str]:
    # A vote that was changed is counted every time in this file.
    for statement, told in sorted(counts.items()):
        if told != (cast.counts[statement, AGREE], cast.counts[statement, DISAGREE]):
            yield f"{COMMENTS}: the counts of statement {statement} are not those of {VOTES}"


def _against_summary(told: Mapping[str, str], table: Mapping[int, object]) -> Iterator[str]:
    if "voters" in told and told["voters"] != str(len(table)):
        yield f"{SUMMARY}: {told['voters']} voters, and {len(table)} in {PARTICIPANTS}"
