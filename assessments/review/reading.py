"""Reading what review needs: lines as facts, what changed since the last submission."""

from collections.abc import Iterable

from django.db.models import Q

from assessments.models import (
    Kind,
    MemberLine,
    OrganizationLine,
    RatingRevision,
    RatingYear,
    Subject,
)
from assessments.querysets import RatedLineQuerySet
from assessments.review_rules import LineFacts, Review, review
from assessments.tallies import not_covered
from assessments.year_rules import YearRules, rules_of
from orgs.models import AuditEntry


def organization_facts(year: RatingYear, lines: RatedLineQuerySet) -> list[LineFacts]:
    """The organizations of `lines` with last year's rank; a fixed number of queries."""
    last = _ranks(OrganizationLine, year.pk - 1, lines, "organization_id")
    rows = _counting(year, lines).values_list(
        "pk", "kind", "unit_id", "grassroots_id", "decided__code", "decided__rank",
        "self_rated__rank", "organization_id", "reason", "note",
    )
    return [
        LineFacts(
            pk, kind, unit, grassroots, code or "", rank, self_rank, last.get(who),
            bool(reason), bool(note),
        )
        for pk, kind, unit, grassroots, code, rank, self_rank, who, reason, note in rows
    ]


def member_facts(year: RatingYear, lines: RatedLineQuerySet) -> list[LineFacts]:
    """The members of `lines` with last year's rank; a fixed number of queries."""
    last = _ranks(MemberLine, year.pk - 1, lines, "member_id")
    rows = _counting(year, lines).values_list(
        "pk", "unit_id", "grassroots_id", "decided__code", "decided__rank", "self_rated__rank",
        "member_id", "reason", "note", "is_exempt",
    )
    return [
        LineFacts(
            pk, "member", unit, grassroots, code or "", None if exempt else rank, self_rank,
            last.get(who), bool(reason), bool(note), exempt,
        )
        for pk, unit, grassroots, code, rank, self_rank, who, reason, note, exempt in rows
    ]


def _counting(year: RatingYear, lines: RatedLineQuerySet) -> RatedLineQuerySet:
    """Lines that count by themselves: not below an organization with a reported total."""
    if lines.model is MemberLine:
        return lines.in_roster().filter(not_covered(year.pk, Subject.MEMBER))
    by_kind = Q()
    for kind in Kind.values:
        by_kind |= Q(kind=kind) & not_covered(year.pk, kind)
    return lines.in_roster().filter(by_kind)


def _ranks(model, year: int, lines: RatedLineQuerySet, key: str) -> dict[int, int]:
    """Last year's ranks of those listed this year, whichever unit they stood in."""
    rated = model.objects.filter(year=year, dropped=False, decided__isnull=False)
    listed = rated.filter(**{f"{key}__in": lines.order_by().values(key)})
    return dict(listed.order_by().values_list(key, "decided__rank"))


def reviews(
    year: RatingYear, organizations: RatedLineQuerySet, rules: YearRules | None = None
) -> dict[int, Review]:
    """The review of organizations for each unit, with the same queries for one as for all."""
    by_unit: dict[int, list[LineFacts]] = {}
    for line in organization_facts(year, organizations):
        by_unit.setdefault(line.unit, []).append(line)
    caps = (rules or rules_of(year)).caps
    return {unit: review(lines, caps) for unit, lines in by_unit.items()}


def whole_review(
    year: RatingYear, organizations: RatedLineQuerySet, members: RatedLineQuerySet
) -> tuple[Review, Review]:
    """The reviews of a unit's organizations and members."""
    caps = rules_of(year).caps
    return (
        review(organization_facts(year, organizations), caps),
        review(member_facts(year, members), caps),
    )


def last_submissions(submission_ids: Iterable[int]) -> dict[int, list]:
    """When each submission was submitted, the latest first."""
    found: dict[int, list] = {}
    entries = AuditEntry.objects.filter(
        object_type="assessments.submission", object_id__in=list(submission_ids),
        action="submission.submit",
    )
    for pk, at in entries.order_by("-pk").values_list("object_id", "at"):
        found.setdefault(pk, []).append(at)
    return found


def values_before(line_ids: Iterable[int], since) -> dict[int, RatingRevision]:
    """The rating that each organization's line had at `since`, for those replaced after it."""
    revisions = RatingRevision.objects.filter(
        organization_line__in=list(line_ids), replaced_at__gt=since
    )
    ordered = revisions.select_related("decided").order_by("-version", "-pk")
    return {revision.organization_line_id: revision for revision in ordered}
