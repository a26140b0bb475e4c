"""Issuing a report anew as a job."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission, require
from assessments.figures import pages as places
from assessments.figures.year_choice import year_or_404
from assessments.reports import declared
from assessments.reports.issued.actions import issue
from assessments.reports.issued.models import IssuedReport
from assessments.reports.issued.names import issuable
from assessments.reports.matters import rows_of_matter
from orgs.jobs.declared import Asked, Done, Kind
from orgs.jobs.phases import Phase
from orgs.scoping import posted_organization


def find_issued(user, pk: int) -> IssuedReport:
    rows = IssuedReport.objects.visible_to(user)
    return get_object_or_404(rows.select_related("year", "unit"), pk=pk)


def matter_today(user, found: IssuedReport) -> declared.Matter | None:
    """What the report would speak of today; None where the year no longer has the unit."""
    year = year_or_404(found.year_id)
    if found.unit_id is None:
        return declared.matter_of(year, posted_organization(user), None)
    for held in places.visible_submissions(user, year):
        if held.unit_id == found.unit_id:
            return declared.matter_of(year, held.unit, held)
    return None


def _asked(asked: Asked) -> tuple[declared.Report, declared.Matter]:
    found = find_issued(asked.user, asked["issued"])
    report, matter = issuable().get(found.slug), matter_today(asked.user, found)
    if report is None or matter is None:
        raise Http404
    return report, matter


def _issue(asked: Asked) -> Done:
    report, matter = _asked(asked)
    if report.is_of_persons:
        require(asked.user, Permission.EXPORT_PERSONS)
    asked.tell(Phase.BUILD, 0, 0)
    made = issue(report, matter, by=asked.by, purpose=asked.typed.get("purpose", ""), anew=True)
    words = _("Issued under number %(mark)s. Its file can be downloaded below.")
    return Done(words % {"mark": made.mark}, reverse("assessments:issued", args=[made.pk]))


ISSUE = Kind(
    "report.issue",
    gettext_lazy("Issue a report anew"),
    Permission.EXPORT,
    _issue,
    page=lambda asked: reverse("assessments:issued", args=[asked["issued"]]),
    rows=lambda asked: rows_of_matter(_asked(asked)[1]),
    is_act=True,
)
JOBS = (ISSUE,)
