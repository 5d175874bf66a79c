"""Write docs/reference/states.md from the transitions that the models declare; `--check` only compares."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.apps import apps

PLACE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "states.md"


def text() -> str:
    """One Mermaid diagram a model with states, in the order of the rooms."""
    from talkoot.kit.states import Stateful, diagram  # noqa: PLC0415 -- models, once Django is ready

    parts = [
        "# States\n\nMade by `python -m scripts.states` from the models; an arrow carries the permission it takes.\n"
    ]
    models = (model for model in apps.get_models() if issubclass(model, Stateful))
    parts += [f"\n## {model._meta.label}\n\n```mermaid\n{diagram(model)}\n```\n" for model in models]
    return "".join(parts)


def main() -> int:
    """0 when the file is, or now is, what the models say."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    new = text()
    if "--check" in sys.argv:
        if not PLACE.exists() or PLACE.read_text() != new:
            sys.stdout.write(
                "docs/reference/states.md is not what the models say: python -m scripts.states\n"
            )
            return 1
        return 0
    PLACE.write_text(new)
    return 0


if __name__ == "__main__":
    sys.exit(main())
