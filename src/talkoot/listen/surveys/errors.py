"""What a survey refuses, each with the sentence that a person reads."""

from __future__ import annotations


class ResultsMissing(Exception):
    """Nothing has been calculated yet, so there is nothing to publish."""


class AlreadyPublished(Exception):
    """The results are public as they are; take them back before adding answers."""
