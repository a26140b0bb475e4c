"""What stands against closing a year, by unit and kind; and what dropped out of its roster.

Persons are named by their code alone: the list is kept with the revision.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.roster import covering
from assessments.roster.models.line import Kind, RatedLineQuerySet
from assessments.roster.models.list_changes import ListChange
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear, Submission, SubmissionState

BEGUN = (SubmissionState.IN_PROGRESS, SubmissionState.SUBMITTED, SubmissionState.RETURNED)
SUBMISSION = "submission"
LIST_CHANGE = "list_change"
SHOWN = 20
_SENTENCES = {
    **dict.fromkeys(
        Kind.values,
        gettext_lazy("%(code)s %(name)s: neither a level, nor a reason, nor a reported total"),
    ),
    Subject.MEMBER.value: gettext_lazy(
        "member %(code)s (%(name)s): neither a level, nor a reason, nor a reported total"
    ),
    SUBMISSION: gettext_lazy("%(code)s %(name)s: the submission is not accepted"),
    LIST_CHANGE: gettext_lazy("%(code)s (%(name)s): a change of the list waits for the Board's word"),
}
_KINDS = {
    Subject.GRASSROOTS.value: gettext_lazy("grassroots organizations blank"),
    Subject.AFFILIATED.value: gettext_lazy("affiliated organizations blank"),
    Subject.MEMBER.value: gettext_lazy("members blank"),
    SUBMISSION: gettext_lazy("submission not accepted"),
    LIST_CHANGE: gettext_lazy("changes of the list not confirmed"),
}


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that is missing. `name`: of a member, the code of the cell; of a change, the unit."""

    kind: str
    unit_id: int
    code: str
    name: str

    def __str__(self) -> str:
        return _SENTENCES[self.kind] % {"code": self.code, "name": self.name}


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing of one kind in one unit; `rows` are codes and names."""

    unit: str
    kind: str
    rows: list[list[str]]

    @property
    def label(self) -> str:
        return str(_KINDS[self.kind])

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def first(self) -> list[list[str]]:
        return self.rows[:SHOWN]

    @property
    def more(self) -> int:
        return max(0, self.count - SHOWN)


def lacking(year: RatingYear) -> list[Lacking]:
    """Lines without level, reason or reported total, units that have begun their own submission and
    are not accepted, changes of lists that wait for the Board's word; five queries."""
    found = []
    for kind in Kind.values:
        lines = covering.counting(year.pk, kind).unexplained()
        found += [Lacking(kind, *row) for row in lines.values_list("unit_id", "code", "name")]
    members = covering.counting(year.pk, Subject.MEMBER).unexplained().named()
    rows = members.values_list("unit_id", "member__code", "cell__code")
    found += [Lacking(Subject.MEMBER.value, *row) for row in rows]
    waiting = Submission.objects.filter(year=year, state__in=BEGUN)
    found += [Lacking(SUBMISSION, *row) for row in waiting.values_list("unit_id", "code", "name")]
    changes = ListChange.objects.waiting().named().filter(submission__year=year)
    rows = changes.values_list("submission__unit_id", "code", "submission__name")
    return found + [Lacking(LIST_CHANGE, *row) for row in rows]


def by_unit(year: RatingYear, found: Iterable[Lacking]) -> list[Missing]:
    """The same by unit, in the office's order, and kind."""
    groups: dict[tuple[int, str], list[list[str]]] = {}
    for one in found:
        groups.setdefault((one.unit_id, one.kind), []).append([one.code, one.name])
    units = Submission.objects.filter(year=year).values_list("unit_id", "name")
    return [
        Missing(name, kind, groups[unit, kind])
        for unit, name in units
        for kind in _KINDS
        if (unit, kind) in groups
    ]


def kept(found: Iterable[Missing]) -> list[dict]:
    """As JSON keeps it with the revision."""
    return [{"unit": one.unit, "kind": one.kind, "rows": one.rows} for one in found]


def read(document: Iterable[dict]) -> list[Missing]:
    """What a revision keeps."""
    return [Missing(**row) for row in document]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line with a rating whose subject left the roster; it counts for nothing."""

    code: str
    name: str
    unit: str
    level: str
    url: str


def dropped(organizations: RatedLineQuerySet, members: RatedLineQuerySet) -> list[Dropped]:
    """The dropped lines among those of a user's scope; two queries."""
    found = [
        Dropped(
            line.code,
            line.name,
            line.unit.name,
            _level(line),
            reverse("registers:organization", args=[line.organization_id]),
        )
        for line in _left(organizations)
    ]
    return found + [
        Dropped(
            line.member.code,
            line.member.full_name,
            line.unit.name,
            _level(line),
            reverse("registers:member", args=[line.member_id]),
        )
        for line in _left(members).select_related("member")
    ]


def _left(lines: RatedLineQuerySet) -> RatedLineQuerySet:
    return lines.filter(dropped=True).select_related("unit", "decided", "self_rated")


def _level(line) -> str:
    """The level it keeps; of a draft the self-rating, of neither the reason."""
    if line.decided:
        return line.decided.code
    return _("self-rated %(level)s") % {"level": line.self_rated.code} if line.self_rated else line.reason
