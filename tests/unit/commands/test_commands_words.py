"""Commands by the words that people have for them, and what they say beside."""

from datetime import timedelta

import pytest

from bot.commands.names import agrees, command_called
from bot.commands.scopes import command_named
from bot.talk.changes import MOST_LISTED, newly, step_of
from bot.talk.places import fold
from digest.model.chats import Chat
from seeds.wordlists import word_lists
from tests.bot_world import ADA, NOW, BotWorld, button, buttons, text

PHRASES = ("greetings", "asks", "please")  # lists that bars part


@pytest.fixture
async def bot() -> BotWorld:
    world = BotWorld()
    await world.subscribed()
    return world


def test_each_word_means_one_thing_and_each_name_a_command() -> None:
    commands, courtesies = word_lists("commands.toml"), word_lists("courtesies.toml")
    names, said = (
        [
            word
            for name in lists.names
            if name not in ("speaker", "everyday", "place", "last")
            for word in set(map(fold, (lists.phrases if name in PHRASES else lists.words)(name)))
        ]
        for lists in (commands, courtesies)
    )
    every = [*names, *commands.names, *said]
    assert sorted(set(every)) == sorted(every)
    assert all(command_named(command) for command in commands.names)
    assert not any(command_named(name) for name in names)
    assert all(map(command_called, (*courtesies.words("everyday"), *courtesies.words("last"))))


@pytest.mark.parametrize(
    "name", ["hilfe", "aide", "ayuda", "помощь", "допомога", "menü", "yardım", "مساعدة"]
)
async def test_a_command_is_known_by_its_name_in_another_language(bot: BotWorld, name: str) -> None:
    assert text(await bot.asks(name)) == text(await bot.asks("help"))
    assert text(await bot.types(name)) == text(await bot.asks("help"))


async def test_a_name_in_another_language_takes_the_words_of_its_command(bot: BotWorld) -> None:
    assert "I do not know a place called “Narnia”" in text(await bot.asks("zeitzone", "Narnia"))
    assert "Paused until" in text(await bot.asks("пауза", "неделя"))


async def test_in_a_group_a_foreign_name_may_be_that_of_another_bot(bot: BotWorld) -> None:
    group = {"chat": -5, "kind": "supergroup", "may_configure": True}
    assert (await bot.asks("hilfe", **group)).messages == ()


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("Topics", "topics"),
        ("alerts", "settings"),
        ("Sprache?", "lang"),
        ("Time zone", "timezone"),
        ("темы", "topics"),
        ("Pausa", "pause"),
        ("quellen", "sources"),
        ("suivre", "follow"),
        ("ausblenden", "mute"),
        ("unmute", "unmute"),
        ("catch up", "catchup"),
        ("¿Por qué?", "why"),
    ],
)
async def test_a_command_is_said_as_a_word(bot: BotWorld, word: str, command: str) -> None:
    assert text(await bot.types(word)) == text(await bot.asks(command))


@pytest.mark.parametrize("word", ["/ settings", "#settings", "\\settings"])
async def test_a_sign_before_a_command_may_be_another_than_the_slash(
    bot: BotWorld, word: str
) -> None:
    assert text(await bot.types(word)) == text(await bot.asks("settings"))


@pytest.mark.parametrize("words", ["?", "/", "...", "//"])
async def test_signs_alone_ask_for_help(bot: BotWorld, words: str) -> None:
    assert text(await bot.types(words)) == text(await bot.asks("help"))


async def test_who_looks_for_a_country_or_a_pair_is_offered_its_brief(bot: BotWorld) -> None:
    assert button(await bot.types("Iran"), "📋 🇮🇷 Iran")
    reply = await bot.types("usa-cuba")
    assert "No article holds “usa-cuba”" in text(reply)
    assert "🇨🇺 Cuba" in text(await bot.presses(button(reply, "📋 🇨🇺 Cuba – 🇺🇸 United States")))
    assert (await bot.types("corridor")).messages[0].keyboard == ()


async def test_a_name_that_needs_words_is_searched_for(bot: BotWorld) -> None:
    assert command_called("recherche") == "search"
    assert "“recherche”" in text(await bot.types("recherche"))


