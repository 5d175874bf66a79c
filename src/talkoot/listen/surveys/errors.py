"""What a survey refuses, each with the sentence that a person reads."""

from __future__ import annotations


class ResultsMissing(Exception):
    """Nothing has been calculated yet, so there is nothing to publish."""


class AlreadyPublished(Exception):
    """The results are public as they are; take them back before adding answers."""


class RoundClosed(Exception):
    """The round takes no answers now, or this answer has been sent already."""


class AnswerMissing(Exception):
    """A question that must be answered is not; `number` is that of the question."""

    def __init__(self, number: int) -> None:
        super().__init__(f"question {number}")
        self.number = number


class Frozen(Exception):
    """The questionnaire has been asked, so it stays as it is; a change needs a new edition."""


class Misplaced(Exception):
    """A question would come before one that it depends on."""


class StillNeeded(Exception):
    """Another question is shown by this answer, or says it again in its text."""


class NothingAsked(Exception):
    """The questionnaire has no questions, so there is nothing to open."""
