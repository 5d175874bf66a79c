from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sweep.world import world

if TYPE_CHECKING:
    from pytest_django import Settings

__all__ = ["world"]


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    """Pages as the demo shows them, the gallery of components among them."""
    settings.TALKOOT_DEMO = True
