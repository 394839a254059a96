"""``attache doctor``: whether all is well with token, database, time zones, feeds and settings."""

from functools import partial
from zoneinfo import available_timezones

from digest.errors import AttacheError, StoreError
from digest.ingest.checked import is_new

from ..run import wiring
from ..settings import Settings, unknown
from ..telegram import greeting as telegram_greeting
from .database import refuse_unsound
from .output import say


async def doctor(settings: Settings) -> bool:
    """Check everything, and print a line for each: ok, or what to do. Returns whether all is well."""
    healthy = True
    for name, look in (
        ("token and base URL", partial(telegram_greeting.greet, settings)),
        ("database", partial(_look_at_database, settings)),
        ("time zones", _look_at_zones),
        ("feeds", partial(_look_at_feeds, settings)),
        ("settings", _look_at_settings),
    ):
        try:
            say(f"ok    {name}: {await look()}")
        except AttacheError as error:
            healthy = False
            say(f"FAIL  {name}: {error}")
    return healthy


async def _look_at_database(settings: Settings) -> str:
    stored, wanted = await wiring.schema(settings.database_url)
    if stored is None:
        return "none yet; it is made at the first run"
    if stored > wanted:
        raise StoreError(f"a newer attache made it (revision {stored}); install that version")
    if stored < wanted:
        return f"schema {stored}; the next run brings it to {wanted}"
    await refuse_unsound(settings)
    return f"schema {stored}, sound"


async def _look_at_settings() -> str:
    found = unknown()
    meant = [f"{name} is none; did you mean {near}?" for name, near in found if near]
    if meant:
        raise AttacheError(" ".join(meant))
    names = ", ".join(name for name, _ in found)
    return f"{names} not known, and not used" if names else "all known"


async def _look_at_zones() -> str:
    return f"{len(available_timezones())} known"


async def _look_at_feeds(settings: Settings) -> str:
    stored, wanted = await wiring.schema(settings.database_url)
    if stored is None:
        return "none yet"
    if stored != wanted:  # opening it here would change it
        return "not looked at in another schema"
    async with wiring.open_stores(settings.database_url) as stores:
        found = [source for source in await stores.sources.all() if source.enabled]
    failing = [source for source in found if source.failures]
    if failing and len(failing) == len(found):
        raise AttacheError(f"none of {len(found)} could be read; is the network there?")
    new = sum(map(is_new, found))
    unknown = f", {new} not fetched yet" if new else ""
    return f"{len(found)} read, {len(failing)} failing{unknown}"
