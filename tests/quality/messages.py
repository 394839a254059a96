"""Generated titles, names and queries through every message: nothing is refused or taken for markup.

``python -m tests.quality.messages`` runs 100,000 and prints what came of them; the suite runs fewer.
Each case makes two articles of one story, an outlet, a speaker and a reader's words out of what breaks
markup, and has a command answer over them. Every message is parsed as Telegram parses it and held
against its limits; what a text smuggles in must come out as plain words.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.pages.digest import Occasion, pages
from bot.pages.inline import suggestions
from bot.pages.links import proof_link
from bot.talk.app import App
from bot.talk.markup import html
from bot.talk.refs import word
from bot.talk.request import Reply
from bot.talk.texts import available, texts
from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.compose.export import as_json
from digest.model.articles import Article, NewArticle, Person, Quote, Topic
from digest.model.chats import Wish
from digest.model.delivery import Queued, Slot
from digest.model.digests import Digest, Shown, Window
from digest.model.messages import Keyboard, Message
from digest.model.sources import NewSource, Outlet
from digest.model.stories import Placed
from tests.articles import new_article
from tests.bot_world import ADA, NOW, OWNER, BotWorld
from tests.telegram_server import MarkupError, parse_html
from tests.telegram_server.checks import (
    ALERT_UNITS,
    BUTTONS,
    BUTTONS_A_ROW,
    CAPTION_UNITS,
    DATA_BYTES,
    ENTITIES,
    TEXT_UNITS,
)
from tests.telegram_server.entities import units

from .command import above_zero, command

CASES = 100_000
A_WORLD = 50  # cases over one set of articles
NAME = "attache_test_bot"
EVIL = "https://evil.example/"  # stands in every tag that a text smuggles in
OURS = ("bold", "italic", "text_link", "blockquote", "expandable_blockquote", "code", "bot_command")
LINKS = ("https://paper.example/", "https://t.me/attache_test_bot?start=")
WORDS = 30  # of a sentence at most
LONG = 10_000  # characters

PIECES = (
    f'<a href="{EVIL}">click</a>', f"<a href='{EVIL}'>", "</a>", "<b>", "</b></b>", "<i", "<u>x</u>",
    "<s>", "<pre>x</pre>", "<code>", '<span class="tg-spoiler">', "<tg-spoiler>x</tg-spoiler>",
    '<tg-emoji emoji-id="1">🕊</tg-emoji>', "<blockquote expandable>", "</blockquote>", "<!-- x -->",
    "<script>alert(1)</script>", "<br/>", "< b >", "<>", "<3", ">", "&", "&amp;", "&lt;b&gt;", "&#60;b&#62;",
    "&#x3c;", "&nbsp;", "&quot;", "&;", "&#0;", "&#xd800;", "&unknown;", '"', "'", "“", "”", "«", "\\",
    "`", "*", "_", "[x](y)", "{name}", "{0}", "{", "}", "%s", "%(x)s", "\0", "\x07", "\x1b[31m", "\x7f",
    "\x85", "\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\u2028",
    "\ud800", "\udfff", "\ud83d", "\ufffe", "\uffff", "🕊", "👩‍👩‍👧‍👦", "🇺🇦", "🇺", "e\u0301", "Z͑ͫ̓a̴l", "مرحبا",
    "שלום", "Ünal", "Київ", "北京外交部", "नमस्ते", "ﷺ", "𝔄𝔟", "ß", "İ", "ﬁ", "/start", "/broadcast@x", "@ada",
    "#tag", "https://x.example/?a=1&b=<2>", "tg://user?id=1", "a@b.example", "\n", "\r\n", "\t", " ", "  ",
    "corridor", "accord", "Ankara", "12", "½", "²", "٣",
)  # fmt: skip


@dataclass
class Tally:
    """What came of the cases."""

    cases: int = 0
    messages: int = 0
    buttons: int = 0
    wrong: list[str] = field(default_factory=list)
    by_command: Counter[str] = field(default_factory=Counter)


def nasty(r: random.Random, most: int = 12) -> str:
    """A text of pieces that break something, one in fifty very long."""
    text = "".join(r.choice(PIECES) for _ in range(r.randrange(1, most)))
    return (text * (LONG // len(text) + 1))[:LONG] if r.random() < 0.02 else text


def sentence(r: random.Random) -> str:
    """A sentence that a digest may choose, with something nasty inside."""
    words = ["Delegations", "from", "Ankara", nasty(r, 4), "signed", "the", "accord", "on"]
    return " ".join((*words, nasty(r, 4), "Thursday", "27", "August", "in", "Kyiv."))


class Case:
    """A world of nasty texts, and the ways to see them."""

    def __init__(self, r: random.Random) -> None:
        self.r = r
        self.bot = BotWorld()
        self.language = r.choice(available())

    async def filled(self) -> "Case":
        """The world with articles, a subscription, a digest and sources."""
        r, bot = self.r, self.bot
        placed = [Placed(self._article(n), -1 - n // 2, None) for n in range(6)]
        await bot.database.articles.add(placed)
        self.articles = await bot.database.articles.all()
        await bot.subscribed(language=self.language, wish=self._wish(), title=nasty(r))
        await bot.subscribed(OWNER, language=self.language)
        await bot.subscribed(
            -100, kind="channel", owner=ADA, title=nasty(r), language=self.language
        )
        await self._queue()
        for number in range(3):
            source = NewSource(url=f"https://paper.example/{number}", outlet=Outlet(nasty(r), "TR"))
            stored = await bot.database.sources.add(source, now=NOW)
            bot.database.tables.sources[stored.id] = replace(
                stored, failures=number, last_error=nasty(r)
            )
        return self

    def _article(self, number: int) -> NewArticle:
        r = self.r
        text = storable("\n\n".join(sentence(r) for _ in range(4)))
        quote = (Quote(0, min(40, len(text)), nasty(r), nasty(r), "TR"),)
        has_url = r.random() < 0.8
        return new_article(
            f"{number}",
            text,
            title=storable(nasty(r)) if r.random() < 0.9 else None,
            outlet=Outlet(nasty(r), r.choice(("TR", "UA", None)), official=r.random() < 0.3),
            url=f"https://paper.example/{number}?a='<\"&b" if has_url else None,
            file=None if has_url else nasty(r),
            countries=("TR", "UA"),
            quotes=quote if r.random() < 0.5 else (),
            topics=(Topic("summits", 0.9, (nasty(r), nasty(r))), Topic("gone-topic", 0.5)),
            people=(Person(nasty(r), nasty(r)),),
            published_at=NOW - timedelta(hours=number),
            first_seen_at=NOW - timedelta(hours=number),
        )

    def _wish(self) -> Wish:
        words = frozenset(word(nasty(self.r)[:60]) or "x" for _ in range(3))
        return Wish(words=words, muted=frozenset(f"{word} muted" for word in words))

    async def _digest(self) -> Digest:
        snapshot = await self.bot.database.articles.snapshot(Window(NOW - timedelta(days=3), NOW))
        healthy = replace(snapshot, feeds=((None, True),) * 2 + ((None, False),) * 7)
        return compose(edition(healthy), Wish(), Shown())

    async def _queue(self) -> None:
        digest = await self._digest()
        queued = Queued(
            slot=Slot(ADA, 0, date(2026, 8, 25), "07:30", NOW),
            messages=(),
            digest=json.dumps(as_json(digest)),
            shown_stories=(),
            shown_sentences=(),
            covered_until=NOW,
            next_due_at=None,
            chat_version=(await self.bot.chat()).version,
        )
        assert await self.bot.database.ledger.enqueue((queued,)) == 1

    async def digest(self) -> Reply:
        """The digest itself, page by page."""
        occasion = Occasion("Europe/Zurich", NOW, NOW + timedelta(hours=3))
        found = pages(await self._digest(), occasion, texts(self.language), proof_link(NAME))
        return Reply(messages=tuple(Message(html(page)) for page in found))

    async def inline(self) -> Reply:
        """What is shared from other chats."""
        app: App = self.bot.app
        found = await suggestions(nasty(self.r), app.articles, now=NOW, username=NAME)
        found += await suggestions("", app.articles, now=NOW, username=NAME)
        return Reply(messages=tuple(Message(one.html) for one in found))

    async def asks(self, command: str, words: str = "", **more: object) -> Reply:
        """A typed command."""
        return await self.bot.asks(command, words, language=self.language, **more)

    async def own(self, command: str, words: str = "") -> Reply:
        """A command of an owner."""
        return await self.asks(command, words, chat=OWNER, user=OWNER)


def ways(case: Case) -> Mapping[str, Callable[[], Awaitable[Reply]]]:
    """Every command with words that somebody may type, by name."""
    r, article = case.r, case.r.choice(case.articles)
    words = nasty(r)
    known = r.choice(("corridor", "accord", "ankara"))
    typed = (
        "search", "brief", "story", "quotes", "why", "follow", "unfollow", "mute", "unmute", "save",
        "topics", "schedule", "timezone", "catchup", "pause", "feedback", "export", "start", "settings",
    )  # fmt: skip
    plain = (
        "digest", "ahead", "saved", "sources", "help", "privacy", "lang", "stop", "follow", "mute",
        "deletemydata", "settings", "topics", "schedule", "timezone",
    )  # fmt: skip
    owned = ("stats", "feeds", "health", "errors")
    found: dict[str, Callable[[], Awaitable[Reply]]] = {
        "the digest": case.digest,
        "inline": case.inline,
        "words": lambda: case.bot.types(words, language=case.language),
        "search found": lambda: case.asks("search", known),
        "story 1": lambda: case.asks("story", "1"),
        "story link": lambda: case.asks("start", f"s_{article.story}"),
        "proof": lambda: case.asks("start", f"a_{article.id}_{article.sentences[-1].start}"),
        "save 1": lambda: case.asks("save", "1"),
        "follow 1": lambda: case.asks("follow", "1"),
        "why 1": lambda: case.asks("why", "1"),
        "brief TR": lambda: case.asks("brief", "TR"),
        "quotes found": lambda: case.asks("quotes", " ".join(_speaker(article).split()[:1])),
        "story file": lambda: case.bot.sends(f"1:export:s:{article.story}"),
        "mute story": lambda: case.bot.sends(f"1:mute:+:s:{article.story}"),
        "follow story": lambda: case.bot.sends(f"1:follow:+:s:{article.story}"),
        "broadcast": lambda: case.own("broadcast", sendable(words)),
        "feed": lambda: case.own("feed", str(_source(case))),
        "ban": lambda: case.own("ban", words),
        "setup": lambda: case.asks(
            "setup", chat=-200, kind="supergroup", title=words, may_configure=True
        ),
    }
    found |= {f"{name} …": (lambda name=name: case.asks(name, words)) for name in typed}
    found |= {name: (lambda name=name: case.asks(name)) for name in plain}
    found |= {name: (lambda name=name: case.own(name)) for name in owned}
    return found


def storable(text: str) -> str:
    """What of a text a database holds: halves of surrogate pairs are replaced before they come so far."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def sendable(words: str) -> str:
    """What one message of Telegram holds beside its command."""
    return words.encode("utf-16-le", "surrogatepass")[:8000].decode("utf-16-le", "surrogatepass")


