"""Building reports and Word drafts as jobs. A report that was issued when the worker was killed is handed
out again, under its number."""

from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission, require
from assessments.figures.year_choice import year_or_404
from assessments.reports import declared
from assessments.reports.documents.drafts import DOCUMENTS
from assessments.reports.documents.rendering import WrongTemplate
from assessments.reports.issued.actions import download
from assessments.reports.issued.names import content_type_of, issuable
from assessments.reports.matters import matter_for, rows_of_matter
from orgs.jobs.declared import Asked, File, Kind
from orgs.jobs.phases import Phase
from resolution03.lib.errors import Refusal
from resolution03.lib.keeping import Lost


def _matter(asked: Asked) -> declared.Matter:
    return matter_for(asked.user, year_or_404(asked["year"]), asked["unit"])


def _report(asked: Asked) -> declared.Report:
    """One that the user may take; 404 for none, 403 for a list of persons without the right."""
    report = issuable().get(asked["slug"])
    if report is None:
        raise Http404
    if report.is_of_persons:
        require(asked.user, Permission.EXPORT_PERSONS)
    return report


def _make(asked: Asked) -> File:
    report, matter = _report(asked), _matter(asked)
    asked.tell(Phase.BUILD, 0, 0)
    content = download(report, matter, by=asked.by, purpose=asked.typed.get("purpose", ""))
    name = declared.file_name(report, matter.year, matter.unit)
    return File(name, content, content_type_of(name))


def _draft(asked: Asked) -> File:
    try:
        return _make(asked)
    except (WrongTemplate, Lost) as fault:
        words = _("The draft was not made. %(fault)s Upload the template again or use the default.")
        raise Refusal(words % {"fault": fault}) from fault


def _page(asked: Asked) -> str:
    if asked["slug"] in {report.slug for report in DOCUMENTS.values()}:
        return reverse("assessments:documents", args=[asked["year"]])
    unit = "?" + urlencode({"unit": asked["unit"]}) if asked["unit"] else ""
    return reverse("assessments:reports_year", args=[asked["year"]]) + unit


def _about(parameters) -> str:
    told = [str(issuable()[parameters["slug"]].title)] if parameters["slug"] in issuable() else []
    return ", ".join([*told, str(parameters["year"]), *filter(None, [parameters["unit"]])])


REPORT = Kind(
    "report.make",
    gettext_lazy("Report"),
    Permission.EXPORT,
    _make,
    page=_page,
    rows=lambda asked: rows_of_matter(_matter(asked)),
    about=_about,
)
DRAFT = Kind(
    "report.draft",
    gettext_lazy("Word draft"),
    Permission.EXPORT,
    _draft,
    page=_page,
    rows=lambda asked: rows_of_matter(_matter(asked)),
    about=_about,
)
JOBS = (REPORT, DRAFT)
