"""A digest is read back from the document that is kept of it."""

import json
from dataclasses import replace

from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.compose.export import as_json
from digest.compose.stored import digest_of, stored
from digest.model.articles import Action, StoryId
from digest.model.chats import Wish
from digest.model.digests import Shown, Snapshot, Window
from tests.articles import SEEN, new_article, told_article, told_story
from tests.articles import stored as kept

TEXT = "Delegations from Turkey and Ukraine met in Ankara on Monday to discuss the corridor."


def test_what_is_written_is_read_back() -> None:
    known = kept(new_article("a", TEXT), id=1)
    unknown = replace(known, id=2, key="b", title=None, outlet=None, published_at=None)
    snapshot = Snapshot(Window(SEEN, SEEN), (known, unknown), {})
    digest = compose(edition(snapshot), Wish(), Shown())

    (story,) = stored(json.dumps(as_json(digest))).stories

    (item,) = digest.items
    assert (story.id, story.headline, story.topics) == (item.story, item.headline, item.topics)
    assert (story.countries, story.score) == (item.countries, round(item.score, 4))
    assert set(story.parts) == {part.name for part in item.parts}
    assert [one.text for one in story.sentences] == [one.text for one in item.sentences]
    found = {one.id: one for one in story.articles}
    assert [one.id for one in story.articles] == [one.id for one in item.articles]
    assert (found[known.id].outlet, found[known.id].published_at) == ("The Paper", SEEN)
    lacks = found[unknown.id]
    assert (lacks.title, lacks.outlet, lacks.published_at) == (None, None, None)


def test_what_an_earlier_version_did_not_write_is_empty() -> None:
    old = told_story(articles=[told_article(1)])
    del old["countries"], old["parts"]

    (story,) = digest_of({"stories": [old]}).stories

    assert (story.countries, story.parts, story.action) == ((), {}, None)


def test_the_action_of_a_headline_is_kept() -> None:
    plain = kept(new_article("a", TEXT, title="Turkey condemns Ukraine over grain"), id=1)
    other = replace(plain, id=2, key="b", story=StoryId(2), title="Ministers meet in Ankara")
    snapshot = Snapshot(Window(SEEN, SEEN), (plain, other), {})

    document = as_json(compose(edition(snapshot), Wish(), Shown()))

    assert [story["action"] for story in document["stories"]] == [
        {"kind": "condemn", "by": ["TR"], "to": ["UA"]},
        None,
    ]
    found = [story.action for story in digest_of(document).stories]
    assert found == [Action("condemn", ("TR",), ("UA",)), None]
