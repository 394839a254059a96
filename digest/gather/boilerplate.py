"""Lines that stand around an article on its page: what they say, in the languages of outlets."""

import re

from .folding import LONGEST_LINE, fold, label, long_fold
from .wordlists import pattern, phrases

LONGEST_PLEA = 1_200  # characters; appeals for money and notices about data are written long

_SHARE_WORDS = frozenset(
    """
    facebook twitter x whatsapp telegram linkedin pinterest reddit viber instagram email e-mail mail
    messenger threads bluesky mastodon flipboard tumblr vk вк вконтакте одноклассники ok ок youtube
    tiktok line wechat weibo signal xing sms rss pocket dzen дзен rutube max google news print copy
    link url share tweet save post via on to and more this article story by in a
    поделиться твитнуть печать ссылка скопировать ссылку в на и почта фейсбук твиттер телеграм ютуб
    поділитися поширити друк посилання копіювати скопіювати у фейсбук телеграм твітер
    partager imprimer copier le lien sur envoyer par teilen drucken auf per link kopieren merken
    compartir imprimir copiar enlace en enviar por correo paylaş yazdır kopyala bağlantıyı e-posta
    twitter'da facebook'ta whatsapp'ta telegram'da kaydet
    """.split()
)
_NETWORK = frozenset(
    """
    facebook twitter whatsapp telegram linkedin pinterest reddit viber email e-mail messenger вконтакте
    share tweet поделиться поділитися partager teilen compartir paylaş вк x print copy facebook'ta
    """.split()
)

_PLATFORMS = (
    r"(?:newsletter|inbox|our app|mobile app|notification|bulletin|cookies?|e-?mail"
    r"|google news"
    r"|whats ?app|telegram|facebook|twitter|\bx\b|instagram|youtube|tiktok|linkedin|viber|channel"
    r"|browser|website|javascript|podcast|update|alert|рассылк|канал|соцсет|розсилк|соцмереж"
    r"|телеграм"
    r"|lettre d'info|infolettre|kanal|boletín|canal|bülten|journalism|breaking news|headlines)"
)

