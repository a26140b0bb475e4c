"""Figures as `indicators --json` and `reorganize --json` tell them (INTERFACE)."""

from decimal import Decimal

from assessments.figures.figure import Figure
from assessments.figures.flags import flags_of
from assessments.figures.past import Past
from assessments.figures.yardstick import OtherReading
from assessments.rules.models.years import RatingYear
from assessments.rules.years import all_years
from resolution03.lib.dates import year_end


def answer(year: RatingYear, unit_id: int | None, unit: dict, shown: list[Figure]) -> dict:
    """The document of `indicators --json` (INTERFACE)."""
    past = Past(all_years(), unit_id)
    return {
        "year": year.pk,
        "unit": unit,
        "as_of": year_end(year.pk).isoformat(),
        "scheme": year.scheme.name if year.scheme else None,
        "closed": year.is_closed,
        "indicators": [entry(figure, past) for figure in shown],
    }


def entry(figure: Figure, past: Past) -> dict:
    """One indicator."""
    return {
        "code": figure.code,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "percent": _two_places(figure.percent),
        "target": None if figure.target is None else f"{figure.target.normalize():f}",
        "comparison": figure.comparison,
        "due": figure.due if figure.indicator.counted.has_milestones else None,
        "met": figure.met,
        "short": figure.short,
        "rated": figure.rated,
        "roster": figure.roster,
        "flags": [flag.value for flag in flags_of(figure, past)],
        "reading": figure.reading,
        "other": [_other(other) for other in figure.other],
    }


def _other(other: OtherReading) -> dict:
    return {
        "reading": other.reading,
        "numerator": other.numerator,
        "denominator": other.denominator,
        "percent": _two_places(other.percent),
        "met": other.met,
    }


def _two_places(percent: Decimal | None) -> str | None:
    return None if percent is None else f"{percent:.2f}"
