"""What the Board asks offices to count: adding, changing, ending and ordering it."""

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.imports import KINDS, YEARLY_COUNTS_BY_ALL
from assessments.roster.models.counts import ActivityCount
from assessments.rules.holding import writing_years
from assessments.rules.models.counts import Activity
from orgs import audit
from resolution03.lib.errors import Refusal
from resolution03.lib.text import match_key
from resolution03.lib.workbooks.headings import NEVER_UNKNOWN

FIELDS = ("name", "short_name", "first_year", "last_year", "document")
_NAMES = ("name", "short_name")


@writing_years()
def save_activity(activity: Activity, *, by: Actor) -> None:
    """Add a count to the end of the list, or change one; years with counts keep it.

    Raises Refusal for a name that another count or a column of another workbook bears, and for
    years that would leave counts outside.
    """
    others = list(Activity.objects.select_for_update(no_key=True).exclude(pk=activity.pk))
    _refuse_names(activity, others)
    _refuse_years(activity)
    before = _stored(activity)
    if not activity.pk:
        number = (Activity.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        activity.code = f"count_{number}"
        activity.position = max((one.position for one in others), default=0) + 1
    activity.save()
    after = audit.state(activity, FIELDS)
    if before != after:
        change = audit.Change(activity, before, after, code=activity.short_name)
        audit.record([change], by=by, action="rules.change" if before else "rules.add")


@writing_years()
def move_activity(activity: Activity, *, by: Actor, up: bool) -> None:
    """Let it change places with its neighbour; nothing happens at the end of the list."""
    rows = list(Activity.objects.select_for_update(no_key=True).order_by("position", "pk"))
    at = next(n for n, row in enumerate(rows) if row.pk == activity.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(rows):
        return
    before = {row.pk: row.position for row in rows}
    rows[at], rows[other] = rows[other], rows[at]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Activity.objects.bulk_update(rows, ["position"])
    audit.record(
        [
            audit.Change(row, {"position": before[row.pk]}, {"position": row.position}, code=row.short_name)
            for row in (rows[at], rows[other])
        ],
        by=by,
        action="rules.change",
    )


def _stored(activity: Activity) -> dict:
    found = Activity.objects.filter(pk=activity.pk).first()
    return audit.state(found, FIELDS) if found else {}


def _refuse_names(activity: Activity, others: list[Activity]) -> None:
    """Names head the columns of workbooks: each must stand for one thing only."""
    taken = {match_key(getattr(one, name)) for one in others for name in _NAMES}
    columns = [*YEARLY_COUNTS_BY_ALL, *(column for kind in KINDS for column in kind.columns)]
    headings = {match_key(heading) for one in columns for heading in (one.heading, *one.aliases)}
    for field in _NAMES:
        key = match_key(getattr(activity, field))
        if key in taken:
            raise Refusal(_("Another count bears this name."), field=field)
        if key in headings | NEVER_UNKNOWN or key.isdecimal():
            raise Refusal(_("A column of other workbooks bears this name; choose another."), field=field)


def _refuse_years(activity: Activity) -> None:
    first, last = activity.first_year, activity.last_year
    if first and last and last < first:
        raise Refusal(_("The last year comes before the first."), field="last_year")
    given = ActivityCount.objects.filter(activity=activity.pk)
    years = sorted(given.order_by().values_list("year_id", flat=True).distinct()) if activity.pk else []
    for field, outside in (
        ("first_year", [year for year in years if first and year < first]),
        ("last_year", [year for year in years if last and year > last]),
    ):
        if outside:
            words = _("Counts of %(year)s were given already and would fall outside.")
            raise Refusal(words % {"year": outside[0]}, field=field)
