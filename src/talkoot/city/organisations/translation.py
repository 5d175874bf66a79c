from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.city.organisations.models import (
    Establishment,
    Invitation,
    Membership,
    Municipality,
    Organisation,
    PopulationTotal,
    Representation,
    Unit,
)


@register(Municipality)
class MunicipalityTranslation(TranslationOptions):
    fields = ("name", "name_in", "name_of")
    required_languages = {"fi": ("name",)}


@register(Unit)
class UnitTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("fi",)


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ()


@register(Membership)
class MembershipTranslation(TranslationOptions):
    fields = ()


@register(Establishment)
class EstablishmentTranslation(TranslationOptions):
    fields = ()


@register(Invitation)
class InvitationTranslation(TranslationOptions):
    fields = ()


@register(PopulationTotal)
class PopulationTotalTranslation(TranslationOptions):
    fields = ()


@register(Representation)
class RepresentationTranslation(TranslationOptions):
    fields = ()
