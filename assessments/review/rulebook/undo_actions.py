"""Taking back what the Board changed in the rules: all of it, or nothing, with the reason named."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.registers.undoing import done_actions
from assessments.registers.undoing.models import ActDone
from assessments.registers.undoing.written import Written
from assessments.review.rulebook.counted_actions import refuse_contradictions
from assessments.review.rulebook.counted_refusing import MEANING, refuse_given, refuse_outside
from assessments.review.rulebook.refusing import (
    refuse_exemplary_beyond_strong,
    refuse_overlap,
    refuse_same_name,
    refuse_second_exception,
    refuse_shared_days,
    refuse_shared_entries,
    rivals_of,
)
from assessments.review.rulebook.tables import COUNTED_LEVEL, TABLES
from assessments.roster.following import follow_registers
from assessments.rules.models.caps import Cap, CapException, LikeGroup
from assessments.rules.models.counts import Activity, CountCheck
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Reading, Scheme
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.target_sets import Quota
from assessments.rules.models.targets import Target, Term
from assessments.rules.models.years import RatingYear, YearState
from orgs.touched import Touched
from resolution03.lib.errors import Refusal


def undo(done: ActDone, *, by: Actor) -> bool:
    """Put the rules back as they were before the act; False when that was done before. Refusal, with nothing
    changed, when a rule was changed since, something refers to it, another one holds in its place, or a year
    was closed under it since."""
    return done_actions.undo(
        done,
        by=by,
        told="rules.undo",
        tables=TABLES,
        allow=lambda written: _refuse_closed(written, done),
        after=_follow,
    )


def _follow(written: Written, touched: Touched, by: Actor) -> None:
    _refuse_what_contradicts(written)
    if written.changed(Term) or written.created(Term):
        follow_registers(by=by)


def _put_back(written: Written, model: type[Model]) -> Iterator[Any]:
    """The rules that stand again as before, those that were taken away too."""
    yield from model._base_manager.filter(pk__in=list(written.changed(model))).order_by("pk")


def _refuse_what_contradicts(written: Written) -> None:
    """What stands again must not meet what was put in its place since."""
    for target in _put_back(written, Target):
        refuse_overlap(target, rivals_of(target, Target.objects.all()))
    for cap in _put_back(written, Cap):
        refuse_overlap(cap, Cap.objects.filter(subject=cap.subject, level_code=cap.level_code))
    for exception in _put_back(written, CapException):
        refuse_second_exception(exception)
    for group in _put_back(written, LikeGroup):
        refuse_shared_entries(group)
    for scheme in _put_back(written, Scheme):
        refuse_overlap(scheme, Scheme.objects.all())
    for term in _put_back(written, Term):
        refuse_shared_days(term)
    for reading in _readings(written):
        refuse_same_name(reading)
        refuse_exemplary_beyond_strong(reading)
    _refuse_other_counts(written)


def _refuse_other_counts(written: Written) -> None:
    """Counts as they stand again: beside each other, and beside what was given since."""
    refuse_contradictions(_counts(written))
    table = written.tables[Activity]
    places = [table.table.columns.index(name) for name in MEANING]
    for activity in _put_back(written, Activity):
        before, after = table.changed[activity.pk]
        refuse_outside(activity)
        if after and any(before[place] != after[place] for place in places):
            refuse_given(activity, "")


def _counts(written: Written) -> set[int]:
    """The counts that stand again as before, or of which checks do."""
    checks = CountCheck.objects.filter(pk__in=[*written.changed(CountCheck)])
    return {*written.changed(Activity), *checks.values_list("activity", flat=True)}


def _readings(written: Written) -> list[Reading]:
    levels = written.tables[COUNTED_LEVEL]
    keys = set(written.changed(Reading)) | set(levels.of_removed("reading_id").values())
    return list(Reading.objects.filter(pk__in=keys))


def _refuse_closed(written: Written, done: ActDone) -> None:
    closed = RatingYear.objects.filter(state=YearState.CLOSED, closed_at__gt=done.at).order_by("pk")
    for year in closed:
        if any(_holds(first, last, year.pk) for first, last in _years(written)):
            raise Refusal(_("Year %(year)s was closed since and rests on it.") % {"year": year.pk})


def _holds(first: int | None, last: int | None, year: int) -> bool:
    return (first or year) <= year <= (last or year)


def _years(written: Written) -> Iterator[tuple[int | None, int | None]]:
    """The years in which what was written holds."""
    spans = {
        Scheme: ("first_year", "last_year"),
        Level: ("scheme__first_year", "scheme__last_year"),
        Reading: ("scheme__first_year", "scheme__last_year"),
        Target: ("first_year", "last_year"),
        Quota: ("target__first_year", "target__last_year"),
        Cap: ("first_year", "last_year"),
        CapException: ("year", "year"),
        Activity: ("first_year", "last_year"),
        CountCheck: ("activity__first_year", "activity__last_year"),
        RuleSwitch: ("year_id", "year_id"),
        ReviewDue: ("due_on__year", "due_on__year"),
    }
    for model, names in spans.items():
        keys = [*written.changed(model), *written.created(model)]
        yield from model._base_manager.filter(pk__in=keys).order_by().values_list(*names)
        for row in written.tables[model].removed.values():
            stood = dict(zip(written.tables[model].table.columns, row, strict=True))
            yield stood.get(names[0]), stood.get(names[1])
    if any(written.changed(model) or written.created(model) for model in (Term, LikeGroup, RiskAge)):
        yield None, None
