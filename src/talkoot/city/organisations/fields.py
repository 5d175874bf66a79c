"""Form fields of the register, for pages and imports alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations import business_id
from talkoot.city.organisations.industries import with_section
from talkoot.city.organisations.models import Municipality, SizeClass

if TYPE_CHECKING:
    from collections.abc import Mapping

SIZES = {
    **{value: value for value in SizeClass.values},
    "unknown": "",
    "tuntematon": "",
    "okänd": "",
    "total": "",
    "..": "",
    "-": "",
}


LANGUAGES = {
    **{code: code for code in ("fi", "sv", "en")},
    **dict.fromkeys(("suomi", "finska", "finnish"), "fi"),
    **dict.fromkeys(("ruotsi", "svenska", "swedish"), "sv"),
    **dict.fromkeys(("englanti", "engelska", "english"), "en"),
}


class BusinessIdField(forms.CharField):
    """Cleans to "1234567-8", or to None when it may be empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Business ID"))
        kwargs.setdefault("help_text", _("Seven digits, a hyphen and one digit."))
        super().__init__(max_length=20, empty_value=None, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return business_id.clean(text) if text else None


class IndustryField(forms.CharField):
    """Cleans "10710", "10.71" or "C" to a code with its section letter."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Sector"))
        super().__init__(max_length=10, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        code = with_section(text) if text else ""
        if text and not code:
            raise ValidationError(
                _("Use a letter or a code of the classification TOL 2008, for example C or 10710.")
            )
        return code


class SizeField(forms.CharField):
    """Cleans a class or a number of staff to a class; empty, ".." and "unknown" are not known, never micro."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Company size"))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("–", "-").replace(" ", "").lower()
        if text.isdecimal():
            return class_of(int(text))
        if text not in SIZES:
            raise ValidationError(
                _("Use one of the classes 0–9, 10–49, 50–249 and 250+, or leave the cell empty.")
            )
        return SIZES[text]


def class_of(staff: int) -> str:
    """The size class of a number of staff."""
    limits = ((10, SizeClass.MICRO), (50, SizeClass.SMALL), (250, SizeClass.MEDIUM))
    return str(next((size for limit, size in limits if staff < limit), SizeClass.LARGE))


class PostcodeField(forms.CharField):
    """Cleans to five digits; a spreadsheet makes 00100 of Helsinki 100, so the zeros are put back."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Five digits."))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace(" ", "")
        text = text.zfill(5) if len(text) >= len("100") else text
        if text and not (text.isdecimal() and len(text) == 5):  # noqa: PLR2004 -- as a Finnish postcode has
            raise ValidationError(_("Write the postcode with five digits."))
        return text


class LanguageField(forms.CharField):
    """Cleans "fi", "suomi", "Finska" or "Finnish" to a code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("fi, sv or en."))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).casefold()
        if text and text not in LANGUAGES:
            raise ValidationError(_("Write fi, sv or en, or leave the cell empty."))
        return LANGUAGES.get(text, "")


class MunicipalityField(forms.CharField):
    """Cleans a code ("092" or "92") or a name in any language to the city."""

    def __init__(self, *, cities: Mapping[str, Municipality] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Municipality"))
        super().__init__(**kwargs)
        self.cities = cities

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        cities = self.cities if self.cities is not None else by_code_and_name()
        found = cities.get(text.zfill(3)) or cities.get(text.casefold())
        if found is None:
            raise ValidationError(_("Only companies of this city can be imported here."))
        return found


def by_code_and_name(city: Municipality | None = None) -> dict[str, Municipality]:
    """{"092": Vantaa, "vantaa": Vantaa, "vanda": Vantaa}: of one city, or of all that use the service."""
    found: dict[str, Municipality] = {}
    for one in [city] if city else Municipality.objects.all():
        names = (getattr(one, f"name_{language}") for language in ("fi", "sv", "en"))
        found |= {one.code: one, **{name.casefold(): one for name in names if name}}
    return found
