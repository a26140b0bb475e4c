"""By when units review the resolution: the Board adds, changes and takes away days."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.records.kinds import ISSUED_ON
from assessments.entry.records.models import Record
from assessments.review.rulebook.actions import DOCUMENT, remove_rule, save_rule
from assessments.rules.holding import writing_years
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import RatingYear, YearState
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean

REVIEW_DUE_FIELDS = ("kind", "name", "due_on", *DOCUMENT)


@writing_years()
def save_review_due(due: ReviewDue, *, by: Actor) -> None:
    """Set the day of a review, or change it. Raises Refusal for a day before the resolution or in a closed
    year, for a second review of that kind on one day, and for another kind where units answered it."""
    due.name = clean(due.name)
    if due.due_on < ISSUED_ON:
        text = _("The resolution is of %(day)s: no review was due before.")
        raise Refusal(text % {"day": f"{ISSUED_ON:%d/%m/%Y}"}, field="due_on")
    stored = ReviewDue.objects.select_for_update(no_key=True).filter(pk=due.pk).first()
    for year in {due.due_on.year, stored.due_on.year if stored else due.due_on.year}:
        refuse_closed_year(year)
    same = ReviewDue.objects.filter(kind=due.kind, due_on=due.due_on).exclude(pk=due.pk)
    if same.exists():
        raise Refusal(_("A review of this kind is due on that day already."), field="due_on")
    if stored and stored.kind != due.kind:
        _refuse_answered(due)
    save_rule(due, REVIEW_DUE_FIELDS, by=by, code=due.name)


@writing_years()
def remove_review_due(due: ReviewDue, *, by: Actor) -> None:
    """Take a day away. Raises Refusal where units answered it, and in a closed year."""
    refuse_closed_year(due.due_on.year)
    _refuse_answered(due)
    remove_rule(due, REVIEW_DUE_FIELDS, by=by, code=due.name)


def refuse_closed_year(year: int) -> None:
    if RatingYear.objects.filter(pk=year, state=YearState.CLOSED).exists():
        raise Refusal(_("Year %(year)s is closed.") % {"year": year}, field="due_on")


def _refuse_answered(due: ReviewDue) -> None:
    if count := Record.objects.filter(answers=due).count():
        raise Refusal(_("Units entered %(count)s reviews as an answer to it.") % {"count": count})