# A short line that begins so is no part of an article.
_OPENINGS = re.compile(
    r"""(?:
    click\ here|tap\ here|click\ (?:on\ )?the\ link|click\ to\ |sign\ up\ (?:for|to)\ (?:our|the
    |receive|get|read)
    |sign\ up\ now|subscribe\ (?:to\ (?:our|the|unlock|read|continue|get|receive|us|this)|for\ |now
    |today|here)
    |follow\ (?:us|me|our|@|.{1,40}\bon\ (?:facebook|twitter|x|telegram|google\ news|whatsapp
    |instagram|youtube))
    |like\ us\ on|join\ (?:us\ on|our\ (?:whatsapp|telegram|channel|newsletter|community))
    |download\ (?:our|the)\ .{0,30}app|get\ (?:our|the)\ .{0,30}(?:app|newsletter|inbox)
    |support\ (?:independent|our|quality|free|us|local)\b.{0,40}(?:journalism|press|media|work|news
    |newsroom|us|reporting|team)
    |become\ a\ (?:member|subscriber|patron|supporter)(?:\ (?:today|now|and|for|to)\b|\W*$)
    |make\ a\ (?:donation|contribution)|donate\ (?:to\ us|now|today|here)
    |this\ (?:story|article|report|page|post|piece)\ (?:has\ been|was|is\ being|will\ be
    |first\ appeared|originally\ appeared|is\ developing)
    |this\ is\ a\ (?:developing|breaking|updated|corrected)\ |editor'?s?'?\ note\b|correction:
    |clarification:|more\ to\ follow
    |copyright\b|©|\(c\)\ ?(?:19|20)\d\d|reproduction\ (?:of|is|in)|republi(?:shed|cation)[ ]
    |disclaimer\b
    |(?:the\ )?(?:views|opinions)\ (?:and\ opinions\ )?expressed|reporting\ by\ |\(?(?:editing
    |writing|compiled|edited|additional\ reporting)\ by\ |additional\ reporting
    |our\ standards:|\(?with\ (?:inputs?|agency\ inputs)\ from|\(?except\ for\ the\ headline
    |source:\ |sources:\ |via:\ |credit:\ |photo\ credit
    |we\ (?:and\ our\ .{0,40})?use\ cookies|(?:this|our)\ (?:web)?site\ uses\ cookies
    |we\ value\ your\ privacy|by\ clicking\b|by\ (?:signing\ up|subscribing|continuing\ to\ (?:use
    |browse))
    |please\ (?:enable|turn\ on|log\ in|sign\ in|subscribe|consider\ (?:supporting|subscribing
    |donating|making))|you\ need\ to\ enable|javascript\ is\ |your\ browser\ |to\ continue\ reading
    |already\ (?:a|have)\ (?:subscriber|member|an\ account|a\ subscription)
    |view\ this\ post\ on|a\ post\ shared\ by|view\ on\ (?:x|twitter|instagram|facebook)\b
    |this\ (?:content|post|tweet|embed)\ (?:is\ hosted|could\ not|is\ not\ available|is\ unavailable
    |has\ been\ deleted)
    |(?:watch|listen|video|podcast|read|in\ pictures|gallery|explainer|related|opinion|analysis
    |live|live\ updates|see\ also|in\ pics|exclusive|don't\ miss|background)\s?[:|]\ .{0,120}[^.]$
    |ранее\ .{2,60}\ писал[аи]?\b
    |stay\ (?:informed|updated|up\ to\ date|up-to-date|connected|ahead)\b|for\ (?:more
    |all)\ (?:the\ )?(?:latest\ )?(?:news|stories|updates|information)\b
    |read\ (?:the\ )?(?:full|entire|original|whole)\ (?:story|article|text|report|interview
    |statement)\b|read\ more\b|read\ also\b|also\ read\b|see\ also\b|related\ (?:articles?|stor(?:y
    |ies)|news):|more\ (?:from|on|about)\ .{1,60}[^.]$
    |tags?:|topics?:|keywords?:|filed\ under|categor(?:y|ies):|posted\ in\b|image\ (?:source
    |caption)\b|media\ caption
    |(?:got|have)\ a\ (?:news\ )?(?:tip|story)\b|contact\ us\ (?:at|by|on)\b|contact\ the\ (?:author
    |editor|reporter|newsroom)\b|if\ you\ (?:like|liked|enjoyed|enjoy|found|spot
    |notice)\ .{0,40}(?:article|story|mistake|error|typo)
    |thank\ you\ for\ (?:reading|subscribing|signing)|you\ (?:have|'ve)\ (?:reached|read\ )
    |your\ (?:subscription|donation|contribution)\b|never\ miss\b
    |readers\ like\ you|add\ .{1,40}\ (?:as\ a\ preferred\ source|on\ google)|about\ the\ authors?\b
    |turn\ on\ notifications|\(?this\ story\ (?:has\ not|is\ auto)
    |for\ (?:media|press)\ (?:inquiries|enquiries|contact)|media\ contacts?\b|press\ contacts?\b
    |for\ further\ information|note\ to\ editors|notes\ to\ editors
    |читайте\ (?:также|ещё|еще|далее|по\ теме|на\ эту\ тему|подробнее|нас\ в)|читать\ (?:также|далее
    |полностью|подробнее)|смотрите\ также|по\ теме:|ранее\ по\ теме|подпи[сш]\w+\ на[ ]
    |подписывайтесь|следите\ за\ (?:нами|нашими|новостями)|присоединяйтесь\ к\ наш
    |наш\ (?:телеграм|telegram|канал)|нашли\ (?:ошибку|опечатку)|если\ вы\ (?:нашли|заметили
    |обнаружили)|выделите\ |сообщить\ об\ (?:ошибке|опечатке)|теги:|тэги:|метки:|темы:|рубрики?:
    |ключевые\ слова:|источник:|источники:|поделиться\ |нажмите\ |все\ права\ |при\ (?:использовании
    |цитировании|перепечатке)\ |перепечатка\ |материал\ (?:обновлен|дополнен|обновляется)
    |новость\ (?:обновлена|дополняется|обновляется)
    |поддержите\ (?:нас|наш|независим|работу|редакцию)|редакция\ (?:не\ несет|не\ несёт)
    |мнение\ (?:автора|редакции)\ |сайт\ использует|мы\ используем\ (?:файлы\ )?cookie
    |оформите\ подписку|скачайте\ (?:наше\ )?приложение|видео:\ .{0,120}[^.]$
    |реклама\b.{0,80}(?:erid|рекламодатель|ооо)
    |читайте\ (?:також|ще|далі|нас\ у|нас\ в)|читати\ (?:також|далі|повністю)|дивіться\ також
    |за\ темою:|підпи[сш]\w+\ на\ |підписуйтес[ья]|підписуйтеся|стежте\ за\ (?:нами|нашими|новинами)
    |приєднуйтес[ья]\ до\ наш|приєднуйтеся\ до\ наш|якщо\ ви\ (?:знайшли|помітили|побачили)
    |помітили\ помилку|виділіть\ |повідомити\ про\ помилку|мітки:|теми:|рубрика:|ключові\ слова:
    |джерело:|джерела:|поділитися\ |поширити\ |натисніть\ |всі\ права\ |усі\ права[ ]
    |при\ (?:використанні|цитуванні|передруку)\ |передрук\ |матеріал\ (?:оновлено|доповнено
    |оновлюється)|новина\ (?:оновлюється|доповнюється)|підтримайте\ (?:нас|наш|незалежн|роботу
    |редакцію)|думка\ (?:автора|редакції)\ |сайт\ використовує|завантаж\w+\ (?:наш\ )?застосунок
    |(?:à\ )?lire\ (?:aussi|également)\b|a\ lire\ aussi\b|(?:à\ )?voir\ aussi\b|lire\ la\ suite
    |lisez\ aussi|retrouvez\ (?:tou|nos|notre|l'actualité)|suivez[- ](?:nous|l'actualité|toute)
    |abonnez[- ]vous|inscrivez[- ]vous|rejoignez[- ]nous|cliquez\ |téléchargez\ (?:notre|l'app)
    |partage[rz]\ (?:cet|sur|l'|via)|tous\ droits\ |crédits?\ photos?|mots[- ]clés\ ?:
    |étiquettes\ ?:|thèmes?\ ?:|source\ ?:\ |sources\ ?:\ |soutenez\ (?:nous|notre|le\ journalisme
    |la\ presse|une\ presse)|cet\ article\ (?:a\ été|est\ (?:réservé|paru|initialement))
    |ce\ site\ utilise|nous\ utilisons\ des\ cookies|en\ (?:cliquant|poursuivant\ votre\ navigation
    |continuant\ (?:votre|à\ naviguer))|\(?avec\ (?:afp|reuters|agences|ap)\b|déjà\ abonné
    |il\ vous\ reste|la\ suite\ (?:est\ réservée|de\ cet\ article)|contacts?\ presse
    |vidéo\ ?:\ .{0,120}[^.]$
    |lesen\ sie\ (?:auch|hier|mehr|weiter|dazu|außerdem)|mehr\ zum\ thema|mehr\ dazu\b
    |folgen\ sie\ uns|abonnieren\ sie|melden\ sie\ sich\ |jetzt\ (?:abonnieren|anmelden|testen
    |registrieren)|klicken\ sie|hier\ klicken|laden\ sie\ (?:unsere|die)|artikel\ teilen
    |alle\ rechte\ |bildquelle|bildrechte|schlagw[oö]rte?r?:|stichw[oö]rter?:|themen:|quellen?:[ ]
    |unterstützen\ sie\ (?:uns|unsere|unabhängig)|dieser\ (?:artikel|beitrag|text)\ (?:wurde|ist
    |erschien)|diese\ meldung\ (?:wurde|ist)|wir\ (?:verwenden|nutzen|setzen)\ cookies
    |diese\ (?:web)?site\ (?:verwendet|nutzt)|mit\ (?:der\ )?nutzung\ dieser|mit\ material\ (?:von
    |der)|\((?:dpa|afp|apa|ap|reuters|sda)(?:/\w{2,10}){0,3}\)$|bereits\ abonnent
    |um\ (?:weiterzulesen|diesen\ artikel)|pressekontakt|rückfragen\ (?:bitte|an)
    |empfohlener\ (?:externer|redaktioneller)|an\ dieser\ stelle\ finden|video:\ .{0,120}[^.]$
    |l[ea]e[r]?\ (?:también|tambien|además|más|la\ noticia)|lea\ (?:también|tambien|además|más)
    |te\ puede\ interesar|le\ puede\ interesar|(?:ver|vea|mira)\ (?:también|más)\b
    |más\ información\b|síguenos|siga?\ ?nos\b|síganos|sigue\ (?:toda|leyendo|nuestr|a\ )
    |suscr[ií]b(?:e|a|ete|ase)\b|únete\ a\ |regístrate|haz\ clic|haga\ clic|pincha[ ]
    |descarga\ (?:nuestra|la)\ |comparte\ |compartir\ (?:en|esta|este)|todos\ los\ derechos
    |etiquetas:|palabras\ clave:|temas:|fuentes?:\ |apoya\ (?:el\ periodismo|nuestro|a\ )
    |este\ (?:artículo|texto|contenido)\ (?:ha\ sido|fue|es\ exclusivo|se\ publicó)|esta\ (?:noticia
    |historia)\ (?:ha\ sido|fue|está)|(?:este|nuestro)\ sitio\ (?:web\ )?(?:usa|utiliza)
    |utilizamos\ cookies|usamos\ cookies|al\ (?:hacer\ clic|continuar\ navegando)
    |\(?con\ información\ de\ |ya\ (?:eres|es)\ suscriptor|para\ (?:seguir|continuar)\ leyendo
    |contacto\ de\ prensa|vídeo:\ .{0,120}[^.]$
    |(?:ayrıca|bunu\ da|bunları\ da)\ (?:okuyun|oku)\b|ayrıca\ bak|ilgili\ haber|ilginizi\ çekebilir
    |bizi\ (?:takip|sosyal|google)|takip\ (?:edin|etmek)|abone\ (?:ol|olmak)|bültenimize|e-bülten
    |tıklayın|buraya\ tıkla|uygulamamızı|haberi\ paylaş|tüm\ hakları|etiketler:|anahtar\ kelimeler:
    |kaynak(?:lar)?:\ |bu\ (?:haber|içerik|yazı)\ (?:güncellen|ilk\ |.{0,30}tarafından)
    |haber\ güncelleniyor|bağımsız\ (?:gazeteciliği|haberciliği)|çerez|sitemizde|web\ sitemiz
    |devamını\ okumak|haberin\ devamı|son\ dakika\ haberleri\b|google\ news'te|yorum\ yapmak\ için
    |leggi\ anche|leia\ (?:também|mais)|czytaj\ (?:także|też|również|więcej)|zobacz\ (?:także|też
    |również)|lees\ ook|tutti\ i\ diritti|todos\ os\ direitos|wszelkie\ prawa
    |reconstruction\ for\ demonstration
    )""",
    re.VERBOSE,
)
# These open real sentences too: only with the name of a medium in the line.
_WEAK_OPENINGS = re.compile(
    r"(?:sign up|subscribe|follow|join|get|download|receive|share|donate|help|stay|catch|keep|enter"
    r"|if you|we need|your|you can|want|enjoy|please|to (?:get|receive|read|stay)"
    r"|for (?:breaking|daily|live)"
    r"|хотите|чтобы (?:получать|не пропустить|быть)|получайте|больше (?:новостей|информации)"
    r"|будьте в курсе"
    r"|хочете|щоб (?:отримувати|не пропустити|бути)|отримуйте|більше (?:новин|інформації)"
    r"|будьте в курсі"
    r"|recevez|restez|vous pouvez|pour (?:recevoir|ne rien)|erhalten sie|bleiben sie"
    r"|sie können|möchten sie"
    r"|recibe|reciba|mantente|manténgase|quieres|para recibir|siga|gelişmelerden|haberleri"
    r"|en son|güncel)\b"
)
_MEDIUM = re.compile(_PLATFORMS)
_OURS = re.compile(
    r"\b(?:our|us|we|your|you|now|free|here|наш\w*|ваш\w*|вы|нас|вас|nous|notre|nos|vous|votre"
    r"|uns\w*|sie|ihre?\w*"
    r"|nuestr\w+|tu|tus|su|bizi|bizim|sizin|size|\w+miz\w*|\w+mız\w*)\b"
)
# Wherever they stand in a short line.
_ANYWHERE = re.compile(
    r"all rights reserved|все права защищены|(?:всі|усі) права (?:захищен|застережен)"
    r"|tous droits réservés"
    r"|alle rechte vorbehalten|(?:todos los|reservados todos los) derechos"
    r"|tüm hakları saklıdır|ctrl ?\+ ?enter"
    r"|(?:subscribe|sign up|signed up) (?:to|for) our|our (?:daily |weekly |free "
    r"|morning )?newsletter"
    r"|you (?:agree|consent|accept) (?:to|that|our)\b.{0,60}(?:terms|privacy|cookie)|(?:in"
    r"|into|to) your inbox"
    r"|(?:we|site|website) uses? cookies|information on (?:a|your|their) device"
    r"|our [\d,]{1,5} partners\b|cookies (?:and similar|to (?:improve|give|ensure"
    r"|provide|personali))"
    r"|подпи[сш]\w+ на наш|підпи[сш]\w+ на наш|нашем телеграм|нашому телеграм|наш(?:ем"
    r"|ому)? (?:telegram|телеграм)"
    r"|abonnez-vous à|abonnieren sie (?:unseren|jetzt)|suscríb\w+ a (?:nuestr|la newsletter)"
    r"|bültenimize"
    r"|utilise des cookies|verwendet cookies|utiliza cookies|çerez (?:kullan|politika)"
    r"|файлы cookie|файли cookie"
    r"|follow us on (?:x|twitter|facebook|instagram|telegram|google|whatsapp|youtube|linkedin"
    r"|our|social)\b|folgen sie uns|suivez-nous sur|síguenos en|bizi takip edin|click here"
    r"|cliquez ici"
    r"|hier klicken|haz clic aquí|haga clic aquí|нажмите здесь|натисніть тут|buraya tıklayın"
    r"|için tıklayın"
    r"|^[^.]{3,60} (?:with|and|mit|avec|con) (?:news )?(?:agencies|agenturen|agences|agencias)\W*$"
    r"|^by .{2,40}\b(?:staff|desk|agencies|team)(?: (?:writers?|reporters?))?\W*$"
    r"|\b(?:contact|reach|e-?mail|write to|follow)\b.{0,120}\S@\w[\w.-]*\.\w{2,}|[^.] read more$"
    r"|(?:>>|→)$|^[^.]{3,40} on (?:x|twitter): [\"“][^\"”]{3,280}[^\"”.!?][\"”]$"
    r"|\berid\b|preferred source on google|tips? to .{0,20}@|story may be updated"
)
_COUNTS = re.compile(
    r"[\d.,]+ ?[kmк]?\+? ?(?:comments?|shares?|views?|likes?|reads?|reactions?|retweets?"
    r"|replies|reposts?|quotes"
    r"|followers|комментари\w*|просмотр\w*|коментар\w*|перегляд\w*|commentaires?|partages?"
    r"|vues?|kommentare?"
    r"|aufrufe|comentarios?|vistas|yorum\w*|görüntülenme|okunma|paylaşım)"
    r"|(?:comments?|views?|shares?|комментарии|просмотры|просмотров|коментарі|перегляди"
    r"|commentaires|kommentare"
    r"|comentarios|yorumlar|okunma)\W{1,3}[\d.,]+ ?[kmк]?"
)
_READING_TIME = re.compile(
    r"(?:reading time|time to read|read time|время чтения|читать|час читання|temps de lecture"
    r"|lecture"
    r"|lesezeit|tiempo de lectura|lectura|okuma süresi)?\W{0,3}(?:~|ca\.? "
    r"|about )?\d{1,3}(?:[-– ]\d{1,3})?"
    r"[ -]?(?:min|mins|minutes?|минут[аы]?|мин|хв|хвилин[аи]?|minuten?|minutos?|dk|dakika)\b\.?"
    r"(?: ?(?:read|to read|reading|listen|watch|чтения|на чтение|читання|de lecture|de lectura"
    r"|lesezeit|lesedauer"
    r"|okuma|okuma süresi))?"
)
_AGO = re.compile(
    r"(?:(?:\d{1,3}|an?|one) ?(?:s|m|h|d|secs?|mins?|hrs?|seconds?|minutes?|hours?|days?"
    r"|weeks?|months?) ago|just now"
    r"|(?:\d{1,3} )?(?:секунд\w?|минут\w?|час\w{0,2}|дн\w{1,2}|день|недел\w) назад"
    r"|(?:\d{1,3} )?(?:секунд\w?|хвилин\w?|годин\w?|дн\w{1,2}|день|тиж\w{1,4}) тому"
    r"|il y a \d{1,3} ?(?:s|min|h|secondes?|minutes?|heures?|jours?|semaines?)"
    r"|vor (?:\d{1,3}|einer|einem) (?:sekunden?|minuten?|stunden?|tag(?:en)?|wochen?)"
    r"|hace \d{1,3} (?:segundos?|minutos?|horas?|días?|semanas?)"
    r"|\d{1,3} (?:saniye|dakika|dk|saat|gün|hafta) önce|\d{1,3}[hmd])"
)
_CLOCK = re.compile(
    r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?\W{0,2}(?:a\.?m\.?|p\.?m\.?|uhr|h|ч|год)?\W{0,2}"
    r"(?:gmt|utc|cet|cest|mez|mesz|eet|eest|msk|мск|et|est|edt|bst|ist|trt|tsi|tsİ|kyiv|київ|киев)?"
    r"(?:\s?[+-]\s?\d{1,2})?"
)
_CLIP = re.compile(r"\D{5,100}[—–|-] ?\d{1,2}:\d\d(?::\d\d)?")  # a title and how long it plays
_ADDRESS = re.compile(
    r"(?:embed\])?(?:https?://|www\.|t\.me/|youtu\.be/|x\.com/)\S+"
    r"|\S{1,64}@\S{1,64}\.\w{2,10}|@\w{1,30}|(?:#\w+[ ,]{0,3}){2,}|#\w+"
    r"|pic\.(?:twitter|x)\.com/\S+"
)
_MORE = re.compile(
    r"(?:also on|more (?:on|from|about|in)|mehr (?:zu|aus|über)|más (?:sobre|de|en)|plus (?:sur"
    r"|d'infos sur)"
    r"|ещё (?:о|по|из)|еще (?:о|по|из)|ще (?:про|з)|подробнее о|докладніше про) .{2,45}"
)
_BAR = re.compile(r" ?[|›»>•·] ?")
_QUOTES = "\"'“”«»„‘’‹›"


