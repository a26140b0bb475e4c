"""The rules of one year: levels, readings, targets, caps, term, and what asks for a reason.

An open year reads the Board's rows as they stand; a closed year reads what closing froze.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from django.db.models import F

from assessments.rules.caps_of_years import live_caps, thawed_cap
from assessments.rules.catalog import soft_codes
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Reading
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.targets import Term
from assessments.rules.models.years import RatingYear
from assessments.rules.reference import default_set
from assessments.rules.sets_of_year import live_sets
from assessments.rules.target_rules import SetRule, TermRule, thaw_sets, thaw_term
from assessments.rules.year_rules import LevelRule, ReadingRule, RiskAgeRule, YearRules

FIRST_FROZEN = 2016
"""The first year that was closed."""


def rules_of(year: RatingYear) -> YearRules:
    """The rules by which `year` is counted."""
    return rules_of_years([year])[year.pk]


def rules_of_years(years: Iterable[RatingYear]) -> dict[int, YearRules]:
    """The rules of several years, with the same few queries for one as for ten."""
    years = list(years)
    if not years:
        return {}
    sets = live_sets([year.pk for year in years])
    rules = {
        year.pk: _with_later(thaw(year.frozen), sets[year.pk])
        for year in years
        if year.is_closed and year.frozen
    }
    live = [year for year in years if year.pk not in rules]
    return rules | (_live(live, sets) if live else {})


def _with_later(rules: YearRules, sets: tuple[SetRule, ...]) -> YearRules:
    """With the sets that were added after the year was closed, by which nothing of it is judged."""
    later = tuple(one.unjudged for one in sets if not one.is_default and rules.set_of(one.code) is None)
    return replace(rules, sets=rules.sets + later) if later else rules


def thaw(document: dict) -> YearRules:
    """The rules that closing froze; years closed before rules could be switched had all on that there
    were then."""
    return YearRules(
        levels=tuple(LevelRule(**row) for row in document["levels"]),
        readings=tuple(ReadingRule(**row | {"codes": tuple(row["codes"])}) for row in document["readings"]),
        sets=thaw_sets(document, default_set()),
        caps=tuple(thawed_cap(row) for row in document["caps"]),
        term=thaw_term(document["term"]),
        asked=tuple(document.get("asked", soft_codes(FIRST_FROZEN))),
        terms=tuple(filter(None, map(thaw_term, document.get("terms", ())))),
        terms_from=document.get("terms_from", ""),
        risk_age=RiskAgeRule(**document.get("risk_age", {})),
    )


def _live(years: list[RatingYear], sets: dict[int, tuple[SetRule, ...]]) -> dict[int, YearRules]:
    schemes = {year.scheme_id for year in years}
    levels, readings = _levels_by_scheme(schemes), _readings_by_scheme(schemes)
    caps = live_caps([year.pk for year in years])
    terms = {term: TermRule(term.name, term.starts_on, term.ends_on) for term in Term.objects.all()}
    ages = list(RiskAge.objects.order_by("-first_year"))
    resolution = next((rule for term, rule in terms.items() if term.is_target_term), None)
    off = set(RuleSwitch.objects.filter(year__in=years, is_on=False).values_list("year_id", "rule"))
    return {
        year.pk: YearRules(
            levels=levels.get(year.scheme_id, ()),
            readings=readings.get(year.scheme_id, ()),
            sets=sets[year.pk],
            caps=caps[year.pk],
            term=resolution,
            asked=tuple(code for code in soft_codes(year.pk) if (year.pk, code) not in off),
            terms=tuple(terms.values()),
            risk_age=next((_age(row) for row in ages if row.first_year <= year.pk), RiskAgeRule()),
        )
        for year in years
    }


def _levels_by_scheme(schemes: set) -> dict[int | None, tuple[LevelRule, ...]]:
    grouped: dict[int | None, list] = {}
    for level in Level.objects.filter(scheme__in=schemes):
        rule = LevelRule(level.pk, level.subject, level.code, level.name, level.rank)
        grouped.setdefault(level.scheme_id, []).append(rule)
    return {scheme: tuple(levels) for scheme, levels in grouped.items()}


def _readings_by_scheme(schemes: set) -> dict[int | None, tuple[ReadingRule, ...]]:
    rows = Reading.objects.filter(scheme__in=schemes).annotate(code=F("levels__code"))
    grouped: dict[int | None, list] = {}
    for _pk, same in groupby(rows.order_by("pk", "levels__rank"), key=lambda row: row.pk):
        each = list(same)
        codes = tuple(row.code for row in each if row.code)
        rule = ReadingRule(each[0].meaning, each[0].name, codes, each[0].in_use, each[0].document)
        grouped.setdefault(each[0].scheme_id, []).append(rule)
    return {scheme: tuple(rules) for scheme, rules in grouped.items()}


def _age(row: RiskAge) -> RiskAgeRule:
    return RiskAgeRule(row.age, row.document)
