"""The targets of one year as values: sets, what each binds, the quotas of units."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Self

from assessments.rules.models.target_sets import TargetScope

ANY_UNIT = 0
"""No unit's key: of one without a quota."""


@dataclass(frozen=True, slots=True)
class TermRule:
    """A term over which admissions are counted, both days included."""

    name: str
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class TargetRule:
    """A target of one year; `value` is None where the indicator has none that year. `quotas`: unit and
    what it is assigned, where the scope says so."""

    indicator: str
    comparison: str
    value: Decimal | None
    due: int | None
    document: str
    article: str
    scope: str = TargetScope.UNITS
    is_guiding: bool = False
    quotas: tuple[tuple[int, int], ...] = ()

    def value_of(self, unit_id: int | None) -> Decimal | None:
        """What a unit, or the province (None), is held to."""
        if self.scope == TargetScope.QUOTA:
            return next((Decimal(value) for unit, value in self.quotas if unit == unit_id), None)
        return None if unit_id is not None and self.scope == TargetScope.PROVINCE else self.value

    @property
    def unjudged(self) -> Self:
        """The same in a year in which it does not hold."""
        return replace(self, value=None, due=None, quotas=())


@dataclass(frozen=True, slots=True)
class SetRule:
    """A set of targets as a year has it: its words, and its targets."""

    code: str
    name: str
    title: str
    short_name: str
    document: str
    is_default: bool
    targets: tuple[TargetRule, ...]

    def indicators(self) -> list[str]:
        """The indicators of which it has targets, each once."""
        return list(dict.fromkeys(rule.indicator for rule in self.targets))

    def of(self, indicator: str, *scopes: str) -> TargetRule | None:
        """The target that binds the first of `scopes`; where none holds in the year, one without a value."""
        found = [rule for scope in scopes for rule in self._all(indicator) if rule.scope == scope]
        holding = (rule for rule in found if rule.value is not None or rule.quotas)
        return next(holding, found[0] if found else None)

    def binding(self, indicator: str, unit_id: int | None) -> TargetRule | None:
        """What the province (`unit_id` None) or a unit is held to beside quotas. Where its own scope has
        none, the rule that is there is told without binding it (`TargetRule.value_of`)."""
        order = (TargetScope.PROVINCE, TargetScope.UNITS)
        return self.of(indicator, *(order if unit_id is None else reversed(order)))

    def quota(self, indicator: str) -> TargetRule | None:
        return self.of(indicator, TargetScope.QUOTA)

    @property
    def unjudged(self) -> Self:
        """As it stands in a year that was closed before it was there."""
        return replace(self, targets=tuple(rule.unjudged for rule in self.targets))

    def _all(self, indicator: str) -> Iterator[TargetRule]:
        return (rule for rule in self.targets if rule.indicator == indicator)


def freeze(row: dict) -> dict:
    """A set (of `dataclasses.asdict`) as JSON keeps it."""
    targets = [
        rule | {"value": None if rule["value"] is None else str(rule["value"])} for rule in row["targets"]
    ]
    return row | {"targets": targets}


def freeze_term(row: dict | None) -> dict | None:
    return row and row | {key: row[key].isoformat() for key in ("starts_on", "ends_on")}


def thaw_sets(document: dict, default: dict) -> tuple[SetRule, ...]:
    """The sets that closing froze, the default one first; years closed before there were sets had the
    targets of `default`, whose words (of `SetRule`) they are given."""
    rows = document.get("sets") or [default | {"targets": document["targets"]}]
    return tuple(SetRule(**row | {"targets": _thaw(row)}) for row in rows)


def thaw_term(row: dict | None) -> TermRule | None:
    if not row:
        return None
    return TermRule(row["name"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))


def _thaw(row: dict) -> tuple[TargetRule, ...]:
    return tuple(map(_thaw_target, row["targets"]))


def _thaw_target(row: dict) -> TargetRule:
    row = dict(row)
    if "province_only" in row:
        row["scope"] = TargetScope.PROVINCE if row.pop("province_only") else TargetScope.UNITS
    value = None if row["value"] is None else Decimal(row["value"])
    quotas = tuple((unit, assigned) for unit, assigned in row.get("quotas", ()))
    return TargetRule(**row | {"value": value, "quotas": quotas})
