"""What needs attention in a year, and who holds it now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Permission, may
from assessments import charts
from assessments.dashboard.words import counted
from assessments.deadlines import Deadlines, Due
from assessments.figures import Board
from assessments.models import (
    Kind,
    MemberLine,
    OrganizationLine,
    RatingYear,
    Submission,
    SubmissionState,
    VillageLine,
)
from assessments.querysets import VILLAGE_STATES
from resolution03.lib.figures import number

_NAMED = 3
_BLANK = Q(decided__isnull=True, reason="")


@dataclass(frozen=True, slots=True)
class Item:
    icon: str
    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Held:
    """How many units stand in one state of the workflow."""

    count: int
    words: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class Progress:
    strip: charts.Strip
    label: str
    held: tuple[Held, ...]
    due_on: date | None
    url: str


_STATES = (
    (SubmissionState.ACCEPTED, "sq-accepted", "met", "check-circle-fill",
     lambda: _("%(n)s accepted")),
    (SubmissionState.SUBMITTED, "sq-submitted", "wait", "clock", lambda: _("%(n)s to be reviewed")),
    (SubmissionState.RETURNED, "sq-returned", "unmet", "reply", lambda: _("%(n)s returned")),
    (SubmissionState.IN_PROGRESS, "sq-begun", "none", "pencil", lambda: _("%(n)s in progress")),
    (SubmissionState.NOT_BEGUN, "sq-none", "none", "dash-lg", lambda: _("%(n)s not begun")),
)


def progress(
    user, year: RatingYear, submissions: Iterable[Submission], due: Due | None
) -> Progress | None:
    """The strip of submissions; None for a year that no unit submitted itself."""
    found = Counter(submission.state for submission in submissions)
    if not year.is_open and set(found) <= {SubmissionState.NOT_BEGUN}:
        return None
    held = tuple(
        Held(found[state], words() % {"n": found[state]}, kind, icon)
        for state, _css, kind, icon, words in _STATES
        if found[state]
    )
    return Progress(
        strip=charts.strip([(found[state], css) for state, css, *_rest in _STATES]),
        label=", ".join(part.words for part in held),
        held=held,
        due_on=due and due.on,
        url=reverse("assessments:review_year", args=[year.pk]) if may(user, Permission.REVIEW) else "",
    )


def items(
    user, year: RatingYear, board: Board, submissions: list[Submission], dues: Deadlines,
    only: Submission | None = None,
) -> list[Item]:
    """What to do next, the most pressing first; of one unit when `only` is given."""
    held = [only] if only else submissions
    found = [
        *_review(user, year, held),
        *_returned(user, year, held, dues),
        *_late(user, year, held, dues),
        *_blank(user, year, held),
        *_over_caps(board, year, held),
        *_blank_again(user, year, only),
        *_unconfirmed(board, year),
    ]
    return found


def accepted_share(user, year: RatingYear, only: Submission | None = None) -> tuple[int, int]:
    """How many of the rated grassroots organizations the Board has accepted, and of how many."""
    lines = OrganizationLine.objects.visible_to(user).filter(year=year, kind=Kind.GRASSROOTS)
    if only:
        lines = lines.filter(unit_id=only.unit_id)
    rated = lines.in_roster().rated().order_by().values_list("accepted")
    found = dict(rated.annotate(lines=Count("*")))
    return found.get(True, 0), sum(found.values())


def _review(user, year: RatingYear, held: list[Submission]) -> Iterable[Item]:
    waiting = [s for s in held if s.state == SubmissionState.SUBMITTED]
    if waiting:
        days = max((timezone.now() - s.submitted_at).days for s in waiting)
        oldest = ngettext("longest %(n)s day", "longest %(n)s days", days) % {"n": days}
        title = _("%(units)s waiting for review") % {"units": counted("unit", len(waiting))}
        yield Item("clock", title, f"{_names(waiting)}; {oldest}", _desk(user, year, waiting))


def _returned(
    user, year: RatingYear, held: list[Submission], dues: Deadlines
) -> Iterable[Item]:
    for submission in held:
        if submission.state == SubmissionState.RETURNED:
            day = f"{timezone.localtime(submission.since):%d/%m/%Y}" if submission.since else "–"
            yield Item(
                "reply",
                _("%(unit)s has not sent again") % {"unit": submission.name},
                _("returned on %(day)s") % {"day": day} + _until(dues.now(submission)),
                _desk(user, year, [submission]),
            )


def _late(user, year: RatingYear, held: list[Submission], dues: Deadlines) -> Iterable[Item]:
    if not year.is_open:
        return
    late = [s for s in held if not s.is_locked and dues.now(s).days_late]
    if late:
        title = _("%(units)s late with the submission") % {"units": counted("unit", len(late))}
        yield Item("clock", title, _names(late), _desk(user, year, late))


def _blank(user, year: RatingYear, held: list[Submission]) -> Iterable[Item]:
    """Lines with neither a level nor a reason; a closed year was closed with a reason."""
    if not year.is_open:
        return
    names = {submission.unit_id: submission for submission in held}
    here = {"year": year, "unit__in": list(names)}
    organizations = OrganizationLine.objects.visible_to(user).filter(_BLANK, **here).in_roster()
    members = MemberLine.objects.visible_to(user).filter(**here).in_roster().unexplained()
    blanks = _by_unit(organizations, "kind") + _by_unit(members)
    rows = [(names[unit], kinds) for unit, kinds in _grouped(blanks).items()]
    if not rows:
        return
    total = sum(sum(kinds.values()) for _unit, kinds in rows)
    lines = ngettext("%(n)s line blank", "%(n)s lines blank", total) % {"n": number(total)}
    if len(rows) == 1:
        submission, kinds = rows[0]
        yield Item("dash-lg", f"{submission.name}: {lines}", _kinds(kinds), _unrated(year, submission))
    else:
        title = _("%(units)s: %(lines)s") % {"units": counted("unit", len(rows)), "lines": lines}
        yield Item("dash-lg", title, _kinds(sum((k for _s, k in rows), Counter())), _unrated(year))


def _by_unit(lines: QuerySet, *fields: str) -> list[tuple]:
    found = lines.order_by().values_list("unit_id", *fields).annotate(Count("pk"))
    return [(row[0], row[1] if fields else "member", row[-1]) for row in found]


def _grouped(blanks: list[tuple]) -> dict[int, Counter]:
    grouped: dict[int, Counter] = {}
    for unit, kind, count in blanks:
        grouped.setdefault(unit, Counter())[kind] += count
    return grouped


def _kinds(kinds: Counter) -> str:
    words = {
        Kind.GRASSROOTS: _("%(n)s grassroots"), Kind.AFFILIATED: _("%(n)s affiliated"),
        "member": _("%(n)s members"),
    }
    return ", ".join(text % {"n": number(kinds[kind])} for kind, text in words.items() if kinds[kind])


def _over_caps(board: Board, year: RatingYear, held: list[Submission]) -> Iterable[Item]:
    """Units with more of a level than a cap on the whole unit allows."""
    over = []
    for cap in (cap for kind in Kind.values for cap in board.rules[year.pk].caps_of(kind)):
        for submission in held:
            rated = board.rated_by_level(cap.subject, year.pk, submission.unit_id)
            allowed, have = cap.allowance(rated), rated.get(cap.level_code, 0)
            if have > allowed:
                over.append((submission, cap.level_code, allowed, have))
    if over:
        units = list({submission.pk: submission for submission, *_rest in over}.values())
        title = _("%(units)s over the cap on %(level)s") % {
            "units": counted("unit", len(units)), "level": over[0][1],
        }
        submission, _level, allowed, have = over[0]
        detail = _("%(unit)s: %(allowed)s allowed, %(have)s given") % {
            "unit": submission.name, "allowed": number(allowed), "have": number(have),
        }
        yield Item("exclamation-triangle-fill", title, detail + ("; …" if len(over) > 1 else ""),
                   _page(year, units))


def _blank_again(user, year: RatingYear, only: Submission | None) -> Iterable[Item]:
    lines = VillageLine.objects.visible_to(user).filter(year=year)
    if only:
        lines = lines.under(only.unit)
    blank = VILLAGE_STATES["blank_again_cell"] | VILLAGE_STATES["blank_again_member"]
    found = list(lines.filter(blank).values_list("name", "committee__name")[: _NAMED + 1])
    if found:
        many = len(found) > _NAMED
        title = _("Villages blank again") if many else _("%(villages)s blank again") % {
            "villages": counted("village", len(found))
        }
        names = "; ".join(f"{name} ({committee})" for name, committee in found[:_NAMED])
        url = reverse("assessments:drilldown", args=[year.pk, "villages_blank_again_member"])
        yield Item("flag", title, names + ("; …" if many else ""), url)


def _unconfirmed(board: Board, year: RatingYear) -> Iterable[Item]:
    rules = board.rules[year.pk]
    waiting = [r for r in rules.readings if r.in_use and not r.document and rules.other_readings(r.meaning)]
    if waiting:
        yield Item(
            "file-earmark-text",
            _("No decision yet on how the levels of %(year)s are read") % {"year": year.pk},
            _("the default is used: %(reading)s") % {"reading": waiting[0].name},
            reverse("assessments:schemes"),
        )


def _names(submissions: list[Submission]) -> str:
    shown = ", ".join(submission.name for submission in submissions[:_NAMED])
    return shown + (", …" if len(submissions) > _NAMED else "")


def _until(due: Due) -> str:
    return "; " + _("due %(day)s") % {"day": f"{due.on:%d/%m/%Y}"} if due.on else ""


def _desk(user, year: RatingYear, submissions: list[Submission]) -> str:
    """Where one can do something about it: the review desk, or the unit's own work."""
    if may(user, Permission.REVIEW):
        pk = [submissions[0].pk] if len(submissions) == 1 else []
        name = "assessments:review_unit" if pk else "assessments:review_year"
        return reverse(name, args=[year.pk, *pk])
    if may(user, Permission.ENTER_RATINGS):
        return reverse("assessments:work_year", args=[year.pk])
    return _page(year, submissions)


def _page(year: RatingYear, submissions: list[Submission]) -> str:
    """The unit's page, or the province's when several are meant."""
    if len(submissions) == 1:
        return reverse("assessments:unit", args=[year.pk, submissions[0].code])
    return reverse("assessments:province", args=[year.pk]) + "#units"


def _unrated(year: RatingYear, submission: Submission | None = None) -> str:
    place = [year.pk, "grassroots_strong"] + ([submission.code] if submission else [])
    name = "assessments:unit_drilldown" if submission else "assessments:drilldown"
    return reverse(name, args=place) + "?part=unrated"
