"""No word is lost, altered or moved on its way into the tree of a document."""

import csv
import os
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.drafting.compose import compose
from polylogue.drafting.paper import Clause
from polylogue.drafting.resolution import Block, Voice, words
from tests.polylogue.drafting.papers import OPERATIVE, PREAMBULAR, adopted, clause, paper

LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=60)
CLAUSES = st.builds(
    clause, st.lists(LINES, min_size=1, max_size=4).map("\n".join), st.sampled_from((OPERATIVE, PREAMBULAR))
)


@given(st.lists(CLAUSES, max_size=5), st.booleans())
def test_no_word_is_lost_altered_or_moved(clauses: list[Clause], done: bool):
    of = compose((adopted if done else paper)(*clauses))
    given = ["".join((each.present.versions[0].text or "").split()) for each in clauses]
    assert [own_in_order(block) for block in of.blocks] == given


def own_in_order(block: Block) -> str:
    """A clause's own words and labels, as they follow one another, without white space."""
    lines = (
        line.label + "".join(run.text for run in line.runs if run.voice is Voice.WORDS) for line in block.paragraphs
    )
    return "".join("".join(lines).split())


@given(st.lists(CLAUSES, max_size=3))
def test_every_text_can_be_found_at_its_place(clauses: list[Clause]):
    of = compose(paper(*clauses))
    found = {place for _, place in words(of)}
    assert {block.place for block in of.blocks if block.paragraphs} <= found


FOLDER = os.environ.get("POLYLOGUE_DATA")


@pytest.mark.skipif(not FOLDER, reason="POLYLOGUE_DATA does not name the folder of speeches")
def test_real_speeches_keep_every_word():
    csv.field_size_limit(2**24)
    with (Path(FOLDER or "") / "ungd" / "ungdc_sco_2001_2024.csv").open(encoding="utf-8", newline="") as file:
        speeches = [normalize("NFC", row["text"]) for row in csv.DictReader(file)][::10]
    assert speeches
    for speech in speeches:
        lines = speech.splitlines()
        parts = ["\n".join(lines[at : at + 8]) for at in range(0, len(lines), 8)]
        of = compose(paper(*(clause(part) for part in parts)))
        assert [own_in_order(block) for block in of.blocks] == ["".join(part.split()) for part in parts]
