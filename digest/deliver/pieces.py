"""Cuts a message in two that Telegram finds too long: between paragraphs, with its markup intact. Pure."""

import re

_TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
_BREAKS = ("\n\n", "\n", " ")  # best first


def halves(html: str) -> tuple[str, ...]:
    """The text in two, cut at the best kind of break and near its middle; whole if there is no break."""
    tags = [found.span() for found in _TAG.finditer(html)]
    for mark in _BREAKS:
        places = [
            found.start()
            for found in re.finditer(mark, html)
            if not any(start < found.start() < end for start, end in tags)
        ]
        cuts = [at for at in places if untagged(html[:at]).strip() and untagged(html[at:]).strip()]
        if cuts:
            at = min(cuts, key=lambda place: abs(place - len(html) / 2))
            return _cut(html, at)
    return (html,)


def untagged(html: str) -> str:
    """The text without its markup; entities stay."""
    return _TAG.sub("", html)


def _cut(html: str, at: int) -> tuple[str, str]:
    """Both sides; tags that are open at the cut are closed before it and opened again after it."""
    opened: list[tuple[str, str]] = []
    for tag in _TAG.finditer(html, 0, at):
        if tag[1]:
            opened.pop()
        else:
            opened.append((tag[2], tag[0]))
    closing = "".join(f"</{name}>" for name, _ in reversed(opened))
    opening = "".join(tag for _, tag in opened)
    return html[:at].rstrip() + closing, opening + html[at:].lstrip()
