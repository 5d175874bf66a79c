"""Evidence as a page shows it: the forest of pilots, the ribbons, and a plain sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talkoot.analysis.evidence.mapping import Normal
from talkoot.analysis.evidence.pooling import LogitEstimate, PilotCount
from talkoot.choose.methods.models import Criterion
from talkoot.kit import charts, typography
from talkoot.kit.ui import translated
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.choose.pilots.evidence import Finding, Pool
    from talkoot.choose.pilots.models import Pilot
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.charts import Forest, Ribbons

FEW, MANY = 40, 90  # companies: the width of a pilot's mark in the forest
DRAWN_MOST = 30


@dataclass(frozen=True)
class Picture:
    """One criterion of one method."""

    criterion: str
    sentence: str
    change: str
    forests: Sequence[Forest]
    ribbons: Ribbons
    finding: Finding

    @property
    def label(self) -> str:
        return str(Criterion(self.criterion).label)


def picture(criterion: str, finding: Finding, city: Municipality | None, *, public: bool) -> Picture:
    """`public` links pilots to their public pages, otherwise the city's own to the workspace."""
    return Picture(
        criterion=criterion,
        sentence=sentence(finding, city),
        change=change(finding),
        forests=[forest(pool, city, public=public) for pool in finding.pools],
        ribbons=ribbons(criterion, finding),
        finding=finding,
    )


def sentence(finding: Finding, city: Municipality | None) -> str:
    """How many pilots, and what the city at hand (or the next one) can expect."""
    count = ngettext("One ended pilot.", "%(n)s ended pilots.", finding.k) % {"n": finding.k}
    low, high = (100 * end for end in finding.pools[0].expected.ends)
    words = {"span": typography.percent_span(low, high, 0), "city": city.name if city else ""}
    if finding.own:
        expected = _("%(city)s can expect that %(span)s of the companies reach the goal.") % words
    else:
        expected = _("The next city can expect that %(span)s of the companies reach the goal.") % words
    return f"{count} {expected}"


def change(finding: Finding) -> str:
    """How the pilots moved the estimate, and how much they weighed."""
    words = {
        "before": typography.number(finding.prior.mean, 0),
        "after": typography.number(finding.mean, 0),
        "weight": typography.percent(100 * finding.data_weight, 0),
    }
    if round(finding.mean) < round(finding.prior.mean):
        return (
            _("The pilots lowered the estimate from %(before)s to %(after)s. They weigh %(weight)s.") % words
        )
    if round(finding.mean) > round(finding.prior.mean):
        return (
            _("The pilots raised the estimate from %(before)s to %(after)s. They weigh %(weight)s.") % words
        )
    return _("The pilots confirmed the estimate %(after)s. They weigh %(weight)s.") % words


def when_agreed(pilots: Sequence[Pilot]) -> str:
    """Whether the measure of all of them was fixed in advance, as far as their days say."""
    late = sum(not pilot.is_agreed_in_time for pilot in pilots)
    if not late:
        return _("The measure and its scale were agreed before each pilot.")
    said = ngettext(
        "Of one pilot it cannot be said that the measure was agreed before the start.",
        "Of %(n)s pilots it cannot be said that the measure was agreed before the start.",
        late,
    )
    return said % {"n": late}


def forest(pool: Pool, city: Municipality | None, *, public: bool) -> Forest:
    low, high = pool.scale
    scale = _("%(low)s is worth 0 points, %(high)s 100 points.") % {
        "low": typography.percent(low, 0),
        "high": typography.percent(high, 0),
    }
    pooled = _shares(pool.estimate.pooled)
    drawn = pool.pilots[-DRAWN_MOST:]
    return charts.Forest(
        caption=translated.html(pool.pilots[0], "measure"),
        note=" ".join(filter(None, [when_agreed(pool.pilots), scale, _left_out(pool, drawn)])),
        label_head=_("Pilot"),
        figure_head=_("Result"),
        n_head=_("Companies"),
        items=[_mark(pilot, city, public=public) for pilot in drawn],
        pooled=charts.Pilot(
            label=_("Combined result of the pilots"),
            value=pooled[1],
            low=pooled[0],
            high=pooled[2],
            events=pool.estimate.events,
            total=pool.estimate.n,
        ),
        prediction=_shares(pool.expected)[::2],
        prediction_label=_("Expected in %(city)s") % {"city": city.name}
        if city and pool.own
        else _("Expected in the next city"),
    )


def _left_out(pool: Pool, drawn: Sequence[Pilot]) -> str:
    if len(drawn) == len(pool.pilots):
        return ""
    counts = {"shown": len(drawn), "n": len(pool.pilots)}
    return _("The %(shown)s that ended last are drawn; all %(n)s are in the combined result.") % counts


def _mark(pilot: Pilot, city: Municipality | None, *, public: bool) -> charts.Pilot:
    count = PilotCount("", pilot.events or 0, pilot.companies or 0)
    low, _middle, high = _shares(LogitEstimate(count.logit, count.variance**0.5))
    own = not public and city is not None and pilot.city_id == city.pk
    return charts.Pilot(
        label=written(escaped(pilot.city.name), ": ", translated.html(pilot, "name", note=False)),
        value=pilot.share,
        low=low,
        high=high,
        events=pilot.events,
        total=pilot.companies,
        weight=1 + (count.n >= FEW) + (count.n >= MANY),
        href=pilot.get_absolute_url() if own else pilot.public_url(),
    )


def _shares(estimate: LogitEstimate) -> tuple[float, float, float]:
    low, high = estimate.ends
    return 100 * low, 100 * estimate.share, 100 * high


def ribbons(criterion: str, finding: Finding) -> Ribbons:
    posterior = finding.posterior
    data = posterior.data or Normal(0, 0)
    weight = posterior.data_weight
    basis = _("The city’s own estimate.") if finding.prior.basis == "city" else _("Basis: judgement.")
    return charts.Ribbons(
        caption=_("Prior estimate, pilots and combined estimate"),
        note=_(
            "Benefit for the goal: %(goal)s (0–100; 0 = the method is not used). The darker, the more likely: 50, 80 and 95 per cent."
        )
        % {"goal": Criterion(criterion).label},
        label_head=_("Source"),
        items=[
            charts.Ribbon(
                _("Library’s prior estimate"), posterior.prior.mean, posterior.prior.sd, basis, "lake"
            ),
            charts.Ribbon(_("Pilots"), data.mean, data.sd, "", "ochre"),
            charts.Ribbon(
                _("Combined estimate"), finding.mean, finding.sd, _("The selection uses this."), "spruce"
            ),
        ],
        weights=[(_("Prior estimate"), 1 - weight, "lake"), (_("Pilots"), weight, "ochre")],
    )
