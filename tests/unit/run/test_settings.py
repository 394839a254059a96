"""Settings from the environment or .env: read once, refused in one sentence that hides the value."""

import os
from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, load, unknown
from digest.errors import InputError

SECRET = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_the_defaults_hold() -> None:
    found = load()

    assert found.telegram_token is None
    assert found.database_url == "sqlite+aiosqlite:///attache.db"
    assert found.telegram_base_url == "https://api.telegram.org/bot"
    assert (found.log_format, found.log_level) == ("text", "INFO")
    assert (found.access, found.catalogue, found.uncertain) == ("open", "on", "resend_once")
    assert found.retention_days == 90
    assert found.owners == frozenset()
    assert found.allow_private == ()


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_OWNERS", "7, 8;9")
    monkeypatch.setenv("ATTACHE_ALLOW_PRIVATE", "127.0.0.0/8,10.1.2.3/8,::1")
    monkeypatch.setenv("ATTACHE_LOG", "JSON,Warning")

    found = load()

    assert found.owners == {7, 8, 9}
    assert found.allow_private == (
        ip_network("127.0.0.0/8"),
        ip_network("10.0.0.0/8"),
        ip_network("::1"),
    )
    assert (found.log_format, found.log_level) == ("json", "WARNING")


def test_values_may_be_given_as_they_are() -> None:
    network = ip_network("127.0.0.0/8")

    found = Settings(owners=frozenset({7}), allow_private=(network,), log="debug")

    assert found.owners == {7}
    assert found.allow_private == (network,)
    assert (found.log_format, found.log_level) == ("text", "DEBUG")


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_DATABASE_URL", "")
    monkeypatch.setenv("ATTACHE_TELEGRAM_TOKEN", "")

    assert load().database_url == "sqlite+aiosqlite:///attache.db"
    assert load().telegram_token is None


def test_a_file_sets_and_the_environment_is_stronger(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("ATTACHE_RETENTION_DAYS=30\nATTACHE_ACCESS=list\nOTHER=1\n")
    monkeypatch.setenv("ATTACHE_ACCESS", "invite")

    found = load()

    assert found.retention_days == 30
    assert found.access == "invite"


def test_settings_stay_as_they_are_and_hide_the_token() -> None:
    found = Settings(telegram_token=SECRET)  # type: ignore[arg-type]

    assert SECRET not in repr(found)
    with pytest.raises(ValidationError):
        found.access = "list"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("ACCESS", "everybody", "'open', 'invite' or 'list'"),
        ("CATALOGUE", "yes", "'on' or 'off'"),
        ("UNCERTAIN", "maybe", "'resend_once'"),
        ("LOG", "loud", "text or json and a level"),
        ("OWNERS", "Ada", "write user ids with commas between"),
        ("ALLOW_PRIVATE", "everywhere", "write networks with commas between"),
        ("RETENTION_DAYS", "1", "greater than or equal to 3"),
        ("RETENTION_DAYS", "many", "valid integer"),
        ("CONTACT", "https://bücher.example", "write it in ASCII"),
        ("CONTACT", "https://a.example\r\nX: y", "write it in ASCII"),
        ("TELEGRAM_BASE_URL", "api.telegram.org", "write it as http://127.0.0.1:8081/bot"),
        ("TELEGRAM_BASE_URL", "http://[::1/bot", "write it as http://127.0.0.1:8081/bot"),
        ("TELEGRAM_BASE_URL", "http://localhost:port/bot", "write it as"),
        ("TELEGRAM_TOKEN", f"{SECRET}\n{SECRET}", "copy it again from @BotFather"),
        ("OWNERS", SECRET, "write user ids with commas between"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_without_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(f"ATTACHE_{name}", value)

    with pytest.raises(InputError) as caught:
        load()

    assert str(caught.value).startswith(f"the setting ATTACHE_{name} cannot be used: ")
    assert reason in str(caught.value)
    assert value not in str(caught.value)


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / ".env").write_bytes("ATTACHE_CONTACT=Zürich\n".encode("latin-1"))

    with pytest.raises(InputError, match=r"the file \.env cannot be read: it is not in UTF-8"):
        load()


def test_a_file_without_rights_is_named(folder: Path) -> None:
    (folder / ".env").write_text("ATTACHE_ACCESS=list\n")
    (folder / ".env").chmod(0)
    is_root = os.geteuid() == 0
    folder.chmod(0o777)
    if is_root:
        os.seteuid(65534)
    try:
        if not os.access(folder, os.X_OK):
            pytest.skip("the folder of this test is out of reach for another user")
        with pytest.raises(InputError, match=r"the file \.env cannot be read: Permission denied"):
            load()
    finally:
        if is_root:
            os.seteuid(0)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("9100", ("127.0.0.1", 9100)),
        ("0.0.0.0:9100", ("0.0.0.0", 9100)),
        ("[::1]:9100", ("::1", 9100)),
        (None, None),
    ],
)
def test_the_door_is_on_this_machine_unless_a_host_is_named(
    given: str | None, place: tuple[str, int] | None
) -> None:
    assert Settings(http=given).http_place == place


@pytest.mark.parametrize("given", ["localhost", ":9100", "a b:9100", "http://a:9100", "a:99999"])
def test_a_place_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTACHE_HTTP", given)
    with pytest.raises(InputError, match="ATTACHE_HTTP cannot be used: write it as"):
        load()


@pytest.mark.parametrize(
    "given",
    (
        "bot.example.org",
        "ftp://x/",
        "https://bot.example.org/t?x=1",
        "https://bot.example.org/{token}",
        "https://bot.example.org/my%20bot",
    ),
)
def test_a_webhook_is_a_plain_address(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ATTACHE_WEBHOOK_URL", given)
    with pytest.raises(InputError, match="ATTACHE_WEBHOOK_URL cannot be used: write it as"):
        load()


def test_a_secret_that_telegram_would_refuse_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ATTACHE_WEBHOOK_SECRET", "too short")
    with pytest.raises(InputError, match="ATTACHE_WEBHOOK_SECRET cannot be used") as raised:
        load()
    assert "too short" not in str(raised.value)


def test_what_is_like_a_setting_and_is_none_is_named_with_the_nearest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_OWNER", "7")
    monkeypatch.setenv("ATTACHE_OWNERS", "7")
    monkeypatch.setenv("ATTACHE_PORT", "tcp://10.0.0.1:9100")  # as Kubernetes sets it
    (folder / ".env").write_text(f"ATTACHE_TOKEN={SECRET}\nOWNER=7\nATTACHE_LOG=json\n")

    assert unknown() == (
        ("ATTACHE_OWNER", "ATTACHE_OWNERS"),
        ("ATTACHE_PORT", None),
        ("ATTACHE_TOKEN", "ATTACHE_TELEGRAM_TOKEN"),
    )


def test_no_setting_of_ours_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(f"ATTACHE_{name.upper()}", "1")
    assert unknown() == ()
