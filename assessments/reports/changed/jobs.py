"""The Excel of what changed since an issued report as a job."""

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.reports.changed.page import Page
from assessments.reports.changed.workbook import made
from orgs.jobs.declared import Asked, File, Kind
from orgs.jobs.phases import Phase


def _opened(asked: Asked) -> Page:
    return Page(asked.user, QueryDict(asked.typed.get("query", "")), asked["year"], asked["unit"])


def _make(asked: Asked) -> File:
    asked.tell(Phase.BUILD, 0, 0)
    return made(_opened(asked))


def _page(asked: Asked) -> str:
    name = "unit_changes" if asked["unit"] else "changes"
    return reverse(f"assessments:{name}", args=[part for part in (asked["year"], asked["unit"]) if part])


ROWS = Kind(
    "changes.rows",
    gettext_lazy("Excel of what changed since a report"),
    Permission.EXPORT,
    _make,
    page=_page,
    rows=lambda asked: _opened(asked).amount,
    about=lambda parameters: ", ".join(filter(None, (str(parameters["year"]), parameters["unit"]))),
)
JOBS = (ROWS,)
