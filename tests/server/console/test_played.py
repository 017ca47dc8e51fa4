"""A small sitting in real browsers: the organiser's laptop, two phones, the board on the wall.

Why played whole: each page shows what the others do, and what a hand meets on the way is nowhere else to be found.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.node import run_node
from tests.serving import Server

SEEN_FROM_PHONES = 500


def test_a_sitting_is_played_from_the_first_page_to_the_decision(house: Server, tmp_path: Path):
    pictures = os.environ.get("POLYLOGUE_PICTURES") or str(tmp_path)
    saw = run_node("sitting.mjs", house.url, house.organiser, pictures)
    if "noBrowser" in saw:
        if os.environ.get("CI"):
            pytest.fail(saw["noBrowser"])
        pytest.skip(f"no browser: {saw['noBrowser']}")
    assert saw["hosts"] == [urlsplit(house.url).netloc]
    assert saw["console"] == []
    assert saw["axe"] == []
    assert saw["looked"] > SEEN_FROM_PHONES
    assert saw["tooWide"] == []
    assert saw["names"] == ["Alder", "Берёза"]
    # What is asked stands on the first screen; a double tap is one act.
    assert saw["asked"] == "2 clauses wait for your word. Clause 1 Clause 2 We can live with all of these"
    assert saw["firstScreen"]
    assert saw["receipts"] == 2
    # Nothing typed is lost: not by a refusal, by a lost connection, a reload, nor by what the others do meanwhile.
    assert "нужно и то и другое" in saw["refusal"]
    assert saw["focused"]
    assert saw["kept"] == "Колодец далеко, сутки — это слишком мало."
    assert "Not sent" in saw["offline"]
    assert saw["draft"] == ["We share one well, and tell each other in time."] * 2
    assert "Position posted" in saw["position"]
    assert (saw["half"], saw["thrown"]) == ("Half a thought", True)
    # A phone that slept catches up without loading the page again.
    assert (saw["called"], saw["slept"], saw["same"]) == (1, 0, True)
    assert saw["answer"].startswith("2 Each shall tell")
    assert saw["decision"] == "Decision 1"
    assert saw["plain"][0] == "Cedar"
