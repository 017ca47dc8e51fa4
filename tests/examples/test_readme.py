"""The first steps of README.md, taken on a server in the order in which they are told."""

import re
from pathlib import Path

from tests.serving import serving

README = Path(__file__).resolve().parents[2] / "README.md"
STATE = "query($session: ID!) { session(id: $session) { phase quorum { met } agenda { phase } } }"


def test_a_moderator_follows_the_readme(tmp_path: Path):
    schedule, admit, begin = re.findall(r"```graphql\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    with serving(tmp_path) as server:
        made = server.ask(schedule)["scheduleSession"]["session"]
        session, item = made["id"], made["agenda"][0]["id"]
        admitted = server.ask(admit, session=session)
        begun = server.ask(begin, admitted["chair"]["token"], session=session, item=item)
        assert begun == {
            "openSession": {"session": {"phase": "OPEN"}},
            "recordRollCall": {"session": {"quorum": {"present": 3, "needed": 2, "met": True}}},
            "openItem": {"item": {"phase": "DELIBERATION"}},
        }
        assert all(admitted[seat]["token"] for seat in ("alder", "birch", "cedar"))
        stands = server.ask(STATE, admitted["alder"]["token"], session=session)["session"]
    assert stands == {"phase": "OPEN", "quorum": {"met": True}, "agenda": [{"phase": "DELIBERATION"}]}
