from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "talkoot.kit.search"
    label = "search"

    def ready(self) -> None:
        """A save of anything that a plate offers to the search marks it stale."""
        from django.apps import apps
        from django.db.models.signals import post_delete, post_save

        from talkoot.kit.plate import SearchDocument, offers
        from talkoot.kit.search.indexing import mark_stale

        for offer in offers(SearchDocument):
            for signal in (post_save, post_delete):
                model = apps.get_model(offer.model)
                signal.connect(mark_stale, sender=model, dispatch_uid=f"search.{offer.model}.{id(signal)}")
