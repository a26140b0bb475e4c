"""Notices: entries of the audit trail that speak to a role, in words (ADR 12)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role
from assessments.review.supplements.models import Supplement
from assessments.roster.models.read_marks import NoticesRead
from assessments.roster.read_marks import read_up_to
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import Submission
from orgs.models import AuditEntry
from orgs.scoping import posted_organization
from resolution03.lib.figures import number
from resolution03.lib.phrases import Phrase

MOST_COUNTED = 99
_UNIT = frozenset({Role.BOARD, Role.OFFICER, Role.CLERK})
_OFFICERS = frozenset({Role.BOARD, Role.OFFICER})
_ALL = _UNIT | {Role.VIEWER}
_UNTOLD = {"year.close"}
"""Whose reason may name other units: only the Board reads it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """To whom an action speaks, and how; `words` take the unit, the year and what was stored."""

    roles: frozenset[Role]
    icon: str
    words: Phrase


KINDS = {
    "submission.submit": Kind(_UNIT, "upload", gettext_lazy("%(unit)s submitted the year %(year)s")),
    "submission.return": Kind(
        _UNIT, "reply", gettext_lazy("%(rows)s rows returned to %(unit)s, year %(year)s")
    ),
    "submission.list_change": Kind(
        _OFFICERS,
        "arrow-left-right",
        gettext_lazy("%(unit)s, year %(year)s: %(changes)s changes of the list wait for the Board's word"),
    ),
    "submission.confirm": Kind(
        _OFFICERS,
        "check-lg",
        gettext_lazy("%(unit)s, year %(year)s: %(changes)s changes of the list confirmed by the Board"),
    ),
    "submission.return_changes": Kind(
        _UNIT,
        "reply",
        gettext_lazy("%(unit)s, year %(year)s: returned because of %(changes)s changes of the list"),
    ),
    "submission.accept": Kind(_UNIT, "check-lg", gettext_lazy("The year %(year)s of %(unit)s is accepted")),
    "submission.accept_rest": Kind(
        _UNIT,
        "check-lg",
        gettext_lazy("%(unit)s, year %(year)s: accepted except for the returned rows"),
    ),
    "submission.join": Kind(
        _UNIT, "arrow-left-right", gettext_lazy("%(unit)s goes on with the year %(year)s of a merged unit")
    ),
    "submission.extend": Kind(
        _UNIT, "clock", gettext_lazy("%(unit)s, year %(year)s: %(stage)s until %(day)s")
    ),
    "year.deadline": Kind(_UNIT, "clock", gettext_lazy("Year %(year)s: %(stage)s until %(day)s")),
    "year.open": Kind(_ALL, "unlock", gettext_lazy("Year %(year)s was opened")),
    "year.close": Kind(_ALL, "lock", gettext_lazy("Year %(year)s is closed")),
    "year.reopen": Kind(_ALL, "unlock", gettext_lazy("Year %(year)s is open again")),
    "supplement.file": Kind(
        _OFFICERS, "plus-lg", gettext_lazy("%(unit)s filed a supplement to the year %(year)s")
    ),
    "supplement.accept": Kind(
        _OFFICERS, "check-lg", gettext_lazy("A supplement of %(unit)s to %(year)s is accepted")
    ),
    "supplement.decline": Kind(
        _OFFICERS, "reply", gettext_lazy("A supplement of %(unit)s to %(year)s is declined")
    ),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as its reader meets it; `url` is empty where the place is not theirs."""

    entry: AuditEntry
    icon: str
    words: str
    reason: str
    url: str
    is_unread: bool


def notices_for(user) -> QuerySet[AuditEntry]:
    """What others did that speaks to `user`, inside the user's scope; the newest first."""
    place = posted_organization(user)
    actions = [action for action, kind in KINDS.items() if user.role in kind.roles]
    if place is None or not actions:
        return AuditEntry.objects.none()
    found = AuditEntry.objects.filter(action__in=actions).exclude(actor=user)
    if place.parent_id is None:
        return found
    # One expression, not an OR: SQLite would walk the index of the unit, rating by rating.
    return found.alias(concerned=Coalesce("unit_id", 0)).filter(concerned__in=[0, place.unit_id])


def unread(user) -> QuerySet[AuditEntry]:
    """The notices after the last one read, none from before the account."""
    read = NoticesRead.objects.filter(user=user).values("up_to")
    after = Coalesce(Subquery(read), 0)
    return notices_for(user).filter(pk__gt=after, at__gte=user.date_joined)


def unread_count(user) -> int:
    """How many are unread, counted no further than one more than MOST_COUNTED."""
    return unread(user).order_by()[: MOST_COUNTED + 1].count()


def told(entries: Iterable[AuditEntry], user) -> list[Notice]:
    """Entries in words, with their places; the same few queries for one as for many."""
    entries = list(entries)
    years = _years(entries)
    own = set(Submission.objects.visible_to(user).order_by().values_list("year_id", flat=True))
    last = read_up_to(user)
    return [
        Notice(
            entry,
            KINDS[entry.action].icon,
            _words(entry, years.get(entry.pk)),
            "" if entry.action in _UNTOLD and user.role != Role.BOARD else entry.reason,
            _place(entry, years.get(entry.pk), user.role, own),
            entry.pk > last and entry.at >= user.date_joined,
        )
        for entry in entries
    ]


def _years(entries: list[AuditEntry]) -> dict[int, int | None]:
    """The year of each entry: that of its object, which may be the year itself or be gone."""
    of_object: dict[tuple[str, int | None], int] = {}
    for model in (Submission, Supplement):
        label = model._meta.label_lower
        wanted = [entry.object_id for entry in entries if entry.object_type == label]
        rows = model.objects.filter(pk__in=wanted).order_by() if wanted else model.objects.none()
        of_object |= {(label, pk): year for pk, year in rows.values_list("pk", "year_id")}
    found = {}
    for entry in entries:
        stored = (entry.after or entry.before).get("year")
        of_year = entry.object_id if entry.object_type == "assessments.ratingyear" else None
        found[entry.pk] = of_object.get((entry.object_type, entry.object_id)) or stored or of_year
    return found


def _words(entry: AuditEntry, year: int | None) -> str:
    stage = (entry.after or entry.before).get("stage", "")
    day = "/".join(reversed(str(entry.after.get("due_on", "")).split("-")))
    return KINDS[entry.action].words % {
        "unit": entry.unit.name if entry.unit else "",
        "year": year or "–",
        "rows": number(entry.after.get("rows")),
        "changes": number(entry.after.get("changes")),
        "stage": Stage(stage).label if stage in Stage else stage,
        "day": day or _("no day any more"),
    }


def _place(entry: AuditEntry, year: int | None, role: Role, own: set[int]) -> str:
    if year not in own:
        return ""
    find = PLACES.get((role, entry.action.partition(".")[0])) or PLACES[role, ""]
    return find(entry, year)


PLACES: dict[tuple[Role, str], Callable[[AuditEntry, int], str]] = {
    (Role.BOARD, ""): lambda entry, year: reverse("assessments:years"),
    (Role.BOARD, "submission"): lambda entry, year: (
        reverse("assessments:year_deadlines", args=[year])
        if entry.action == "submission.extend"
        else reverse("assessments:review_unit", args=[year, entry.object_id])
    ),
    (Role.BOARD, "supplement"): lambda entry, year: reverse(
        "assessments:review_supplement", args=[entry.object_id]
    ),
    (Role.OFFICER, ""): lambda entry, year: reverse("assessments:work_year", args=[year]),
    (Role.OFFICER, "supplement"): lambda entry, year: reverse(
        "assessments:supplement", args=[year, entry.object_id]
    ),
    (Role.CLERK, ""): lambda entry, year: reverse("assessments:work_year", args=[year]),
    (Role.VIEWER, ""): lambda entry, year: reverse("assessments:province", args=[year]),
}


def bar(request) -> dict:
    """Template context: the count of unread notices, asked for only where a page shows it."""

    @cache
    def count() -> int | None:
        user = getattr(request, "user", None)
        if user is None or posted_organization(user) is None or not _is_spoken_to(user):
            return None
        return unread_count(user)

    return {"unread_notices": count, "most_notices": MOST_COUNTED}


def _is_spoken_to(user) -> bool:
    return any(user.role in kind.roles for kind in KINDS.values())
