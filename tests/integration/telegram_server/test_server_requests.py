"""Texts, keyboards and profile: what the server takes and what it refuses."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import BadRequest, InvalidToken

from tests.telegram_server import Chat, InProcessRequest, Person, TelegramServer
from tests.telegram_server.props import buttons
from tests.telegram_server.schema import method_fields
from tests.telegram_server.server import METHODS


async def reason(server: TelegramServer, method: str, **params: object) -> str:
    """Why a call is refused."""
    return (await server.ask(method, **params)).description


async def test_a_message_is_kept_as_plain_text_with_entities(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    sent = await bot.send_message(7, "<b>One</b> &amp; /two", parse_mode="HTML")
    (message,) = server.sent(ada)
    assert (message.text, message.source) == ("One & /two", "<b>One</b> &amp; /two")
    assert [one.kind for one in message.entities] == ["bold", "bot_command"]
    assert sent.text_html == "<b>One</b> &amp; /two"


async def test_the_dump_shows_what_a_person_reads(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    link = InlineKeyboardButton("Source", url="https://example.org/a")
    await bot.send_message(7, "<i>Hello</i>", parse_mode="HTML", reply_markup=buttons("Yes"))
    await bot.send_message(7, "More", reply_markup=InlineKeyboardMarkup([[link]]))
    assert server.dump(ada) == (
        "#1 Ada\n/start\n\n#2 Attaché\nHello\n[1: Yes]\n\n"
        "#3 Attaché\nMore\n[1: Source → https://example.org/a]"
    )


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "Message text is empty"),
        (" \n ", "Text must be non-empty"),
        ("x" * 4097, "Message is too long"),
        ("🕊" * 2049, "Message is too long"),
        ("<b>x", "Can't parse entities: can't find end tag corresponding to start tag \"b\""),
        ("<b>x</b> " * 101, "101 entities, of which telegram keeps 100"),
    ],
)
async def test_a_text_over_a_limit_is_refused(
    bot: Bot, ada: Person, text: str, refusal: str
) -> None:
    with pytest.raises(BadRequest) as caught:
        await bot.send_message(7, text, parse_mode="HTML")
    assert str(caught.value).lower() == refusal.lower()


async def test_the_length_counts_after_parsing(bot: Bot, ada: Person) -> None:
    await bot.send_message(7, "<b>" + "🕊" * 2048 + "</b>", parse_mode="HTML")


async def test_another_markup_than_html_is_refused(bot: Bot, ada: Person) -> None:
    with pytest.raises(BadRequest, match="html only"):
        await bot.send_message(7, "*x*", parse_mode="MarkdownV2")


async def test_the_links_of_a_message_are_at_hand(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    await bot.send_message(7, '<a href="https://a.example/1">¹</a> <b>x</b>', parse_mode="HTML")
    assert server.sent(ada)[0].links == ("https://a.example/1",)


async def test_entities_may_be_given_in_place_of_markup(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    first = await bot.send_message(7, "<b>x</b>", parse_mode="HTML")
    await bot.send_message(7, "x", entities=first.entities)
    assert server.sent(ada)[0].entities == server.sent(ada)[1].entities


async def test_preview_sound_and_reply_are_kept(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    await bot.send_message(
        7,
        "x",
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_parameters=ReplyParameters(1),
    )
    (message,) = server.sent(ada)
    assert message.is_silent and not message.has_preview
    assert message.reply_to is server.messages(ada)[0]


async def test_a_reply_to_nothing_is_refused_unless_allowed(bot: Bot, ada: Person) -> None:
    with pytest.raises(BadRequest, match="replied not found"):
        await bot.send_message(7, "x", reply_parameters=ReplyParameters(99))
    await bot.send_message(7, "x", reply_parameters=ReplyParameters(99, None, True))


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"chat_id": 7}, 'parameter "text" is required'),
        ({"chat_id": 7, "text": 5}, 'parameter "text" must be str'),
        ({"chat_id": 7, "text": "x", "colour": "red"}, 'unknown parameter "colour"'),
        ({"chat_id": True, "text": "x"}, 'parameter "chat_id" must be int'),
        ({"chat_id": 7, "text": "x", "message_thread_id": "a"}, "can't parse message_thread_id"),
        ({"chat_id": 7, "text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON"),
        (
            {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[{"data": "x"}]]}},
            'parameter "reply_markup.inline_keyboard.0.0.text" is required',
        ),
        (
            {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": {}}},
            'parameter "reply_markup.inline_keyboard" must be an array',
        ),
        ({"chat_id": 7, "text": "x", "disable_notification": "maybe"}, "must be bool"),
        ({"chat_id": 7, "text": "x", "link_preview_options": 4}, "must be LinkPreviewOptions"),
    ],
)
async def test_a_request_that_does_not_fit_the_model_is_refused(
    server: TelegramServer, ada: Person, params: dict[str, object], refusal: str
) -> None:
    assert refusal in await reason(server, "sendMessage", **params)
    assert server.refused == server.transcript


async def test_the_case_of_a_method_does_not_matter(server: TelegramServer) -> None:
    assert (await server.ask("GETME")).is_ok


async def test_a_scope_of_an_unknown_kind_is_refused(server: TelegramServer) -> None:
    told = await reason(server, "setMyCommands", commands="[]", scope='{"type":"planet"}')
    assert "scope" in told


async def test_unknown_methods_are_not_found(server: TelegramServer) -> None:
    for name in ("sendPigeon", "sendDice", "__init__"):
        assert (await server.ask(name)).answer.status == 404


def test_the_models_read_from_source_are_those_that_aiogram_builds() -> None:
    import aiogram.methods  # six seconds: only here

    models = {
        model.__api_method__.lower(): model
        for name in aiogram.methods.__all__
        if name not in ("TelegramMethod", "Request", "Response")
        for model in [getattr(aiogram.methods, name)]
    }
    for method in METHODS:
        model = models[method.lower()]
        fields = method_fields(model.__api_method__)
        assert set(fields) == set(model.model_fields), method
        required = {name for name, field in model.model_fields.items() if field.is_required()}
        assert {name for name, field in fields.items() if field.required} == required, method


async def test_a_wrong_token_is_unauthorised_and_a_malformed_one_not_found(
    server: TelegramServer,
) -> None:
    assert (await server.call("43:OTHER", "getMe", {})).status == 401
    assert (await server.call("nonsense", "getMe", {})).status == 404
    with pytest.raises(InvalidToken):
        await Bot("43:OTHER", request=InProcessRequest(server)).initialize()


@pytest.mark.parametrize(
    ("button", "refusal"),
    [
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "url": "nowhere"}, "BUTTON_URL_INVALID"),
        ({"text": "x", "url": "http://localhost/"}, "BUTTON_URL_INVALID"),
        ({"text": "x"}, "text buttons are unallowed"),
        ({"text": " ", "callback_data": "x"}, "text must be non-empty"),
        ({"text": "x", "callback_data": "x", "url": "https://a.example"}, "does one thing"),
    ],
)
async def test_a_button_that_telegram_would_not_take_is_refused(
    server: TelegramServer, ada: Person, button: dict[str, str], refusal: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    told = await reason(server, "sendMessage", chat_id=7, text="x", reply_markup=markup)
    assert refusal in told


@pytest.mark.parametrize(("rows", "a_row"), [(1, 9), (13, 8)])
async def test_too_many_buttons_are_refused(bot: Bot, ada: Person, rows: int, a_row: int) -> None:
    row = [InlineKeyboardButton("x", callback_data="x")] * a_row
    with pytest.raises(BadRequest):
        await bot.send_message(7, "x", reply_markup=InlineKeyboardMarkup([row] * rows))


async def test_64_bytes_of_data_and_a_tg_address_pass(bot: Bot, ada: Person) -> None:
    row = [
        InlineKeyboardButton("x", callback_data="é" * 32),
        InlineKeyboardButton("x", url="tg://resolve?domain=x"),
    ]
    await bot.send_message(7, "x", reply_markup=InlineKeyboardMarkup([row]))


async def test_the_menu_follows_scope_and_language(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    group_scope, chat_scope = BotCommandScopeAllGroupChats(), BotCommandScopeChat(7)
    await bot.set_my_commands([BotCommand("start", "Start")])
    await bot.set_my_commands([BotCommand("start", "Los")], language_code="de")
    await bot.set_my_commands([BotCommand("digest", "Digest")], scope=group_scope)
    assert [one["description"] for one in server.menu(ada)] == ["Start"]
    assert [one["description"] for one in server.menu(server.user(8, language_code="de"))] == [
        "Los"
    ]
    assert [one["command"] for one in server.menu(ada, forum)] == ["digest"]
    assert [one.command for one in await bot.get_my_commands(scope=group_scope)] == ["digest"]
    await bot.delete_my_commands(scope=group_scope)
    assert [one["command"] for one in server.menu(ada, forum)] == ["start"]
    await bot.set_my_commands([BotCommand("only", "Only")], scope=chat_scope)
    assert [one["command"] for one in server.menu(ada)] == ["only"]
    await bot.set_my_commands([], scope=chat_scope)
    await bot.delete_my_commands()
    assert server.menu(server.user(9, language_code=None)) == ()


@pytest.mark.parametrize(
    ("command", "description", "refusal"),
    [
        ("Digest", "x", "BOT_COMMAND_INVALID"),
        ("x" * 33, "x", "BOT_COMMAND_INVALID"),
        ("a-b", "x", "BOT_COMMAND_INVALID"),
        ("digest", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("digest", "x" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands_have_limits(
    server: TelegramServer, command: str, description: str, refusal: str
) -> None:
    commands = [{"command": command, "description": description}]
    assert refusal in await reason(server, "setMyCommands", commands=commands)


async def test_a_menu_has_at_most_100_commands_and_a_known_language(server: TelegramServer) -> None:
    many = [{"command": f"c{number}", "description": "x"} for number in range(101)]
    assert "TOO_MUCH" in await reason(server, "setMyCommands", commands=many)
    told = await reason(server, "setMyCommands", commands=[], language_code="english")
    assert "LANGUAGE_CODE_INVALID" in told


async def test_the_profile_is_kept_by_language(bot: Bot) -> None:
    await bot.set_my_description("Long")
    await bot.set_my_description("Lang", language_code="de")
    await bot.set_my_short_description("Short")
    await bot.set_my_name("Attaché")
    assert (await bot.get_my_description()).description == "Long"
    assert (await bot.get_my_description(language_code="de")).description == "Lang"
    assert (await bot.get_my_description(language_code="fr")).description == "Long"
    assert (await bot.get_my_short_description()).short_description == "Short"
    assert (await bot.get_my_name()).name == "Attaché"
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("x" * 121)


async def test_an_unknown_action_is_refused(bot: Bot, ada: Person) -> None:
    await bot.send_chat_action(7, "typing")
    with pytest.raises(BadRequest, match=r"(?i)wrong parameter action"):
        await bot.send_chat_action(7, "juggling")
