"""Limits count by the visitor's own address, as far as it can be trusted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from talkoot.kit.access import limits

MADE_UP = "192.0.2.1"
VISITOR = "198.51.100.7"
OUTER = "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, f"{MADE_UP}", "10.0.0.1"),
        (1, f"{MADE_UP}, {VISITOR}", VISITOR),
        (2, f"{MADE_UP}, {VISITOR}, {OUTER}", VISITOR),
        (2, VISITOR, "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxies_saw(
    settings: Any, proxies: int, header: str, address: str
) -> None:
    settings.TALKOOT_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=header)
    assert limits.address_of(request) == address


def test_visitors_behind_one_proxy_have_a_share_each(settings: Any) -> None:
    settings.TALKOOT_PROXIES = 1
    one, other = (RequestFactory().get("/", HTTP_X_FORWARDED_FOR=who) for who in (VISITOR, OUTER))
    assert [limits.too_many(one, "what", 2) for _time in range(3)] == [False, False, True]
    assert not limits.too_many(other, "what", 2)
