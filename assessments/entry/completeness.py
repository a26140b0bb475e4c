"""How complete a unit's year is, each kind of gap as n of m: counts, no score, no order of units.

The rules are those that the lists, the counts and the totals are judged by everywhere.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.roster import keys
from assessments.roster.counts.given import YearCounts
from assessments.roster.facts import reviews
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.tallies import Subject, Tally
from assessments.roster.progress import Progress, progress
from assessments.roster.submitted import last_submissions
from assessments.rules import deadlines
from assessments.rules.deadlines import Deadlines
from assessments.rules.exceptions import Review
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from assessments.rules.totals import findings, findings_between
from resolution03.lib.figures import number
from resolution03.lib.phrases import Phrase

NOTHING = Progress()


class Gap(StrEnum):
    """What may be missing, in the order in which it is told."""

    GRASSROOTS = "grassroots"
    AFFILIATED = "affiliated"
    MEMBERS = "members"
    REASONS = "reasons"
    COUNTS = "counts"
    CONTRARY_COUNTS = "contrary_counts"
    CONTRARY_TOTALS = "contrary_totals"
    LATE = "late"

    @property
    def label(self) -> Phrase:
        return _LABELS[self]


_LABELS: dict[Gap, Phrase] = {
    Gap.GRASSROOTS: gettext_lazy("grassroots organizations blank"),
    Gap.AFFILIATED: gettext_lazy("affiliated organizations blank"),
    Gap.MEMBERS: gettext_lazy("members blank"),
    Gap.REASONS: gettext_lazy("reasons missing, of the rows that are asked for one"),
    Gap.COUNTS: gettext_lazy("organizations that did not give every yearly count"),
    Gap.CONTRARY_COUNTS: gettext_lazy("organizations whose counts contradict the lists"),
    Gap.CONTRARY_TOTALS: gettext_lazy("reported totals that contradict"),
    Gap.LATE: gettext_lazy("days late"),
}
_LISTS = {
    Gap.GRASSROOTS: Subject.GRASSROOTS,
    Gap.AFFILIATED: Subject.AFFILIATED,
    Gap.MEMBERS: Subject.MEMBER,
}


@dataclass(frozen=True, slots=True)
class Line:
    """`count` of `of`, as whole numbers; days are of no number. `detail`: what it is counted from; `url`:
    where those that are counted stand."""

    gap: Gap
    count: int
    of: int | None = None
    detail: str = ""
    url: str = ""

    @property
    def label(self) -> Phrase:
        return self.gap.label

    @property
    def words(self) -> str:
        """`3 of 46`; `–` where there is nothing of the kind."""
        if self.of is None:
            return number(self.count)
        if not self.of:
            return "–"
        return _("%(n)s of %(all)s") % {"n": number(self.count), "all": number(self.of)}


def completeness(year: RatingYear, submissions: Iterable[Submission]) -> dict[int, list[Line]]:
    """The lines of each unit by its key, one for each Gap; the same statements for one unit as for a
    hundred. The submissions are the user's scope."""
    held = list(submissions)
    units = [row.unit_id for row in held]
    organizations, members = (
        model.objects.filter(year=year, unit__in=units).in_roster()
        for model in (OrganizationLine, MemberLine)
    )
    by_kind = progress(organizations, "unit_id", "kind") | _named(progress(members, "unit_id"))
    found = reviews(year, organizations, members)
    counts, totals = _counts(year, held), _totals(year, units)
    dues, sent = deadlines.of_year(year), last_submissions(row.pk for row in held)
    return {
        row.unit_id: [
            *_blank(by_kind, row.unit_id),
            _reasons(found.get(row.unit_id, ())),
            *counts[row.unit_id],
            totals[row.unit_id],
            _late(year, row, dues, sent.get(row.pk, ())),
        ]
        for row in held
    }


def _named(of_members: Mapping[tuple, Progress]) -> dict[tuple, Progress]:
    return {(unit, Subject.MEMBER.value): part for (unit,), part in of_members.items()}


def _blank(parts: Mapping[tuple, Progress], unit: int) -> Iterable[Line]:
    for gap, subject in _LISTS.items():
        part = parts.get((unit, subject.value), NOTHING)
        yield Line(gap, part.blank, part.roster)


