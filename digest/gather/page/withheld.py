"""Pages that ask for something in place of the article: a subscription, consent, or a check for people."""

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from ...errors import Wall
from ...model.gathered import Paragraph, length
from .challenge import is_challenge

TEASER = 400  # characters; more is an article even if it speaks of cookies
STUB = 1_500  # characters; more is an article even if the page says that it is not free
_PAYWALL = re.compile(
    r"subscri(?:be|ption) .{0,40}(?:continue|keep) reading|subscribers? only|to continue reading"
    r"|(?:log|sign) in to (?:read|continue)|already a subscriber|exclusive to subscribers"
    r"|(?:réservée?|réservés) (?:à nos|aux) abonné|pour lire la suite|déjà abonné"
    r"|nur für abonnenten|weiterlesen mit|jetzt abonnieren|bereits abonnent"
    r"|(?:solo|exclusivo) para suscriptores|para seguir leyendo|ya (?:es|eres) suscriptor"
    r"|только для подписчиков|оформите подписку|уже подписаны"
    r"|лише для (?:перед)?платників|оформіть (?:перед)?плату|вже передплачуєте",
    re.IGNORECASE | re.DOTALL,
)
_CONSENT = re.compile(
    r"(?:accept|use|enable|allow|manage)\b.{0,40}\bcookies|cookie (?:policy|settings|preferences)"
    r"|your privacy (?:choices|settings)|before you continue|consent to the (?:use|processing)"
    r"|alle akzeptieren|accepter et continuer|(?:verwenden|nutzen) cookies|utilisons des cookies"
    r"|(?:utilizamos|usamos) cookies|aceptar (?:todo|y continuar)|файлы cookie|файли cookie",
    re.IGNORECASE | re.DOTALL,
)
_CHECK = re.compile(
    r"enable javascript|verify (?:that )?you are (?:a )?human|are you a robot"
    r"|access (?:to this page )?(?:is )?denied|checking your browser|page (?:was )?not found",
    re.IGNORECASE,
)
_ASKS: Mapping[Wall, re.Pattern[str]] = {
    "paywall": _PAYWALL,
    "consent": _CONSENT,
    "check": _CHECK,
}
_CUT = ("…", "...", "[…]", "[...]")


def wall(kept: Sequence[Paragraph], found: Sequence[Paragraph], *, data: bytes) -> Wall | None:
    """What stands in place of the article; None where the article does.

    ``kept`` is what was taken for it, of all that was ``found``.
    """
    if length(kept) >= TEASER:
        return None
    if is_challenge(data):
        return "check"
    for name, asks in _ASKS.items():
        if any(asks.search(each.text) for each in found):
            return name
    return None


def is_stub(kept: Sequence[Paragraph], said: str) -> bool:
    """Whether a page that is not free shows no more than a beginning; ``said`` is all that it says."""
    is_cut = bool(kept) and kept[-1].text.rstrip().endswith(_CUT)
    return length(kept) < STUB and (is_cut or _PAYWALL.search(said) is not None)


def words_of(tree: etree._Element) -> str:
    """All that readers see of a page, on one line."""
    shown = tree.xpath("//text()[not(ancestor::script or ancestor::style)]")
    return " ".join(" ".join(shown).split())
