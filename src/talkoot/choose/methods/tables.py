from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods import words
from talkoot.choose.methods.models import Category
from talkoot.kit import typography
from talkoot.kit.crud.table import Column, Table
from talkoot.kit.ui import translated
from talkoot.kit.ui.chart_rows import suppressed
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from talkoot.choose.methods.models import Method

OFF = ' class="off"'

# A list shows five cells a method: HTML made here takes a third of the time of a template for each cell.


def _name(method: Any) -> SafeString:
    said = translated.said(method, "purpose")
    purpose: str = Truncator(said.text).words(16, truncate=" …")
    return written(
        f'<a href="{escaped(method.shown_url)}">{translated.html(method, "name")}</a> ',
        f'<span class="code">{escaped(method.code)}</span><small>',
        translated.marked(purpose, said.language, note=False) if said.is_foreign else escaped(purpose),
        "</small>",
    )


def _group(method: Any) -> SafeString:
    pigment, name = words.PIGMENTS[method.category], Category(method.category).label
    return written(f'<span class="tag p-{pigment}">{escaped(name)}</span>')


def _goals(method: Any) -> str:
    """Goals that the library marks, in short words."""
    return ", ".join(str(words.GOALS[criterion]) for criterion in method.shown_goals)


def _goal_cell(method: Any) -> str:
    return _goals(method) or written('<span class="muted">', escaped(_("No mark")), "</span>")


def _days_cell(method: Any) -> str:
    return _days(method) or suppressed("not_known")


def _cities(method: Any) -> SafeString:
    marks = [f"<abbr{'' if on else OFF}>{escaped(name[0])}</abbr>" for name, on in method.shown_cities]
    names = ", ".join([name for name, on in method.shown_cities if on])
    return written(
        '<span class="cities" aria-hidden="true">', *marks, f'</span><span class="vh">{escaped(names)}</span>'
    )


def _span(low: float | None, high: float | None) -> str | None:
    return None if low is None or high is None else typography.span(low, high)


def _days(method: Any) -> str | None:
    return _span(*method.shown_effort.person_days) if method.shown_effort.person_days else None


NAME = Column(
    key="name",
    label=_("Method"),
    value=_name,
    raw=lambda method: method.name,
    order_by=("shown_name",),
)
GROUP = Column(
    key="category",
    label=_("Group"),
    value=_group,
    raw=lambda method: method.get_category_display(),
    order_by=("category",),
)
GOALS = Column(
    key="goals",
    label=_("Goals it furthers"),
    value=_goal_cell,
    raw=_goals,
)
DAYS = Column(
    key="days",
    label=_("Person-days a year"),
    value=_days_cell,
    raw=lambda method: _days(method) or str(_("Not known")),
    order_by=("person_days_high",),
    numeric=True,
)
DETAILS = (
    Column(
        key="code",
        label=_("Code in the library"),
        value=lambda m: m.code,
        order_by=("code",),
        only_export=True,
    ),
    Column(key="purpose", label=_("Purpose"), value=lambda m: m.purpose, only_export=True),
    Column(key="rhythm", label=_("Rhythm"), value=lambda m: m.get_cadence_display(), only_export=True),
    Column(
        key="sizes",
        label=_("Suits companies of"),
        value=lambda m: ", ".join(map(str, words.sizes(m))),
        only_export=True,
    ),
    Column(
        key="euros",
        label=_("Euros a year"),
        value=lambda m: _span(*m.shown_effort.euros) if m.shown_effort.euros else m.euros_note,
        only_export=True,
    ),
    Column(
        key="basis",
        label=_("Basis of the effort"),
        value=lambda m: _("the city’s own estimate") if m.shown_effort.own else m.get_effort_basis_display(),
        only_export=True,
    ),
    Column(
        key="source", label=_("Source of the effort"), value=lambda m: m.shown_effort.source, only_export=True
    ),
)


class MethodTable(Table):
    """The library as everybody sees it; each method carries `shown_effort`, `shown_cities` and `shown_url`."""

    caption = _("Methods of company cooperation")
    note = _(
        "The work is an estimate in person-days a year. Goals are the library’s marks, not measured effects."
    )
    empty = _("No method fits these filters. Take one away.")
    empty_library: ClassVar[str | _StrPromise] = _("No methods have been published yet.")
    default_order = ("code",)
    read: ClassVar[Sequence[str]] = (
        *("code", "category", "cities_seen", *translated.columns("name", "purpose")),
        *("person_days_low", "person_days_high", "euros_low", "euros_high"),
    )
    """The fields that the columns of the page are made of; a file takes all."""
    columns: ClassVar[Sequence[Column]] = (
        *DETAILS[:1],
        NAME,
        GROUP,
        GOALS,
        DAYS,
        Column(
            key="cities",
            label=_("Considered or used in"),
            value=_cities,
            raw=lambda method: ", ".join(name for name, on in method.shown_cities if on),
        ),
        *DETAILS[1:],
    )


class CityMethodTable(MethodTable):
    """The same beside what the city itself says."""

    caption = _("Methods of the library")
    empty_library = words.EMPTY_LIBRARY
    note = _("Person-days a year: the city’s own estimate where it has one, otherwise the library’s.")
    columns = (
        *DETAILS[:1],
        NAME,
        GROUP,
        GOALS,
        DAYS,
        Column(
            key="own",
            label=_("City’s own estimates"),
            value=lambda method: method.own_count or None,
            raw=lambda method: method.own_count,
            numeric=True,
            template="methods/cells/own.html",
        ),
        *DETAILS[1:],
    )


def public_url(method: Method) -> str:
    return method.get_absolute_url()


def workspace_url(method: Method, city: str) -> str:
    return reverse("methods:workspace_detail", kwargs={"city": city, "code": method.code})
