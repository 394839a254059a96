"""CPU of choosing three sentences: ours and LexRank in matrices against sumy's LexRank, in one run.

The words of all sentences are sumy's to find too (its ``Sentence`` reads them from our tokenizer),
stemming is by its own Snowball stemmer; splitting into sentences is left out of both. "from text" splits on
both sides, by our rules; ours cleans as well, which takes longest where each sentence is a line ("from
lines").
"""

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer

from digest.read.plain import plain_sentences
from digest.read.summary.lexrank import lexrank
from digest.read.summary.summarise import choose, choose_words
from digest.read.summary.through_sumy import Tokenizer
from digest.read.vocabulary import words

from .command import command
from .halves import CORPORA
from .summaries import rows

SIZES = (20, 100, 300)
ROUNDS = 7  # texts at least
SENTENCES = 1_200  # of all texts of a size at least: seven of 20 are over in one noisy moment

Text = Sequence[str]


def sumy(text: Text) -> None:
    """sumy's LexRank as its documentation has it, but for the tokenizer, which needs NLTK data."""
    tokenizer = Tokenizer("en")
    _rank(ObjectDocumentModel([Paragraph([Sentence(s, tokenizer) for s in text])]))


def sumy_from_text(text: Text, between: str) -> None:
    """The same from the text of an article on, whose sentences ``between`` parts."""
    _rank(PlaintextParser.from_string(between.join(text), Tokenizer("en")).document)


def _rank(document: ObjectDocumentModel) -> None:
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = words.stop_words("en")
    summarizer(document, 3)


def from_text(texts: Sequence[Text], count: int, *, between: str) -> None:
    """Ours from the text of each article on."""
    choose([plain_sentences(between.join(text)) for text in texts], count)


def milliseconds(work: Callable[[], object]) -> float:
    """CPU of all threads of this process."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def compare(flat: Text, size: int) -> None:
    """Print milliseconds and ratios at one size, each round on other sentences."""
    rounds = max(ROUNDS, SENTENCES // size)
    texts = [flat[at * size : (at + 1) * size] for at in range(rounds)]
    split = [milliseconds(partial(sumy, text)) for text in texts]
    whole = [milliseconds(partial(sumy_from_text, text, " ")) for text in texts]
    lines = [milliseconds(partial(sumy_from_text, text, "\n")) for text in texts]
    ways = (
        ("attache", choose, split),
        ("from text", partial(from_text, between=" "), whole),
        ("from lines", partial(from_text, between="\n"), lines),
        ("lexrank-matrix", lexrank, split),
    )
    for name, work, base in ways:
        ours = [milliseconds(partial(work, [text], 3)) for text in texts]
        ratios = sorted(slow / fast for slow, fast in zip(base, ours, strict=True))
        print(
            f"{size:4} sentences  {name:15} {statistics.median(ours):7.2f} ms  "
            f"sumy {statistics.median(base):8.2f} ms  "
            f"ratio {statistics.median(ratios):5.1f} (lowest {ratios[0]:.1f})"
        )


def main() -> None:
    """Print clusters, ours beside sumy's, and a very long text.

    Clusters come first: the threads of sumy's large matrices spin on for a while, which counts as ours.
    """
    documents = [row.documents for row in rows(CORPORA / "summaries" / "multinews_lb.jsonl")]
    flat = list(dict.fromkeys(s for row in documents for document in row for s in document))
    clusters = [row for row in documents if 70 <= sum(map(len, row)) <= 110]
    spent = [milliseconds(partial(choose_words, row, 100)) for row in clusters]
    mean = statistics.fmean(sum(map(len, row)) for row in clusters)
    print(
        f"clusters of {mean:.0f} sentences, 100 words: {statistics.median(spent):.2f} ms "
        f"(lowest {min(spent):.2f})"
    )
    for size in SIZES:
        compare(flat, size)
    many = (flat * (10_000 // len(flat) + 1))[:10_000]
    print(f"10,000 sentences: {milliseconds(partial(choose, [many], 3)):.0f} ms")


if __name__ == "__main__":
    command(__doc__).parse_args()
    main()
