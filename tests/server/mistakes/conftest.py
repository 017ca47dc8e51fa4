"""One server with a session that is open, one with a call, and one that is sealed."""

from collections.abc import Iterator

import pytest

from tests.server.mistakes.room import Room, make_room, stance
from tests.server.windows import call
from tests.serving import Server, serving


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("mistakes")) as found:
        yield found


@pytest.fixture(scope="package")
def room(server: Server) -> Room:
    """The first item is in deliberation, the second only listed."""
    return make_room(server)


@pytest.fixture(scope="module")
def called(server: Server) -> Room:
    """There is a call on the first item, and the second is ready for one. The partner has said that it objects."""
    room = make_room(server)
    room.do("openItem", "chair", itemId="@road")
    room.do("stateStances", "CEDAR", itemId="@well", stances=[stance("OBJECT", reason="No.", wouldBeRemovedBy="Yes.")])
    for item in ("@road", "@well"):
        room.do("circulateText", "chair", itemId=item)
        room.do("cleanText", "chair", itemId=item)
    call(room.do, "chair", "@well")
    return room


@pytest.fixture(scope="module")
def sealed(server: Server) -> Room:
    room = make_room(server)
    room.do("deferItem", "chair", itemId="@well", reason="Nobody is ready.")
    room.do("closeSession", "chair")
    room.do("sealSession", "chair")
    return room
