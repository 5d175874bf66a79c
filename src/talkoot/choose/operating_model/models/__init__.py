from talkoot.choose.operating_model.models.item import ModelMethod
from talkoot.choose.operating_model.models.model import Document, OperatingModel

__all__ = ["Document", "ModelMethod", "OperatingModel"]
