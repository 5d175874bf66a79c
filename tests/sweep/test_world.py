"""The world of the sweeps shows every model in every state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sweep.world import own_models, states

if TYPE_CHECKING:
    from django.db import models

    from tests.sweep.world import World


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
@pytest.mark.django_db
def test_the_sweeps_see_every_model_in_every_state(world: World, model: type[models.Model]) -> None:
    rows = model._base_manager.all()
    assert rows.exists(), f"no {model._meta.label} in the sweeps: add one in tests/sweep/extra.py"
    if wanted := states(model):
        lacking = set(wanted) - set(rows.values_list("state", flat=True))
        assert not lacking, f"{model._meta.label} in these states: add them in tests/sweep/extra.py"
