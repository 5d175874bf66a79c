"""A word is found in all its forms, with or without its dots, and inside compounds."""

from __future__ import annotations

import pytest

from talkoot.kit.search import lexicon, words

ARTICLE = {
    "fi": "Ilmastotekojen hankintapolitiikka: energiansäästö yritysten kiinteistöissä, kumppanuussopimus ja liikkumiskysely.",
    "sv": "Upphandlingspolicyn och klimatavtalet mellan staden och företagen; energibesiktning.",
    "en": "Partnership agreements with companies, and buildings that use less energy.",
}


def finds(query: str, language: str, text: str = "") -> bool:
    there = set(words.indexed(text or ARTICLE[language], language).split())
    return all(there & set(forms) for forms in words.asked(query, language))


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("hankinnoissa", "hankinta"),
        ("kumppaneille", "kumppani"),
        ("ilmastotekoja", "ilmastoteko"),
        ("yritysten", "yritys"),
    ],
)
def test_a_finnish_word_goes_back_to_its_dictionary_form(word: str, lemma: str) -> None:
    assert words.lemma(word, "fi") == lemma


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("hankinnoissa", "Hankinta"),
        ("kumppaneille", "Uusi kumppani"),
        ("ilmastotekoja", "Valitse ilmastoteko"),
    ],
)
def test_the_three_words_of_the_promise(query: str, text: str) -> None:
    assert finds(query, "fi", text)


@pytest.mark.parametrize(
    "query",
    [
        *(
            "hankinta",
            "hankinnat",
            "politiikkaa",
            "hankintapolitiikalla",
            "ilmastoteko",
            "ilmastotekoihin",
            "teko",
        ),
        *(
            "energia",
            "energiansäästöä",
            "säästö",
            "kiinteistö",
            "kiinteistöjen",
            "yritykselle",
            "kumppanuussopimukset",
        ),
        *("sopimuksia", "kysely", "liikkumiskyselyn", "ILMASTO", "energiansaasto"),
    ],
)
def test_finnish_queries(query: str) -> None:
    assert finds(query, "fi")


@pytest.mark.parametrize(
    "query", ["avtal", "klimatavtal", "upphandling", "policy", "företag", "foretaget", "städer"]
)
def test_swedish_queries(query: str) -> None:
    assert finds(query, "sv")


@pytest.mark.parametrize("query", ["agreement", "company", "building", "used energy"])
def test_english_queries(query: str) -> None:
    assert finds(query, "en")


@pytest.mark.parametrize("query", ["hanki", "auto", "kunta", "säästöpankki", "kumppanuus auto"])
def test_words_that_are_not_there(query: str) -> None:
    assert not finds(query, "fi")


def test_what_is_not_translated_is_found_by_its_finnish() -> None:
    assert finds("hankinta", "sv", "Hankinnoissa")


def test_numbers_and_codes_are_words() -> None:
    assert finds("m01 2027", "fi", "M01: vuodelle 2027")


def test_the_lexicon_knows_its_size_and_what_it_does_not_hold() -> None:
    swedish = lexicon.Lexicon("sv")
    assert len(swedish) > 900_000
    assert swedish.get("avtalet") == "avtal"
    assert [swedish.get(word) for word in ("", "xyzzy", "\x00", "öööö")] == [None] * 4