@pytest.mark.parametrize(
    ("said", "command", "words"),
    [
        ("follow Iran", "follow", "Iran"),
        ("follow the Netherlands", "follow", "the Netherlands"),
        ("follow von der leyen", "follow", "von der leyen"),
        ("mute transfer market", "mute", "transfer market"),
        ("suivre l'Iran, la Turquie", "follow", "l'Iran, la Turquie"),
        ("seguir Irán-US", "follow", "Irán-US"),
        ("brief the Netherlands", "brief", "the Netherlands"),
        ("unfollow Iran", "unfollow", "Iran"),
        ("folgen Kaja Kallas, Iran, 2", "follow", "Kaja Kallas, Iran, 2"),
        ("citations Kennedy", "quotes", "Kennedy"),
        ("speichern 2", "save", "2"),
        ("mute cricket, transfer market", "mute", "cricket, transfer market"),
        ("ausblenden Fußball", "mute", "Fußball"),
        ("chercher corridor", "search", "corridor"),
        ("pause 2 Wochen", "pause", "2 Wochen"),
        ("пауза неделя", "pause", "неделя"),
        ("rattrapage 3 jours", "catchup", "3 jours"),
        ("horaire 8 h en semaine", "schedule", "8 h en semaine"),
        ("Zeitzone Tokio", "timezone", "Tokio"),
        ("langue français", "lang", "français"),
        ("story 12", "story", "12"),
        ("why 2?", "why", "2"),
        ("Warum 2", "why", "2"),
        ("¿por qué 2?", "why", "2"),
        ("catch up 3d", "catchup", "3d"),
        ("time zone Oslo", "timezone", "Oslo"),
        ("quotes from Kennedy", "quotes", "from Kennedy"),
        ("Zitate von Kennedy?", "quotes", "von Kennedy"),
        ("unmute cricket", "unmute", "cricket"),
        ("topics Iran, energy", "topics", "Iran, energy"),
        ("unfollow all", "unfollow", "all"),
        ("schedule quiet 22-7", "schedule", "quiet 22-7"),
        ("Ruhezeit 22-7", "schedule", "Ruhezeit 22-7"),
        ("quiet off", "schedule", "quiet off"),
        ("folge Iran", "follow", "Iran"),
        ("следить за Ираном", "follow", "Ираном"),
        ("brief on Iran, about Cuba", "brief", "Iran, Cuba"),
        ("найди коридор", "search", "коридор"),
        ("pause for two weeks please", "pause", "for two weeks"),
        ("Bitte ausblenden Fußball", "mute", "Fußball"),
        ("folge Iran, bitte!", "follow", "Iran"),
        ("будь ласка, пауза тиждень", "pause", "тиждень"),
        ("#2", "story", "2"),
        ("2.", "story", "2"),
        ("story #2", "story", "2"),
        ("story two", "story", "2"),
        ("Meldung 2", "story", "2"),
        ("save story 1", "save", "1"),
        ("why story 2?", "why", "2"),
        ("follow story 1", "follow", "1"),
        ("Fußball ausblenden", "mute", "Fußball"),
        ("bitte Iran verfolgen", "follow", "Iran"),
        ("Meldung 2 speichern", "save", "2"),
        ("Korridor suchen", "search", "Korridor"),
        ("Topics: Iran, energy", "topics", "Iran, energy"),
        ("довідка Іран", "brief", "Іран"),
    ],
)
async def test_a_command_is_said_with_its_words(said: str, command: str, words: str) -> None:
    worlds = BotWorld(), BotWorld()
    for world in worlds:
        await world.subscribed()
    assert await worlds[0].types(said) == await worlds[1].asks(command, words)
    assert await worlds[0].chat() == await worlds[1].chat()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("pause bis Montag", "lun. à 00:00"),
        ("brief Vereinigte Staaten", "États-Unis"),
        ("language Deutsch", "Sprache"),
        ("horario 8 Uhr abends", "20:00"),
        ("timezone Німеччина", "Berlin"),
        ("themen Naher Osten", "Moyen-Orient"),
        ("unmute cricket", "cricket"),
    ],
)
async def test_words_of_another_language_are_understood(said: str, told: str) -> None:
    bot = BotWorld()
    await bot.subscribed(language="fr")
    assert told in text(await bot.types(said))


