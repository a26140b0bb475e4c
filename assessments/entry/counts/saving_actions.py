"""Saving whatever a page of counts sent: counts, reasons and totals on paper."""

from collections.abc import Iterable

from accounts.actors import Actor
from assessments.entry.counts.cell_actions import save_cells
from assessments.entry.counts.paper_actions import save_papers
from assessments.entry.counts.sent import Answer, Sent
from assessments.entry.desk import Desk
from assessments.rules.models.years import Submission


def save(desk: Desk, period: str, sent: Iterable[Sent], *, with_unit: bool) -> list[Answer]:
    """Everything that was sent is answered for itself; what is counted of a unit only `with_unit`."""
    sent, by = list(sent), Actor.of(desk.user)
    submissions = Submission.objects.filter(pk=desk.submission.pk) if with_unit else Submission.objects.none()
    counts = [one for one in sent if not one.is_paper]
    papers = [one for one in sent if one.is_paper]
    answers = save_papers(by, desk, papers, period, with_unit=with_unit)
    if not counts:
        return answers
    return answers + save_cells(
        by=by,
        year=desk.year.pk,
        lines=desk.all_lines[0],
        submissions=submissions,
        sent=counts,
        period=period,
    )
