"""What a report told: its figures, and the organizations and villages behind each, by code.

Never a person: of members and admissions only how many in each grassroots organization.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Count, QuerySet

from assessments.figures.counted import PARTS
from assessments.figures.figure import Figure
from assessments.figures.indicator import Indicator
from assessments.figures.judge import State, state_of
from assessments.reports.declared import Matter
from assessments.reports.issued.models import IssuedReport
from assessments.roster.models.lines import OrganizationLine
from assessments.roster.models.tallies import Subject

Told = dict[str, Any]


def told(matter: Matter) -> Told:
    """`{"read_at", "state", "figures": {code: {…numbers, "lists" or "counts"}}}`, as JSON."""
    return {
        "read_at": matter.stamp.isoformat(),
        "state": state_of(matter.year),
        "figures": {
            one.code: _numbers(matter.figure(one.code)) | _behind(matter, one) for one in matter.indicators
        },
    }


def _numbers(figure: Figure) -> Told:
    return {
        "numerator": figure.numerator,
        "denominator": figure.denominator if figure.is_known else None,
        "percent": _text(figure.percent if figure.is_known else None),
        "rated": figure.rated,
        "roster": figure.roster,
        "comparison": figure.comparison,
        "target": _text(figure.target),
        "due": figure.aim.due,
        "met": figure.met,
        "short": figure.short,
    }


def state_then(found: IssuedReport) -> State:
    """How final the figures were; issues of version 1 kept only the revision of the year."""
    kept = found.figures.get("state")
    return State(kept) if kept else State.FINAL if found.revision else State.PROVISIONAL


def _text(value) -> str | None:
    return None if value is None else f"{value:f}"


def _behind(matter: Matter, indicator: Indicator) -> Told:
    parts = PARTS[:1] if indicator.counted.is_limited else PARTS
    found = {part: matter.rows(indicator.code, part).order_by() for part in parts}
    if indicator.is_of_persons:
        return {"counts": _counts(matter, found)}
    return {"lists": {part: sorted(rows.values_list("code", flat=True)) for part, rows in found.items()}}


def _counts(matter: Matter, found: dict[str, QuerySet]) -> dict[str, list[int]]:
    """Grassroots organization → how many of each part; under an empty code who stands in none."""
    codes = _codes(matter)
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(PARTS))
    for place, part in enumerate(PARTS):
        grouped = found[part].values_list("grassroots").annotate(Count("pk"))
        for grassroots, count in grouped:
            counts[codes.get(grassroots, "")][place] += count
    return dict(sorted(counts.items()))


def _codes(matter: Matter) -> dict[int, str]:
    lines = OrganizationLine.objects.under(matter.scope).filter(year=matter.year)
    grassroots = lines.filter(kind=Subject.GRASSROOTS).order_by()
    return dict(grassroots.values_list("organization_id", "code"))
