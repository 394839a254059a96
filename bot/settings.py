"""What an operator sets, from the environment or ``.env``; read once, never at import."""

import re
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    SettingsConfigDict,
)

from digest.errors import InputError

Network = IPv4Network | IPv6Network

_PREFIX = "attache_"
_ALIKE = 0.5  # of 1: "token" is 0.53 like "telegram_token", "port" 0.25 like "http"
# Not in a webhook's path: the HTTP library takes braces for variables, and finds no "%20".
_NO_PATH = frozenset("?#%{}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # as setWebhook takes it, and no shorter


class Settings(BaseSettings):
    """All settings; each is documented in README under its name in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="ATTACHE_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    telegram_token: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org/bot"
    database_url: str = "sqlite+aiosqlite:///attache.db"
    owners: Annotated[frozenset[int], NoDecode] = frozenset()
    log: str = "text,info"
    access: Literal["open", "invite", "list"] = "open"
    catalogue: Literal["on", "off"] = "on"
    allow_private: Annotated[tuple[Network, ...], NoDecode] = ()
    uncertain: Literal["resend_once", "never", "ask"] = "resend_once"
    paid_broadcast: Literal["on", "off"] = "off"
    http: str | None = None
    webhook_url: str | None = None  # else the bot polls
    webhook_secret: SecretStr | None = None
    retention_days: int = Field(default=90, ge=3, le=3650)
    contact: str | None = None
    inbox: Path | None = None  # a folder that is watched for article files

    @field_validator("owners", mode="before")
    @classmethod
    def _split_owners(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if not all(part.isdecimal() for part in _parts(value)):
            raise ValueError("write user ids with commas between, as 123456,234567")
        return frozenset(int(part) for part in _parts(value))

    @field_validator("allow_private", mode="before")
    @classmethod
    def _split_networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ip_network(part, strict=False) for part in _parts(value))
        except ValueError:
            raise ValueError("write networks with commas between, as 127.0.0.0/8") from None

    @field_validator("telegram_token")
    @classmethod
    def _check_token(cls, value: SecretStr | None) -> SecretStr | None:
        token = value.get_secret_value() if value else ""
        if not all("!" <= sign <= "~" for sign in token):
            raise ValueError("it holds a space or an odd character; copy it again from @BotFather")
        return value

    @field_validator("telegram_base_url")
    @classmethod
    def _check_base_url(cls, value: str) -> str:
        if not _is_address(value):
            raise ValueError("write it as http://127.0.0.1:8081/bot")
        return value

    @field_validator("contact")
    @classmethod
    def _check_contact(cls, value: str | None) -> str | None:
        if value and not all(" " <= sign <= "~" for sign in value):  # it goes into a header
            raise ValueError("write it in ASCII, as https://your-site.example/about-this-bot")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _check_webhook_url(cls, value: str | None) -> str | None:
        if value is not None and (not _is_address(value) or _NO_PATH.intersection(value)):
            raise ValueError("write it as https://bot.example.org/telegram")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _check_webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("it takes 16 to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("http")
    @classmethod
    def _check_http(cls, value: str | None) -> str | None:
        if value is not None and not _is_place(value):
            raise ValueError("write it as 127.0.0.1:9100, or the port alone")
        return value

    @field_validator("log")
    @classmethod
    def _check_log(cls, value: str) -> str:
        known = {"text", "json", "debug", "info", "warning", "error"}
        if not set(_parts(value.lower())) <= known:
            raise ValueError("text or json and a level: debug, info, warning or error")
        return value.lower()

    @property
    def http_place(self) -> tuple[str, int] | None:
        """Host and port of health and metrics, on this machine alone by default; None: off."""
        if self.http is None:
            return None
        host, _, port = self.http.rpartition(":")
        return host.strip("[]") or "127.0.0.1", int(port)

    @property
    def log_format(self) -> str:
        """ "json" or "text"."""
        return "json" if "json" in _parts(self.log) else "text"

    @property
    def log_level(self) -> str:
        """A level of the standard library, in capitals."""
        levels = [part for part in _parts(self.log) if part not in ("text", "json")]
        return (levels or ["info"])[0].upper()


def load() -> Settings:
    """The settings of this process. Raises InputError that names the setting, never its value."""
    try:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
        raise InputError(f"the file .env cannot be read: {reason}") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = _variable(str(first["loc"][0]))
        reason = first["msg"].removeprefix("Value error, ")
        raise InputError(f"the setting {name} cannot be used: {reason}") from None


def unknown() -> tuple[tuple[str, str | None], ...]:
    """Names of variables that are like settings and are none, each with the setting it may be meant for."""
    read = (source(Settings).env_vars for source in (EnvSettingsSource, DotEnvSettingsSource))
    given = {name.lower() for variables in read for name in variables}
    names = {name.removeprefix(_PREFIX) for name in given if name.startswith(_PREFIX)}
    strange = sorted(names - Settings.model_fields.keys())
    return tuple((_variable(name), _nearest(name)) for name in strange)


def _nearest(name: str) -> str | None:
    near = get_close_matches(name, Settings.model_fields, n=1, cutoff=_ALIKE)
    return _variable(near[0]) if near else None


def _variable(name: str) -> str:
    return f"{_PREFIX}{name}".upper()


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port  # ValueError where it is no number
    except ValueError:
        return False
    odd = any(not "!" <= sign <= "~" for sign in value)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not odd


def _is_place(value: str) -> bool:
    """Whether it is a port, or a host and a port."""
    host, colon, port = value.rpartition(":")
    plain = all("!" <= sign <= "~" and sign != "/" for sign in host)
    return bool(host) == bool(colon) and plain and port.isdecimal() and int(port) < 65_536


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
