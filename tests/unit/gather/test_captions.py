"""What belongs to a picture."""

import pytest

from digest.gather.lines.captions import is_caption

FIRST = "The two foreign ministers met in the harbour town on Monday and spoke for three hours about pilots."


@pytest.mark.parametrize(
    "line",
    [
        "PHOTO: Ships wait outside the harbour.",
        "FILE - Ships wait outside the harbour, June 2, 2025.",
        "Ships wait outside the harbour. (AP Photo/Lena Vogt)",
        "Ships wait outside the harbour. REUTERS/Lena Vogt",
        "Ships wait [File: Lena Vogt/AFP]",
        "Ships wait © Lena Vogt",
        "Ships wait outside the harbour. (Lena Vogt/The Lake Reporter)",
        "Ships wait outside the harbour. Photograph: The Lake Reporter",
        "Ships wait outside the harbour. (Source: WXYZ)",
        "Ships wait outside the harbour. Photo by Lena Vogt",
        "Getty Images",
        "Фото: пресс-служба порта",
        "Crédit photo : Agence du Lac",
        "Archivbild: Schiffe vor dem Hafen",
        "Fotoğraf: Göl Ajansı",
    ],
)
def test_captions_and_credits_are_known(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        FIRST,
        "He told Reuters.",
        "The ministry named its source: a ship that waited outside.",
        "She stood beside a photo by her father, and said nothing.",
        "Ships wait outside (and/or within) the harbour.",
        "The deal was first reported by Axios/Reuters.",
        "Photo: " + "a" * 500,
    ],
)
def test_sentences_about_agencies_are_no_captions(line: str) -> None:
    assert not is_caption(line)