@pytest.mark.parametrize(
    "words",
    [
        "follow the money",
        "warum Medien Krieg ausblenden",
        "Wege aus dem Krieg suchen",
        "unfollow ;",
        "follow all",
        "quotes of the day",
        "follow Them All To The Sea",
        "follow The Money",
        "mute button on talks",
        "ausblenden Ende der Welt",
        "brief history",
        "brief on history",
        "mute swans and all their kin",
        "pause for thought",
        "schedule of talks",
        "zona gris",
        "story of Isfahan",
        "quotes from the day",
        "topics of Iran, energy",
        "why 100 lorries wait",
        "schedule quiet diplomacy",
        "quiet diplomacy",
        "export controls",
        "language barrier",
        "catchup growth",
        "search " + "x" * 101,
    ],
)
async def test_what_a_command_does_not_understand_is_searched_for(
    bot: BotWorld, words: str
) -> None:
    assert f"No article holds “{words}" in text(await bot.types(words))


async def test_what_may_be_to_be_followed_is_searched_for_and_offered(bot: BotWorld) -> None:
    found = await bot.types("follow The Money")
    followed = await bot.presses(button(found, "🔔 Follow: “The Money”"))
    assert (await bot.chat()).wish.words == {"the money"}
    assert followed.edits and "✕ “the money”" in [one.label for one in buttons(followed)]


async def test_what_may_be_to_be_muted_is_searched_for_and_offered(bot: BotWorld) -> None:
    found = await bot.types("mute button on talks")
    muted = await bot.presses(button(found, "🔕 Mute: “button on talks”"))
    assert (await bot.chat()).wish.muted == {"button on talks"}
    assert muted.edits and "✕ “button on talks”" in [one.label for one in buttons(muted)]
    bot.clock.advance(timedelta(days=2))
    late = await bot.presses(button(found, "🔕 Mute"))
    assert late.refused == "refuse.old-question"


async def test_a_full_list_says_so_to_who_mutes_by_a_button(bot: BotWorld) -> None:
    await bot.asks("mute", ", ".join(f"word {number}" for number in range(MOST_LISTED)))
    full = await bot.presses(button(await bot.types("mute button on talks"), "🔕 Mute"))
    assert full.alert and "button on talks" in full.notice


@pytest.mark.parametrize(
    "words", ["follow me to the end of it", "mute the sound, the picture", "mute"]
)
async def test_what_is_no_thing_to_follow_or_mute_is_not_offered(bot: BotWorld, words: str) -> None:
    assert not any("🔔" in one.label or "“" in one.label for one in buttons(await bot.types(words)))


async def test_who_asks_about_a_country_in_a_sentence_is_offered_its_brief(bot: BotWorld) -> None:
    asked = await bot.types("And what is new in Cuba, Türkiye, Cuba or Narnia?")
    assert "No article holds" in text(asked)
    assert [one.label for one in buttons(asked)] == ["📋 🇨🇺 Cuba", "📋 🇹🇷 Türkiye"]


async def test_who_finds_nothing_is_told_what_else_there_is(bot: BotWorld) -> None:
    assert "/help" in text(await bot.types("change the hour to 8"))


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("how do I change the language?", "/lang"),
        ("wie ändere ich die Uhrzeit?", "/schedule"),
        ("stop sending, please", "/stop"),
        ("wo sind die Einstellungen für den Zeitplan", "/settings, /schedule"),
        ("my news, news: topics and sources and stop", "/digest, /topics, /sources"),
        ("what time do you send?", "/schedule"),
    ],
)
async def test_who_speaks_of_a_command_and_finds_nothing_is_told_of_it(
    bot: BotWorld, said: str, names: str
) -> None:
    assert text(await bot.types(said)).endswith(f"Did you mean {names}?")
    assert "Did you mean" not in text(await bot.asks("search", said))


