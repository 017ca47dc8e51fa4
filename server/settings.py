"""Settings, from the environment (`POLYLOGUE_…`) alone.

Why nothing else: the same image runs on a laptop and behind a proxy, and what it was started with can be read in one
place.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import sqlalchemy as sa
from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.exc import ArgumentError

from workers.writers.model import Endpoint

PREFIX = "POLYLOGUE_"
MUST = {
    "int_parsing": "be a whole number",
    "float_parsing": "be a number",
    "bool_parsing": "be true or false",
    "greater_than": "be more than {gt}",
    "greater_than_equal": "be at least {ge}",
    "less_than_equal": "be at most {le}",
    "string_pattern_mismatch": "match {pattern}",
    "literal_error": "be {expected}",
}
"""What a value must do, by the kind of the error that it is."""
REDIS = ("redis", "rediss", "unix", "redis+cluster", "rediss+cluster")
"""How an address of Redis may begin."""
HIGHEST_PORT = 65_535

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- where an operator asks for it


def default_data_dir() -> Path:
    """Where an embedded installation keeps its state unless told otherwise."""
    return Path.home() / ".local" / "share" / "polylogue"


class Settings(BaseSettings):
    """All settings with their defaults; docs/operating.md explains each."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    data_dir: Path = Field(default_factory=default_data_dir, description="state of an embedded installation")
    database_url: SecretStr | None = Field(
        default=None, description="postgresql://…; unset: SQLite in the data directory"
    )
    redis_url: SecretStr | None = Field(default=None, description="redis://… or unix://…; unset: an embedded Valkey")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    lan: bool = Field(default=False, description="listen on all interfaces, for phones in the same room")
    port: int = Field(default=8440, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    public_url: str | None = Field(default=None, description="how clients reach the server, where it is behind a proxy")
    trusted_proxies: str = Field(default="127.0.0.1", description="addresses whose forwarding headers are believed")
    worker_slots: int = Field(default=4, ge=0, le=64, description="works done at a time in this process; 0: none here")
    batch: int = Field(default=64, ge=1, le=256, description="commands written in one transaction at most")
    lanes: int = Field(default=4, ge=1, le=32, description="writers side by side on PostgreSQL")
    readers: int = Field(default=4, ge=1, le=64, description="connections that only read")
    queue: int = Field(default=256, ge=1, le=10_000, description="commands that may wait for one session")
    lock_timeout_ms: int = Field(default=5_000, ge=100, description="how long a transaction waits for a lock")
    font_dir: Path | None = Field(default=None, description="fonts of typeset documents; unset: the system's")
    writer_base_url: str | None = Field(
        default=None, description="address of a language model, https://…/v1; unset: drafts by the rules alone"
    )
    writer_model: str | None = Field(
        default=None, pattern=r"^[ -~]{1,64}$", description="what the model is called there"
    )
    writer_key: SecretStr | None = Field(default=None, description="the key that is asked for there")
    writer_budget: int = Field(default=100, ge=0, le=100_000, description="requests to the model for one session")
    writer_timeout: float = Field(default=30.0, gt=0, le=50, description="seconds that the model has for one draft")
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(str.upper)] = "INFO"
    log_json: bool = Field(default=False, description="write logs as JSON lines")

    @property
    def listens(self) -> str:
        """The address to listen on."""
        return EVERYWHERE if self.lan else self.host

    @property
    def embedded(self) -> bool:
        """Whether the database is our own SQLite file."""
        return self.database_url is None

    @property
    def model(self) -> Endpoint | None:
        """The language model that drafts may be asked of, if there is one."""
        if self.writer_base_url is None or self.writer_model is None:
            return None
        key = self.writer_key.get_secret_value() if self.writer_key else ""
        return Endpoint(self.writer_base_url, self.writer_model, key, self.writer_budget, self.writer_timeout)

    @property
    def database(self) -> str:
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'polylogue.db'}"


class SettingsInvalid(Exception):
    """Settings that cannot work together; the message is for the operator."""


def settings() -> Settings:
    """The settings of this process; SettingsInvalid where one cannot be, or they cannot work together."""
    try:
        found = Settings()
    except ValidationError as invalid:
        raise SettingsInvalid(" ".join(map(_sentence, invalid.errors()))) from None
    if not found.embedded and found.redis_url is None:
        message = (
            "POLYLOGUE_DATABASE_URL is set and POLYLOGUE_REDIS_URL is not: "
            "two servers would get two private Redis and miss each other's nudges"
        )
        raise SettingsInvalid(message)
    _check_services(found)
    _check_writer(found)
    if found.public_url is not None and not _is_address(found.public_url):
        raise SettingsInvalid("POLYLOGUE_PUBLIC_URL is no http:// or https:// address without a user")
    return found


def _sentence(error: ErrorDetails) -> str:
    """What is wrong with the value of a setting; secrets are text of any kind, so none is ever shown."""
    must = MUST.get(error["type"], "be another: {error}").format(**{"error": error["msg"], **error.get("ctx", {})})
    return f"{PREFIX}{str(error['loc'][0]).upper()} is {error['input']!r} and must {must}."


def _check_services(found: Settings) -> None:
    """Addresses are looked at before anything is made, and never shown: a password may stand anywhere in one."""
    if not found.embedded and not _is_postgresql(found.database):
        raise SettingsInvalid(
            "POLYLOGUE_DATABASE_URL is no address such as postgresql://user:password@host/name; "
            "special characters in a name or password are percent-encoded"
        )
    if not found.embedded and "sslmode" in sa.make_url(found.database).query:
        raise SettingsInvalid("POLYLOGUE_DATABASE_URL has sslmode=…, which is called ssl=… here, such as ssl=require")
    if found.redis_url is not None and not _is_redis(found.redis_url.get_secret_value()):
        raise SettingsInvalid(
            "POLYLOGUE_REDIS_URL is no address such as redis://host:6379/0, rediss://…, unix:///path or "
            "redis+cluster://host:port; special characters in a password are percent-encoded"
        )


def _is_postgresql(url: str) -> bool:
    try:
        address = sa.make_url(url)
    except (ArgumentError, ValueError):
        return False
    return address.get_backend_name() == "postgresql" and (address.port or 0) <= HIGHEST_PORT


def _is_redis(url: str) -> bool:
    try:
        address = urlsplit(url)
        named = bool(address.path) if address.scheme == "unix" else bool(address.hostname) and address.port != 0
    except ValueError:
        return False
    return named and address.scheme in REDIS


def _is_address(url: str) -> bool:
    try:
        address = urlsplit(url)
        named = bool(address.hostname) and address.port != 0 and "@" not in address.netloc
    except ValueError:
        return False
    return named and address.scheme in ("http", "https")


def _check_writer(found: Settings) -> None:
    if (found.writer_base_url is None) != (found.writer_model is None):
        raise SettingsInvalid("POLYLOGUE_WRITER_BASE_URL and POLYLOGUE_WRITER_MODEL are set together or not at all")
    if found.writer_base_url is None:
        return
    if not _is_address(found.writer_base_url):
        raise SettingsInvalid("POLYLOGUE_WRITER_BASE_URL is no http:// or https:// address without a user")
    if find_spec("openai") is None:
        raise SettingsInvalid("A language model needs openai, which is an extra: install polylogue[llm].")
