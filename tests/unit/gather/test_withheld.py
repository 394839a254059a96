"""Pages of our own that ask for something in place of their article."""

import pytest

from digest.errors import Withheld
from digest.gather.drafts import of_data
from tests.unit.gather.test_extract import LAST, LEAD, MORE, NOW, extracted, linked, page

LOCKED = linked(
    {"@type": "NewsArticle", "headline": "Ministers agree", "isAccessibleForFree": False}
)
WHOLE = f"<p>{LEAD}</p><p>{MORE}</p><p>{LAST}</p>"


@pytest.mark.parametrize(
    ("body", "by"),
    [
        (f"<p>{LEAD}</p><p>Subscribe now to continue reading this article.</p>", "paywall"),
        (f"<p>{LEAD}</p><p>Cet article est réservé aux abonnés du journal.</p>", "paywall"),
        (f"<p>{LEAD}</p><p>Diesen Artikel gibt es nur für Abonnenten.</p>", "paywall"),
        (f"<p>{LEAD}</p><p>Contenido exclusivo para suscriptores de este diario.</p>", "paywall"),
        (f"<p>{LEAD}</p><p>Эта статья только для подписчиков нашей газеты.</p>", "paywall"),
        (f"<p>{LEAD}</p><p>Ця стаття лише для передплатників нашої газети.</p>", "paywall"),
        ("<p>Before you continue to our pages, please choose what we may store.</p>", "consent"),
        (
            "<p>Nous et nos partenaires utilisons des cookies pour mesurer l'audience.</p>",
            "consent",
        ),
        ("<p>Wir und unsere Partner verwenden Cookies und ähnliche Techniken hier.</p>", "consent"),
        ("<p>Utilizamos cookies propias y de terceros para medir el uso del sitio.</p>", "consent"),
        ("<p>Checking your browser before you can see this page of the newspaper.</p>", "check"),
        ("<script>window._cf_chl_opt={}</script><p>One moment, please, it goes on.</p>", "check"),
    ],
)
def test_a_page_that_asks_for_something_is_no_article(body: str, by: str) -> None:
    with pytest.raises(Withheld) as withheld:
        extracted(page(body))
    assert withheld.value.by == by


@pytest.mark.parametrize(
    "body",
    [
        f"{WHOLE}<footer>Already a subscriber? Log in.</footer>",  # the prompt is no part of the text
        f"<p>{LEAD}</p><p>{MORE}</p><p>The agreement needs the approval of both …</p>",
    ],
)
def test_a_page_that_is_not_free_shows_a_stub(body: str) -> None:
    for head in (LOCKED, '<meta property="article:content_tier" content="locked">'):
        stub = page(body, f"<title>Ministers agree</title>{head}")
        assert extracted(stub).withheld == "paywall"
        with pytest.raises(Withheld, match="talks shows no more than a beginning"):
            of_data(stub.encode(), "html", "talks", seen_at=NOW)
    assert extracted(page(body)).withheld is None


def test_what_is_not_free_and_shown_in_full_is_an_article() -> None:
    assert extracted(page(WHOLE, LOCKED)).withheld is None
    long = "".join(f"<p>{LEAD} ({n})</p>" for n in range(10)) + "<p>Already a subscriber?</p>"
    assert extracted(page(long, LOCKED)).withheld is None


def test_what_says_that_it_is_free_is_no_stub() -> None:
    free = linked({"@type": "NewsArticle", "headline": "Talks", "isAccessibleForFree": "True"})
    body = f"{WHOLE}<footer>Already a subscriber? Log in.</footer>"
    assert extracted(page(body, free)).withheld is None


def test_an_article_that_speaks_of_cookies_is_one() -> None:
    spoken = f"{WHOLE}<p>The commission wants sites to ask before they use any cookies at all.</p>"
    assert len(extracted(page(spoken)).paragraphs) == 4