def is_boilerplate(line: str) -> bool:
    """Whether the line, taken alone, is no part of any article: sharing, advertising, rights, prompts.

    A line in quotation marks is somebody's words and stays, as does prose above 400 characters
    that asks for nothing.
    """
    if len(line) > LONGEST_LINE:
        return is_plea(line)
    short = label(line)
    if short and (short in _labels() or _is_small_print(short)):
        return True
    plain = fold(line)
    if _is_bare(plain) or _CLIP.fullmatch(plain):
        return True
    return line.lstrip()[:1] not in _QUOTES and _says_so(plain)


def is_plea(line: str) -> bool:
    """Whether a paragraph asks the reader for money, an address or consent, or says who owns the text."""
    if len(line) > LONGEST_PLEA or line.lstrip()[:1] in _QUOTES:
        return False
    return bool(pattern("pleas").search(long_fold(line)))


def is_appeal(line: str) -> bool:
    """Whether a letter to the reader begins with this line: "Dear readers,"."""
    return (
        len(line) <= 120
        and line.rstrip()[-1:] != "."
        and bool(pattern("appeals").match(fold(line)))
    )


def is_widget(line: str) -> bool:
    """Whether a list of other stories begins with this line."""
    short = label(line)
    is_open = bool(short) and line.rstrip()[-1:] not in ".?!" and bool(_MORE.fullmatch(short))
    return is_open or short in phrases("widgets")


