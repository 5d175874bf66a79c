"""Forms that show one field of each kind, whole and with errors."""

from __future__ import annotations

from typing import Any

from django import forms

from talkoot.kit.ui.forms import DateInput, DecimalField, NumberInput, Segment, WeightField


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Sitoumuksen nimi", help_text="Sano, mitä muuttuu.")
    business_id = forms.CharField(label="Y-tunnus", help_text="Seitsemän numeroa, väliviiva ja yksi numero.")
    baseline = DecimalField(label="Lähtötaso", widget=NumberInput(unit="MWh/v"))
    description = forms.CharField(label="Kuvaus", widget=forms.Textarea, required=False)
    start = forms.DateField(label="Alkaa", widget=DateInput)
    industry = forms.ChoiceField(
        label="Yrityksen toimiala", choices=[("10", "Elintarvikkeet"), ("49", "Kuljetus")]
    )
    themes = forms.MultipleChoiceField(
        label="Teema",
        choices=[("e", "Energia"), ("l", "Liikkuminen"), ("m", "Materiaalit ja kiertotalous")],
        widget=forms.CheckboxSelectMultiple,
    )
    visibility = forms.ChoiceField(
        label="Kuka näkee tämän",
        choices=[("all", "Kaikki"), ("city", "Vain kaupunki")],
        widget=forms.RadioSelect,
    )
    scenario = forms.ChoiceField(
        label="Skenaario", choices=[("now", "Nykytila"), ("tight", "Tiukka talous")], widget=Segment
    )
    weight = WeightField(label="A Päästöjen vähentäminen")
    attachment = forms.FileField(label="Tiedosto", required=False, help_text="PDF tai kuva, enintään 20 Mt.")
    consent = forms.BooleanField(label="Annan suostumukseni")


class SampleFilter(forms.Form):
    q = forms.CharField(label="Haku", required=False)
    category = forms.ChoiceField(
        label="Ryhmä", required=False, choices=[("", "Kaikki"), ("t", "Koulutus ja neuvonta")]
    )
    city = forms.ChoiceField(label="Kaupunki", required=False, choices=[("", "Kaikki"), ("k", "Kerava")])


def whole_and_wrong() -> dict[str, Any]:
    wrong = SampleForm(
        {"name": "Uunien hukkalämpö", "baseline": "410,5", "weight_low": 60, "weight_high": 20}
    )
    good = SampleForm(
        initial={"name": "Uunien hukkalämpö", "weight": (25, 45), "visibility": "all", "scenario": "now"}
    )
    for form in (wrong, good):
        form.auto_id = f"id_{'wrong' if form is wrong else 'good'}_%s"
    return {"wrong_form": wrong, "form": good, "filter_form": SampleFilter()}
