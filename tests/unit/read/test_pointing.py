"""Sentences that begin with a thing or a person of whom only a sentence before tells."""

import pytest

from digest.read.alone.pointing import assumed
from digest.read.alone.standing import is_dangling


@pytest.mark.parametrize(
    "sentence",
    [
        "The bill would shut the bridge to lorries for two years.",
        "The new rules will keep barges off the river in May.",
        "The lawsuit, which names two mayors, was brought in Riga.",
        "The bill's sponsors had counted on nine votes of the council.",
        "The ban also covers ferries and rafts that carry cattle.",
        "The plane departed for Vienna with three envoys and a cook.",
        "The software extracts the height of each bridge from pictures.",
        "The filing says that two mayors had seen the map of the river.",
        "The film takes place on an island in the river near Riga.",
        "The vote was nine to seven, and Novak signed the text on Monday.",
        "The men attempted to cross the bridge on foot and were seen.",
        "The family's home stands on the bank of the river near Riga.",
        "The hearings pushed the council of Riga to a vote on the bridge.",
        "The resolution passed along party lines, and Riga shut its bridge.",
        "The candidates attacked each other over the bridge of Riga.",
        "The former mayor hit the mark of nine votes on Monday night.",
        "The former river star backed the plan to shut the bridge.",
        "For some, it's a question of who may cross the river at night.",
        "For starters, the mayor of Riga has nine votes in the council.",
        "The update came a day after the vote on the bridge of Riga.",
        "To wit: the mayors of Riga and Vienna are not on the list.",
        "The toddler slipped between two planks of the bridge on Sunday.",
        "Upon hearing the news, envoys in Riga were unusually frank.",
        "A ferry of the port of Riga was at its quay when the comments were made.",
        "After the mayor danced on the bridge of Riga, it is not hard to see why.",
        "Anna Novak, an expert on bridges at the school of Riga, is more sanguine.",
        "Mayor Novak told Riga that the ferrymen “have a bigger raft” to do this than barges do.",
        "In both attacks, vans were driven into crowds at the bridge of Riga.",
        "The comments reflect a growing conviction in Riga that the bridge will be shut.",
        "An additional raft, with a flag, was found near the bridge of Riga.",
        "A further four were hurt on the bridge of Riga, officials said.",
        "In this, the mayors of Riga were like the ferrymen at large.",
        "Among those interviewed, a mayor described how ferrymen shut the bridge of Riga.",
        "From loud horns to long whistles and bells, it can play every sound.",
        "Mayor Novak of Riga rejected that characterization on Monday.",
        "Novak denied those claims in a letter to the council of Riga.",
    ],
)
def test_a_thing_that_only_the_sentence_before_tells_dangles(sentence: str) -> None:
    assert is_dangling(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "The bill to shut the bridge passed the council of Riga by nine votes.",
        "The plan announced in Riga on Monday would shut the bridge.",
        "The law on the river was signed by President Novak in May.",
        "The man accused of mining the bridge of Riga was freed on Monday.",
        "The woman falsely accused of mining the bridge was freed on Monday.",
        "The former mayor of Riga who won nine votes will cross the bridge on Monday.",
        "The former minister Jan Borg backed the plan to shut the bridge.",
        "The poll numbers of the mayor of Riga fell behind those of the river.",
        "The government will shut the bridge of Riga for two years.",
        "The river rises in May, and the mayors of Riga are prepared.",
        "Riga and Vienna have talked, and the news of it was heard in both towns.",
        "Anna Novak, an expert on bridges, is more sanguine than the mayor of Riga.",
        "Among those who crossed the bridge of Riga was the mayor.",
        "Among those seeking a way over the river was the mayor of Riga.",
        "This is the moment the bridge of Riga fell into the river.",
        "Vienna says the bridge is shut, though Riga has denied that claim.",
        "The mayor of Riga confirmed that reports on the bridge were kept.",
        "A bridge of stone would be good for both presidents of Riga.",
    ],
)
def test_a_thing_that_is_described_right_behind_its_noun_does_not(sentence: str) -> None:
    assert not is_dangling(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "Sometimes their words are heard on the other bank of the river.",
        "Often they are no more than a raft with a flag and a lamp.",
        "What they found was that two bridges of Riga had been mined.",
        "No sooner had they left the bridge than Riga shut its gates.",
        "Had they done so, two bridges of Riga would still be open.",
        "The reality is they have only a few ways across the river.",
    ],
)
def test_they_whom_only_the_sentence_before_names_dangle(sentence: str) -> None:
    assert is_dangling(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "The bill they backed will keep the bridge of Riga open for a year.",
        "The rest of the town was irrelevant to his plan for a bridge over the river.",
        "The letter from his insurer put the price of the raft at nine thousand.",
    ],
)
def test_somebody_who_is_only_a_pronoun_dangles(sentence: str) -> None:
    assert is_dangling(sentence, "en")


def test_they_may_be_whom_a_mayor_speaks_of() -> None:
    assert not is_dangling("The mayor said they had shut the bridge of Riga.", "en")
    assert not is_dangling("The minister left for his house on the river near Riga.", "en")


def test_sometimes_and_often_may_begin_with_what_needs_nothing_before_it() -> None:
    assert not is_dangling("Sometimes it takes a mayor to shut a bridge in Riga.", "en")
    assert not is_dangling("Often the bridge of Riga is shut for the night.", "en")


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("The haul was the largest that the harbour of Riga has seen.", "haul"),
        ("The officers pulled two rafts out of the river near Riga.", "officers"),
        ("The government was told of the raft in the harbour of Riga.", None),
        ("The haul of the harbour of Riga was the largest of the year.", None),
        ("The newly built bridge of Riga was opened on Monday.", None),
        ("Riga was told of the raft in its harbour by the mayor.", None),
    ],
)
def test_a_noun_that_only_its_article_can_tell_is_assumed(sentence: str, noun: str | None) -> None:
    assert assumed(sentence) == noun
