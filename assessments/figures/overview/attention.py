"""What needs attention in a year, and who holds it now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Permission, may
from assessments.figures import caps
from assessments.figures.board import Board
from assessments.figures.capped_groups import CappedGroup, capped_groups, capped_name
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import INDICATORS, leading
from assessments.figures.words import counted
from assessments.roster.covering import not_covered
from assessments.roster.models.line import Kind
from assessments.roster.models.lines import lines_of
from assessments.roster.models.tallies import RATED, Subject
from assessments.roster.models.village_lines import VillageLine
from assessments.roster.querysets import VILLAGE_STATES
from assessments.roster.standing import changes_in_words
from assessments.rules.cap_rule import CapRule
from assessments.rules.deadlines import LATE, Deadlines, Due
from assessments.rules.models.years import RatingYear, Submission, SubmissionState
from resolution03.lib.figures import number

_NAMED, _LISTED, _FIRST = 3, 5, 3
"""So many villages, and units, stand in a sentence; of more units the first ones."""
CHANGED = "changed"
"""The part of the review desk with the units whose list changed."""


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do. A number in the title is that of the list at `url`, or, without one, of
    `names`."""

    icon: str
    title: str
    detail: str
    url: str
    names: tuple[Name, ...] = ()

    @property
    def first_names(self) -> tuple[Name, ...]:
        return self.names if len(self.names) <= _LISTED else self.names[:_FIRST]

    @property
    def more_names(self) -> tuple[Name, ...]:
        """Those that are folded."""
        return self.names[len(self.first_names) :]


def items(
    user,
    year: RatingYear,
    board: Board,
    submissions: list[Submission],
    dues: Deadlines,
    only: Submission | None = None,
) -> list[Item]:
    """What to do next, the most pressing first; of one unit when `only` is given."""
    held = [only] if only else submissions
    found = [
        *_review(user, year, held),
        *_changed_lists(user, year, held),
        *_returned(user, year, held, dues),
        *_late(user, year, held, dues),
        *_blank(user, year, held),
        *_over_caps(user, board, year, held),
        *_villages(user, year, only),
        *_unconfirmed(board, year),
    ]
    return found


def due_lines(user, year: RatingYear, held: list[Submission], dues: Deadlines) -> Iterable[Item]:
    """What the Board returned and what is overdue: the lines that come first where two years are open."""
    yield from _returned(user, year, held, dues)
    yield from _late(user, year, held, dues)


def _review(user, year: RatingYear, held: list[Submission]) -> Iterable[Item]:
    waiting = [s for s in held if s.state == SubmissionState.SUBMITTED]
    if waiting:
        days = max((timezone.now() - s.submitted_at).days for s in waiting if s.submitted_at)
        oldest = ngettext("longest %(n)s day", "longest %(n)s days", days) % {"n": days}
        title = _("%(units)s waiting for review") % {"units": _who(waiting)}
        yield Item(
            "clock",
            title,
            oldest,
            _desk(user, year, waiting, SubmissionState.SUBMITTED),
            _names(user, year, waiting),
        )


def _changed_lists(user, year: RatingYear, held: list[Submission]) -> Iterable[Item]:
    """Units whose list changed since the Board holds it: the Board has to say its word again."""
    changed = [s for s in held if year.is_open and s.changes_waiting]
    if changed:
        count = sum(s.changes_waiting for s in changed)
        title = changes_in_words(changed[0]) if len(changed) == 1 else _many_changes(count)
        yield Item(
            "arrow-left-right",
            f"{_who(changed)}: {title}",
            _("the Board has to confirm them"),
            _desk(user, year, changed, CHANGED),
            _names(user, year, changed),
        )


def _many_changes(count: int) -> str:
    words = ngettext("%(n)s change of lists", "%(n)s changes of lists", count)
    return words % {"n": number(count)}


def _returned(user, year: RatingYear, held: list[Submission], dues: Deadlines) -> Iterable[Item]:
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
    late = [s for s in held if not s.is_locked and (due := dues.now(s)) and due.days_late]
    if late:
        title = _("%(units)s late with the submission") % {"units": _who(late)}
        yield Item("clock", title, "", _desk(user, year, late, LATE), _names(user, year, late))


def _blank(user, year: RatingYear, held: list[Submission]) -> Iterable[Item]:
    """Lines with neither a level nor a reason, an item for each list; a closed year was closed with
    a reason."""
    if not year.is_open:
        return
    enters = may(user, Permission.ENTER_RATINGS)
    for subject, label in RATED.items():
        counts = _blank_by_unit(user, year, held, subject, enters)
        units = [submission for submission in held if submission.unit_id in counts]
        if units:
            total = sum(counts.values())
            lines = ngettext("%(n)s line blank", "%(n)s lines blank", total) % {"n": number(total)}
            url = _entry(year, subject) if enters else _unrated(user, year, subject, units)
            yield Item("dash-lg", f"{_who(units)}: {lines}", str(label), url, _names(user, year, units))


