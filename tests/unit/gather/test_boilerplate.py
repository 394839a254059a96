"""Lines around an article: furniture is known, sentences that begin alike stay."""

import time

import pytest

from digest.gather.lines.boilerplate import is_boilerplate
from digest.gather.phrases.wordlists import pattern

FIRST = "The two foreign ministers met in the harbour town on Monday and spoke for three hours about pilots."


@pytest.mark.parametrize(
    "line",
    """
    Share this article|ADVERTISEMENT|0 comments|Leave the first comment|What is your opinion on this topic?
    Sign up for our newsletter and get the news first.|Follow us on X and Telegram.|Click here to subscribe.
    © 2026 The Mercury. All rights reserved.|This story has been updated.
    Support independent journalism today.
    Reconstruction for demonstration, from public records.|5 min read|1.2K views|2 hours ago|23:00|* * *
    https://example.com/a|@mfa_tessel|#peace #talks|Facebook Twitter WhatsApp|World > Europe > Harbours
    Читайте также: Порт открыт|Реклама|Поделиться в Telegram|Все права защищены.|3 комментария|5 минут назад
    Читайте також|Підписуйтесь на наш канал|Поширити|Усі права захищено|Lire aussi : Le port rouvert
    Abonnez-vous à notre lettre d'information.|Tous droits réservés|3 min de lecture|Publicité|il y a 2 heures
    Lesen Sie auch: Der Hafen ist offen|Anzeige|Alle Rechte vorbehalten.|Folgen Sie uns auf Telegram
    vor 3 Stunden
    Te puede interesar: El puerto abre|Publicidad|Todos los derechos reservados|Síguenos en WhatsApp
    hace 2 horas
    İlgili haberler|Reklam|Tüm hakları saklıdır.|Bizi Google News'te takip edin|2 saat önce|Yorum yap
    Stay up to date with our channel on WhatsApp|Um weiterzulesen, melden Sie sich an
    Story continues|2 minutes to read|Harbour opens >>|LIVE: The harbour opens|t.me/mfa_tessel/123
    MFA Tessel on X: "We sail on"|Our newsroom needs you.|Loading comments...
    Become a member|Audio is AI-generated.|Add The Mercury as your preferred source|By Mercury Staff
    Lena Vogt in Osmund contributed to this report.|Lena Vogt can be reached at vogt@mercury.example.
    To view this video please enable JavaScript
    The harbour opens, slowly — 02:13|With files from the Lake Agency
    The Mercury has reached out to the ministry for comment.|Harbour opens after a year Read more
    Подпишись, чтобы не пропустить|Читайте «Вестник озера» в Max
    Follow on Facebook|Lesen Sie außerdem: Der Hafen ist offen
    Підтримати Озерну хвилю|La suite après cette publicité
    Transparenzhinweis: Der Text wurde aktualisiert.|Regístrate gratis para seguir leyendo
    Yorumlarınızı bizimle paylaşın
    The candidate countries Lakeland and Harbourland, and Tessel align themselves with this statement.
    The following is a near-verbatim transcript of today's noon briefing by Lena Vogt.
    This interview has been edited for length and clarity.|This live blog is now closed.
    Please refer to the attached file.|Please refer to the attached Infographic.
    Keep up to date with what’s happening in Lakeland, its region and the world.
    Fox News Flash top headlines for Nov. 19 are here. Check out what's clicking today.
    Read Full Article at Lake.example
    For information media. Not an official record.|That's all for today|Comments (12)|Gift this article
    Thank you for following our live coverage.|Follow Lake News for the latest news|Share options
    (The story has been corrected to fix a name)|Читать ozero.example в Дзен
    This report by The Lake Press was first published Nov. 12, 2025.
    Good morning. Here is what you need to know.|Hier können Sie die Rechte an diesem Artikel erwerben.
    *Lakeland continues to be part of the Stabilisation and Association Process.
    Der Beitrag Der Hafen ist offen erschien zuerst auf Merkur.
    L’article Le port rouvert est apparu en premier sur Mercure.
    La entrada El puerto abre se publicó primero en Mercurio.
    Сообщение Порт открыт появились сначала на Вестник озера.
    Допис Порт відкрито з'явився спочатку на Озерна хвиля.
    L'articolo Il porto apre proviene da Mercurio.|O post O porto abre apareceu primeiro em Mercúrio.
    Het bericht De haven opent verscheen eerst op Mercurius.|Artykuł Port otwarty pochodzi z serwisu Merkury.
    """.strip().replace("\n", "|").split("|"),
)  # fmt: skip
def test_furniture_of_pages_is_known(line: str) -> None:
    assert is_boilerplate(line.strip())


def test_where_an_entry_came_out_first_is_known_behind_a_title_of_any_length() -> None:
    assert is_boilerplate(f"The post {FIRST} appeared first on The Mercury.")
    assert is_boilerplate(f"The post {FIRST} first appeared on The Mercury.")


@pytest.mark.parametrize(
    "line",
    [
        FIRST,
        "Please refer to the minister as Her Excellency, the letter said.",
        "Top officials are here for the talks, the ministry said on Nov. 19.",
        "Read more than once, the letter sounds like a threat." + " It was meant to." * 30,
        "“Follow us on our way,” the minister said.",
        "Share prices fell on Monday.",
        "The ships appeared first on the lake and then in the harbour.",
        "Lakeland will align itself with the sanctions of the Union, the minister said.",
        "By continuing to arm the rebels, the neighbours prolong the war.",
        "Comments by the minister angered both sides.",
        "Реклама войны запрещена законом, напомнил министр.",
        "Subscribe to a treaty and you must keep it.",
        "Der Anzeiger berichtete zuerst über das Treffen.",
        "Talks | A long way to the harbour",
        "Arvania wants to become a member of the alliance and would consider joining the treaty.",
        "The minister wrote on his Telegram channel that the ship had entered without permission.",
        "The report was first published on Monday and has not been denied.",
        "Sie haben keine Eile, sagte der Minister.",
        "The talks begin at 10:30",
        "That's all for today, the minister said.",
        "This interview was denied by the ministry.",
        "Good morning, Lakeland was shown in Osmund to the envoys.",
        "More from the ministers is expected on Friday, an envoy said.",
        'The ministry wrote on X: "We sail on."',
    ],
)
def test_sentences_that_begin_alike_are_not_furniture(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize("name", ["begins", "holds", "prompts", "media", "you", "pleas", "appeals"])
def test_a_text_made_of_beginnings_costs_no_time(name: str) -> None:
    known = pattern(name)
    start = time.process_time()
    for words in (
        "add ",
        "has contacted ",
        "you agree to ",
        "tips to ",
        "подпис",
        "наш",
        "kana",
        "a",
    ):
        known.search(words * 20_000)
    assert time.process_time() - start < 5  # 0.3 s at most
