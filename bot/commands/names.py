"""What people call the commands, and say beside them, in each language of the bot."""

from collections.abc import Mapping
from functools import cache

from ..talk.places import fold

# Telegram makes ASCII alone a command to tap; the others are typed all the same. No word stands twice.
_NAMES = {
    "help": "hilfe aide ayuda помощь допомога довідка menu меню",
    "settings": "einstellungen réglages reglage paramètres ajustes configuración настройки налаштування",
    "stop": "stopp unsubscribe abbestellen arrêter parar стоп отписаться відписатися",
    "digest": "boletín news nachrichten nouvelles noticias дайджест новости новини",
    "topics": "themen rubriken thèmes temas темы теми",
    "schedule": "zeitplan uhrzeiten horaire horaires horario horarios расписание розклад",
    "search": "suche suchen recherche chercher buscar búsqueda поиск пошук",
    "sources": "quellen fuentes источники джерела",
    "saved": "gespeichert enregistrés guardados guardadas сохранённые избранное збережені",
    "save": "speichern enregistrer guardar сохранить зберегти",
    "pause": "pausieren suspendre pausa suspender пауза",
    "follow": "folgen verfolgen suivre seguir следить стежити",
    "brief": "überblick resumen справка",
    "ahead": "agenda vorschau anuncios",
    "story": "sujet noticia сюжет",
    "why": "warum pourquoi porqué почему чому",
    "quotes": "zitate citations citas цитаты цитати",
    "export": "exportieren exporter exportar экспорт експорт",
    "lang": "language sprache langue idioma язык мова",
    "timezone": "zeitzone fuseau zona ort lieu lugar пояс",
    "privacy": "datenschutz confidentialité privacidad конфиденциальность конфіденційність",
    "feedback": "rückmeldung отзыв відгук",
    "start": "resume starten fortsetzen démarrer reprendre comenzar empezar reanudar"
    " старт начать возобновить почати відновити",
}
_AGREES = (
    "ok okay okey k yes yep sure done fine good great ja gut fertig passt oui bien fait d'accord"
    " sí vale listo bueno да хорошо ладно готово ок так добре гаразд 👍 👌 ✅"
)
_DECLINES = "no nope nein non falsch faux wrong нет неверно ні неправильно"
_GOES_ON = (
    "next skip continue go weiter überspringen suivant passer continuer siguiente omitir continuar"
    " далее дальше пропустить далі пропустити"
)
_GREETS = (
    "hi hello hey hallo moin salut bonjour bonsoir hola buenas привет здравствуйте добрый привіт вітаю"
    " thanks thank thx ty danke merci gracias спасибо дякую 🙏"
)


@cache
def _by_name() -> Mapping[str, str]:
    return {fold(name): command for command, names in _NAMES.items() for name in names.split()}


def command_called(word: str) -> str | None:
    """The command that somebody means who calls it by its name in their language; None for any other word."""
    folded = fold(word)
    return folded if folded in _NAMES else _by_name().get(folded)


def agrees(words: str) -> bool:
    """Whether somebody says "ok"."""
    return _is_one_of(_AGREES, words)


def declines(words: str) -> bool:
    """Whether somebody says "no"."""
    return _is_one_of(_DECLINES, words)


def goes_on(words: str) -> bool:
    """Whether somebody says "next"."""
    return _is_one_of(_GOES_ON, words)


def greets(words: str) -> bool:
    """Whether somebody says "hello", "thanks" or the like, and asks for nothing."""
    return _is_one_of(_GREETS, words)


def _is_one_of(known: str, words: str) -> bool:
    return fold(words.strip().rstrip("!.?… ")) in _folded(known)


@cache
def _folded(known: str) -> frozenset[str]:
    return frozenset(map(fold, known.split()))