@pytest.mark.parametrize(
    "said",
    [
        "time is running out for Narnia",
        "the hours before the speech",
        "good time to buy",
        "news about Narnia",
        "die Suche nach Frieden in Narnia",
        "l'heure de vérité",
        "время мира",
    ],
)
async def test_an_everyday_word_in_a_sentence_of_the_news_means_no_command(
    bot: BotWorld, said: str
) -> None:
    found = text(await bot.types(said))
    assert "No article holds" in found and "Did you mean" not in found


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("setings", "settings"),
        ("halp", "help"),
        ("unsubscrib", "stop"),
        ("shedule 8:00", "schedule"),
        ("folow Narnia", "follow"),
        ("Einstelungen", "settings"),
        ("налаштуваня", "settings"),
    ],
)
async def test_a_misspelt_command_that_finds_nothing_is_named(
    bot: BotWorld, said: str, command: str
) -> None:
    new = BotWorld()
    await new.asks("start")
    assert f"Did you mean /{command}?" in text(await new.types(said))
    assert text(await bot.types(said)).endswith(f"Did you mean /{command}?")


@pytest.mark.parametrize("said", ["Narnia", "stoppage of trade in Narnia", "halo", "the setings"])
async def test_other_words_are_near_no_command(bot: BotWorld, said: str) -> None:
    assert "Did you mean" not in text(await bot.types(said))


async def labels(bot: BotWorld, said: str) -> list[str]:
    return [one.label for one in buttons(await bot.types(said))]


async def test_who_asks_for_an_hour_in_a_sentence_may_add_it(bot: BotWorld) -> None:
    assert await labels(bot, "can I get it at 7 in the evening?") == ["🕘 + 19:00"]
    assert await labels(bot, "kannst du mir das um 19 Uhr schicken?") == ["🕘 + 19:00"]
    assert await labels(bot, "please send it at 8 and at 18:15") == ["🕘 + 08:00", "🕘 + 18:15"]
    assert await labels(bot, "the vote was at 7:30 in Narnia") == []
    await bot.presses(button(await bot.types("send it at seven pm"), "🕘 + 19:00"))
    assert (await bot.chat()).schedule.at == ("07:30", "19:00")


async def test_who_names_days_may_have_the_digest_on_them(bot: BotWorld) -> None:
    await bot.presses(button(await bot.types("only on weekdays"), "🗓 Mon–Fri"))
    assert (await bot.chat()).schedule.weekdays == frozenset(range(5))
    assert await labels(bot, "weekdays") == []
    assert await labels(bot, "Monday") == []


async def test_who_asks_for_a_language_in_a_sentence_may_choose_it(bot: BotWorld) -> None:
    assert "🗣 français" in await labels(bot, "can you speak French?")
    assert "🗣 Deutsch" in await labels(bot, "Schreib mir auf Deutsch")
    assert await labels(bot, "French envoy recalled") == ["📋 🇫🇷 France"]


async def test_who_asks_for_topics_in_a_sentence_may_switch_them(bot: BotWorld) -> None:
    said = await bot.types("I also want sanctions and Africa")
    await bot.presses(button(said, "+ Sanctions"))
    assert (await bot.chat()).wish.topics == {"sanctions"}
    assert await labels(bot, "remove sanctions") == ["✕ Sanctions"]
    assert "+ Africa" in await labels(bot, "add Africa")
    assert await labels(bot, "sanctions hit Narnia") == []


async def test_who_moves_may_have_the_clock_moved(bot: BotWorld) -> None:
    asked = await bot.presses(button(await bot.types("I moved to Hanoi"), "📍 Hanoi"))
    assert "Hanoi" in text(asked) and "right?" in text(asked)
    assert "📍" not in "".join(await labels(bot, "Hanoi hosts the envoys"))
    assert "📍" not in "".join(await labels(bot, "I want no more of Hanoi"))


async def test_who_names_a_language_may_choose_it_by_a_button(bot: BotWorld) -> None:
    chosen = await bot.presses(button(await bot.types("Français"), "🗣 français"))
    assert (await bot.chat()).language == "fr" and "langue" in text(chosen)
    assert "🗣" not in "".join(one.label for one in buttons(await bot.types("French")))


async def test_who_names_an_hour_may_add_it_by_a_button(bot: BotWorld) -> None:
    added = await bot.presses(button(await bot.types("9 am"), "🕘 + 09:00"))
    assert (await bot.chat()).schedule.at == ("07:30", "09:00") and added.edits
    for said in ("9:00", "Monday", "Monday 8:00"):
        assert "🕘" not in "".join(one.label for one in buttons(await bot.types(said)))


