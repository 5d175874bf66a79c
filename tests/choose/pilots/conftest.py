from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.choose.methods.library import method

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method


@pytest.fixture
def webinars(db: None) -> Method:
    return method("M05", marks="D")
