from __future__ import annotations

from talkoot.choose.operating_model import document
from talkoot.choose.operating_model.models import OperatingModel
from talkoot.kit.jobs import job


@job()
def make_documents(model_id: int) -> None:
    """The PDFs of a published version; run again, it makes only what is missing."""
    document.make(OperatingModel.objects.select_related("city").get(pk=model_id))
