"""sumy's methods behind our names, and ours behind sumy's.

Imported only when one of them is asked for: sumy loads NLTK, requests and pycountry.
"""

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from ...ports import Summariser
from ..splitting.sentences import split
from ..vocabulary import words
from .summarise import choose

_SUMY = {
    "lexrank": ("lex_rank", "LexRankSummarizer"),
    "textrank": ("text_rank", "TextRankSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "luhn": ("luhn", "LuhnSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
}


def method(name: str, language: str | None) -> Summariser:
    """sumy's method of this name. Raises KeyError for a name that is none of them."""
    module, cls = _SUMY[name]
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), cls)
    return partial(_through_sumy, summarizer, language)


class AttacheSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy is untyped
    """Ours as one of sumy's methods: each paragraph of the document is one article."""

    def __init__(self, language: str | None = "en") -> None:
        super().__init__()
        self._language = language

    def __call__(self, document: ObjectDocumentModel, sentences_count: int) -> tuple[Sentence, ...]:
        """At most ``sentences_count`` sentences of the document, in its order."""
        texts = [[str(s) for s in paragraph.sentences] for paragraph in document.paragraphs]
        chosen = sorted(choose(texts, sentences_count, language=self._language))
        return tuple(document.sentences[at] for at in chosen)


class Tokenizer:
    """Our tokenizer for sumy's parsers and models: no NLTK data is needed."""

    def __init__(self, language: str | None = "en") -> None:
        self._language = language

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """Sentences of one paragraph."""
        return tuple(paragraph[s.start : s.end] for s in split(paragraph, self._language))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Words of one sentence, lower case."""
        return tuple(words.words(sentence))


def _through_sumy(
    method: Callable[..., AbstractSummarizer],
    language: str | None,
    documents: Sequence[Sequence[str]],
    count: int,
) -> tuple[int, ...]:
    """Indices that a sumy method chooses; equal sentences are given to it once, since it rates by text."""
    code = language or "en"
    first: dict[str, int] = {}
    for at, text in enumerate(sentence for document in documents for sentence in document):
        first.setdefault(text, at)
    tokenizer = Tokenizer(language)
    model = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in first])])
    summarise = method(stemmer=partial(_stem_for_sumy, code))
    summarise.stop_words = words.stop_words(code)
    return tuple(first[str(sentence)] for sentence in summarise(model, count)) if first else ()


def _stem_for_sumy(language: str, word: str) -> str:
    return words.stem(word, language)
