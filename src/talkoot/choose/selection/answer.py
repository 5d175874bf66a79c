"""What pages read of a result: about a tenth of it. The rest is for whoever takes the file along."""

from __future__ import annotations

from typing import Any

READ = (
    *("acceptability", "acceptability_se", "recommended", "runner_up", "portfolio_count", "shadow_prices"),
    *("guarantees", "non_dominated_reason", "samples", "seed", "method"),
)


def of(result: dict[str, Any]) -> dict[str, Any]:
    """The same keys as in the result of `talkoot decide`."""
    return _read(result) | {
        "non_dominated": _counted(result["non_dominated"]),
        "by_scenario": {key: _read(part) for key, part in result["by_scenario"].items() if key != "expected"},
    }


def _read(part: dict[str, Any]) -> dict[str, Any]:
    return {key: part[key] for key in READ if key in part}


def _counted(non_dominated: dict[str, Any] | None) -> dict[str, Any] | None:
    return non_dominated and {key: non_dominated[key] for key in ("count", "core_index")}