@pytest.mark.parametrize("said", ["What can you do?", "¿Qué es esto?", "как это работает"])
async def test_who_asks_what_this_is_is_helped(said: str) -> None:
    bot = BotWorld()
    await bot.asks("start")
    assert text(await bot.types(said)) == text(await bot.asks("help"))


@pytest.mark.parametrize(
    "said",
    [
        "delete my data",
        "Meine Daten löschen",
        "deletemydata",
        "delete my account",
        "Forget me!",
        "delete me please",
        "lösche meine Daten",
        "supprimez mes données",
        "borra mis datos",
        "удали мои данные",
        "видали мої дані",
    ],
)
async def test_who_wants_their_data_deleted_is_asked(bot: BotWorld, said: str) -> None:
    assert text(await bot.types(said)) == text(await bot.asks("deletemydata"))


@pytest.mark.parametrize(
    "word",
    [
        "ok",
        "Thanks!",
        "next",
        "hola",
        "👍",
        "Да.",
        "merci beaucoup !",
        "Guten Morgen",
        "teşekkürler",
        "شكرا",
    ],
)
async def test_a_courtesy_is_not_searched_for(bot: BotWorld, word: str) -> None:
    assert "At your service." in text(await bot.types(word))


async def test_ok_goes_on_where_the_step_may_be_left(bot: BotWorld) -> None:
    new = BotWorld()
    await new.asks("start")
    assert "<b>When shall it come?</b>" in text(await new.types("Ok"))
    stays = await new.types("ok")
    assert text(stays).startswith("<b>When shall it come?</b>")
    assert "I cannot read" not in text(stays)
    await new.types("7:30")
    stays = await new.types("yes")
    assert text(stays).startswith("<b>Where are you?</b>")
    assert step_of(await new.chat()) == "where"


async def test_next_goes_on_as_its_button_does(bot: BotWorld) -> None:
    new = BotWorld()
    await new.asks("start")
    await new.types("weiter")
    assert "<b>Where are you?</b>" in text(await new.types("skip"))
    assert "<b>Done.</b>" in text(await new.types("next"))
    assert (await new.chat()).active


async def test_next_leads_to_the_hour_where_the_place_came_first(bot: BotWorld) -> None:
    new = BotWorld()
    await new.asks("start")
    await new.asks("timezone")
    assert "<b>When shall it come?</b>" in text(await new.types("next"))


async def test_a_greeting_in_the_set_up_is_answered_by_its_step(bot: BotWorld) -> None:
    new = BotWorld()
    await new.asks("start")
    reply = await new.types("thanks")
    assert text(reply).startswith("<b>What shall I watch?</b>")
    assert "no country" not in text(reply)


@pytest.mark.parametrize("word", ["Geneva", "genf?"])
async def test_yes_takes_the_place_that_was_asked_about(word: str) -> None:
    new = BotWorld()
    await new.asks("start")
    await new.types("next")
    assert "Is Geneva where you are?" in text(await new.types(word))
    assert "the clocks of Geneva (Europe/Zurich) count" in text(await new.types("yes"))
    assert "Next digest" in text(await new.types("8"))
    assert (await new.chat()).schedule.at == ("08:00",)


async def test_yes_ends_the_set_up_where_the_place_is_the_last_question() -> None:
    new = BotWorld()
    await new.asks("start")
    await new.types("ok")
    await new.types("8")
    assert "right? Tehran" in text(await new.types("Iran"))
    reply = await new.types("Yes!")
    assert "<b>Done.</b>" in text(reply)
    assert not reply.edits


async def test_a_place_of_the_buttons_can_be_confirmed_by_typing(bot: BotWorld) -> None:
    new = BotWorld()
    await new.asks("start")
    for words in ("ok", "7:30"):
        page = await new.types(words)
    await new.presses(button(page, "Geneva"))
    assert "<b>Done.</b>" in text(await new.types("yes"))


@pytest.mark.parametrize("before", ["", "Oslo"])
async def test_yes_takes_the_country_whose_clock_was_asked_about_last(before: str) -> None:
    new = BotWorld()
    await new.asks("start")
    for words in ("ok", "7:30", *filter(None, [before])):
        await new.types(words)
    asked = await new.sends("1:timezone:country:JP")
    assert "Tokyo (Asia/Tokyo)" in text(asked)
    assert "<b>Done.</b>" in text(await new.types("yes"))
    assert (await new.chat()).schedule.zone == "Asia/Tokyo"


