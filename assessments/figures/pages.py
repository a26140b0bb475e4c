"""What the pages of a year share: the units one may see, the addresses of names, the marks."""

from collections.abc import Callable
from functools import lru_cache
from hashlib import blake2b

from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.permissions import Permission, may
from assessments.figures.figure import Figure
from assessments.figures.judge import State, state_of
from assessments.roster.read_marks import read_up_to
from assessments.rules.models.years import RatingYear, Submission
from orgs.jobs.told import mark
from orgs.scoping import posted_organization, stands_at_root
from orgs.versions import data_version


def visible_submissions(user, year: RatingYear) -> list[Submission]:
    """The units whose whole year the user may see, in the office's order."""
    posted = posted_organization(user)
    units = Submission.objects.visible_to(user).filter(year=year).with_changes()
    if posted and posted.parent_id is not None:
        units = units.filter(unit=posted)
    return list(units.order_by("position", "pk"))


def unit_or_404(submissions: list[Submission], code: str) -> Submission:
    for found in submissions:
        if found.code == code:
            return found
    raise Http404


def own_unit(user, asked: Submission | None, submissions: list[Submission]) -> Submission | None:
    """The own unit, to which one is taken who may not open every unit's rows and asked for none; None where
    what was asked is shown. 404 for who has none."""
    if asked or sees_all_units(user):
        return None
    if not submissions:
        raise Http404
    return submissions[0]


def sees_all_units(user) -> bool:
    """Whether one may open the rows of every unit: posted at the province, and allowed to."""
    return stands_at_root(user) and may(user, Permission.COMPARE_UNITS)


def units_named(user, year: RatingYear) -> set[str] | None:
    """The codes of the units of a year that may be named to `user`; None for every unit."""
    if sees_all_units(user):
        return None
    held = Submission.objects.visible_to(user).filter(year=year).order_by()
    return set(held.values_list("code", flat=True))


@lru_cache(maxsize=4096)
def address_of(name: str, *args: int | str) -> str:
    """A page shows hundreds of these, and addresses do not change while the server runs."""
    return reverse(f"assessments:{name}", args=args)


def addresses(user, submissions: list[Submission]) -> Callable[[Figure, str], str]:
    """Where the names behind a figure are listed; empty where the user may not read them."""
    codes: dict[int | None, str] = {submission.unit_id: submission.code for submission in submissions}
    sees_all, sees_persons = sees_all_units(user), may(user, Permission.VIEW_PERSONS)

    def address(figure: Figure, part: str) -> str:
        code = codes.get(figure.unit_id)
        if (code is None and not sees_all) or (figure.indicator.is_of_persons and not sees_persons):
            return ""
        name, *unit = ("unit_drilldown", code) if code else ("drilldown",)
        return f"{address_of(name, figure.year, figure.code, *unit)}?part={part}"

    return address


def marks(year: RatingYear) -> list[dict]:
    """What must be said of the year on every page: reopened, provisional, reported only, revised."""
    state = state_of(year)
    if state == State.REOPENED:
        text = _("Year %(year)s is reopened: %(reason)s")
        words = text % {"year": year.pk, "reason": year.reopened_reason}
        return [{"kind": "changed", "icon": "unlock", "label": words}]
    if state.is_provisional:
        is_running = timezone.localdate().year <= year.pk
        words = (
            _("Provisional until 31/12/%(year)s") if is_running else (_("Provisional: year %(year)s is open"))
        )
        return [{"kind": "wait", "icon": "clock", "label": words % {"year": year.pk}}]
    if state == State.REPORTED:
        return [{"kind": "wait", "icon": "file-earmark-text", "label": _("Reported totals only")}]
    if state == State.REVISED:
        words = _("Revision %(number)s of the figures") % {"number": year.revision}
        url = reverse("assessments:year_revisions", args=[year.pk])
        return [{"kind": "changed", "icon": "arrow-left-right", "label": words, "url": url}]
    return []


def version(request: HttpRequest, *args, **kwargs) -> str | None:
    """An entity tag that changes with the data, the day and whoever looks.

    None while a message waits to be shown.
    """
    user = request.user
    if len(get_messages(request)) or not user.is_authenticated:
        return None
    posted = posted_organization(user)
    parts = (
        request.session.session_key,
        user.pk,
        user.role,
        user.get_full_name(),
        user.office,
        posted and posted.path,
        get_language(),
        timezone.localdate(),
        data_version(),
        read_up_to(user),
        mark(user),
    )
    return f'"{blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'