def _speaker(article: Article) -> str:
    return article.quotes[0].speaker if article.quotes else "nobody"


def _source(case: Case) -> int:
    return next(iter(case.bot.database.tables.sources.values())).id


def problems(reply: Reply) -> list[str]:
    """What Telegram would refuse of a reply, or show as something that it is not."""
    found = [one for each in reply.messages for one in _of_text(each.html, TEXT_UNITS)]
    found += [one for each in reply.messages for one in _of_keyboard(each.keyboard)]
    if reply.photo is not None:
        found += _of_text(reply.photo.caption, CAPTION_UNITS)
    for _, each in reply.elsewhere:
        found += _of_text(each.html, TEXT_UNITS)
    if units(reply.notice[:200]) > ALERT_UNITS or _has_surrogate(reply.notice):
        found.append("notice")
    return found


def _of_text(text: str, most: int) -> list[str]:
    if _has_surrogate(text):
        return ["unpaired surrogate"]
    try:
        plain, entities = parse_html(text)
    except MarkupError as error:
        return [f"refused: {error}"]
    found = []
    if not plain.strip() or units(plain) > most or len(entities) > ENTITIES:
        found.append(f"{units(plain)} units, {len(entities)} entities")
    found += [f"became {one.kind}" for one in entities if one.kind not in OURS]
    links = [one.url or "" for one in entities if one.kind == "text_link"]
    found += [f"leads to {url}" for url in links if not url.startswith(LINKS)]
    return found


