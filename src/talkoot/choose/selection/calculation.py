"""The calculation of a run and what becomes of it."""

from __future__ import annotations

import logging
from typing import Any

from django.db import OperationalError

from talkoot.analysis.decision.case import Case
from talkoot.choose.selection import answer
from talkoot.choose.selection.models import Run
from talkoot.kit import clock

logger = logging.getLogger(__name__)
ASSUMED = {"library", "city", "unknown"}
"""Where a score comes from that no evidence of the city's own stands behind."""


class Stopped(Exception):
    """The run was cancelled while it was being calculated."""


def calculate(run: Run) -> None:
    """Calculate a run that is being calculated, and keep its result, or what went wrong."""
    try:
        result, reasons = _decide(run)
    except Stopped:
        return
    except Exception as error:
        fail(run, str(error))
        raise
    finish(run, result, reasons)


def _decide(run: Run) -> tuple[dict[str, Any], dict[str, Any]]:
    from talkoot.analysis.decision.choose import decide  # noqa: PLC0415 -- numeric libraries, for the worker only
    from talkoot.analysis.decision.explain import explain  # noqa: PLC0415 -- the same
    from talkoot.analysis.decision.guarantees import LIMITS  # noqa: PLC0415 -- the same
    from talkoot.choose.selection.turning import turns  # noqa: PLC0415 -- the same

    def report(done: int, total: int) -> None:
        progress(run.pk, round(run.samples * done / total))

    decision = decide(Case.from_json(run.case), report)
    explained = [explanation.to_json() for explanation in explain(decision).values()]
    found = turns(decision, run.plan.get("present"), _measured(run))
    return decision.to_json(), {"methods": explained, "turns": found, "proof": LIMITS}


def _measured(run: Run) -> dict[str, list[str]]:
    """By method the criteria whose scores rest on evidence of its own, such as pilots."""
    counted = {code: fact for code, fact in run.facts.items() if not fact["left_out"]}
    found = {
        code: [criterion for criterion, score in fact["scores"].items() if score["from"] not in ASSUMED]
        for code, fact in counted.items()
    }
    return {code: criteria for code, criteria in found.items() if criteria}


def finish(run: Run, result: dict[str, Any], reasons: dict[str, Any]) -> None:
    """Keep the result of a run that nobody has cancelled."""
    Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(
        state=Run.State.DONE,
        result=result,
        answer=answer.of(result),
        reasons=reasons,
        done_samples=run.samples,
        finished_at=clock.now(),
    )


def fail(run: Run, problem: str) -> None:
    """Keep what went wrong, for the person who waits and for whoever mends it."""
    Run.objects.filter(pk=run.pk).exclude(state=Run.State.DONE).update(
        state=Run.State.FAILED, problem=problem[:500], finished_at=clock.now()
    )


def progress(run_id: int, done: int) -> None:
    """Note how far a run is; raises Stopped when someone has cancelled it.

    A database that is busy for a moment does not end a calculation of minutes: the next note says it.
    """
    try:
        known = Run.objects.filter(pk=run_id, state=Run.State.RUNNING).update(done_samples=done)
    except OperationalError:
        logger.warning("How far run %s is was not noted", run_id)
    else:
        if not known:
            raise Stopped
