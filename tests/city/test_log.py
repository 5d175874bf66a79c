from __future__ import annotations

from typing import TYPE_CHECKING

from talkoot.city.accounts.models import User
from talkoot.kit.audit import log

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def test_the_administrator_reads_the_log_of_the_own_city_only(cast: Cast, client: Client) -> None:
    log.record(cast.kerava.units.all()[0], by=cast.kaisa, verb="edited", reason="Talousarvio muuttui")
    log.record(cast.unit("ELI"), by=cast.aino, verb="edited", reason="Toisen kaupungin asia")
    page = cast.signed_in(client, "kaisa").get("/kerava/tyotila/loki/").content.decode()
    assert "Talousarvio muuttui" in page
    assert "Toisen kaupungin asia" not in page


def test_the_log_is_not_for_all_of_the_staff(cast: Cast, client: Client) -> None:
    assert cast.signed_in(client, "aino").get("/jarvenpaa/tyotila/loki/").status_code == 403
    assert cast.signed_in(client, "kaisa").get("/jarvenpaa/tyotila/loki/").status_code == 404


def test_who_keeps_the_service_running_finds_the_machines_work(db: None, client: Client) -> None:
    client.force_login(User.objects.create_superuser("tuuli@example.example", "a long enough password"))
    assert 'href="/tili/tyot/"' in client.get("/tili/").content.decode()
