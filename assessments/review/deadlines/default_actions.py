"""The last days that hold until the Board sets others, and whose year closes otherwise.

Source: HD 43-HD/BTCTW (31/10/2025), part 4: ratings before 31/12, where the year closes otherwise before
15/01; files to the Central Organization Board before 01/02.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.rules.deadlines import FIRST_WITH_DEFAULTS, default_days, other_end_day
from assessments.rules.holding import writing_years
from assessments.rules.models.deadlines import Deadline, OtherYearEnd, Stage
from assessments.rules.models.years import RatingYear, Submission
from orgs import audit
from orgs.models import Organization
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean


def set_defaults(year: RatingYear) -> None:
    """The days with which a year begins, where it has none yet."""
    held = set(Deadline.objects.filter(year=year, unit=None).values_list("stage", flat=True))
    Deadline.objects.bulk_create(
        Deadline(year=year, stage=stage, due_on=day)
        for stage, day in default_days(year.pk).items()
        if stage not in held
    )
    give_other_days(year)


def give_other_days(year: RatingYear) -> None:
    """A day of its own for each unit whose year closes otherwise and that has none."""
    if year.pk < FIRST_WITH_DEFAULTS:
        return
    owned = Deadline.objects.filter(year=year, stage=Stage.SUBMISSION, unit__isnull=False)
    units = _units(OtherYearEnd.objects.all()).exclude(pk__in=owned.values("unit"))
    listed = Submission.objects.filter(year=year, unit__in=units)
    Deadline.objects.bulk_create(
        Deadline(
            year=year,
            stage=Stage.SUBMISSION,
            unit_id=unit,
            due_on=other_end_day(year.pk),
            reason=_("Its year closes otherwise (HD 43-HD/BTCTW, part 4)"),
        )
        for unit in listed.values_list("unit_id", flat=True)
    )


@writing_years()
def add_other_end(row: OtherYearEnd, *, by: Actor) -> None:
    """A unit, or the units of a type, get their own day, in open years too."""
    row.type_label = clean(row.type_label)
    if bool(row.unit_id) == bool(row.type_label):
        raise Refusal(_("Choose a unit or a type; one of the two."), field="unit")
    same = OtherYearEnd.objects.filter(unit=row.unit_id, type_label=row.type_label)
    if same.exists():
        raise Refusal(_("It stands in the list already."), field="unit" if row.unit_id else "type_label")
    row.save()
    _record(row, {}, _state(row), by=by, action="deadline.other_end")
    for year in _open_years():
        give_other_days(year)


@writing_years()
def remove_other_end(row: OtherYearEnd, *, by: Actor) -> None:
    """The day of all holds again, in open years too; days that the Board gave with a reason stay."""
    before, units = _state(row), set(_units(OtherYearEnd.objects.filter(pk=row.pk)))
    _record(row, before, {}, by=by, action="deadline.other_end")
    row.delete()
    left = units - set(_units(OtherYearEnd.objects.all()))
    for year in _open_years():
        own = Deadline.objects.filter(year=year, stage=Stage.SUBMISSION, unit__in=left)
        own.filter(due_on=other_end_day(year.pk)).delete()


def _open_years() -> Iterable[RatingYear]:
    return [year for year in RatingYear.objects.filter(pk__gte=FIRST_WITH_DEFAULTS) if year.is_open]


def _units(rows):
    """The organizations that the rows name, by themselves or by their type."""
    types = rows.exclude(type_label="").values("type_label")
    named = rows.filter(unit__isnull=False).values("unit")
    return Organization.objects.filter(Q(pk__in=named) | Q(type_label__in=types)).order_by()


def _state(row: OtherYearEnd) -> dict:
    return {"unit": row.unit.code if row.unit else "", "type_label": row.type_label}


def _record(row: OtherYearEnd, before: dict, after: dict, *, by: Actor, action: str) -> None:
    code = row.unit.code if row.unit else row.type_label
    audit.record([audit.Change(row, before, after, row.unit_id, code)], by=by, action=action)
