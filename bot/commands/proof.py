"""?start=a_<article>_<offset>: the stored text behind a sentence whose source has no address. Reads only."""

import re

from digest.model.articles import Article, ArticleId, Span

from ..pages.citing import first_that_fits, title_of
from ..talk import markup
from ..talk.app import App
from ..talk.markup import Block, run, shortened
from ..talk.request import Reply, Request, say
from ..talk.texts import texts
from .refusing import refusal

PREFIX = "a_"
_FORM = re.compile(r"a_(\d{1,12})_(\d{1,9})", re.ASCII)
_AROUND = (1200, 600, 0)  # code points of context on either side: the first that fits
_LONGEST = 1500  # code points of the sentence: 3,000 units where each is an emoji
_FILE = 200  # code points of its name


async def proof(request: Request, app: App) -> Reply:
    """The sentence in bold within its context; a refusal where there is no such article or sentence."""
    t = texts(request.language)
    asked = _FORM.fullmatch(request.words)
    if asked is None:
        return refusal(request, "refuse.link")
    own = request.chat if request.kind == "private" else None
    article = await app.articles.get(ArticleId(int(asked[1])), reader=own)
    sentence = _sentence(article, int(asked[2])) if article else None
    if article is None or sentence is None:
        return refusal(request, "proof.gone")
    title = title_of(article) if article.title else t.label("proof.untitled")
    head = Block(
        (
            (run(title, bold=True),),
            (run(t.label("proof.origin", file=(article.file or "")[:_FILE])),),
        )
    )
    pages = ((head, _passage(article.text, sentence, around)) for around in _AROUND)
    return say(markup.html(first_that_fits(pages)))


def _sentence(article: Article, start: int) -> Span | None:
    """The sentence that holds an offset; the first one for 0, the offset of a headline; else None."""
    held = (span for span in article.sentences if span.start <= start < span.end)
    return next(held, article.sentences[0] if article.sentences and start == 0 else None)


def _passage(text: str, sentence: Span, around: int) -> Block:
    """The sentence with ``around`` code points of text on either side, each paragraph a line of a quote."""
    before = text[max(0, sentence.start - around) : sentence.start]
    after = text[sentence.end : sentence.end + around]
    if sentence.start > around:
        before = "… " + before.partition(" ")[2]
    if sentence.end + around < len(text):
        after = after.rpartition(" ")[0] + " …"
    *above, left = before.split("\n\n")
    right, *below = after.split("\n\n")
    told = shortened(text[sentence.start : sentence.end].replace("\n\n", "\n"), _LONGEST)
    own = (run(left), run(told, bold=True), run(right))
    lines = (*(((run(line),)) for line in above), own, *(((run(line),)) for line in below))
    return Block(tuple(lines), quote=True)
