"""The bundled catalogue says only what is known."""

import json
import re
from dataclasses import FrozenInstanceError
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from seeds.sources import sources

OFFICIAL_KINDS = {"institution", "government", "ministry", "parliament"}
KINDS = OFFICIAL_KINDS | {"agency", "paper", "broadcaster", "magazine", "news site"}
KINDS |= {"aggregator", "think tank"}
LANGUAGES = {"ar", "be", "de", "en", "it", "ru", "uk"}
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def test_there_are_enough_sources_to_start_with() -> None:
    assert len(sources()) >= 130
    assert sum(source.enabled for source in sources()) >= 50


def test_the_catalogue_is_read_once_and_cannot_be_changed() -> None:
    assert sources() is sources()
    with pytest.raises(FrozenInstanceError):
        sources()[0].name = "another"  # type: ignore[misc]


def test_no_feed_is_listed_twice() -> None:
    urls = [source.url for source in sources()]
    names = [source.name for source in sources()]
    assert len(set(urls)) == len(urls)
    assert len(set(names)) == len(names)


def test_addresses_are_of_the_web() -> None:
    for source in sources():
        for address in (source.url, source.homepage):
            parts = urlsplit(address)
            assert parts.scheme in {"http", "https"}, source.name
            assert parts.hostname and "." in parts.hostname, source.name
            assert not parts.username, source.name


def test_codes_are_of_closed_lists() -> None:
    for source in sources():
        assert source.language in LANGUAGES, source.name
        assert re.fullmatch(r"[A-Z]{2}|INT", source.country), source.name
        assert source.kind in KINDS, source.name


def test_what_is_switched_on_was_alive_in_2026() -> None:
    for source in sources():
        assert source.evidence is None or MONTH.fullmatch(source.evidence), source.name
        if source.enabled:
            assert source.state.startswith("live 2026"), source.name
            assert (source.evidence or "").startswith("2026"), source.name


def test_every_researched_source_is_here_as_it_was_found(shared: Path) -> None:
    listed = json.loads((shared / "sources.json").read_text("utf-8"))["feeds"]
    ours = {source.url: source for source in sources()}
    for found in listed:
        source = ours[found["url"]]
        assert (source.name, source.state) == (found["name"], found["status"])
        assert not source.enabled or found["status"].startswith("live 2026"), source.name


def test_a_funding_label_has_its_dated_evidence() -> None:
    for source in sources():
        assert source.state_funded == (source.funding is not None), source.name
        if source.funding is not None:
            assert re.match(r"20\d\d-\d\d-\d\d: \S", source.funding), source.name


def test_only_governments_and_institutions_speak_officially() -> None:
    for source in sources():
        if source.official:
            assert source.kind in OFFICIAL_KINDS, source.name
        assert not (source.official and source.state_funded), source.name


def test_a_note_is_one_short_sentence() -> None:
    for source in sources():
        if source.note is not None:
            assert source.note.endswith("."), source.name
            assert len(source.note) <= 90, source.name
