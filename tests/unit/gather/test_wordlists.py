"""The bundled phrases, and what is said of a malformed one."""

import pytest

from digest.errors import InputError
from digest.gather.phrases.wordlists import by_language, check, pattern, phrases, wording


def test_a_malformed_phrase_is_named_with_its_list() -> None:
    check({"en": {"widgets": "read {next", "begins": "click here|read {more}"}})
    with pytest.raises(InputError, match=r"in \[en\], begins, the phrase “… more … here” has more"):
        check({"en": {"widgets": "read {next", "begins": "click here\n… more … here"}})


def test_a_list_that_nobody_reads_is_named() -> None:
    with pytest.raises(InputError, match=r"in \[fr\] there is no list of the name “beginns”"):
        check({"fr": {"beginns": "lire aussi"}})


def test_phrases_of_all_languages_are_read_together() -> None:
    assert {"read next", "читайте также", "lire aussi"} <= phrases("widgets", "comments")
    assert pattern("begins").match("cliquez ici")
    assert "kommentar" in wording("counted")


def test_a_list_is_known_by_language_where_a_language_has_it() -> None:
    common = by_language("common")
    assert "the" in common["en"]
    assert "der" in common["de"]
    assert "all" not in common
