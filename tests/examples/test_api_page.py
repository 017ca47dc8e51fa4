"""What docs/api.md has people type is typed, into the shell, beside a server."""

import json
import os
import re
import subprocess
from pathlib import Path

from tests.serving import Server, serving

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")


def lines_of(heading: str) -> list[str]:
    """The blocks of a section as a shell reads them, without the prompts."""
    section = PAGE.partition(f"### {heading}\n")[2].partition("\n### ")[0].partition("\n## ")[0]
    blocks = re.findall(r"```console\n(.*?)```", section, re.DOTALL)
    return [re.sub(r"^\$ ", "", block, flags=re.MULTILINE) for block in blocks]


def typed(server: Server, *blocks: str, **given: str) -> str:
    """What the last block prints in a shell in which the others were typed, with what is given put in for what stands
    for it: a token, a code, ids.
    """
    *before, last = (block.replace("http://127.0.0.1:8440", server.url) for block in blocks)
    text = "\n".join((*map(definitions, before), last))
    for name, value in given.items():
        text = re.sub(STANDS_FOR.get(name, rf'(?<=")({name})(?=")'), value, text)
    environment = os.environ | server.environment
    done = subprocess.run(
        ["bash", "-eu", "-c", text], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


STANDS_FOR = {"TOKEN": "plg_…", "CODE": "643C-FXA4"}


def definitions(block: str) -> str:
    """What a block leaves behind in the shell: all but the requests that it sends."""
    return re.sub(r"^(?:ask|post) <<'JSON'\n.*?\nJSON$", "", block, flags=re.MULTILINE | re.DOTALL)


def test_a_delegate_comes_from_a_code_to_a_stance_and_a_facilitator_reads_it(tmp_path: Path):
    """Each block is typed, in the order of the page."""
    new, look, come_in, table, state = lines_of("From a join code to a stance, with curl")
    (objections,) = lines_of("Who objected, why, and what changed afterwards")
    with serving(tmp_path) as server:
        codes = dict(re.findall(r"(\w+)\)? +([0-9A-Z]{4}-[0-9A-Z]{4})$", typed(server, new), re.MULTILINE))
        assert set(codes) == {"chair", "ALDER", "BIRCH", "CEDAR", "facilitator"}
        looked = json.loads(typed(server, look, CODE=codes["ALDER"]))["data"]["invitation"]
        assert (looked["usable"], looked["role"], looked["seats"]) == (
            True,
            "DELEGATE",
            [{"seat": "ALDER", "name": "Alder"}],
        )

        def come(who: str) -> str:
            return json.loads(typed(server, look, come_in, CODE=codes[who]))["data"]["redeemInvitation"]["token"]

        alder, birch, facilitator = map(come, ("ALDER", "BIRCH", "facilitator"))
        answer = json.loads(typed(server, look, table, TOKEN=alder))
        (admission,) = answer["data"]["me"]["sessions"]
        session = admission["session"]
        item = session["agenda"][0]
        first, second = item["text"]["provisions"]
        ids = {"SESSION": session["id"], "ITEM": item["id"], "PROVISION": second["id"]}
        stated, again = (
            json.loads(typed(server, look, table, state, TOKEN=alder, **ids))["data"]["stateStances"] for _ in range(2)
        )
        assert admission["seats"] == ["ALDER"]
        assert stated["stances"] == [
            {
                "seat": "ALDER",
                "level": "RESERVE",
                "carried": False,
                "reason": {"text": "A day is short for a small house."},
            }
        ]
        assert again == stated

        object_to = {"provisionId": first["id"], "level": "OBJECT", "reason": "No.", "wouldBeRemovedBy": "Two wells."}
        given = {"sessionId": session["id"], "itemId": item["id"], "stances": [object_to]}
        objected = server.give("stateStances", birch, **given)["receipt"]["seq"]
        told = json.loads(typed(server, look, table, objections, TOKEN=facilitator))
    assert "errors" not in told
    (read,) = (each["session"] for each in told["data"]["me"]["sessions"])
    clauses = read["agenda"][0]["text"]["provisions"]
    assert clauses[0]["stances"] == [
        {"seat": "BIRCH", "seq": objected, "level": "OBJECT", "reason": {"text": "No."},
         "wouldBeRemovedBy": {"text": "Two wells."}}
    ]  # fmt: skip
    entries = [entry for entry in read["record"] if entry.get("kind") == "StancesStated"]
    assert [entry["seat"] for entry in entries] == ["ALDER", "BIRCH"]
