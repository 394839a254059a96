"""Runs a command by its name: scope, rights and refusals in one place."""

from collections.abc import Awaitable, Callable, Mapping

from digest.errors import InputError

from ..talk.aiming import aim
from ..talk.app import App
from ..talk.near import nearest
from ..talk.request import NOTHING, Reply, Request
from ..talk.subscriptions import NotManaged, NotSubscribed
from . import another_topic, asked
from .add import add
from .ahead import ahead
from .ban import ban, unban
from .brief import brief
from .broadcast import broadcast
from .catchup import catchup
from .close import close
from .deletemydata import deletemydata, unlink
from .digest import digest
from .errors import errors, retry
from .export import export
from .feedback import feedback
from .feeds import feed, feeds
from .follow import follow, unfollow
from .health import health
from .help import help
from .invite import invite
from .mute import mute, unmute
from .names import command_called
from .opml import opml
from .pause import pause
from .privacy import privacy
from .quotes import quotes
from .refusing import refusal
from .reload import reload
from .saved import save, saved
from .schedule import schedule
from .scopes import (
    Command,
    command_named,
    is_known_to,
    needs_rights,
    offered,
    works_from_afar,
    works_in,
)
from .search import search
from .settings import language, settings
from .sources import sources
from .start import start
from .stats import stats
from .stop import stop
from .story import story
from .timezone import timezone
from .topics import topics
from .why import why

Handler = Callable[[Request, App], Awaitable[Reply]]

HANDLERS: Mapping[str, Handler] = {
    "start": start,
    "setup": start,
    "digest": digest,
    "topics": topics,
    "schedule": schedule,
    "brief": brief,
    "ahead": ahead,
    "search": search,
    "sources": sources,
    "settings": settings,
    "timezone": timezone,
    "lang": language,
    "story": story,
    "quotes": quotes,
    "export": export,
    "add": add,
    "opml": opml,
    "why": why,
    "pause": pause,
    "stop": stop,
    "unlink": unlink,
    "deletemydata": deletemydata,
    "help": help,
    "feedback": feedback,
    "privacy": privacy,
    "invite": invite,
    "close": close,
    "saved": saved,
    "save": save,
    "catchup": catchup,
    "follow": follow,
    "unfollow": unfollow,
    "mute": mute,
    "unmute": unmute,
    "stats": stats,
    "feeds": feeds,
    "feed": feed,
    "health": health,
    "errors": errors,
    "retry": retry,
    "broadcast": broadcast,
    "ban": ban,
    "unban": unban,
    "reload": reload,
}


async def route(name: str, request: Request, app: App) -> Reply:
    """The reply of a command; a refusal where it is unknown, not allowed, or fails in an expected way."""
    await asked.passed_over(request, app)
    name = _own_name(name, request)
    command = command_named(name)
    if command is not None and request.target is not None:
        if request.kind != "private":
            return refusal(request, "refuse.private-only")
        if not works_from_afar(command):
            return refusal(request, "refuse.old-button")
    if command is None or not is_known_to(command, is_owner=request.is_owner, kind=request.kind):
        return _unknown(name, request)
    if not works_in(command, request.kind):
        return _wrong_kind_of_chat(command, request)
    if needs_rights(name, request.kind, request.target) and not request.may_configure:
        return refusal(request, "refuse.member" if request.target is None else "refuse.channel")
    reply = await guarded(HANDLERS[name], request, app)
    if request.target is not None:
        return aim(reply, request.target, request.target_thread)
    return reply if reply.refused else await another_topic.named(name, reply, request, app)


def _own_name(name: str, request: Request) -> str:
    """The command's own name for a translated one ("/hilfe"); in a group that may be of another bot."""
    if command_named(name) or request.kind != "private" or request.data:
        return name
    return command_called(name) or name


async def guarded(handler: Handler, request: Request, app: App) -> Reply:
    """The reply of a handler; expected errors become refusals, and so does a press that nothing answers."""
    try:
        reply = await handler(request, app)
        return refusal(request, "refuse.old-button") if request.data and reply == NOTHING else reply
    except NotSubscribed:
        is_private = request.kind == "private" and request.target is None
        return refusal(request, "refuse.start" if is_private else "refuse.setup")
    except NotManaged:
        return refusal(request, "refuse.channel")
    except InputError as error:
        return refusal(request, "refuse.input", reason=str(error))


def _unknown(name: str, request: Request) -> Reply:
    """The names that are near; in a group nothing, since its command may be of another bot."""
    if request.data:
        return refusal(request, "refuse.old-button")
    if request.kind != "private":
        return NOTHING
    near = nearest(name, offered(is_owner=request.is_owner))
    if not near:
        return refusal(request, "refuse.unknown")
    return refusal(request, "refuse.unknown-near", names=", ".join(f"/{one}" for one in near))


def _wrong_kind_of_chat(command: Command, request: Request) -> Reply:
    if request.kind != "private":
        return refusal(request, "refuse.private-only")
    return refusal(request, "refuse.group-only", name=command.name)
