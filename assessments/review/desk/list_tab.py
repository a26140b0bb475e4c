"""The part of a unit's page that shows what changed in its list since the Board holds it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest

from assessments.review.submitting.list_changes import by_act, effect_of, shown_first, told
from assessments.roster import answering
from assessments.roster.models.list_changes import ChangeState, ListChange
from assessments.rules.models.years import RatingYear, Submission
from resolution03.lib.paging import numbered

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many changes wait, how many go to the Board with the year, and the newest of both."""

    count: int
    sent: int
    newest: int

    @property
    def unseen(self) -> int:
        return self.count + self.sent


def waiting(year: RatingYear, submission: Submission) -> Waiting:
    rows = ListChange.objects.filter(submission=submission).unseen().named().order_by("pk")
    found = list(rows.values_list("pk", "state")) if year.is_open else []
    count = sum(state == ChangeState.WAITING for _pk, state in found)
    return Waiting(count, len(found) - count, found[-1][0] if found else 0)


def context(request: HttpRequest, year: RatingYear, submission: Submission, chosen: Collection[int]) -> dict:
    """A page of the changes, by act, the `chosen` ticked; of those that wait the figures without them
    and with them."""
    page = numbered(shown_first(submission), request.GET.get("page"), PER_PAGE)
    keys = list(page.rows)
    rows = {row.pk: row for row in ListChange.objects.filter(pk__in=keys).select_related("submission")}
    found = told([rows[key] for key in keys if key in rows], request.user, chosen)
    waits = list(answering.waiting(submission)) if year.is_open else []
    return {
        "page": page,
        "acts": by_act(found),
        "sections": [],
        "effect": effect_of(year, submission, waits) if waits else None,
        "can_answer": bool(waits) and submission.is_locked,
    }
