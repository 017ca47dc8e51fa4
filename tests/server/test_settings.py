"""Settings that cannot be, or cannot work together, are refused with a sentence, and no secret is in any."""

from typing import Any

import pytest

from server import settings as of_server
from server.settings import SettingsInvalid, default_data_dir, settings

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
    ("given", "says"),
    [
        ({"timeout": "0"}, "POLYLOGUE_WRITER_TIMEOUT is '0' and must be more than 0.0."),
        ({"timeout": "51"}, "POLYLOGUE_WRITER_TIMEOUT is '51' and must be at most 50.0."),
        ({"budget": "-1"}, "POLYLOGUE_WRITER_BUDGET is '-1' and must be at least 0."),
        ({"budget": "ten"}, "POLYLOGUE_WRITER_BUDGET is 'ten' and must be a whole number."),
        ({"model": "ü"}, "POLYLOGUE_WRITER_MODEL is 'ü' and must match ^[ -~]{1,64}$."),
    ],
)
def test_a_value_out_of_range_is_refused(setting: Any, given: dict[str, str], says: str):
    setting(key=KEY, **({"base_url": LOCAL, "model": "m"} | given))
    with pytest.raises(SettingsInvalid) as found:
        settings()
    assert str(found.value) == says


def test_every_value_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch):
    for name, value in (("PORT", "abc"), ("LAN", "perhaps"), ("LOG_LEVEL", "LOUD"), ("READERS", "")):
        monkeypatch.setenv(f"POLYLOGUE_{name}", value)
    with pytest.raises(SettingsInvalid) as found:
        settings()
    assert str(found.value) == (
        "POLYLOGUE_LAN is 'perhaps' and must be true or false. POLYLOGUE_PORT is 'abc' and must be a whole number. "
        "POLYLOGUE_LOG_LEVEL is 'LOUD' and must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'."
    )


def test_a_setting_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch):
    for name in ("DATA_DIR", "DATABASE_URL", "REDIS_URL", "PORT", "LOG_LEVEL", "WRITER_MODEL"):
        monkeypatch.setenv(f"POLYLOGUE_{name}", "")
    found = settings()
    assert found.data_dir == default_data_dir()
    assert (found.embedded, found.redis_url, found.port, found.log_level) == (True, None, 8440, "INFO")
    monkeypatch.setenv("POLYLOGUE_LOG_LEVEL", "debug")
    assert settings().log_level == "DEBUG"


@pytest.mark.parametrize(
    ("database", "redis"),
    [
        (f"mysql://ann:{KEY}@db.example/council", "redis://db.example"),
        (f"sqlite:///{KEY}.db", "redis://db.example"),
        (f"ann:{KEY}@db.example", "redis://db.example"),
        (f"postgresql://ann:{KEY}@db.example:port/council", "redis://db.example"),
        (f"postgresql://ann:{KEY}@db.example:70000/council", "redis://db.example"),
        ("postgresql://db.example/council", f":{KEY}@db.example"),
        ("postgresql://db.example/council", f"http://:{KEY}@db.example"),
        ("postgresql://db.example/council", f"redis://:{KEY}@db.example:port/0"),
        ("postgresql://db.example/council", "unix://"),
    ],
)
def test_an_address_that_is_none_is_refused_and_not_shown(monkeypatch: pytest.MonkeyPatch, database: str, redis: str):
    monkeypatch.setenv("POLYLOGUE_DATABASE_URL", database)
    monkeypatch.setenv("POLYLOGUE_REDIS_URL", redis)
    with pytest.raises(SettingsInvalid, match=r"^POLYLOGUE_(DATABASE|REDIS)_URL is no address such as ") as found:
        settings()
    assert KEY not in str(found.value)


@pytest.mark.parametrize(
    "redis", ["redis://h:6379/0", "rediss://u:p@h", "unix:///run/redis.sock", "redis+cluster://h:1"]
)
def test_an_address_of_each_kind_is_taken(monkeypatch: pytest.MonkeyPatch, redis: str):
    monkeypatch.setenv("POLYLOGUE_DATABASE_URL", "postgresql://ann:p%40ss@/council?host=/run/postgresql")
    monkeypatch.setenv("POLYLOGUE_REDIS_URL", redis)
    assert not settings().embedded


def test_without_the_extra_a_model_is_refused(setting: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(of_server, "find_spec", lambda _: None)
    assert settings().model is None
    setting(base_url=LOCAL, model="m")
    with pytest.raises(SettingsInvalid, match=r"install polylogue\[llm\]"):
        settings()
