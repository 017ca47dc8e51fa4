"""What docs/api.md has people type is typed, into the shell, beside a server."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.serving import Server, serving

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")


def lines_of(heading: str) -> list[str]:
    """The blocks of a section as a shell reads them, without the prompts."""
    section = PAGE.partition(f"### {heading}\n")[2].partition("\n### ")[0].partition("\n## ")[0]
    blocks = re.findall(r"```console\n(.*?)```", section, re.DOTALL)
    return [re.sub(r"^\$ ", "", block, flags=re.MULTILINE) for block in blocks]


def typed(server: Server, token: str, *blocks: str, **ids: str) -> dict[str, Any]:
    """What the last block prints, with the address, the token and the ids put in for what stands for them."""
    text = "\n".join(blocks).replace("http://127.0.0.1:8440", server.url).replace("TOKEN=plg_…", f"TOKEN={token}")
    for name, id in ids.items():
        text = text.replace(f'"{name}"', f'"{id}"')
    done = subprocess.run(
        ["bash", "-eu", "-c", text], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def council(server: Server) -> dict[str, str]:
    """The council of the README's first steps, sitting; the tokens."""
    made = server.give("scheduleSession", fields="session { id agenda { id } }", scenario="small-council")["session"]
    session, item = made["id"], made["agenda"][0]["id"]
    tokens = {
        name: server.give("admitPerson", fields="token", sessionId=session, role=role, seats=seats, name=f"For {name}")[
            "token"
        ]
        for name, role, seats in (
            ("chair", "CHAIR", []),
            ("facilitator", "FACILITATOR", []),
            ("alder", "DELEGATE", ["ALDER"]),
            ("birch", "DELEGATE", ["BIRCH"]),
        )
    }
    for mutation, given in (("openSession", {}), ("openItem", {"itemId": item})):
        assert "receipt" in server.give(mutation, tokens["chair"], sessionId=session, **given)
    return tokens


def test_a_delegate_comes_from_a_token_to_a_stance_and_a_facilitator_reads_it(tmp_path: Path):
    prepare, state = lines_of("From a token to a stance, with curl")
    begin = prepare[: prepare.index("ask <<")]
    (objections,) = lines_of("Who objected, why, and what changed afterwards")
    with serving(tmp_path) as server:
        tokens = council(server)
        (admission,) = typed(server, tokens["alder"], prepare)["data"]["me"]["sessions"]
        session = admission["session"]
        item = session["agenda"][0]
        first, second = item["text"]["provisions"]
        ids = {"SESSION": session["id"], "ITEM": item["id"], "PROVISION": second["id"]}
        stated = typed(server, tokens["alder"], begin, state, **ids)["data"]["stateStances"]
        again = typed(server, tokens["alder"], begin, state, **ids)["data"]["stateStances"]
        assert (admission["seats"], item["phase"]) == (["ALDER"], "DELIBERATION")
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
        objected = server.give("stateStances", tokens["birch"], **given)["receipt"]["seq"]
        told = typed(server, tokens["facilitator"], begin, objections)
    assert "errors" not in told
    (read,) = (each["session"] for each in told["data"]["me"]["sessions"])
    clauses = read["agenda"][0]["text"]["provisions"]
    assert clauses[0]["stances"] == [
        {"seat": "BIRCH", "seq": objected, "level": "OBJECT", "reason": {"text": "No."},
         "wouldBeRemovedBy": {"text": "Two wells."}}
    ]  # fmt: skip
    entries = [entry for entry in read["record"] if entry.get("kind") == "StancesStated"]
    assert [entry["seat"] for entry in entries] == ["ALDER", "BIRCH"]
