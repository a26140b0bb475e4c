"""The Excel of the names behind a figure as a job."""

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.figures.count_indicators import indicator_of
from assessments.figures.names.opened import Opened
from orgs.jobs.declared import Asked, File, Kind
from orgs.jobs.phases import Count, Phase


def _opened(asked: Asked) -> Opened:
    query = QueryDict(asked.typed.get("query", ""))
    return Opened(asked.user, query, asked["year"], asked["code"], asked["unit"])


def _make(asked: Asked) -> File:
    opened = _opened(asked)
    if opened.moved_to:
        raise Http404
    return opened.workbook(Count(asked.tell, Phase.BUILD, opened.count))


def _page(asked: Asked) -> str:
    place = [asked["year"], asked["code"]]
    if asked["unit"]:
        return reverse("assessments:unit_drilldown", args=[*place, asked["unit"]])
    return reverse("assessments:drilldown", args=place)


def _about(parameters) -> str:
    indicator = indicator_of(parameters["code"])
    words = str(indicator.words.short) if indicator else parameters["code"]
    return ", ".join(part for part in (words, str(parameters["year"]), parameters["unit"]) if part)


NAMES = Kind(
    "figure.names",
    gettext_lazy("Excel of the names behind a figure"),
    Permission.EXPORT,
    _make,
    page=_page,
    rows=lambda asked: _opened(asked).count,
    about=_about,
)
JOBS = (NAMES,)
