"""How far the units are with a year."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may
from assessments.figures import charts
from assessments.figures.overview.groups import folded
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.deadlines import Due
from assessments.rules.models.years import RatingYear, Submission, SubmissionState


@dataclass(frozen=True, slots=True)
class Held:
    """How many units stand in one state of the workflow."""

    count: int
    words: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class GroupHeld:
    """How many units of a group stand in each state, in the order of `states`."""

    name: str
    units: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """`groups`: the same by group of units, empty where the Board made none."""

    strip: charts.Strip
    label: str
    held: tuple[Held, ...]
    due_on: date | None
    url: str
    groups: tuple[GroupHeld, ...] = ()

    @property
    def states(self) -> list[str]:
        """The heads of the counts of `groups`."""
        return [str(state.label) for state, *_rest in _STATES]


_STATES = (
    (SubmissionState.ACCEPTED, "sq-accepted", "met", "check-circle-fill", lambda: _("%(n)s accepted")),
    (SubmissionState.SUBMITTED, "sq-submitted", "wait", "clock", lambda: _("%(n)s to be reviewed")),
    (SubmissionState.RETURNED, "sq-returned", "unmet", "reply", lambda: _("%(n)s returned")),
    (SubmissionState.IN_PROGRESS, "sq-begun", "none", "pencil", lambda: _("%(n)s in progress")),
    (SubmissionState.NOT_BEGUN, "sq-none", "none", "dash-lg", lambda: _("%(n)s not begun")),
)


def progress(
    user,
    year: RatingYear,
    submissions: Iterable[Submission],
    due: Due | None,
    groups: Mapping[int, str] | None = None,
) -> Progress | None:
    """The strip of submissions, by group too where units have one (`groups`: unit → name); None for a year
    that no unit submitted itself."""
    submissions = list(submissions)
    found = Counter(submission.state for submission in submissions)
    changed = sum(1 for submission in submissions if year.is_open and submission.changes_waiting)
    if not year.is_open and set(found) <= {SubmissionState.NOT_BEGUN}:
        return None
    held = tuple(
        Held(found[state], words() % {"n": found[state]}, kind, icon)
        for state, _css, kind, icon, words in _STATES
        if found[state]
    )
    if changed:
        words = _("%(n)s with changes of the list to be confirmed") % {"n": changed}
        held += (Held(changed, words, "wait", "arrow-left-right"),)
    return Progress(
        strip=charts.strip([(found[state], css) for state, css, *_rest in _STATES]),
        label=", ".join(part.words for part in held),
        held=held,
        due_on=due.on if due else None,
        url=reverse("assessments:review_year", args=[year.pk]) if may(user, Permission.REVIEW) else "",
        groups=tuple(_by_group(submissions, groups or {})),
    )


def _by_group(submissions: list[Submission], groups: Mapping[int, str]) -> Iterator[GroupHeld]:
    found = folded(submissions, lambda submission: groups.get(submission.unit_id, ""))
    if len(submissions) < 2 or not any(name for name, _held in found):
        return
    for name, held in found:
        counts = Counter(submission.state for submission in held)
        by_state = tuple(counts[state] for state, *_rest in _STATES)
        yield GroupHeld(name or _("In no group"), len(held), by_state)


def accepted_share(user, year: RatingYear, only: Submission | None = None) -> tuple[int, int]:
    """How many of the rated grassroots organizations the Board has accepted, and of how many."""
    lines = OrganizationLine.objects.visible_to(user).filter(year=year, kind=Kind.GRASSROOTS)
    if only:
        lines = lines.filter(unit_id=only.unit_id)
    rated = lines.in_roster().rated().order_by().values_list("accepted")
    found = dict(rated.annotate(lines=Count("*")))
    return found.get(True, 0), sum(found.values())
