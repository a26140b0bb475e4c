"""What a unit sent last, and the levels it had before."""

from collections.abc import Iterable

from orgs.models import AuditEntry


def last_submissions(submission_ids: Iterable[int]) -> dict[int, list]:
    """When each submission was submitted, the latest first."""
    found: dict[int, list] = {}
    entries = AuditEntry.objects.filter(
        object_type="assessments.submission",
        object_id__in=list(submission_ids),
        action="submission.submit",
    )
    for pk, at in entries.order_by("-pk").values_list("object_id", "at"):
        if pk is not None:
            found.setdefault(pk, []).append(at)
    return found


def levels_before(model, line_ids: Iterable[int], since) -> dict[int, str]:
    """The decided level (or "") that each line had at `since`, where it was changed after it.

    Read from the trail: a note alone leaves no revision of the rating, a first level neither.
    """
    entries = AuditEntry.objects.filter(
        object_type=model._meta.label_lower,
        object_id__in=list(line_ids),
        action="rating.save",
        at__gt=since,
    )
    rows = entries.order_by("-pk").values_list("object_id", "before")
    return {pk: before["decided"] for pk, before in rows if pk and "decided" in before}
