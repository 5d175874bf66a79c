"""The type of the fixture `queries`."""

from __future__ import annotations

from collections.abc import Callable

from django.test.utils import CaptureQueriesContext

Queries = Callable[[], CaptureQueriesContext]
