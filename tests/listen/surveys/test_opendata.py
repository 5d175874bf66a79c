"""The file that reproduces the results and recognises nobody."""

from __future__ import annotations

import csv
import json
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from talkoot.listen.surveys.models import Results, Round
from tests.listen.surveys.rounds import Said, closed_round, companies, published

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def fetched(client: Client, name: str, survey: Round, city: str = "jarvenpaa") -> str:
    answer = client.get(reverse(f"surveys:{name}", kwargs={"city": city, "pk": survey.pk}))
    assert answer.status_code == 200
    return answer.content.decode()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_the_weights_of_the_file_give_the_published_shares(client: Client, joint: Round) -> None:
    data = rows(fetched(client, "open_data", joint))
    book = json.loads(fetched(client, "codebook", joint))
    found = Results.objects.get(round=joint, city=None).content["questions"]
    for code, question in found.items():
        if code in book["left_out_questions"]:
            continue
        here = [row for row in data if row[code]]
        total = sum(float(row["weight"]) for row in here)
        for option, share in question["options"].items():
            said = sum(float(row["weight"]) for row in here if option in row[code].split("|"))
            assert said / total == pytest.approx(share["share"], abs=1e-4), (code, option)


def test_nothing_in_the_file_says_who_where_or_in_which_sector(client: Client, joint: Round) -> None:
    columns = set(rows(fetched(client, "open_data", joint))[0])
    assert columns.isdisjoint(
        {"respondent", "number", "municipality", "industry", "kind", "language", "free", "contact", "size"}
    )


def test_each_row_and_the_name_of_the_file_say_that_answers_are_simulated(
    client: Client, joint: Round
) -> None:
    answer = client.get(reverse("surveys:open_data", kwargs={"city": "jarvenpaa", "pk": joint.pk}))
    assert {row["simulated"] for row in rows(answer.content.decode())} == {"yes"}
    assert "-simulated.csv" in answer["Content-Disposition"]
    book = client.get(reverse("surveys:codebook", kwargs={"city": "jarvenpaa", "pk": joint.pk}))
    assert "-simulated-codebook.json" in book["Content-Disposition"]


def test_own_words_are_not_in_the_file(client: Client, cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(10, "0-9", text="Leipomo torin laidalla"))
    assert "torin" not in fetched(client, "open_data", survey) + fetched(client, "codebook", survey)


def test_no_size_in_the_file_has_fewer_than_five_rows(client: Client, cast: Cast) -> None:
    companies(cast.jarvenpaa)
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9"), Said(6, "10-49"), Said(3, "250+"))
    sizes = Counter(row["size_class"] for row in rows(fetched(client, "open_data", survey)))
    assert min(sizes.values()) >= 5
    assert sizes == {"0-9": 20, "10+": 9}


def test_the_order_of_rows_is_not_the_order_of_answers(client: Client, cast: Cast) -> None:
    survey = published(
        closed_round(cast.jarvenpaa), Said(5, "10-49", demand="no"), Said(5, "0-9"), Said(5, "10-49")
    )
    data = [tuple(row.values()) for row in rows(fetched(client, "open_data", survey))]
    assert data == sorted(data)


def test_the_codebook_explains_every_column_and_the_frame(client: Client, joint: Round) -> None:
    answer = client.get(reverse("surveys:codebook", kwargs={"city": "kerava", "pk": joint.pk}))
    book = answer.json()
    columns = rows(fetched(client, "open_data", joint))[0]
    assert [column["name"] for column in book["columns"]] == list(columns)
    assert book["simulated"] is True
    assert book["frame"] == "open_link"
    assert book["finite_population_correction"] is False
    assert book["columns"][3]["answers"]["hardly"]["sv"] == "Har knappt övervägts"


def test_a_round_that_few_answered_has_no_file(client: Client, cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(4, "0-9"))
    assert (
        client.get(reverse("surveys:open_data", kwargs={"city": "jarvenpaa", "pk": survey.pk})).status_code
        == 404
    )


def test_a_round_that_is_not_published_has_no_file_for_anyone(client: Client, cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(10, "0-9"))
    survey.state = Round.State.CLOSED
    survey.save()
    address = reverse("surveys:open_data", kwargs={"city": "jarvenpaa", "pk": survey.pk})
    assert client.get(address).status_code == 404
    assert cast.signed_in(client, "aino").get(address).status_code == 404
