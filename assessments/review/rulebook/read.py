"""The rules as they are read: schemes with levels and readings, targets, caps, term."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from assessments.figures.count_indicators import among, indicator_of
from assessments.figures.count_ways import CountOf
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import CURRENT
from assessments.figures.judge import Aim
from assessments.figures.past import Cause
from assessments.rules.models.caps import Cap, CapException, LikeGroup
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Meaning, RatedSubject, Reading, Scheme
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.targets import Target, Term
from assessments.rules.year_rules import RiskAgeRule
from resolution03.lib.figures import number
from resolution03.lib.phrases import Phrase

Row = TypeVar("Row", bound=models.Model)

MODELS = (Scheme, Level, Reading, TargetSet, Target, Cap, CapException, LikeGroup, Term, RiskAge)
TYPES = [model._meta.label_lower for model in MODELS]


@dataclass(frozen=True, slots=True)
class TargetLine:
    row: Target
    name: Phrase
    sign: str
    years: str
    document: str


def named(row: models.Model) -> str:
    """A rule as people call it, not by the code of its indicator."""
    indicator = indicator_of(row.indicator) if isinstance(row, Target) else None
    if indicator is None or not isinstance(row, Target):
        return str(row)
    words = indicator.words.name
    value = _("quotas of units") if row.value is None else number(row.value.normalize() + 0)
    return f"{words} {row.get_comparison_display()} {value}"


def find(model: type[Row], pk: int) -> Row:
    """A rule, or 404."""
    found = model._default_manager.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def everything(user) -> dict:
    """What the page of the rules shows; the number of queries does not grow with rows."""
    readings = Prefetch("readings", Reading.objects.prefetch_related("levels").order_by("pk"))
    return {
        "schemes": [_scheme(row) for row in Scheme.objects.prefetch_related("levels", readings)],
        "sets": target_sets(),
        "caps": list(Cap.objects.all()),
        "exceptions": list(CapException.objects.visible_to(user).select_related("unit")),
        "likes": list(LikeGroup.objects.all()),
        "terms": list(Term.objects.all()),
        "ages": list(RiskAge.objects.all()),
        "default_age": RiskAgeRule().age,
    }


def of_indicator(indicator: Indicator) -> dict:
    """The rule of one indicator: its targets over the years, and what counts in each scheme."""
    meaning = indicator.counted.meaning if indicator.counted.is_rated else None
    readings = Reading.objects.filter(meaning=meaning).select_related("scheme")
    return {
        "indicator": indicator,
        "targets": [_target(row, indicator) for row in _targets().filter(indicator=indicator.code)],
        "readings": list(readings.prefetch_related("levels").order_by("scheme", "-in_use", "pk")),
        "is_share": indicator.counted.is_share,
        "count": indicator.counted.rule if isinstance(indicator.counted, CountOf) else None,
        "terms": list(_terms_of(indicator)),
    }


def _terms_of(indicator: Indicator) -> Iterable[Term]:
    """The terms over which an indicator counts."""
    if Cause.TERM not in indicator.broken_by:
        return ()
    return Term.objects.all() if indicator == CURRENT else Term.objects.filter(is_target_term=True)


def _scheme(row: Scheme) -> dict:
    by_subject = {
        subject: [level for level in row.levels.all() if level.subject == subject]
        for subject in RatedSubject.values
    }
    meanings = [
        {
            "value": meaning.value,
            "label": meaning.label,
            "readings": [r for r in row.readings.all() if r.meaning == meaning],
        }
        for meaning in Meaning
    ]
    return {"row": row, "levels": by_subject, "meanings": meanings, "years": years(row)}


def target_sets() -> list[dict]:
    """Each set of targets with its targets, the default one first."""
    rows = list(_targets())
    indicators = among(row.indicator for row in rows)
    lines = [_target(row, indicators.get(row.indicator)) for row in rows]
    return [
        {"row": one, "targets": [line for line in lines if line.row.set_id == one.pk]}
        for one in TargetSet.objects.all()
    ]


def _targets() -> QuerySet[Target]:
    return Target.objects.select_related("set")


def _target(row: Target, indicator: Indicator | None) -> TargetLine:
    is_share = indicator is None or indicator.counted.is_share
    sign = Aim(row.comparison, row.value, row.due or 0).goal("%" if is_share else "")
    name = indicator.words.name if indicator else row.indicator
    if row.value is None:
        sign = f"{row.get_comparison_display()} {_('quotas of units')}"
    return TargetLine(row, name, sign, years(row), row.document or row.set.document)


def years(row) -> str:
    if row.first_year and row.last_year:
        return f"{row.first_year}" if row.first_year == row.last_year else f"{row.first_year}–{row.last_year}"
    if row.first_year:
        return _("from %(year)s") % {"year": row.first_year}
    return _("until %(year)s") % {"year": row.last_year} if row.last_year else _("every year")
