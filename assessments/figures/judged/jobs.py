"""The Excel of the lines behind a pair of levels as a job."""

from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.figures.judged.page import Page
from assessments.figures.names import workbook
from orgs.jobs.declared import Asked, File, Kind
from orgs.jobs.phases import Count, Phase


def _opened(asked: Asked) -> Page:
    return Page(asked.user, QueryDict(asked.typed.get("query", "")), asked["year"], asked["unit"])


def _make(asked: Asked) -> File:
    page = _opened(asked)
    if page.moved_to:
        raise Http404
    parts = ("self-rated", str(page.year.pk), page.subject.value, *(page.pair or ()))
    return workbook.made(
        page.table,
        page.lines,
        page.user,
        page.before,
        title=page.list_title,
        name="-".join(parts),
        written=Count(asked.tell, Phase.BUILD, page.amount),
    )


LINES = Kind(
    "judged.lines",
    gettext_lazy("Excel of the lines behind two levels"),
    Permission.EXPORT,
    _make,
    page=lambda asked: _opened(asked).address(asked["year"], asked["unit"]),
    rows=lambda asked: _opened(asked).amount,
    about=lambda parameters: ", ".join(filter(None, (str(parameters["year"]), parameters["unit"]))),
)
JOBS = (LINES,)
