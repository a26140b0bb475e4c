"""The caps of some years, as the Board's rows stand or as closing froze them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from assessments.rules.cap_rule import CapException, CapRule, Like
from assessments.rules.models import caps as rows
from assessments.rules.models.caps import CapGroup, LikeBy
from orgs.models import Organization
from resolution03.lib.text import match_key

_DRAWN_BY = {CapGroup.UNIT_TYPE: LikeBy.TYPE, CapGroup.NAMED: LikeBy.ORGANIZATION}
Excepted = Mapping[tuple[int, str, str], tuple[CapException, ...]]
"""Year, subject, level → the units with a percentage of their own."""


def live_caps(years: Collection[int]) -> dict[int, tuple[CapRule, ...]]:
    """Year → its caps; the statements do not grow with years or caps."""
    caps = list(rows.Cap.objects.all())
    excepted = _excepted(years) if caps else {}
    likes = _likes({by for cap in caps if (by := _drawn_by(cap.group))})
    return {
        year: tuple(_rule(cap, year, likes, excepted) for cap in caps if cap.holds(year)) for year in years
    }


def thawed_cap(row: dict) -> CapRule:
    """A cap that closing froze; years closed before caps had groups of like bodies had none, and a cap
    without a document was the default."""
    default = {"is_default": not row["document"]}
    exceptions = [one | {"percent": Decimal(one["percent"])} for one in row.get("exceptions", ())]
    told = {
        "percent": Decimal(row["percent"]),
        "likes": tuple(_thawed_like(one) for one in row.get("likes", ())),
        "exceptions": tuple(CapException(**one) for one in exceptions),
    }
    return CapRule(**default | row | told)


def _thawed_like(row: dict) -> Like:
    return Like(row["name"], tuple(row["types"]), tuple(row["organizations"]))


def _drawn_by(group: str) -> LikeBy | None:
    return _DRAWN_BY.get(CapGroup(group))


def _rule(row: rows.Cap, year: int, likes: Mapping[str, tuple[Like, ...]], excepted: Excepted) -> CapRule:
    return CapRule(
        row.subject,
        row.level_code,
        row.percent,
        row.base,
        row.base_level_code,
        row.group,
        row.document,
        row.article,
        row.is_default,
        row.least_size,
        likes.get(_drawn_by(row.group) or "", ()),
        excepted.get((year, row.subject, row.level_code), ()),
    )


def _excepted(years: Collection[int]) -> Excepted:
    found: dict[tuple, list[CapException]] = defaultdict(list)
    for row in rows.CapException.objects.filter(year__in=years):
        exception = CapException(row.unit_id, row.percent, row.document)
        found[row.year, row.subject, row.level_code].append(exception)
    return {key: tuple(exceptions) for key, exceptions in found.items()}


def _likes(drawn: set[LikeBy]) -> dict[str, tuple[Like, ...]]:
    groups = list(rows.LikeGroup.objects.filter(by__in=drawn)) if drawn else []
    keys = _organizations(group for group in groups if group.by == LikeBy.ORGANIZATION)
    found: dict[str, list[Like]] = defaultdict(list)
    for group in groups:
        found[group.by].append(_like(group, keys))
    return {by: tuple(likes) for by, likes in found.items()}


def _like(group: rows.LikeGroup, keys: Mapping[str, int]) -> Like:
    if group.by == LikeBy.TYPE:
        return Like(group.name, types=tuple(match_key(entry) for entry in group.listed))
    return Like(group.name, organizations=tuple(keys[code] for code in group.listed if code in keys))


def _organizations(groups: Iterable[rows.LikeGroup]) -> dict[str, int]:
    codes = [code for group in groups for code in group.listed]
    return dict(Organization.objects.filter(code__in=codes).values_list("code", "pk")) if codes else {}
