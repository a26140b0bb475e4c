"""The entries of the top bar, in the order of the bar.

A page helper adds its line when its page exists; an entry shows for the roles
that hold its permission. `marks` are the starts of the view names on whose
pages the entry is the current one.
"""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import PLACELESS, Permission, may
from orgs.jobs.told import mark
from orgs.scoping import posted_organization
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Entry:
    label: Phrase
    url_name: str
    permission: Permission
    marks: tuple[str, ...] = ()

    def is_current(self, view_name: str) -> bool:
        return view_name.startswith((self.url_name, *self.marks))


# Order of the bar: Overview, Ratings, Review, Villages, Organizations, Members, Reports,
# Excel import; then for the Board and the administrator: Levels and targets, Users, Log.
ENTRIES: tuple[Entry, ...] = (
    Entry(
        _("Overview"),
        "assessments:overview",
        Permission.VIEW_FIGURES,
        (
            "assessments:province",
            "assessments:unit",
            "assessments:history",
            "assessments:drilldown",
            "assessments:pace",
            "assessments:counts",
            "assessments:record",
            "assessments:unit_records",
        ),
    ),
    Entry(
        _("Ratings"),
        "assessments:work",
        Permission.ENTER_RATINGS,
        ("assessments:entry", "assessments:submit", "assessments:supplement", "assessments:enter_counts"),
    ),
    Entry(_("Review"), "assessments:review", Permission.REVIEW, ("assessments:year",)),
    Entry(
        _("Villages"),
        "registers:village_list",
        Permission.VIEW_ORGANIZATIONS,
        ("registers:village", "registers:head", "assessments:heads", "assessments:at_risk"),
    ),
    Entry(
        _("Organizations"),
        "registers:organization_list",
        Permission.VIEW_ORGANIZATIONS,
        ("registers:organization",),
    ),
    Entry(_("Members"), "registers:member_list", Permission.VIEW_PERSONS, ("registers:member",)),
    Entry(
        _("Reports"),
        "assessments:reports",
        Permission.EXPORT,
        (
            "assessments:report",
            "assessments:unit_report",
            "assessments:office",
            "assessments:issued",
            "assessments:document",
            "assessments:unit_document",
        ),
    ),
    Entry(
        _("Excel import"),
        "assessments:upload",
        Permission.LOAD,
        ("assessments:totals", "assessments:prepared"),
    ),
    Entry(
        _("Levels and targets"),
        "assessments:schemes",
        Permission.MANAGE_RULES,
        (
            "assessments:scheme",
            "assessments:rule",
            "assessments:target",
            "assessments:cap",
            "assessments:reading",
            "assessments:level",
            "assessments:term",
            "assessments:risk_age",
            "assessments:review_due",
            "assessments:activit",
        ),
    ),
    Entry(_("Accounts"), "orgs:account_list", Permission.MANAGE_ACCOUNTS, ("orgs:account",)),
    Entry(_("Sign-in log"), "accounts:sign_ins", Permission.VIEW_SYSTEM),
    Entry(_("Backups"), "assessments:backups", Permission.VIEW_SYSTEM),
    Entry(_("Trail"), "orgs:audit_list", Permission.VIEW_AUDIT),
)


def entries_for(user) -> list[Entry]:
    """The entries that `user` may open; without a posting, those that need no place."""
    entries = [entry for entry in ENTRIES if may(user, entry.permission)]
    if posted_organization(user):
        return entries
    return [entry for entry in entries if entry.permission in PLACELESS]


@cache
def _address(url_name: str) -> str:
    """Every page shows these, and addresses do not change while the server runs."""
    return reverse(url_name)


def navigation(request) -> dict:
    """Template context: the bar's links, with the current one marked."""
    match = getattr(request, "resolver_match", None)
    view_name = match.view_name if match else ""
    return {
        "navigation": [
            {
                "label": entry.label,
                "url": _address(entry.url_name),
                "is_current": entry.is_current(view_name),
            }
            for entry in entries_for(getattr(request, "user", AnonymousUser()))
        ],
        "jobs_mark": lambda: mark(getattr(request, "user", AnonymousUser())),
    }
