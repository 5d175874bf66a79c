from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "talkoot.kit.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Failed jobs of the database queue are tried again."""
        from django_tasks.signals import task_finished
        from django_tasks_db.backend import DatabaseBackend

        from talkoot.kit.jobs.queue import try_again

        task_finished.connect(try_again, sender=DatabaseBackend, dispatch_uid="jobs.try_again")
