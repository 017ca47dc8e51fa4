"""Settings that cannot work together are refused with a sentence, and the model's key is in none."""

from typing import Any

import pytest

from server import settings as of_server
from server.settings import SettingsInvalid, settings

KEY = "sk-not-a-secret-anywhere-else-4711"
LOCAL = "http://127.0.0.1:11434/v1"


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets settings of a writer, and nothing else is set."""
    for name in ("BASE_URL", "MODEL", "KEY", "BUDGET", "TIMEOUT"):
        monkeypatch.delenv(f"POLYLOGUE_WRITER_{name}", raising=False)

    def sets(**given: str) -> None:
        for name, value in given.items():
            monkeypatch.setenv(f"POLYLOGUE_WRITER_{name.upper()}", value)

    return sets


def test_a_model_is_an_address_and_a_name(setting: Any):
    assert settings().model is None
    setting(base_url=LOCAL, model="qwen3:8b", key=KEY, budget="7", timeout="2.5")
    found = settings().model
    assert found
    assert (found.base_url, found.model, found.key, found.budget, found.timeout) == (LOCAL, "qwen3:8b", KEY, 7, 2.5)
    assert KEY not in repr(settings()) + repr(found)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"base_url": LOCAL}, "together"),
        ({"model": "qwen3:8b"}, "together"),
        ({"base_url": "127.0.0.1:11434", "model": "m"}, "no http"),
        ({"base_url": "ftp://models.example", "model": "m"}, "no http"),
        ({"base_url": "https:///v1", "model": "m"}, "no http"),
        ({"base_url": "http://[::1/v1", "model": "m"}, "no http"),
        ({"base_url": "http://models.example:port/v1", "model": "m"}, "no http"),
        ({"base_url": f"https://user:{KEY}@models.example/v1", "model": "m"}, "no http"),
    ],
)
def test_a_model_that_cannot_be_asked_is_refused(setting: Any, given: dict[str, str], says: str):
    setting(key=KEY, **given)
    with pytest.raises(SettingsInvalid, match=says) as found:
        settings()
    assert KEY not in str(found.value)


@pytest.mark.parametrize(
    "given", [{"timeout": "0"}, {"timeout": "51"}, {"budget": "-1"}, {"model": "ü"}, {"model": ""}]
)
def test_a_value_out_of_range_is_refused(setting: Any, given: dict[str, str]):
    setting(key=KEY, **({"base_url": LOCAL, "model": "m"} | given))
    with pytest.raises(ValueError, match="validation error") as found:
        settings()
    assert KEY not in str(found.value)


def test_without_the_extra_a_model_is_refused(setting: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(of_server, "find_spec", lambda _: None)
    assert settings().model is None
    setting(base_url=LOCAL, model="m")
    with pytest.raises(SettingsInvalid, match=r"install polylogue\[llm\]"):
        settings()
