"""`polylogue new` beside a running server: from a scenario to cards that let people in; and the way to it in a room."""

import ipaddress
import json
import re
import socket
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from server.convening import NotConvened, Wanted, _written, convene
from server.lan import in_terminal, reaches_nobody, room_address
from server.scenarios.mistakes import ScenarioInvalid
from server.serve import SILENT_MS, _bound, _in_room, _listen
from server.settings import EVERYWHERE, Settings, SettingsInvalid, settings
from tests.serving import environment_of, polylogue, serving

SITE = "https://council.example"
REDEEM = """mutation($code: String!) { redeemInvitation(input: { code: $code, name: "Ann", idempotencyKey: "k" }) {
  ... on RedeemInvitationPayload { role seats session { id } } ... on Refusal { code message } } }"""
ROOT = Path(__file__).resolve().parents[2]


def convened(data: Path, scenario: str, **wanted: Any) -> str:
    """What is printed."""
    asked = {"html": None, "language": None, "reusable": False, "as_json": False} | wanted
    out = Console(file=StringIO(), width=200)
    convene(Settings(data_dir=data), scenario, Wanted(**asked), out)
    assert isinstance(out.file, StringIO)
    return out.file.getvalue()


def test_a_session_is_convened_with_cards_for_everybody(tmp_path: Path):
    data, mine, sheet = tmp_path / "data", tmp_path / "mine.toml", tmp_path / "cards.html"
    with pytest.raises(NotConvened, match="polylogue serve"):
        convened(data, "small-council")
    with serving(data, public_url=f"{SITE}/") as server:
        made = json.loads(polylogue(environment_of(data), "new", "small-council", "--json").stdout)
        assert made["board"] == f"{SITE}/s/{made['session']}"
        assert [(card["role"], card["seats"]) for card in made["cards"]] == [
            ("CHAIR", []),
            *(("DELEGATE", [seat]) for seat in ("ALDER", "BIRCH", "CEDAR")),
            ("FACILITATOR", []),
        ]
        code = made["cards"][1]["code"]
        assert made["cards"][1]["url"] == f"{SITE}/join/{code}"
        came_in = server.ask(REDEEM, code=code)["redeemInvitation"]
        assert came_in == {"role": "DELEGATE", "seats": ["ALDER"], "session": {"id": made["session"]}}
        codes = {card["code"] for card in made["cards"]}

        mine.write_text((ROOT / "server" / "scenarios" / "small-council.toml").read_text("utf-8"), "utf-8")
        told = convened(data, str(mine), html=sheet, language="ru", reusable=True)
        shown = set(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", told))
        page = sheet.read_text("utf-8")
        assert len(shown) == 5
        assert {code for code in shown if code in page} == shown
        assert "Ольха (ALDER)" in told
        assert sheet.stat().st_mode & 0o777 == 0o600
        assert f"{SITE}/join/CODE" in told

        mine.write_text(mine.read_text("utf-8").replace('code = "BIRCH"', 'code = "birch"'), "utf-8")
        with pytest.raises(ScenarioInvalid, match="birch"):
            convened(data, str(mine))
        with pytest.raises(ScenarioInvalid, match="small-council"):
            convened(data, "nosuch")
        with pytest.raises(NotConvened, match="nowhere"):
            convened(data, "small-council", html=tmp_path / "nowhere" / "cards.html")
    log = (data / "server.log").read_text("utf-8")
    assert [code for code in (*codes, *shown) if code in log or code.replace("-", "") in log] == []


def test_a_file_of_cards_is_for_one_user_whatever_was_there(tmp_path: Path):
    before = tmp_path / "cards.html"
    before.write_text("yesterday's, and longer", "utf-8")
    before.chmod(0o644)
    _written(before, "codes")
    assert (before.read_text("utf-8"), before.stat().st_mode & 0o777) == ("codes", 0o600)
    with pytest.raises(NotConvened, match="cannot be written"):
        _written(tmp_path, "codes")


def test_a_machine_knows_its_address_in_the_room_or_says_that_it_has_none(monkeypatch: pytest.MonkeyPatch):
    address = room_address()
    assert address is None or not ipaddress.ip_address(address).is_loopback
    assert _in_room(Settings(), 8440) is None
    assert Settings().listens == "127.0.0.1"
    lan = Settings(lan=True)
    assert lan.listens == EVERYWHERE
    monkeypatch.setattr("server.serve.room_address", lambda: "192.168.1.20")
    assert _in_room(lan, 8440) == "http://192.168.1.20:8440"
    monkeypatch.setattr("server.serve.room_address", lambda: None)
    with pytest.raises(SettingsInvalid, match="Wi-Fi"):
        _in_room(lan, 8440)


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux ends such connections")
def test_a_connection_ends_whose_phone_went_out_without_a_word():
    settings = Settings(port=0)
    with _bound(settings) as listening:
        _listen(listening, settings)
        with socket.create_connection(listening.getsockname()):
            connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == SILENT_MS


def test_the_way_is_drawn_for_a_terminal():
    lines = in_terminal("http://192.168.1.20:8440").splitlines()
    assert len({len(line) for line in lines}) == 1
    assert {letter for line in lines for letter in line} == set("█▀▄ ")


@pytest.mark.parametrize("url", ["council.example", "ftp://council.example", "https://", "https://ann@council.example"])
def test_a_public_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, url: str):
    monkeypatch.setenv("POLYLOGUE_PUBLIC_URL", url)
    with pytest.raises(SettingsInvalid, match="POLYLOGUE_PUBLIC_URL"):
        settings()


def test_an_address_that_means_the_machine_itself_is_known():
    for address in (
        "http://127.0.0.1:80",
        "http://localhost/x",
        "https://a.localhost",
        "http://[::1]:8440",
        "http://127.9.9.9",
    ):
        assert reaches_nobody(address), address
    for address in ("http://192.168.1.20:8440", "https://council.example", "http://[2001:db8::1]", "", "http://0"):
        assert not reaches_nobody(address), address
