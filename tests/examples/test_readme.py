"""The first steps of README.md: what they tell a moderator to press is what the pages show."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "server" / "console" / "locale" / "ru" / "console.po"


def test_every_word_that_a_moderator_is_told_to_look_for_stands_on_a_page():
    section = (ROOT / "README.md").read_text("utf-8").split("## First steps for a moderator")[1].split("\n## ")[0]
    told = {" ".join(found.split()) for found in re.findall(r"\*{1,2}([A-Z][^*]+)\*{1,2}", section)}
    with CATALOGUE.open("rb") as file:
        shown = {message.id for message in read_po(file) if isinstance(message.id, str)}
    assert len(told) >= 10
    assert told - shown == {"A small council"}, "a scenario's title is no word of the pages"
