"""What a plan drags along beside bodies, members and villages: each with how many there are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from assessments.registers.reorganizing import Inherited
from assessments.roster.models.lines import RATED_LINES
from assessments.rules.models.caps import CapException
from assessments.rules.models.deadlines import Deadline, OtherYearEnd
from assessments.rules.models.target_sets import Quota
from assessments.rules.models.years import RatingYear, YearState
from assessments.workbooks.models import PreparedWorkbook
from members.models import VillageHead
from orgs.models import Posting
from orgs.reorganizing.tree import Trees

OF_UNITS = (Quota, CapException, Deadline, OtherYearEnd)
"""What the Board keeps for a unit itself; it ends with the unit."""


def along(trees: Trees, inherited: Inherited) -> dict[str, object]:
    """Read before the plan is carried out. `submissions`: how many in which state; `accepted`: lines that
    keep their mark; `of_units`: quotas, exceptions, deadlines of units that end; `closed`: closed years whose
    days the plan reaches, which stay."""
    units = [one.unit_id for one in inherited.ended]
    ended = [trees.stored[code]["pk"] for code in trees.plan.ending]
    return {
        "heads": _heads(trees),
        "submissions": dict(Counter(one.state for one in inherited.ended)),
        "accepted": _accepted(units, inherited.years),
        "prepared": PreparedWorkbook.objects.filter(unit__in=ended).count(),
        "of_units": sum(model._default_manager.filter(unit__in=ended).count() for model in OF_UNITS),
        "closed": _closed_years(trees),
    }


def staying(codes: Iterable[str]) -> int:
    """Open accounts that still stand at bodies that ended: their role has no place at the heir."""
    return Posting.objects.filter(organization__code__in=list(codes), user__is_active=True).count()


def _heads(trees: Trees) -> int:
    """Heads in post of villages whose commune or cell goes over."""
    first = min((row.on for row in trees.plan.rows), default=date.max)
    ended = [trees.stored[code]["pk"] for code in trees.plan.ending]
    of_ended = Q(village__committee__in=ended) | Q(village__cell__in=ended)
    in_post = Q(starts_on__lte=first) & (Q(ends_on__isnull=True) | Q(ends_on__gte=first))
    return VillageHead.objects.filter(of_ended & in_post).values("pk").distinct().count()


def _accepted(units: list[int], years: list[int]) -> int:
    lines = (model._default_manager.filter(year__in=years, unit__in=units) for model in RATED_LINES)
    return sum(found.filter(accepted=True, dropped=False).count() for found in lines)


def _closed_years(trees: Trees) -> list[int]:
    first = min((row.on.year for row in trees.plan.rows), default=9999)
    found = RatingYear.objects.filter(state=YearState.CLOSED, year__gte=first)
    return list(found.values_list("year", flat=True))


def names(trees: Trees) -> Mapping[str, tuple[str, str]]:
    """Name and type of bodies by code, before or as the plan founds them."""
    said = {code: (one.name, "") for code, one in trees.plan.described.items() if code not in trees.stored}
    return said | {code: (row["name"], row["type_label"]) for code, row in trees.stored.items()}
