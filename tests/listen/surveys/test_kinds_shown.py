"""What each kind of question shows, what it never shows, and how it compares with the round before."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from talkoot.analysis.survey.estimation import columns, estimate, spec
from talkoot.listen.surveys import actions
from talkoot.listen.surveys.models import MatrixRow, Option, Question, Questionnaire, Response, Results, Round
from tests.listen.surveys.rounds import Said, closed_round, companies, published

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from talkoot.city.organisations.models import Municipality
    from tests.cast import Cast

KINDS = ("single", "multiple", "matrix", "ranking", "number", "date", "text", "consent", "file", "contact")
SECRET = "Leipomo torin laidalla"


def survey_of(city: Municipality, answers: list[dict[str, Any]], **given: Any) -> Round:
    made = Questionnaire.objects.create(code="kinds", name_fi="Kaikki", name_sv="Alla", name_en="All")
    for number, kind in enumerate(KINDS, 1):
        texts = {f"text_{code}": f"{kind}?" for code in ("fi", "sv", "en")}
        question = Question.objects.create(
            questionnaire=made, number=number, code=kind, kind=kind, unit="MWh", **texts
        )
        for place, code in enumerate(("one", "two") if kind in Question.WITH_OPTIONS else (), 1):
            Option.objects.create(question=question, number=place, code=code, text_fi=code)
        if kind == "matrix":
            MatrixRow.objects.create(question=question, number=1, code="heat", text_fi="Lämpö")
    values: dict[str, Any] = {"frame": "open_link", "state": Round.State.CLOSED, "code": "kinds-2026"}
    survey = Round.objects.create(
        questionnaire=made,
        city=city,
        name_fi="Kaikki",
        opened_on=dt.date(2026, 1, 1),
        closed_on=dt.date(2026, 1, 31),
        **values | given,
    )
    rows = [
        Response(round=survey, number=number, city=city, size_class=said.pop("size", "0-9"), answers=said)
        for number, said in enumerate(answers, 1)
    ]
    Response.objects.bulk_create(rows)
    actions.calculate(survey=survey, by=None)
    survey.state = Round.State.PUBLISHED
    survey.save()
    return survey


def content(survey: Round) -> dict[str, Any]:
    found: dict[str, Any] = Results.objects.get(round=survey, city=None).content
    return found


def page(client: Client, survey: Round) -> str:
    with override("en"):
        address = reverse("surveys:results", kwargs={"city": "jarvenpaa", "pk": survey.pk})
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_kind_is_counted_as_it_is_answered(client: Client, cast: Cast) -> None:
    said = [
        {
            "single": "one",
            "matrix": {"heat": "two" if n < 6 else "one"},
            "ranking": ["two", "one"] if n < 4 else ["one", "two"],
            "number": str(10 + n),
            "date": "2026-03-04" if n < 8 else "2026-05-01",
            "text": SECRET,
            "file": {"file": "abc", "name": "secret.pdf"},
            **({"consent": True} if n < 9 else {}),
        }
        for n in range(12)
    ]
    survey = survey_of(cast.jarvenpaa, said)
    found = content(survey)["questions"]
    assert found["matrix.heat"]["options"]["two"]["share"] == 0.5
    assert found["ranking"]["options"]["one"]["share"] == pytest.approx(8 / 12, abs=1e-4)
    assert found["ranking"]["options"]["one"]["place"]["mean"] == pytest.approx((8 + 4 * 2) / 12, abs=1e-4)
    assert found["number"]["number"]["mean"] == pytest.approx(15.5)
    assert found["date"]["options"] == {"2026-03_2026-05": found["date"]["options"]["2026-03_2026-05"]}
    assert found["consent"]["options"]["yes"]["share"] == 0.75
    assert found["text"]["n"] == 12
    assert set(found).isdisjoint({"file", "contact"})
    shown = page(client, survey)
    assert "Mean 15.5 MWh" in shown
    kwargs = {"city": "jarvenpaa", "pk": survey.pk}
    files = [client.get(reverse(f"surveys:{name}", kwargs=kwargs)) for name in ("open_data", "codebook")]
    everything = shown + "".join(file.content.decode() for file in files)
    assert SECRET not in everything
    assert "secret.pdf" not in everything
    assert "number" not in files[0].content.decode().split("\n")[0].split(",")


def test_a_mean_that_is_mostly_one_company_is_not_shown(client: Client, cast: Cast) -> None:
    survey = survey_of(cast.jarvenpaa, [{"number": "1"}] * 11 + [{"number": "5000"}])
    found = content(survey)["questions"]["number"]
    assert (found["n"], found["number"]) == (12, None)
    assert "could say too much about single companies" in page(client, survey)


@pytest.mark.parametrize("n", [0, 1])
def test_a_round_with_hardly_any_answers_has_a_page_and_no_figures(
    client: Client, cast: Cast, n: int
) -> None:
    companies(cast.jarvenpaa)
    survey = survey_of(cast.jarvenpaa, [{"single": "one", "number": "4", "ranking": ["one"]}] * n)
    assert not any(found["options"] for found in content(survey)["questions"].values())
    shown = page(client, survey)
    assert "%</b>" not in shown


def test_a_random_sample_of_a_known_frame_takes_the_correction_and_no_other_frame_does(cast: Cast) -> None:
    said = [{"single": "one" if n < 8 else "two"} for n in range(20)]
    survey = survey_of(cast.jarvenpaa, said, frame="random", frame_size=40)
    share = content(survey)["questions"]["single"]["options"]["one"]
    survey.frame = Round.Frame.CENSUS
    actions.calculate(survey=survey, by=None)
    whole = content(survey)["questions"]["single"]["options"]["one"]
    assert share["se"] == pytest.approx(whole["se"] * (1 - 20 / 40) ** 0.5, abs=1e-4)


def test_the_file_and_its_specification_give_every_published_share_again(
    client: Client, cast: Cast, tmp_path: Path
) -> None:
    companies(cast.jarvenpaa)
    said = [
        {
            "size": ("0-9", "0-9", "10-49", "")[n % 4],
            "single": ("one", "two")[n % 3 == 0],
            "multiple": [["one"], ["two"], ["one", "two"]][n % 3],
            "matrix": {"heat": ("one", "two")[n % 5 == 0]},
        }
        for n in range(40)
    ]
    survey = survey_of(cast.jarvenpaa, said, frame="random", frame_size=300)
    address = reverse("surveys:reproduce", kwargs={"city": "jarvenpaa", "pk": survey.pk})
    with zipfile.ZipFile(BytesIO(client.get(address).content)) as archive:
        archive.extractall(tmp_path)
    asked = spec.read(json.loads((tmp_path / "specification.json").read_text(encoding="utf-8")))
    rows = estimate.estimate(asked, columns.read(tmp_path / asked.data))
    again = {
        (row["variable"], row["by"], row["level"]): (row["estimate"], row["se"], *row["ci95"]) for row in rows
    }
    questions, compared = content(survey)["questions"], 0
    for code, found in questions.items():
        parts = [(None, found["options"]), *((group["key"], group["options"]) for group in found["groups"])]
        for key, options in parts:
            for answer, share in options.items():
                if code == "consent":
                    continue
                name, level = (f"{code}={answer}", "1") if code == "multiple" else (code, answer)
                numbers = tuple(share[part] for part in ("share", "se", "low", "high"))
                assert again[name, key, level] == pytest.approx(numbers, abs=1e-4), (name, key)
                compared += 1
    assert compared >= 12


def test_a_second_round_says_how_common_questions_have_changed(client: Client, cast: Cast) -> None:
    first = published(closed_round(cast.jarvenpaa), Said(30, "0-9", "some"), Said(10, "0-9", "lots"))
    later = Round.objects.get(pk=first.pk)
    later.pk, later.code, later.state = None, "small-2027", Round.State.CLOSED
    later.opened_on, later.closed_on = dt.date(2027, 1, 1), dt.date(2027, 1, 31)
    later.save()
    published(later, Said(15, "0-9", "some"), Said(25, "0-9", "lots"))
    change = content(later)["questions"]["stage"]["options"]["lots"]["change"]
    assert change["difference"] == pytest.approx(15 / 40)
    assert 0 < change["low"] < change["difference"] < change["high"]
    assert change["p"] < 0.01
    assert "change" not in content(first)["questions"]["stage"]["options"]["lots"]
    assert "Change from the round before" in page(client, later)
