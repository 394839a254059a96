"""Updates, offers, alarms and letters, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest import ports
from digest.model.chats import LetterId, Standing
from digest.model.delivery import Untold

from .tables import Letter, Offer, Tables


class FakeUpdateStore:
    """The handled updates in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def is_known(self, update: int) -> bool:
        return self._tables.updates.get(update, (None, False))[1]

    async def claim(self, update: int, *, now: datetime) -> ports.ClaimOutcome:
        at, is_done = self._tables.updates.get(update, (None, False))
        late, ahead = timedelta(seconds=30), timedelta(hours=1)
        if is_done or (at is not None and -ahead <= now - at <= late):
            return "handled" if is_done else "elsewhere"
        self._tables.updates[update] = now, False
        return "ours"

    async def renew(self, update: int, *, now: datetime) -> None:
        if self._tables.updates.get(update) and not await self.is_known(update):
            self._tables.updates[update] = now, False

    async def handled(self, update: int, *, now: datetime) -> None:
        tables = self._tables
        at, _ = tables.updates.get(update, (now, False))
        tables.updates[update] = at, True
        start = now - timedelta(days=2)
        tables.updates = {id_: one for id_, one in tables.updates.items() if one[0] >= start}


class FakeOfferStore:
    """The offers in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, chat: int, kind: str, content: str, *, now: datetime) -> int:
        number = next(self._tables.numbers)
        offers = self._tables.offers
        offers[number] = Offer(chat, kind, content, now + timedelta(days=1))
        mine = [key for key, one in offers.items() if one.chat == chat][:-20]
        late = [key for key, one in offers.items() if one.expires_at <= now]
        for key in {*mine, *late}:
            del offers[key]
        return number

    async def get(self, chat: int, kind: str, number: int, *, now: datetime) -> str | None:
        offer = self._tables.offers.get(number)
        if offer is None or (offer.chat, offer.kind) != (chat, kind):
            return None
        return offer.content if offer.expires_at > now else None

    async def amend(self, chat: int, kind: str, number: int, content: str) -> None:
        offer = self._tables.offers.get(number)
        if offer is not None and (offer.chat, offer.kind) == (chat, kind):
            self._tables.offers[number] = replace(offer, content=content)

    async def newest(self, chat: int, kind: str, *, now: datetime) -> str | None:
        return next(iter(await self.every(chat, kind, now=now)), None)

    async def every(self, chat: int, kind: str, *, now: datetime) -> tuple[str, ...]:
        offers = reversed(self._tables.offers.values())
        mine = (one for one in offers if (one.chat, one.kind) == (chat, kind))
        return tuple(one.content for one in mine if one.expires_at > now)


class FakeAlarmStore:
    """The alarms in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def put(self, alarm: Untold, not_before: datetime | None = None) -> None:
        self._tables.alarms[alarm.chat, alarm.kind] = alarm, not_before

    async def take(self, now: datetime) -> tuple[Untold, ...]:
        kept = self._tables.alarms
        free = [key for key, (_, at) in sorted(kept.items()) if at is None or at <= now]
        for key in free:
            kept[key] = kept[key][0], now + timedelta(minutes=5)
        return tuple(kept[key][0] for key in free)

    async def told(self, alarm: Untold) -> None:
        key = (alarm.chat, alarm.kind)
        if self._tables.alarms.get(key, (None, None))[0] == alarm:
            del self._tables.alarms[key]

    async def is_kept(self, kind: str) -> bool:
        return any(key[1] == kind for key in self._tables.alarms)

    async def free(self, kind: str, now: datetime) -> bool:
        kept, in_hand = self._tables.alarms, now + timedelta(minutes=5)
        later = [key for key, (_, at) in kept.items() if key[1] == kind and at and at > in_hand]
        for key in later:
            kept[key] = kept[key][0], None
        return bool(later)


class FakePeopleStore:
    """Letters and bans in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def write(self, chat: int, words: str, *, alias: int, now: datetime) -> LetterId | None:
        self._forget_aliases(now)
        held = self._tables.letters
        since = now - timedelta(days=1)
        own = [one for one in held.values() if one.chat in (chat, alias) and one.written_at > since]
        if len(own) >= 3:
            return None
        letter = LetterId(next(self._tables.numbers))
        held[letter] = Letter(chat, words, now)
        return letter

    async def forget(self, chat: int, *, alias: int, now: datetime) -> None:
        for one in self._tables.letters.values():
            if one.chat == chat:
                one.chat, one.words, one.passed_on = alias, "", True
        self._forget_aliases(now)

    async def forget_old(self, now: datetime, *, today: datetime) -> None:
        self._forget_aliases(now)
        held, oldest = self._tables.letters, today - timedelta(days=90)
        self._tables.letters = {n: one for n, one in held.items() if one.written_at >= oldest}

    def _forget_aliases(self, now: datetime) -> None:
        held, alias = self._tables.letters, now - timedelta(hours=23)
        self._tables.letters = {n: o for n, o in held.items() if o.words or o.written_at > alias}

    async def pass_on(self, letter: LetterId, chat: int) -> str | None:
        found = self._waiting(letter, chat)
        if found is None:
            return None
        found.passed_on = True
        return found.words

    async def withdraw(self, letter: LetterId, chat: int) -> bool:
        if self._waiting(letter, chat) is None:
            return False
        del self._tables.letters[letter]
        return True

    async def ban(self, who: int, *, now: datetime) -> bool:
        is_new = who not in self._tables.banned
        self._tables.banned.setdefault(who, False)
        return is_new

    async def unban(self, who: int) -> bool:
        return self._tables.banned.pop(who, None) is not None

    async def standing(self, who: Sequence[int]) -> Standing:
        found = [self._tables.banned[one] for one in who if one in self._tables.banned]
        if not found:
            return "welcome"
        return "told" if all(found) else "banned"

    async def told(self, who: Sequence[int]) -> None:
        self._tables.banned |= {one: True for one in who if one in self._tables.banned}

    def _waiting(self, letter: LetterId, chat: int) -> Letter | None:
        found = self._tables.letters.get(letter)
        return found if found and found.chat == chat and not found.passed_on else None
