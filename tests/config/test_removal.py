"""TALKOOT_DEMO=0 takes the demo away, and nothing of a real city with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.test import override_settings

from talkoot.choose.methods.models import Method
from talkoot.choose.pilots.models import Pilot
from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.models import Establishment, Membership, Municipality, Organisation, Unit
from talkoot.config import demo, removal, serve
from talkoot.kit.audit import log
from talkoot.kit.audit.models import Event
from talkoot.kit.files import actions
from talkoot.listen.surveys.models import Questionnaire, Round
from tests.sweep.world import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker, Settings

KEPT = {"methods.Method", "methods.Goal", "search.SearchEntry", "search.Stale"}


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker), override_settings(TALKOOT_DEMO=True):
        demo.load()
        yield


@pytest.fixture
def loaded(db: None, _demo: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "prepare", lambda: None)  # the tables of the tests are there
    settings.TALKOOT_DEMO = False


def real_city() -> tuple[Municipality, Organisation, User]:
    body = Organisation.objects.create(name="Nurmijärven kunta", kind=Organisation.Kind.AUTHORITY)
    city = Municipality.objects.create(
        code="543",
        slug="nurmijarvi",
        name_fi="Nurmijärvi",
        organisation=body,
        contact_email="ilmasto@nurmijarvi.fi",
    )
    Unit.objects.create(city=city, code="ELI", name_fi="Elinkeinopalvelut", person_days=60)
    company = Organisation.objects.create(name="Oikea Oy", business_id="0112038-9")
    Establishment.objects.create(organisation=company, city=city)
    officer = User.objects.create_user("liisa@nurmijarvi.fi", "a long enough password", name="Liisa")
    Membership.objects.create(user=officer, organisation=body, role=Role.COORDINATOR)
    return city, company, officer


def everything() -> dict[str, int]:
    """Rows by model, without the library and what is said of it."""
    own = [model for model in apps.get_models() if model.__module__.startswith("talkoot.")]
    found = {m._meta.label: m._base_manager.count() for m in own if m._meta.label not in KEPT}
    found["audit.Event"] -= Event.objects.filter(model="methods.Method").count()
    return {label: n for label, n in found.items() if n}


def test_the_demo_is_not_mixed_with_real_cities(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "prepare", lambda: None)
    settings.TALKOOT_DEMO = True
    real_city()
    assert demo.run(["--no-serve"]) == 2
    assert demo.CITIES_OF_ITS_OWN in capsys.readouterr().out
    assert Municipality.objects.count() == 1


@pytest.mark.usefixtures("loaded")
def test_nothing_of_the_demo_is_left_but_the_library() -> None:
    methods = Method.objects.count()
    assert demo.run(["--remove"]) == 0
    connection.check_constraints()
    assert everything() == {}
    assert Method.objects.count() == methods == 56
    assert not serve.holds_demo()


@pytest.mark.usefixtures("loaded")
def test_what_a_real_city_holds_stays_whatever_it_is_marked() -> None:
    city, company, officer = real_city()
    values = {"city": city, "method": Method.objects.get(code="M05"), "example": True}
    own = Pilot.objects.create(name_fi="Oma pilotti", **values)
    log.record(own, by=officer, verb="created")
    survey = Round.objects.get(code="company-climate-2021")
    shared = Round.objects.create(
        questionnaire=survey.questionnaire, code="yhteinen", name_fi="Yhteinen", simulated=True
    )
    shared.cities.set([city, Municipality.objects.get(slug="vantaa")])
    assert demo.run(["--remove"]) == 0
    connection.check_constraints()
    assert list(Municipality.objects.all()) == [city]
    assert set(Organisation.objects.all()) == {city.organisation, company}
    assert list(User.objects.all()) == [officer]
    assert list(Pilot.objects.all()) == [own]
    assert Event.objects.exclude(model="methods.Method").get().object_name == "Oma pilotti"
    assert list(Round.objects.all()) == [shared]
    assert list(shared.cities.all()) == [city]
    assert Questionnaire.objects.filter(pk=shared.questionnaire_id).exists()


@pytest.mark.usefixtures("loaded")
def test_it_refuses_while_people_outside_the_demo_work_there(capsys: pytest.CaptureFixture[str]) -> None:
    vantaa = Municipality.objects.get(slug="vantaa")
    guest = User.objects.create_user("liisa@nurmijarvi.fi", "a long enough password", name="Liisa")
    Membership.objects.create(user=guest, organisation=vantaa.organisation, role=Role.READER)
    before = everything()
    assert demo.run(["--remove"]) == 2
    assert everything() == before
    assert "liisa@nurmijarvi.fi" in capsys.readouterr().out
    assert demo.run(["--remove", demo.ALL_THE_SAME]) == 0
    assert everything() == {"accounts.User": 1}


@pytest.mark.usefixtures("loaded")
def test_the_setting_alone_removes_it_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.run(["--no-serve"]) == 0
    said = capsys.readouterr().out
    assert "Removing the demo" in said
    assert "56 methods" in said
    assert everything() == {}
    assert demo.run(["--no-serve"]) == 0
    assert demo.NOTHING in capsys.readouterr().out


@pytest.mark.usefixtures("loaded")
def test_the_service_names_the_command_that_removes_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert serve.web([]) == 2
    assert "talkoot demo --remove" in capsys.readouterr().err


@pytest.mark.usefixtures("loaded")
def test_contents_of_files_go_with_their_rows(django_capture_on_commit_callbacks: Any) -> None:
    file = actions.store(b"%PDF-1.7 demo", name="a.pdf", use="demo.pdf", by=None, scope="vantaa")
    path = file.path
    with django_capture_on_commit_callbacks(execute=True):
        removal.remove(removal.found())
    assert not default_storage.exists(path)
