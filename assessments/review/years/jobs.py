"""Opening, closing and reopening a year as jobs: each goes through all that the year rates."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from assessments.review.years import actions
from assessments.roster.size import rows_to_rate
from orgs.jobs.declared import Asked, Done, Kind
from orgs.jobs.phases import Phase


def _open(asked: Asked) -> Done:
    asked.tell(Phase.FOLLOW, 0, 0)
    actions.open_year(asked["year"], by=asked.by)
    return _done(_("Year %(year)s is open."), asked)


def _close(asked: Asked) -> Done:
    asked.tell(Phase.FREEZE, 0, 0)
    actions.close_year(asked["year"], by=asked.by, reason=asked.typed.get("reason", ""))
    return _done(_("Year %(year)s is closed."), asked)


def _reopen(asked: Asked) -> Done:
    asked.tell(Phase.FOLLOW, 0, 0)
    typed = {name: asked.typed.get(name, "") for name in ("reason", "seen")}
    actions.reopen_year(asked["year"], by=asked.by, **typed)
    return _done(_("Year %(year)s is open again."), asked)


def _done(words: str, asked: Asked) -> Done:
    return Done(words % {"year": asked["year"]}, reverse("assessments:years"))


def _rows(asked: Asked) -> int:
    return rows_to_rate()


def _about(parameters) -> str:
    return str(parameters["year"])


OPEN = Kind(
    "year.open",
    gettext_lazy("Open a year"),
    Permission.MANAGE_YEARS,
    _open,
    page=lambda asked: reverse("assessments:years"),
    rows=_rows,
    about=_about,
    is_act=True,
)
CLOSE = Kind(
    "year.close",
    gettext_lazy("Close a year"),
    Permission.MANAGE_YEARS,
    _close,
    page=lambda asked: reverse("assessments:year_close", args=[asked["year"]]),
    rows=_rows,
    about=_about,
    is_act=True,
)
REOPEN = Kind(
    "year.reopen",
    gettext_lazy("Reopen a year"),
    Permission.MANAGE_YEARS,
    _reopen,
    page=lambda asked: reverse("assessments:year_reopen", args=[asked["year"]]),
    rows=_rows,
    about=_about,
    is_act=True,
)
JOBS = (OPEN, CLOSE, REOPEN)
