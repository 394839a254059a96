"""Who may do what."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.talk.access import (
    alias,
    invitation,
    is_invitation,
    may_configure,
    may_manage,
    may_subscribe,
)
from digest.model.chats import Chat

NOW = datetime(2026, 8, 25, 7, 30, tzinfo=UTC)
GROUP = -1001


def test_everybody_configures_their_private_chat() -> None:
    assert may_configure("private", chat=7, sender_chat=None, status=None)


@pytest.mark.parametrize("status", ["creator", "administrator"])
def test_administrators_configure_a_group(status: str) -> None:
    assert may_configure("supergroup", chat=GROUP, sender_chat=None, status=status)


@pytest.mark.parametrize("status", ["member", "restricted", "left", "kicked", None])
def test_nobody_else_configures_a_group(status: str | None) -> None:
    assert not may_configure("group", chat=GROUP, sender_chat=None, status=status)


def test_an_anonymous_administrator_writes_as_the_group_itself() -> None:
    assert may_configure("supergroup", chat=GROUP, sender_chat=GROUP, status=None)


def test_a_channel_that_writes_in_its_discussion_group_configures_nothing() -> None:
    assert not may_configure("supergroup", chat=GROUP, sender_chat=-1002, status="administrator")


def test_a_channel_is_managed_by_whoever_added_the_bot_while_they_administer_it() -> None:
    channel = Chat(id=-1002, kind="channel", owner=7)
    assert may_manage(channel, user=7, may_configure=True)
    assert not may_manage(channel, user=7, may_configure=False)
    assert not may_manage(channel, user=8, may_configure=True)


def test_an_open_bot_takes_everybody() -> None:
    assert may_subscribe("open", is_owner=False, is_known=False, is_invited=False)


def test_an_invited_reader_is_taken_by_invitation_only() -> None:
    assert may_subscribe("invite", is_owner=False, is_known=False, is_invited=True)
    assert not may_subscribe("invite", is_owner=False, is_known=False, is_invited=False)


def test_an_invitation_does_not_open_a_list() -> None:
    assert not may_subscribe("list", is_owner=False, is_known=False, is_invited=True)
    assert may_subscribe("list", is_owner=False, is_known=True, is_invited=False)
    assert may_subscribe("list", is_owner=True, is_known=False, is_invited=False)


def test_an_invitation_is_good_for_a_week() -> None:
    words = invitation(b"secret", now=NOW)
    assert is_invitation(words, b"secret", now=NOW)
    assert is_invitation(words, b"secret", now=NOW + timedelta(days=7))
    assert not is_invitation(words, b"secret", now=NOW + timedelta(days=8))


def test_a_forged_invitation_is_none() -> None:
    assert not is_invitation("i_" + "0" * 32, b"secret", now=NOW)
    assert not is_invitation(invitation(b"other", now=NOW), b"secret", now=NOW)


def test_an_alias_is_no_chat_and_needs_the_secret() -> None:
    found = {alias(secret, chat) for secret in (b"a", b"b") for chat in (7, -1001234567890)}
    assert len(found) == 4
    assert all(2**62 <= one < 2**63 for one in found)
    assert alias(b"a", 7) in found


def test_an_invitation_fits_a_start_link() -> None:
    assert len(invitation(b"secret", now=NOW)) <= 64
