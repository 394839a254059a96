"""An alert as one message. Pure."""

from dataclasses import replace

from digest.model.articles import Article, ArticleId
from digest.model.chats import Chat
from digest.model.delivery import Layout
from digest.model.digests import Cited, Digest, Item
from digest.model.messages import Keyboard, Message

from ..talk import markup
from ..talk.buttons import ON, press
from ..talk.markup import Block, Blocks, Line, fits, run
from ..talk.texts import Texts
from .citing import in_marks, source
from .links import Link
from .story import about, headline

_SENTENCES = (3, 2, 1, 0)  # that are shown, ever fewer until it fits


def alert_page(digest: Digest, chat: Chat, t: Texts, link: Link, *, is_critical: bool) -> Layout:
    """The one story of an alert: headline, sentences, and how to get fewer alerts."""
    for count in _SENTENCES:
        item = replace(digest.items[0], sentences=digest.items[0].sentences[:count])
        page = _page(item, t, link, is_critical=is_critical)
        if fits(page):
            break
    message = Message(markup.html(page), _keyboard(item, chat, t))
    return Layout((message,), replace(digest, items=(item,)))


def _page(item: Item, t: Texts, link: Link, *, is_critical: bool) -> Blocks:
    sign = "🚨 " if is_critical else "⚡ "
    title: Line = (run(sign + t.label("alert.title"), bold=True),)
    by_id = {article.id: article for article in item.articles}
    lines = tuple(_sentence(one, by_id, t, link) for one in item.sentences)
    quoted = (Block(lines, quote=True),) if lines else ()
    footer: Line = (run(t.label("alert.footer"), italic=True),)
    return (
        Block((title, (), (headline(item, link, bold=True),), (run(about(item, t)),))),
        *quoted,
        Block(((), footer)),
    )


def _sentence(cited: Cited, by_id: dict[ArticleId, Article], t: Texts, link: Link) -> Line:
    return (run(f"{in_marks(cited.text)} "), source(by_id[cited.article], cited.start, link, t))


def _keyboard(item: Item, chat: Chat, t: Texts) -> Keyboard:
    """Buttons to follow and to save the story, in private."""
    if chat.kind != "private":
        return ()
    ref = f"s:{item.story}"
    follow = press(chat, t.label("button.follow-story"), "follow", ON, ref)
    return ((follow, press(chat, t.label("button.save-story"), "save", ref)),)
