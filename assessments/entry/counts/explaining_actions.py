"""Reasons for counts that fail a soft check, and the sums that stand on paper."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.counting.judging import line_faults
from assessments.entry.counts.bodies import Body, held
from assessments.roster.models.counts import ActivityCount, PaperTotal, Period
from assessments.rules.holding import hold_year
from assessments.rules.models.counts import MOST, Activity, CountLevel
from assessments.rules.models.years import Submission
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.errors import Refusal

LONGEST = 200


@writing()
def explain(
    *,
    by: Actor,
    year: int,
    lines: QuerySet,
    reasons: Mapping[tuple[int, str], str],
    period: str = Period.YEAR,
    level: str = CountLevel.GRASSROOTS,
) -> None:
    """Write why counts stand as they are: reasons by line (of a unit its submission) and code, at most 200
    characters, about counts and nobody's person. Refusal, with nothing stored, for what cannot be written
    into or was not given."""
    found = hold_year(year)
    bodies = held(lines, year, level, {pk for pk, _code in reasons})
    _require(bodies, reasons, found, by)
    rows = (
        ActivityCount.objects.select_for_update(no_key=True)
        .select_related("activity")
        .filter(
            year=found, period=period, organization__in=[body.organization_id for body in bodies.values()]
        )
    )
    stored = {(row.organization_id, row.activity.code): row for row in rows}
    changes = []
    for (pk, code), text in reasons.items():
        row = stored.get((bodies[pk].organization_id, code))
        if row is None:
            raise Refusal(_("There is no count to explain: “%(code)s”.") % {"code": code})
        before, row.reason = row.reason, text.strip()
        if before != row.reason:
            name, row.version = row.activity.short_name, row.version + 1
            changes.append(
                audit.Change(bodies[pk].row, {name: before}, {name: row.reason}, row.unit_id, bodies[pk].code)
            )
    ActivityCount.objects.bulk_update(stored.values(), ["reason", "version"])
    audit.record(changes, by=by, action="activity.reason")


def _require(bodies: Mapping[int, Body], reasons: Mapping[tuple[int, str], str], year, by: Actor) -> None:
    states = dict(Submission.objects.filter(year=year).values_list("unit_id", "state"))
    for (pk, _code), text in reasons.items():
        if pk not in bodies:
            raise Refusal(_("Not in the roster of this year."))
        if faults := line_faults(bodies[pk], year, states, by):
            raise Refusal(*faults)
        if len(text.strip()) > LONGEST:
            words = _("A reason has at most %(most)s characters, found %(count)s.")
            raise Refusal(words % {"most": LONGEST, "count": len(text.strip())})


@writing()
def note_paper_total(
    *,
    by: Actor,
    year: int,
    submission: Submission,
    place: Organization,
    code: str,
    total: int | None,
    period: str = Period.YEAR,
) -> None:
    """Keep the sum of a count that stands on the paper of `place`, a unit or a grassroots organization of
    `submission`'s unit; None takes it back. Refusal where the year is not the writer's to change."""
    found = hold_year(year)
    locked = Submission.objects.select_for_update(no_key=True).get(pk=submission.pk, year=found)
    if not by.is_command_line and (locked.is_locked or not found.is_open):
        raise Refusal(_("The unit's year is submitted; it can be changed after the Board returns it."))
    if total is not None and not 0 <= total <= MOST * 1000:
        raise Refusal(_("A total is a whole number, found %(count)s.") % {"count": total})
    activity = Activity.objects.get(code=code)
    key: dict[str, Any] = {"year": found, "period": period, "organization": place, "activity": activity}
    before = PaperTotal.objects.filter(**key).values_list("total", flat=True).first()
    if total is None:
        PaperTotal.objects.filter(**key).delete()
    else:
        row = PaperTotal.objects.filter(**key).first() or PaperTotal(**key)
        row.total, row.changed_by, row.unit_id = total, by.user, locked.unit_id
        row.grassroots = None if place.pk == locked.unit_id else place
        row.save()
    if before != total:
        name = activity.short_name
        change = audit.Change(locked, {name: before}, {name: total}, locked.unit_id, place.code)
        audit.record([change], by=by, action="activity.paper")
