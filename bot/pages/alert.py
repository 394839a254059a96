"""An alert as one message. Pure."""

from digest.model import Article, ArticleId, Chat, Cited, Digest, Item, Keyboard, Message

from ..talk import markup
from ..talk.keyboards import ON, press
from ..talk.markup import Block, Blocks, Line, run, shortened
from ..talk.texts import Texts
from .citing import first_that_fits, in_marks, source
from .links import Link
from .story import about

_SENTENCES = (3, 2, 1, 0)  # that are shown, ever fewer until it fits


def alert_page(
    digest: Digest, chat: Chat, t: Texts, link: Link, *, is_critical: bool
) -> tuple[Message, ...]:
    """The story of a digest that holds one: headline, sentences, and how to hear less of it."""
    item = digest.items[0]
    pages = (_layout(item, count, t, link, is_critical=is_critical) for count in _SENTENCES)
    return (Message(markup.html(first_that_fits(pages)), _keyboard(item, chat, t)),)


def _layout(item: Item, count: int, t: Texts, link: Link, *, is_critical: bool) -> Blocks:
    sign = "🚨 " if is_critical else "⚡ "
    title: Line = (run(sign + t.label("alert.title"), bold=True),)
    headline: Line = (run(shortened(item.headline), bold=True, url=link(item.articles[0], 0)),)
    by_id = {article.id: article for article in item.articles}
    lines = tuple(_sentence(one, by_id, t, link) for one in item.sentences[:count])
    quoted = (Block(lines, quote=True),) if lines else ()
    footer: Line = (run(t.label("alert.footer"), italic=True),)
    return (Block((title, (), headline, (run(about(item, t)),))), *quoted, Block(((), footer)))


def _sentence(cited: Cited, by_id: dict[ArticleId, Article], t: Texts, link: Link) -> Line:
    return (run(f"{in_marks(cited.text)} "), source(by_id[cited.article], cited.start, link, t))


def _keyboard(item: Item, chat: Chat, t: Texts) -> Keyboard:
    """To follow the story and to keep it, where one person decides."""
    if chat.kind != "private":
        return ()
    ref = f"s:{item.story}"
    follow = press(chat, t.label("button.follow-story"), "follow", ON, ref)
    return ((follow, press(chat, t.label("button.save-story"), "save", ref)),)