def _of_keyboard(keyboard: Keyboard) -> list[str]:
    every = [one for row in keyboard for one in row]
    found = [f"{len(row)} in a row" for row in keyboard if len(row) > BUTTONS_A_ROW]
    found += [f"{len(every)} buttons"] if len(every) > BUTTONS else []
    for one in every:
        if not one.label.strip() or _has_surrogate(one.label):
            found.append(f"label {one.label!r}")
        if not 1 <= len((one.data or "x").encode("utf-8", "surrogatepass")) <= DATA_BYTES:
            found.append(f"data {one.data!r}")
    return found


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


async def run(cases: int, *, seed: int = 20261128) -> Tally:
    """So many cases, each one a command over generated texts."""
    r, tally = random.Random(seed), Tally()
    while tally.cases < cases:
        case = await Case(random.Random(r.random())).filled()
        for _ in range(min(A_WORLD, cases - tally.cases)):
            name, way = r.choice(sorted(ways(case).items(), key=lambda one: one[0]))
            reply = await way()
            tally.cases += 1
            tally.by_command[name] += 1
            tally.messages += len(reply.messages) + (reply.photo is not None)
            tally.buttons += sum(len(row) for one in reply.messages for row in one.keyboard)
            tally.wrong += [f"{name}: {problem}" for problem in problems(reply)]
    return tally


def main() -> None:
    parser = command(__doc__)
    parser.add_argument("cases", nargs="?", type=above_zero, default=CASES)
    cases = parser.parse_args().cases
    started = time.monotonic()
    tally = asyncio.run(run(cases))
    print(
        f"{tally.cases} cases, {tally.messages} messages and {tally.buttons} buttons of "
        f"{len(tally.by_command)} ways: {len(tally.wrong)} refused or taken for markup "
        f"({time.monotonic() - started:.0f} s)"
    )
    for problem, count in Counter(tally.wrong).most_common(20):
        print(f"{count:7} {problem[:200]}")
    sys.exit(bool(tally.wrong))


if __name__ == "__main__":
    main()
