"""What the Board's review desk shows: the units of a year, and the rows of one."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from assessments.deadlines import Deadlines, Due
from assessments.models import (
    MemberLine,
    OrganizationLine,
    RatingYear,
    Submission,
    SubmissionState,
)
from assessments.progress import Progress, progress
from assessments.review.reading import (
    last_submissions,
    member_facts,
    organization_facts,
    reviews,
    values_before,
)
from assessments.review_rules import Exceptional, Group, Review, review
from assessments.year_rules import rules_of

NOTHING = Progress(0, 0, 0, 0)
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit in the list of the desk."""

    submission: Submission
    progress: Progress
    exceptions: int
    due: Due | None
    is_again: bool

    @property
    def days_held(self) -> int:
        return (timezone.now() - self.submission.since).days if self.submission.since else 0


@dataclass(slots=True)
class Line:
    """One row to review: this year's values, last year's level, what the unit wrote."""

    line: object
    is_member: bool
    name: str
    place: str
    last: str
    before: str | None = None

    @property
    def value(self) -> str:
        return f"{'m' if self.is_member else 'o'}{self.line.pk}"


@dataclass(slots=True)
class Section:
    """Rows under one heading of the review."""

    title: object
    needs_reason: bool
    rows: list[Line] = field(default_factory=list)
    groups: tuple[Group, ...] = ()
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.rows) + len(self.groups) + self.more


def unit_rows(year: RatingYear, submissions, dues: Deadlines) -> list[UnitRow]:
    """All units with state, progress, deadline and exceptions; the same queries for any number."""
    submissions = list(submissions)
    organizations = OrganizationLine.objects.filter(year=year).in_roster()
    parts = progress(organizations, "unit_id")
    exceptions = reviews(year, organizations)
    sent = last_submissions(row.pk for row in submissions)
    return [
        UnitRow(
            row, parts.get((row.unit_id,), NOTHING), _count(exceptions.get(row.unit_id)),
            dues.now(row), len(sent.get(row.pk, ())) > 1,
        )
        for row in submissions
    ]


def _count(found: Review | None) -> int:
    return found.count if found else 0


@dataclass
class UnitReview:
    """One unit opened on the desk."""

    year: RatingYear
    submission: Submission

    def __post_init__(self):
        self.organizations = self._lines(OrganizationLine)
        self.members = self._lines(MemberLine)
        self.rules = rules_of(self.year)
        self.review, self.member_review = (
            review(facts, self.rules.caps, self.rules.asked)
            for facts in (
                organization_facts(self.year, self.organizations, self.rules),
                member_facts(self.year, self.members),
            )
        )
        self.previous = self._previous()

    def _lines(self, model):
        return model.objects.filter(year=self.year, unit=self.submission.unit_id).in_roster()

    def _previous(self) -> datetime | None:
        """When it was submitted before the last time."""
        sent = last_submissions([self.submission.pk]).get(self.submission.pk, [])
        again = self.submission.state == SubmissionState.SUBMITTED
        return sent[1] if again and len(sent) > 1 else None

    @property
    def last_year(self) -> int:
        return self.year.pk - 1

    def sections(self) -> list[Section]:
        """Exceptions of organizations first, in the order of review."""
        return [*self._sections(self.review, self.organizations), *self.member_sections()]

    def member_sections(self) -> list[Section]:
        return self._sections(self.member_review, self.members)

    def _sections(self, found: Review, lines) -> list[Section]:
        sections = []
        for kind in Exceptional:
            groups = found.groups if kind == Exceptional.OVER_CAP else ()
            ids = [fact.id for fact in found.lines.get(kind, ())]
            if ids or groups:
                rows = self.rows(lines.filter(pk__in=ids[:MOST_ROWS]))
                sections.append(Section(
                    kind.label, kind.needs_reason, rows, groups, max(0, len(ids) - MOST_ROWS)
                ))
        return sections

    @property
    def exceptions(self) -> int:
        return self.review.count + self.member_review.count

    def changed(self) -> list[Line]:
        """Rows changed since the submission before the last one, with the level they had then."""
        if self.previous is None:
            return []
        found = self.organizations.filter(updated_at__gt=self.previous)
        rows = self.rows(found[:MOST_ROWS])
        before = values_before([row.line.pk for row in rows], self.previous)
        for row in rows:
            revision = before.get(row.line.pk)
            row.before = revision.decided.code if revision and revision.decided_id else ""
        return rows

    def rows(self, lines) -> list[Line]:
        """Lines as the desk shows them, with last year's level; two queries."""
        if lines.model is MemberLine:
            return self._member_rows(lines)
        found = list(lines.select_related("self_rated", "decided", "grassroots"))
        last = self._last(OrganizationLine, "organization_id", found)
        return [
            Line(line, False, line.name, _place(line), last.get(line.organization_id, ""))
            for line in found
        ]

    def _member_rows(self, lines) -> list[Line]:
        found = list(lines.select_related("self_rated", "decided", "member", "cell"))
        last = self._last(MemberLine, "member_id", found)
        return [
            Line(line, True, line.member.full_name, line.cell.name, last.get(line.member_id, ""))
            for line in found
        ]

    def _last(self, model, key: str, lines: list) -> dict[int, str]:
        rated = model.objects.filter(
            **{"year": self.year.pk - 1, "dropped": False, "decided__isnull": False,
               f"{key}__in": [getattr(line, key) for line in lines]}
        )
        return dict(rated.order_by().values_list(key, "decided__code"))


def _place(line: OrganizationLine) -> str:
    return line.grassroots.name if line.kind == "affiliated" and line.grassroots else ""
