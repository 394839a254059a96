"""Inline keyboards of topics, regions and countries: to choose the news, or to find a timezone. Pure."""

from collections.abc import Set

from digest.model.chats import Chat
from digest.model.messages import Button, Keyboard
from seeds.topics import SLUGS

from . import labels
from .buttons import (
    back,
    onwards,
    press,
    rows,
    switch,
)
from .places import REGIONS, countries_of, fold
from .texts import Texts

COUNTRY_BUTTONS = 15


def topics(chat: Chat, t: Texts) -> Keyboard:
    """Topics, regions and the countries chosen one by one, each a switch."""
    return (
        *rows((_topic(chat, slug, t) for slug in SLUGS), 2),
        *rows((_region(chat, region, t) for region in REGIONS), 2),
        *rows(
            (_country(chat, code, t) for code in labels.single_countries(chat)[:COUNTRY_BUTTONS]), 3
        ),
        (press(chat, t.label("button.countries"), "topics", "regions"), *_clear(chat, t)),
        onwards(chat, t, "when"),
    )


def regions(chat: Chat, t: Texts, action: str) -> Keyboard:
    """The regions, each of which opens the page of its countries."""
    buttons = (
        press(chat, t.label(f"region.{region}"), action, "countries", region) for region in REGIONS
    )
    return (*rows(buttons, 2), back(chat, t, action))


def switched_countries(
    chat: Chat, t: Texts, region: str, action: str, chosen: Set[str]
) -> Keyboard:
    """The countries of a region, each a switch for an action."""
    buttons = (
        switch(chat, label, action, "in", region, code, is_on=code in chosen)
        for code, label in _named_countries(region, t)
    )
    return (*rows(buttons, 3), back(chat, t, action, "regions"))


def countries_to_live_in(chat: Chat, t: Texts, region: str) -> Keyboard:
    """The countries of a region, each of which opens its timezones."""
    buttons = (
        press(chat, label, "timezone", "country", code)
        for code, label in _named_countries(region, t)
    )
    return (*rows(buttons, 3), back(chat, t, "timezone", "regions"))


def _topic(chat: Chat, slug: str, t: Texts) -> Button:
    wanted = slug in chat.wish.topics
    return switch(chat, t.label(f"topic.{slug}"), "topics", slug, is_on=wanted)


def _region(chat: Chat, region: str, t: Texts) -> Button:
    wanted = countries_of(region) <= chat.wish.countries
    return switch(
        chat, f"🌍 {t.label(f'region.{region}')}", "topics", "region", region, is_on=wanted
    )


def _country(chat: Chat, code: str, t: Texts) -> Button:
    return switch(chat, labels.country(code, t), "topics", "country", code, is_on=True)


def _named_countries(region: str, t: Texts) -> tuple[tuple[str, str], ...]:
    codes = sorted(countries_of(region), key=lambda code: fold(t.country(code)))
    return tuple((code, labels.country(code, t)) for code in codes)


def _clear(chat: Chat, t: Texts) -> tuple[Button, ...]:
    if not (chat.wish.topics or chat.wish.countries):
        return ()
    return (press(chat, t.label("button.everything"), "topics", "all"),)
