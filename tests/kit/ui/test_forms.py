from __future__ import annotations

import datetime as dt
from typing import Any

import html5lib
import pytest
from django import forms
from django.utils import translation

from talkoot.kit.ui.forms import DateInput, DecimalField, NumberInput, Segment, WeightField


class Commitment(forms.Form):
    title = forms.CharField(label="Title", help_text="Say what changes.")
    baseline = DecimalField(label="Baseline", widget=NumberInput(unit="MWh"))
    start = forms.DateField(label="Starts", widget=DateInput)
    theme = forms.MultipleChoiceField(
        label="Theme", choices=[("e", "Energy"), ("m", "Mobility")], widget=forms.CheckboxSelectMultiple
    )
    seen_by = forms.ChoiceField(
        label="Seen by", choices=[("a", "All"), ("c", "City")], widget=forms.RadioSelect
    )
    mode = forms.ChoiceField(label="Mode", choices=[("n", "Now"), ("t", "Tight")], widget=Segment)
    weight = WeightField(label="Weight")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    consent = forms.BooleanField(label="Consent")


def _parsed(form: forms.Form) -> Any:
    with translation.override("en"):
        return html5lib.parseFragment(str(form), treebuilder="etree", namespaceHTMLElements=False)


def _ids(tree: Any) -> list[str]:
    return [node.get("id") for node in tree.iter() if node.get("id")]


def _controls(tree: Any) -> list[Any]:
    shown = [node for node in tree.iter() if node.tag in {"input", "select", "textarea"}]
    return [node for node in shown if node.get("type") not in {"hidden", "range"}]


@pytest.fixture
def wrong() -> Any:
    return _parsed(Commitment({"weight_low": "60", "weight_high": "20", "baseline": "much"}))


def test_a_bare_form_names_every_control(wrong: Any) -> None:
    labelled = {label.get("for") for label in wrong.iter("label")}
    for control in _controls(wrong):
        assert control.get("id") in labelled or control.get("aria-label"), control.get("name")


def test_ids_are_unique(wrong: Any) -> None:
    ids = _ids(wrong)
    assert len(ids) == len(set(ids))


def test_hints_and_errors_are_tied_to_what_they_describe(wrong: Any) -> None:
    ids = set(_ids(wrong))
    described = [node.get("aria-describedby") for node in wrong.iter() if node.get("aria-describedby")]
    assert any("_helptext" in text and "_error" in text for text in described)
    assert {name for text in described for name in text.split()} <= ids


def test_a_field_says_label_hint_control_error_in_that_order() -> None:
    html = str(Commitment({}))
    parts = ('for="id_title"', '<p class="hint"', 'name="title"', '<div id="id_title_error"')
    places = [html.index(part) for part in parts]
    assert places == sorted(places)


def test_the_summary_counts_and_leads_to_each_wrong_control(wrong: Any) -> None:
    summary = next(node for node in wrong.iter("div") if node.get("role") == "alert")
    links = [link.get("href") for link in summary.iter("a")]
    assert "8 things need fixing" in "".join(summary.itertext())
    assert len(links) == 8
    assert {link.removeprefix("#") for link in links} <= set(_ids(wrong))


def test_one_error_is_told_in_the_singular() -> None:
    with translation.override("en"):
        assert "One thing needs fixing" in str(Segmented({}))


class Segmented(forms.Form):
    mode = forms.ChoiceField(choices=[("n", "Now")], widget=Segment)


def test_what_was_typed_is_kept(wrong: Any) -> None:
    values = {control.get("name"): control.get("value") for control in _controls(wrong)}
    assert values["baseline"] == "much"
    assert values["weight_low"] == "60"


def test_only_the_rarer_kind_of_field_is_marked() -> None:
    with translation.override("en"):
        html = str(Commitment())
        assert html.count("(optional)") == 1
        assert "(required)" not in html


def test_a_filter_form_marks_nothing() -> None:
    class Filter(forms.Form):
        q = forms.CharField(required=False)

    with translation.override("en"):
        assert "(optional)" not in str(Filter())


@pytest.mark.parametrize("typed", ["1 200,5", "1\u00a0200,5", "1200.5"])
def test_a_number_may_be_typed_as_people_write_it(typed: str) -> None:
    assert str(DecimalField().clean(typed)) == "1200.5"


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [
        ("en", "4,460", "4460"),
        ("en", "−1,234,567.5", "-1234567.5"),
        ("en", "4,46", "4.46"),
        ("sv", "4,460", "4.460"),
        ("fi", "4 460,5", "4460.5"),
    ],
)
def test_a_comma_is_read_as_the_language_writes_it(language: str, typed: str, read: str) -> None:
    with translation.override(language):
        assert str(DecimalField().clean(typed)) == read


@pytest.mark.parametrize("typed", ["1,23,456", "1,2,3", "4,460,5"])
def test_commas_that_group_nothing_are_refused(typed: str) -> None:
    with translation.override("en"), pytest.raises(forms.ValidationError):
        DecimalField().clean(typed)


def test_a_minus_sign_of_a_typographer_is_a_minus() -> None:
    assert DecimalField().clean("−3") == -3


def test_a_weight_is_a_pair_and_its_ends_must_be_in_order() -> None:
    assert WeightField().clean(["25", "45"]) == (25, 45)
    with translation.override("en"), pytest.raises(forms.ValidationError, match="lower limit"):
        WeightField().clean(["60", "20"])


def test_a_date_goes_to_the_browser_in_the_form_it_reads() -> None:
    with translation.override("fi"):
        assert 'value="2026-12-03"' in str(Commitment(initial={"start": dt.date(2026, 12, 3)})["start"])
