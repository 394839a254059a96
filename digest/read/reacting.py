"""Titles that tell what somebody makes of the news, and not the news."""

import re

# English only. Of the 41 titles of wikinews_clean, allsides, the sample and a day of feeds that are a day
# newer than what most of their story tells, within a week, six are such (read 2026-12).
_REACTING = re.compile(
    r"\b(?:uproar|outrage|outcry|backlash|fury|furore?|debate|reactions?|reacts?|mocks?|mocked|hails?|praises?"
    r"|slams?|blasts?|hammers?|lash(?:es)? out|(?:hits?|strikes?|fires?) back|all eyes on|watch(?:es)?)\b"
    r"|\bcalls? [^:]*[\"'“‘]\w",
    re.IGNORECASE,
)


def reacts(title: str) -> bool:
    """Whether a title says what somebody makes of the news: "Uproar after ...", "A calls it 'a threat'"."""
    return _REACTING.search(title) is not None
