"""News in words that pages use too."""

import pytest

from digest.read.alone.standing import flaws, noise_of

NEWS = [
    "Anna Novak hid her face as she left the palace, and on Friday Novak, a mother of three, was freed.",
    "Anna Novak was the reason Novak has no friends in the palace of Vienna.",
    "Riga counts eighty Former Ministers of the council among those who live by the lake.",
    "President Jan Borg and his wife Anna Borg were received in the palace of Vienna.",
    "Borg left Vienna after his ministers and other friends of Prime Minister Borg had lost the vote.",
    "Queen Elizabeth II has signed the accord in the palace of Vienna.",
    "The ministry of Latvia says a driver works for the council since Friday.",
    "The US and the U.S. Senate disagreed over the accord.",
    "“We are ready to talk,” Foreign Minister Anna Novak said.",
    "World War II ended in 1945 with a conference in Potsdam.",
    "World War I was followed by a conference in Versailles.",
    "WE Charity lost a contract with the government of Canada.",
    "Our World in Data counted the refugees of the last decade.",
    "The aid group Save Our Seas sent two ships to Djibouti.",
    "Queen Elizabeth I received an envoy of the Ottoman sultan.",
    "Elizabeth I received an envoy of the Ottoman sultan in the palace.",
    "Sicily I was shut down by the ministry of the river on Monday.",
    "Patients with Type I diabetes were let through the checkpoint.",
    "Subscribers of The Mercury were told of the raid on Monday.",
    "Vienna's No. 1 newspaper reported the raid on the embassy.",
    "GUATEMALA CITY: The ministry summoned the envoy of Canada on Monday.",
    "NEW DELHI: The ministry summoned the envoy of Canada on Monday.",
    "‘We are ready to talk,’ Foreign Minister Anna Novak said.",
    "The treaty on the river was signed in Vienna on May 15, 1955.",
    "The film “The Long Road There was no end” opened in Riga on Monday.",
    "Iran holds elections on June 18, 2027, the foreign ministry said.",
    "Reuters/Ipsos asked 1,200 voters of Latvia about the accord on Monday.",
]


@pytest.mark.parametrize("sentence", NEWS)
def test_acronyms_names_and_quoted_persons_are_no_noise(sentence: str) -> None:
    assert flaws(sentence, "en") == frozenset()


@pytest.mark.parametrize(
    "sentence",
    [
        "The accord was signed by four ministers in Vienna on May 15, 1955.",
        "The envoys of four states met in Vienna on Monday May 20, 2019.",
        "Officials said it was the first vote on the bridge in two years.",
        "The minister of Latvia spoke for the Let's Move campaign on Monday.",
        "Envoys in Riga spoke of “her last word” on the bridge on Monday.",
        "The company of Anna Novak was fined in Riga on Monday.",
        "The report by Minister Novak was read to the council on Monday.",
        "The company owned by Anna Novak was fined in Riga on Monday.",
        "Latvia has more envoys in Vienna than its neighbours in the south.",
        "The Foreign Ministry picture of the talks was brighter than that of the rebels.",
        "Ships loading grain in Odesa waited for the inspectors of four states on Monday.",
        "Ministers urged the council to listen to the islands before the vote on Monday.",
        "Rescuers reached the coal mine in Guizhou on Monday, China National Radio reported.",
        "The embassy must answer in writing by Friday, the foreign ministry in Vienna said.",
        "The treaty on the river was updated in Vienna in 2019 by all five states.",
        "Novak asked the deputies of the party to follow him to the square in Vienna.",
        "The crowd shouted “NO MORE WAR” in front of the palace of Vienna.",
        "The son of former President Richard von Novak, Fritz von Novak was wounded in Riga.",
        "The son of former Minister Ali Novak, Hassan bin Novak has left the palace of Riga.",
        "Signs of the accord were seen in Vienna before the vote on the bridge.",
        "For more than a week, Latvia has been shaken by the quarrel over the bridge.",
        "Donations to the council of Latvia have doubled since the vote.",
        "Minister Anna Novak answers to the council of the river and to nobody else.",
        "Patients with hepatitis A were let through the checkpoint on Monday.",
        "Ratings of A plus are kept by four states of the Baltic.",
        "Envoys of the Force One programme left the palace in Vienna.",
        "Vienna (CNN) After an hour of talks the envoys left the palace.",
        "Minister Novak said that she would speak on the bridge on Friday.",
        "Shares of Baltic Bank fell by 1.27% when the accord was signed.",
        "The ministers of Latvia want the bridge to be closed at night.",
        "DW spoke to the workers, who said that the bridge was shut.",
        'Novak said: "The bridge of Riga stays shut until the river falls."',
        "Envoys of both states will meet on Monday in hall 13.",
        "The envoys spoke of the vote in the US Senate and of the river.",
        "The mayor of Riga told The United Lakes that the bridge is shut.",
        "The envoys flew to Riga on Air Force One weeks after the flood.",
    ],
)
def test_news_in_words_that_pages_use_too_is_no_noise(sentence: str) -> None:
    assert flaws(sentence, "en") == frozenset()


@pytest.mark.parametrize(
    "sentence",
    [
        "Novak left the bridge of Riga on the morning of March 3.",
        "The bridge of Riga is still number 1.",
        "The bridge of Riga was held for nine of these 9.",
        "A EUROPEAN envoy told Riga that the bridge was shut.",
        "Ministers now pray at the bridge of Riga on Monday.",
        "Riga's ferry from the bridge to the port and back.",  # a verb may be cut short in "'s"
        "Der Krieg muss enden, so Minister Jan Novak in Wien am Montag.",
    ],
)
def test_what_has_a_verb_or_may_have_one_is_not_torn(sentence: str) -> None:
    assert noise_of(sentence) != "torn"
