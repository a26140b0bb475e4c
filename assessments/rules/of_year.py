"""The rules of one year: levels, readings, targets, caps, term, and what asks for a reason.

An open year reads the Board's rows as they stand; a closed year reads what closing froze.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import F

from assessments.rules.catalog import SOFT_CODES, soft_codes
from assessments.rules.models.schemes import Level, Reading
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.targets import Cap, Target, Term
from assessments.rules.models.years import RatingYear
from assessments.rules.year_rules import CapRule, LevelRule, ReadingRule, TargetRule, TermRule, YearRules


def rules_of(year: RatingYear) -> YearRules:
    """The rules by which `year` is counted."""
    return rules_of_years([year])[year.pk]


def rules_of_years(years: Iterable[RatingYear]) -> dict[int, YearRules]:
    """The rules of several years, with the same few queries for one as for ten."""
    years = list(years)
    rules = {year.pk: thaw(year.frozen) for year in years if year.is_closed and year.frozen}
    live = [year for year in years if year.pk not in rules]
    return rules | (_live(live) if live else {})


def thaw(document: dict) -> YearRules:
    """The rules that closing froze; years closed before rules could be switched had all on."""
    term = document["term"]
    return YearRules(
        levels=tuple(LevelRule(**row) for row in document["levels"]),
        readings=tuple(ReadingRule(**row | {"codes": tuple(row["codes"])}) for row in document["readings"]),
        targets=tuple(TargetRule(**row | {"value": _number(row["value"])}) for row in document["targets"]),
        caps=tuple(CapRule(**row | {"percent": Decimal(row["percent"])}) for row in document["caps"]),
        term=term and _thawed(term),
        asked=tuple(document.get("asked", SOFT_CODES)),
        terms=tuple(_thawed(row) for row in document.get("terms", ())),
        terms_from=document.get("terms_from", ""),
    )


def _thawed(term: dict) -> TermRule:
    days = (date.fromisoformat(term[key]) for key in ("starts_on", "ends_on"))
    return TermRule(term["name"], *days)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _live(years: list[RatingYear]) -> dict[int, YearRules]:
    schemes = {year.scheme_id for year in years}
    levels, readings = _levels_by_scheme(schemes), _readings_by_scheme(schemes)
    targets, caps = list(Target.objects.all()), list(Cap.objects.all())
    terms = {term: TermRule(term.name, term.starts_on, term.ends_on) for term in Term.objects.all()}
    resolution = next((rule for term, rule in terms.items() if term.is_target_term), None)
    off = set(RuleSwitch.objects.filter(year__in=years, is_on=False).values_list("year_id", "rule"))
    return {
        year.pk: YearRules(
            levels=levels.get(year.scheme_id, ()),
            readings=readings.get(year.scheme_id, ()),
            targets=tuple(_targets_in(year.pk, targets)),
            caps=tuple(_cap(cap) for cap in caps if _holds(cap, year.pk)),
            term=resolution,
            asked=tuple(code for code in soft_codes(year.pk) if (year.pk, code) not in off),
            terms=tuple(terms.values()),
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


def _holds(row, year: int) -> bool:
    return (row.first_year or 0) <= year and (row.last_year is None or year <= row.last_year)


def _targets_in(year: int, rows: list[Target]) -> Iterable[TargetRule]:
    """One rule an indicator; without a row for the year, a rule without a value."""
    for indicator in dict.fromkeys(row.indicator for row in rows):
        own = [row for row in rows if row.indicator == indicator]
        holding = [row for row in own if _holds(row, year)]
        row = holding[-1] if holding else own[0]
        yield TargetRule(
            indicator=indicator,
            comparison=row.comparison,
            value=row.value if holding else None,
            due=row.due if holding else None,
            province_only=row.province_only,
            document=row.document,
            article=row.article,
        )


def _cap(row: Cap) -> CapRule:
    return CapRule(
        row.subject,
        row.level_code,
        row.percent,
        row.base,
        row.base_level_code,
        row.group,
        row.document,
    )