def is_comment_box(line: str) -> bool:
    """Whether readers' comments, or the box for them, begin with this line."""
    short = label(line)
    return bool(short) and (
        short in phrases("comments") or ("omment" in short and bool(_COUNTS.fullmatch(short)))
    )


def is_clock(line: str) -> bool:
    """Whether the line is a time of day, or an age such as "5 minutes ago", and nothing else."""
    short = label(line)
    return bool(short) and bool(_CLOCK.fullmatch(short) or _AGO.fullmatch(short))


def _labels() -> frozenset[str]:
    return phrases("widgets", "comments", "furniture")


def _is_small_print(short: str) -> bool:
    """Counters, reading times, ages and bars of networks."""
    patterns = (_COUNTS, _READING_TIME, _AGO, _CLOCK)
    is_counted = any(pattern.fullmatch(short) for pattern in patterns)
    return is_counted or _is_share_bar(short) or _is_menu_bar(short)


def _is_share_bar(short: str) -> bool:
    words = [word for word in re.split(r"[^\w'-]+", short) if word]
    return all(word in _SHARE_WORDS for word in words) and any(w in _NETWORK for w in words)


def _is_menu_bar(short: str) -> bool:
    """Three words or more with bars between them; a headline with bars has longer parts."""
    parts = _BAR.split(short)
    return len(parts) >= 3 and all(part.count(" ") <= 1 for part in parts)


def _is_bare(plain: str) -> bool:
    """Nothing to read: no letters at all, an address, a handle, hashtags."""
    return not any(sign.isalpha() for sign in plain) or bool(_ADDRESS.fullmatch(plain))


def _says_so(plain: str) -> bool:
    if _OPENINGS.match(plain) or _ANYWHERE.search(plain):
        return True
    if pattern("begins").match(plain) or pattern("holds").search(plain):
        return True
    return bool(_WEAK_OPENINGS.match(plain) and _MEDIUM.search(plain) and _OURS.search(plain))
