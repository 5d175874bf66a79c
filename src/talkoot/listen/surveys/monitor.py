"""How a round goes: who was invited and how they are reached, and how many answers came, by size and sector."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from talkoot.city.organisations.industries import SECTIONS
from talkoot.city.organisations.models import SizeClass
from talkoot.kit import clock
from talkoot.listen.surveys.models import Invitation, Response
from talkoot.listen.surveys.sizes import CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from talkoot.city.organisations.models import Municipality
    from talkoot.listen.surveys.models import Round

Cells = Counter[tuple[str, str]]


@dataclass(frozen=True)
class Tally:
    """How many of a group were invited, have answered and are wanted; None: not known or not set."""

    label: str
    invited: int
    answered: int
    target: int | None


@dataclass(frozen=True)
class Monitor:
    """Invitations and answers of a round by (size class, letter of the section), each empty when not known."""

    invited: Cells
    answered: Cells
    targets: Mapping[str, int]

    @cached_property
    def sizes(self) -> list[str]:
        """Size classes in order; the unknown one only when there is any."""
        seen = {size for size, _section in (*self.invited, *self.answered)}
        return [*CLASSES, *([""] if "" in seen else [])]

    @cached_property
    def sections(self) -> list[str]:
        seen = {section for _size, section in (*self.invited, *self.answered)}
        return sorted(seen, key=lambda section: (not section, section))

    def by_size(self) -> list[Tally]:
        """Answers by size of company against the target."""
        return [
            Tally(
                str(SizeClass(size).label),
                sum(n for (own, _s), n in self.invited.items() if own == size),
                sum(n for (own, _s), n in self.answered.items() if own == size),
                self.targets.get(size),
            )
            for size in self.sizes
        ]

    def by_section(self) -> list[tuple[Tally, list[Tally]]]:
        """Each sector, and its sizes."""
        return [
            (self._sum(section), [self._cell(size, section) for size in self.sizes])
            for section in self.sections
        ]

    def _sum(self, section: str) -> Tally:
        return Tally(
            str(SECTIONS.get(section, _("Not known"))),
            sum(n for (_s, own), n in self.invited.items() if own == section),
            sum(n for (_s, own), n in self.answered.items() if own == section),
            None,
        )

    def _cell(self, size: str, section: str) -> Tally:
        key = (size, section)
        return Tally(str(SizeClass(size).label), self.invited[key], self.answered[key], None)


def of(survey: Round) -> Monitor:
    """Two queries, whatever the number of companies."""
    return Monitor(
        _counted(Invitation.objects.filter(round=survey)),
        _counted(Response.objects.filter(round=survey)),
        survey.targets,
    )


def _counted(rows: Any) -> Cells:
    groups = rows.order_by().values_list("size_class", "industry").annotate(n=Count("pk"))
    return Counter({(size, section): n for size, section, n in groups})


@dataclass(frozen=True)
class Ways:
    """How many invitations go by mail, by letter, or neither way, and what there is to do now."""

    total: int
    mail: int
    letter: int
    neither: int
    to_mail: int
    to_remind: int
    to_print: int


def ways(survey: Round, city: Municipality) -> Ways:
    """One query. Letters go to those without an address for mail whose street the register knows."""
    today = clock.today()
    mail, silent = ~Q(email=""), Q(answered=False)
    letter = Q(email="", postal=True)
    wanted = {
        "total": Q(),
        "mail": mail,
        "letter": letter,
        "neither": Q(email="", postal=False),
        "to_mail": mail & silent & Q(mailed_on=None),
        "to_remind": mail
        & silent
        & Q(mailed_on__lt=today)
        & (Q(reminded_on=None) | Q(reminded_on__lt=today)),
        "to_print": letter & silent,
    }
    rows = Invitation.objects.filter(round=survey, city=city).order_by()
    return Ways(**rows.aggregate(**{name: Count("pk", filter=which) for name, which in wanted.items()}))