@pytest.mark.parametrize("data", ["timezone", "timezone:regions", "timezone:country:US"])
async def test_a_page_to_choose_from_ends_the_question(data: str) -> None:
    new = BotWorld()
    await new.asks("start")
    for words in ("ok", "7:30", "Oslo"):
        await new.types(words)
    await new.sends(f"1:{data}")
    assert "Where are you?" in text(await new.types("yes"))
    assert not (await new.chat()).active


@pytest.mark.parametrize("between", ["no", "Atlantis", "9:00"])
async def test_what_is_typed_between_ends_the_question(between: str) -> None:
    new = BotWorld()
    await new.asks("start")
    for words in ("ok", "8", "Vienna", between):
        reply = await new.types(words)
    assert "Where are you?" in text(reply) or "I do not know a place" in text(reply)
    assert "Where are you?" in text(await new.types("yes"))
    assert not (await new.chat()).active


async def test_a_yes_to_a_city_among_the_topics_is_about_the_place() -> None:
    new = BotWorld()
    await new.asks("start")
    await new.types("Geneva")
    assert "the clocks of Geneva (Europe/Zurich) count" in text(await new.types("yes"))
    assert step_of(await new.chat()) == "topics"


async def test_a_bare_number_is_an_hour_where_one_is_asked_for(bot: BotWorld) -> None:
    await bot.asks("schedule", "8")
    assert (await bot.chat()).schedule.at == ("08:00",)
    assert "I cannot read “24”" in text(await bot.asks("schedule", "24"))


@pytest.mark.parametrize(
    ("said", "hour"),
    [("seven", "07:00"), ("семь", "07:00"), ("730", "07:30"), ("7 30", "07:30"), ("1815", "18:15")],
)
async def test_a_number_is_an_hour_where_nothing_else_can_be_meant(said: str, hour: str) -> None:
    new = BotWorld()
    await new.asks("start")
    await new.types(said)
    assert (await new.chat()).schedule.at == ()
    await new.sends("1:start:when")
    assert "Where are you?" in text(await new.types(said))
    assert (await new.chat()).schedule.at == (hour,)


@pytest.mark.parametrize("step", ["topics", "where"])
async def test_a_bare_number_is_an_hour_at_any_step(step: str) -> None:
    new = BotWorld()
    await new.asks("start")
    await new.sends(f"1:start:{step}") if step == "where" else None
    assert "Noted: 08:00 · Daily" in text(await new.types("8"))
    assert step_of(await new.chat()) == step


@pytest.mark.parametrize("step", ["topics", "when", "where"])
@pytest.mark.parametrize(
    ("said", "command", "words"),
    [
        ("langue français", "lang", "français"),
        ("schedule quiet 22-7", "schedule", "quiet 22-7"),
        ("quotes Kennedy", "quotes", "Kennedy"),
        ("warum 1", "why", "1"),
        ("mute cricket", "mute", "cricket"),
        ("теми: війна, переговори", "topics", "війна, переговори"),
        ("найди коридор", "search", "коридор"),
    ],
)
async def test_a_command_is_said_with_its_words_in_the_set_up_too(
    step: str, said: str, command: str, words: str
) -> None:
    worlds = BotWorld(), BotWorld()
    for world in worlds:
        await world.asks("start")
        await world.sends(f"1:start:{step}")
    assert await worlds[0].types(said) == await worlds[1].asks(command, words)
    assert await worlds[0].chat() == await worlds[1].chat()


async def test_start_needs_no_slash() -> None:
    new = BotWorld()
    assert "<b>What shall I watch?</b>" in text(await new.types("Start"))
    assert not (await new.chat()).active


async def test_a_channel_in_set_up_hears_a_yes_of_its_owner(bot: BotWorld) -> None:
    await bot.database.chats.save(newly(Chat(id=-9, kind="channel", title="E", owner=ADA), now=NOW))
    reply = await bot.types("ok", may_configure=True)
    assert "<b>When shall it come?</b>" in text(reply)
    assert "<b>Where is this read?</b>" in text(await bot.types("8", may_configure=True))


def test_a_longer_sentence_is_no_ok() -> None:
    assert agrees("OK!!")
    assert not agrees("ok but later")