def _reasons(found: Iterable[Review]) -> Line:
    parts = list(found)
    asked = sum(len(part.warnings) for part in parts)
    return Line(Gap.REASONS, sum(len(part.unexplained) for part in parts), asked)


def _counts(year: RatingYear, held: list[Submission]) -> dict[int, tuple[Line, Line]]:
    """Who did not give every count, and whose counts do not fit the lists."""
    codes = {row.unit_id: row.code for row in held}
    lines = OrganizationLine.objects.filter(year=year, unit__in=codes).in_roster()
    found = YearCounts(year, lines)
    tally: dict[int, list[int]] = {unit: [0, 0, 0, 0] for unit in codes}
    for organization, unit in found.bodies().items():
        counted = tally[unit]
        counted[0] += bool(found.lacks(organization))
        counted[1] += bool(found.asked)
        counted[2] += any(found.findings(organization))
        counted[3] += bool(found.known()[organization].counts)
    return {
        unit: (
            Line(Gap.COUNTS, lacking, all_, url=_missing(year, codes[unit])),
            Line(Gap.CONTRARY_COUNTS, contrary, gave, url=_missing(year, codes[unit], show="contrary")),
        )
        for unit, (lacking, all_, contrary, gave) in tally.items()
    }


def _missing(year: RatingYear, unit: str, **asked: str) -> str:
    address = reverse("assessments:counts_missing", args=[year.pk])
    return f"{address}?{urlencode({'unit': unit} | asked)}"


def _totals(year: RatingYear, units: list[int]) -> dict[int, Line]:
    """Of the totals that were reported, by organization and subject, those that do not add up."""
    rows = Tally.objects.filter(year=year, unit__in=units).order_by()
    stored: dict[tuple[int, int], dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    reported = rows.filter(is_reported=True) | rows.filter(key=keys.COVERED)
    for unit, place, subject, key, count in reported.values_list(
        "unit_id", "organization_id", "subject", "key", "count"
    ):
        stored[unit, place][subject][key] = count
    contrary, reported_in = Counter[int](), Counter[int]()
    for (unit, _place), by_subject in stored.items():
        contrary[unit] += len(_contrary(by_subject))
        reported_in[unit] += sum(bool(counts.keys() - {keys.COVERED}) for counts in by_subject.values())
    return {unit: Line(Gap.CONTRARY_TOTALS, contrary[unit], reported_in[unit]) for unit in units}


def _contrary(by_subject: Mapping[str, Mapping[str, int]]) -> set[str]:
    """The subjects of one organization whose totals contradict themselves, the roster or each other."""
    found, sums = set(), {}
    for subject, counts in by_subject.items():
        levels = {key: count for key, count in counts.items() if key not in (keys.TOTAL, keys.COVERED)}
        total, roster = counts.get(keys.TOTAL), counts.get(keys.COVERED) or None
        if findings(subject, levels, total, roster if levels else None):
            found.add(subject)
        if levels:
            sums[subject] = total if total is not None else sum(levels.values())
    return found | {finding.subject for finding in findings_between(sums)}


def _late(year: RatingYear, row: Submission, dues: Deadlines, sent: Iterable[datetime]) -> Line:
    """How many days after its last day the unit first sent its year; of one that holds it, until today."""
    first = min(sent, default=row.submitted_at)
    stage = Stage.SUBMISSION
    if row.state == SubmissionState.RETURNED and year.is_open:
        stage, first = Stage.ANSWER, None
    due = dues.of(stage, row.unit_id).on
    day = timezone.localtime(first).date() if first else _today(year, row)
    late = max(0, (day - due).days) if due and day else 0
    words = _("last day %(day)s") % {"day": f"{due:%d/%m/%Y}"} if due else _("no day")
    return Line(Gap.LATE, late, detail=words)


def _today(year: RatingYear, row: Submission) -> date | None:
    """Of a unit that has not sent: today; nothing of one whose ratings the Board entered."""
    return None if row.state == SubmissionState.ACCEPTED or not year.is_open else timezone.localdate()
