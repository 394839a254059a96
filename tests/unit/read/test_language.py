"""Tell languages apart in headlines, in paragraphs and in rubbish."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.read.language import language

SENTENCES = {
    "en": "The two delegations agreed to reopen the crossing before winter.",
    "fr": "Les deux délégations ont accepté de rouvrir le poste-frontière avant l'hiver.",
    "de": "Die beiden Delegationen einigten sich darauf, den Übergang vor dem Winter zu öffnen.",
    "es": "Las dos delegaciones acordaron reabrir el paso fronterizo antes del invierno.",
    "it": "Le due delegazioni hanno deciso di riaprire il valico prima dell'inverno.",
    "pt": "As duas delegações concordaram em reabrir a passagem antes do inverno.",
    "pl": "Obie delegacje uzgodniły, że przejście zostanie otwarte przed zimą.",
    "tr": "İki heyet, sınır kapısının kıştan önce yeniden açılması konusunda anlaştı.",
    "nl": "De twee delegaties besloten de grensovergang voor de winter te heropenen.",
    "ro": "Cele două delegații au convenit să redeschidă punctul de trecere înainte de iarnă.",
    "ru": "Обе делегации договорились открыть переход до наступления зимы.",
    "uk": "Обидві делегації домовилися відкрити перехід до початку зими.",
    "be": "Абедзве дэлегацыі дамовіліся адкрыць пераход яшчэ ўвосень.",
    "bg": "Двете делегации се споразумяха да отворят прохода преди зимата.",
    "sr": "Две делегације су се договориле да отворе прелаз пре зиме.",
    "kk": "Екі делегация өткелді қысқа дейін қайта ашуға келісті.",
    "mk": "Двете делегации одлучија ќе го отворат преминот пред зимата.",
    "ar": "اتفق الوفدان على إعادة فتح المعبر قبل حلول فصل الشتاء.",
    "fa": "دو هیئت توافق کردند گذرگاه پیش از زمستان بازگشایی شود و گفتگو کنند.",
    "ur": "دونوں وفود نے سردیوں سے پہلے گزرگاہ دوبارہ کھولنے پر اتفاق کیا ہے۔",
    "he": "שתי המשלחות הסכימו לפתוח מחדש את המעבר לפני החורף.",
    "el": "Οι δύο αντιπροσωπείες συμφώνησαν να ανοίξουν το πέρασμα πριν τον χειμώνα.",
    "zh": "两国代表团同意在冬季之前重新开放口岸。",
    "ja": "両代表団は冬の前に検問所を再開することで合意した。",
    "ko": "양측 대표단은 겨울이 오기 전에 통행로를 다시 열기로 합의했다.",
    "hy": "Երկու պատվիրակությունները համաձայնեցին բացել անցակետը։",
    "ka": "ორივე დელეგაცია შეთანხმდა გადასასვლელის გახსნაზე.",
    "hi": "दोनों प्रतिनिधिमंडल सर्दियों से पहले मार्ग खोलने पर सहमत हुए।",
    "bn": "দুই প্রতিনিধি দল শীতের আগে পথটি খুলতে রাজি হয়েছে।",
    "th": "คณะผู้แทนทั้งสองฝ่ายตกลงที่จะเปิดด่านก่อนฤดูหนาว",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_one_sentence_is_enough(code: str) -> None:
    assert language(SENTENCES[code]) == code


@pytest.mark.parametrize("code", ["en", "ru", "uk", "fr", "de", "es"])
def test_the_case_of_a_headline_changes_nothing(code: str) -> None:
    assert language(SENTENCES[code].upper()) == code


@pytest.mark.parametrize(
    "text", ["", " \n\t", "12.5 % - 30", "Ok", "Macron, Scholz, Meloni", "俄乌", "🕊🕊🕊", "да"]
)
def test_too_little_text_has_no_language(text: str) -> None:
    assert language(text) is None


def test_foreign_names_do_not_outvote_the_script() -> None:
    assert language("欧盟委员会主席 Ursula von der Leyen 访问") == "zh"
    assert language("Reuters (AP) передаёт: министры встретились в Женеве") == "ru"


def test_a_name_in_another_script_does_not_change_the_language() -> None:
    text = "The ministry (Министерство, 外务) said that the envoys would return on Thursday."
    assert language(text) == "en"


def test_belarusian_is_known_by_having_both_letters() -> None:
    assert language("Яны дамовіліся сустрэцца зноў") == "be"
    assert language("Сёння адбыліся размовы дэлегацый") == "be"


def test_a_quoted_name_of_a_neighbour_does_not_change_the_language() -> None:
    assert language(SENTENCES["ru"] * 3 + " «Київ»") == "ru"
    assert language(SENTENCES["uk"] * 3 + " «Крым»") == "uk"


def test_addresses_and_handles_are_not_words() -> None:
    address = "https://www.example.org/news/the-minister-said-that-the-talks-would-go-on"
    assert language(f"{address} @the_foreign_office #peace Минск ждёт делегацию") == "ru"


def test_control_characters_do_no_harm() -> None:
    noisy = SENTENCES["en"].replace(" ", "\x00 \u202e\ufeff\x1f")
    assert language(noisy) == "en"
    assert language("\ud800" * 50) is None


def test_of_a_very_long_text_only_the_beginning_is_looked_at() -> None:
    assert language(f"{SENTENCES['en']} " * 50 + f"{SENTENCES['fr']} " * 100_000) == "en"


@settings(max_examples=150)
@given(st.text(max_size=400))
def test_any_text_gets_a_code_or_none(text: str) -> None:
    code = language(text)
    assert code is None or (len(code) == 2 and code.islower())


def test_a_text_of_two_languages_is_not_surely_english() -> None:
    french = "Le ministre des affaires étrangères a reçu son homologue turc mardi à Paris. "
    quoted = "He said that the talks by the two were of use. "

    assert language(french * 6 + quoted) == "fr"
    assert language(quoted * 6) == "en"
