"""The limits of the Bot API on texts, keyboards, commands and links."""

import re
from collections.abc import Mapping

from .entities import Entity, Json, bot_commands, ordered, tidy, units
from .errors import Refusal, bad_request
from .html import MarkupError, parse_html

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
ENTITIES = 100  # Telegram drops those beyond without a word; here they are refused
BUTTONS_A_ROW = 8
BUTTONS = 100
DATA_BYTES = 64
ALERT_UNITS = 200
COMMANDS = 100
DESCRIPTION_UNITS = 256
INLINE_RESULTS = 50
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_URL = re.compile(r"https?://[^\s/?#@]+(\.[^\s/?#@]+)+([/?#]\S*)?|tg://\S+", re.IGNORECASE)
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
Text = tuple[str, tuple[Entity, ...]]
Keyboard = tuple[tuple[Json, ...], ...]


def read_text(params: Mapping[str, object], *, caption: bool = False) -> Text:
    """The plain text and entities that a request asks for, within the limits.

    Raises Refusal: can't parse entities, text is empty, too long, too many entities.
    """
    name = "caption" if caption else "text"
    source = str(params.get(name) or "")
    if not source and not caption:
        raise bad_request("message text is empty")
    marks = params.get("caption_entities" if caption else "entities")
    text, entities = tidy(*_parsed(source, params.get("parse_mode"), marks))
    if not text and not caption:
        raise bad_request("text must be non-empty")
    if units(text) > (CAPTION_UNITS if caption else TEXT_UNITS):
        raise bad_request("message caption is too long" if caption else "message is too long")
    if len(entities) > ENTITIES:
        raise bad_request(f"{len(entities)} entities, of which Telegram keeps {ENTITIES}")
    inside = [one for one in bot_commands(text) if not _covered(one, entities)]
    return text, ordered((*entities, *inside))


def _covered(command: Entity, entities: tuple[Entity, ...]) -> bool:
    kinds = ("code", "pre", "text_link", "text_mention")
    return any(one.kind in kinds and one.offset <= command.offset < one.end for one in entities)


def _parsed(source: str, mode: object, marks: object) -> Text:
    if mode is None:
        return source, tuple(_given(mark) for mark in marks) if isinstance(marks, list) else ()
    if str(mode).lower() != "html":
        raise bad_request(f"the test server reads HTML only, not {mode}")
    try:
        return parse_html(source)
    except MarkupError as problem:
        raise bad_request(f"can't parse entities: {problem}") from problem


def _given(mark: Json) -> Entity:
    person = mark.get("user") or {}
    return Entity(
        mark["type"],
        mark["offset"],
        mark["length"],
        url=mark.get("url"),
        language=mark.get("language"),
        emoji=mark.get("custom_emoji_id"),
        user=person.get("id"),
    )


def read_keyboard(markup: Json | None) -> Keyboard:
    """The rows of an inline keyboard; none for other markup. Raises Refusal."""
    rows = (markup or {}).get("inline_keyboard", [])
    kept = tuple(tuple(_button(button) for button in row) for row in rows if row)
    if any(len(row) > BUTTONS_A_ROW for row in kept):
        raise bad_request(f"a row of the keyboard has more than {BUTTONS_A_ROW} buttons")
    if sum(len(row) for row in kept) > BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return kept


def _button(button: Json) -> Json:
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if not str(button["text"]).strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"an inline keyboard button does one thing, not {' and '.join(actions)}")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not _URL.fullmatch(button["url"]):
        raise bad_request("BUTTON_URL_INVALID")
    return button


def check_commands(commands: list[Json]) -> None:
    """Refuse a menu that Telegram would not take."""
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not _COMMAND.fullmatch(one["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= units(one["description"].strip()) <= DESCRIPTION_UNITS:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def check_inline_results(results: list[Json]) -> None:
    """Refuse inline answers that Telegram would not take."""
    if len(results) > INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    names = [str(one["id"]) for one in results]
    if any(not 1 <= len(name.encode()) <= DATA_BYTES for name in names):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(names)) < len(names):
        raise bad_request("RESULT_ID_DUPLICATE")
    for one in results:
        _check_inline_result(one)


def _check_inline_result(one: Json) -> None:
    content = one.get("input_message_content") or {}
    if "message_text" in content:
        read_text({**content, "text": content["message_text"]})
    read_keyboard(one.get("reply_markup"))


def check_token(given: str, expected: str) -> None:
    """401 for another bot's token, 404 for what is no token."""
    if given == expected:
        return
    if re.fullmatch(r"\d+:[\w-]+", given):
        raise Refusal(401)
    raise Refusal(404)
