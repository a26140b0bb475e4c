"""What a supplement must hold before it is filed or accepted."""

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.review.supplements.case import Case
from assessments.review.supplements.counts import CountCase
from assessments.review.supplements.models import SupplementLine, SupplementState
from assessments.review.supplements.rules import DECISION, MOST_LINES, decision_faults, year_fault
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean

WRITTEN = ("self_rated", "decided", "reason", *DECISION, "version", "updated_at", "updated_by")
"""What a supplement writes into a line, beside what its model `also` has."""


def tidy(value):
    return clean(value) if isinstance(value, str) else value


def require(case: Case, counts: CountCase, reason: str, decision: dict) -> None:
    year = case.year
    if fault := year_fault(year.pk, is_closed=year.is_closed, is_open=year.is_open):
        raise Refusal(fault)
    if not case.wanted and not counts.wanted:
        raise Refusal(_("Choose at least one row."))
    if len(case.wanted) + len(counts.wanted) > MOST_LINES:
        raise Refusal(_("At most %(most)s rows in one supplement.") % {"most": MOST_LINES})
    for name, value in {"reason": reason, **decision}.items():
        if not value:
            raise Refusal(_("This must be filled in."), field=name)
    if found := decision_faults(decision, today=timezone.localdate()):
        raise Refusal(*found, field="decided_on")
    if found := case.reasons() + _waiting_faults(case) + counts.reasons() + counts.waiting():
        raise Refusal(*found)


def _waiting_faults(case: Case) -> list[str]:
    """Lines that an earlier supplement, not answered yet, would change already."""
    waiting = SupplementLine.objects.filter(
        supplement__year=case.year,
        supplement__unit=case.unit_id,
        supplement__state=SupplementState.FILED,
    ).select_related("supplement")
    number = {line.key: line.supplement.number for line in waiting}
    text = _("%(code)s: stands in supplement %(number)s already, which waits for the Board.")
    return [
        text % {"code": one.code, "number": number[one.wanted.key]}
        for one in case.judged
        if one.wanted.key in number
    ]
