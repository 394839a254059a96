"""Which articles say what somebody thinks, and not what has happened."""

import re
from urllib.parse import urlsplit

from ..model.articles import NewArticle

# Folders that outlets keep columns, guest articles and leaders in. Set by judgement, 2026-11-30; of the
# addresses in allsides, "capitol-voices", "corner", "g-file", "ideas" and "pundits-blog" have 16, all of them
# columns. Not "analysis", "blogs", "outlook" and "perspectives": reporters write there too.
_FOLDERS = frozenset(
    """opinion opinions commentisfree comment commentary commentaries op-ed op-eds oped opeds editorial
    editorials leaders columnist columnists columns viewpoint viewpoints letters-to-the-editor
    capitol-voices corner g-file ideas pundits-blog
    meinung kommentar kommentare kolumne kolumnen gastkommentar
    idees tribunes edito editos editoriaux chroniques
    columnas tribuna firmas
    mneniya mneniia mnenie kolumnisty kolonki dumka dumky
    yazarlar kose-yazilari""".split()
)
# How the last part of an address begins: "opinion-the-west".
_NAMED = ("opinion-", "op-ed-", "editorial-", "gastkommentar-")
_LABEL = re.compile(
    r"^\W*(?:opinion|op-ed|editorial|commentary|column|viewpoint"
    r"|meinung|kommentar|gastbeitrag|gastkommentar|leitartikel|kolumne"
    r"|tribune|éditorial|édito|chronique|opinión|columna|tribuna"
    r"|мнение|колонка|думка)\s?(?:[:|–—]|- )"
    r"|[|–—-]\s(?:opinion|op-ed|editorial|commentary|meinung|kommentar|opinión|мнение)\W*$",
    re.IGNORECASE,
)


def is_opinion(article: NewArticle) -> bool:
    """Whether its title or its address calls it an opinion; what an office issues is none."""
    is_called = _LABEL.search(article.title or "") is not None or _is_kept_apart(article.url or "")
    return is_called and not article.is_official


def _is_kept_apart(url: str) -> bool:
    folders = [part for part in urlsplit(url).path.lower().split("/") if part]
    if not folders:
        return False
    return not _FOLDERS.isdisjoint(folders[:-1]) or folders[-1].startswith(_NAMED)
