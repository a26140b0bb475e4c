"""What accepting a supplement writes into the counts of its closed year."""

import uuid
from typing import Any

from django.utils import timezone

from accounts.actors import Actor
from assessments.entry.counts.actions import told_as
from assessments.review.supplements.counts import CountCase, CountJudged
from assessments.review.supplements.models import Supplement, SupplementCount
from assessments.roster.models.counts import ActivityCount
from assessments.rules.models.counts import Activity
from orgs import audit


def file_counts(filed: Supplement, case: CountCase) -> None:
    """Keep what a supplement wants, with what stood there when it was filed."""
    keys = dict(Activity.objects.values_list("code", "pk"))
    SupplementCount.objects.bulk_create(
        SupplementCount(
            supplement=filed,
            organization_id=one.line.organization_id,
            organization_code=one.line.code,
            activity_id=keys[one.wanted.code],
            period=one.wanted.period,
            before=one.wanted.before,
            count=one.wanted.count,
        )
        for one in case.judged
    )


def write_counts(case: CountCase, found: Supplement, *, by: Actor, batch: uuid.UUID) -> None:
    """Write them as wanted, in the batch of the trail in which the ratings stand."""
    keys, versions = dict(Activity.objects.values_list("code", "pk")), case.versions()
    for one in case.judged:
        _write(one, found, keys[one.wanted.code], versions.get(one.wanted.key, 0) + 1)
    changes = [
        audit.Change(
            one.line, {name: one.wanted.before}, {name: one.wanted.count}, found.unit_id, one.line.code
        )
        for one in case.judged
        for name in [told_as(one.rule.short_name, one.wanted.period)]
    ]
    audit.record(changes, by=by, action="activity.count", reason=found.reason, batch=batch)


def _write(one: CountJudged, found: Supplement, activity: int, version: int) -> None:
    line = one.line
    key: dict[str, Any] = {
        "year_id": found.year_id,
        "organization_id": line.organization_id,
        "activity_id": activity,
    }
    rows = ActivityCount.objects.filter(**key, period=one.wanted.period)
    if one.wanted.count is None:
        rows.delete()
        return
    ActivityCount.objects.update_or_create(
        **key,
        period=one.wanted.period,
        defaults={
            "count": one.wanted.count,
            "grassroots_id": line.grassroots_id,
            "unit_id": line.unit_id,
            "reason": "",
            "version": version,
            "changed_at": timezone.now(),
            "changed_by": found.filed_by,
        },
    )
