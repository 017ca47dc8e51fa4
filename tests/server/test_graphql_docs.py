"""docs/api.md says what the API does: its codes and limits are the ones in the code."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from schema.api.errors import ErrorCode
from schema.api.limits import Limits
from server.api import socket, sockets
from server.api.door import Bounds

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.partition(f"### {title}\n")[2].partition("\n### ")[0]


def test_every_error_code_is_explained():
    assert sorted(re.findall(r"^\| `([A-Z_]+)` \|", section("Errors"), re.MULTILINE)) == sorted(ErrorCode)


def test_every_close_code_is_explained():
    code = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in (socket, sockets))
    assert set(re.findall(r"^\| (\d{4}) \|", section("WebSocket"), re.MULTILINE)) == set(
        re.findall(r"\b(\d{4}),", code)
    )


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_every_limit_of_documents_is_told(name: str):
    what = {"depth": "fields deep", "introspection_depth": "fields deep"}.get(name, name)
    assert f"{getattr(Limits(), name):,} {what}" in section("Limits")


def test_every_bound_of_clients_is_told():
    assert Bounds() == Bounds(message_bytes=1_000_000, init_wait=10.0, operations_per_socket=50)
    for told in ("1 MB", "10 s", "| 50; the next"):
        assert told in section("Limits")