def _blank_by_unit(
    user, year: RatingYear, held: list[Submission], subject: Subject, enters: bool
) -> dict[int, int]:
    """As many as the list has that the item opens: the entry page shows also lines that a reported
    total covers."""
    units = [submission.unit_id for submission in held]
    lines = lines_of(subject).visible_to(user).filter(year=year, unit__in=units).in_roster()
    if not enters:
        lines = lines.filter(not_covered(year.pk, subject))
    return dict(lines.unexplained().order_by().values_list("unit_id").annotate(Count("pk")))


def _over_caps(user, board: Board, year: RatingYear, held: list[Submission]) -> Iterable[Item]:
    """Where organizations have more of a level than a cap allows, an item for each cap."""
    units = [submission.unit_id for submission in held]
    for kind in Kind.values:
        for cap in board.rules[year.pk].caps_of(kind):
            groups = capped_groups(board, year.pk, cap, units)
            if over := [group for group in groups if group.ceiling.over]:
                yield _over_cap(user, year, held, cap, over)


def _over_cap(user, year: RatingYear, held: list[Submission], cap: CapRule, over: list[CappedGroup]) -> Item:
    first = over[0]
    units = [one for one in held if any(group.key.unit == one.unit_id for group in over)]
    beyond = [capped_name(group.key, {}) for group in over if group.key.unit is None]
    who = ", ".join([_who(units)] * bool(units) + beyond)
    told = {
        "unit": capped_name(first.key, {one.unit_id: one.name for one in held}),
        "allowed": number(first.ceiling.allowed),
        "have": number(first.ceiling.used),
    }
    detail = _("%(unit)s: %(allowed)s allowed, %(have)s given") % told + ("; …" if len(over) > 1 else "")
    return Item(
        "exclamation-triangle-fill",
        _("%(units)s over the cap on %(level)s") % {"units": who, "level": cap.level_code},
        f"{RATED[Subject(cap.subject)]}; {detail} ({caps.state(cap)})",
        _page(year, units),
        _names(user, year, units),
    )


def _villages(user, year: RatingYear, only: Submission | None) -> Iterable[Item]:
    """Villages in a state that calls for attention, the last declared first; a state whose villages
    were all told before is left out."""
    told = Q()
    for one in reversed(INDICATORS.values()):
        if one.words.attention:
            state = VILLAGE_STATES[one.cells.have]
            found = VillageLine.objects.visible_to(user).filter(state, year=year)
            found = found.under(only.unit) if only else found
            if (found.exclude(told) if told else found).exists():
                yield _of_villages(year, only, one, found)
            told |= state


def _of_villages(year: RatingYear, only: Submission | None, indicator: Indicator, lines) -> Item:
    found = list(lines.values_list("name", "committee__name"))
    names = "; ".join(f"{name} ({committee})" for name, committee in found[:_NAMED])
    villages = counted(indicator.words.noun, len(found))
    return Item(
        "flag",
        str(indicator.words.attention) % {"villages": villages},
        names + ("; …" if len(found) > _NAMED else ""),
        _drilldown(year, indicator.code, [only] if only else []),
    )


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


def _who(units: list[Submission]) -> str:
    """The unit's name, or how many they are."""
    return units[0].name if len(units) == 1 else counted("unit", len(units))


def _names(user, year: RatingYear, units: list[Submission]) -> tuple[Name, ...]:
    """Of several units each with its own address: what the number counts."""
    if len(units) == 1:
        return ()
    return tuple(Name(unit.name, _desk(user, year, [unit])) for unit in units)


def _until(due: Due | None) -> str:
    return "; " + _("due %(day)s") % {"day": f"{due.on:%d/%m/%Y}"} if due and due.on else ""


def _desk(user, year: RatingYear, units: list[Submission], part: str = "") -> str:
    """Where one can do something about it: the review desk, or the unit's own work. `part`: which
    units of the desk, where they are several."""
    if may(user, Permission.REVIEW):
        if len(units) == 1:
            return reverse("assessments:review_unit", args=[year.pk, units[0].pk])
        return reverse("assessments:review_year", args=[year.pk]) + f"?state={part}"
    if may(user, Permission.ENTER_RATINGS):
        return reverse("assessments:work_year", args=[year.pk])
    return _page(year, units)


def _page(year: RatingYear, units: list[Submission]) -> str:
    """The unit's page; none when several are meant, which are named one by one."""
    return reverse("assessments:unit", args=[year.pk, units[0].code]) if len(units) == 1 else ""


def _entry(year: RatingYear, subject: Subject) -> str:
    return reverse("assessments:entry", args=[year.pk, subject.list]) + "?filter=blank"


def _unrated(user, year: RatingYear, subject: Subject, units: list[Submission]) -> str:
    """The list of the blank lines; none of persons for whoever may not see them."""
    if subject == Subject.MEMBER and not may(user, Permission.VIEW_PERSONS):
        return ""
    return _drilldown(year, leading(subject).code, units) + "?part=unrated&blank=1"


def _drilldown(year: RatingYear, code: str, units: list[Submission]) -> str:
    if len(units) == 1:
        return reverse("assessments:unit_drilldown", args=[year.pk, code, units[0].code])
    return reverse("assessments:drilldown", args=[year.pk, code])
