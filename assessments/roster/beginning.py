"""What is to be done from an empty database to the first year, in order, and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role, User
from accounts.permissions import Permission, may, stores_names
from assessments.roster.models.tallies import Tally
from assessments.rules.default_words import default_words
from assessments.rules.models.years import RatingYear
from members.models import Member, VillageHead
from orgs.models import Organization, Village
from resolution03.lib.figures import number


@dataclass(frozen=True, slots=True)
class Step:
    """`is_done`: None where nothing has to be done; `link`: what the address does, if the user may."""

    title: str
    detail: str
    is_done: bool | None
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The steps as one user sees them."""

    steps: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        """The first step that waits and that the user can take."""
        return next((step for step in self.steps if step.is_done is False and step.url), None)

    @property
    def done(self) -> int:
        return sum(step.is_done is True for step in self.steps)


def beginning(user) -> Beginning:
    """Each step with a link for whoever may take it. Reads whole numbers only, no names."""
    return Beginning(
        tuple(
            Step(title, detail, is_done, *((reverse(name), link) if may(user, permission) else ()))
            for title, detail, is_done, permission, name, link in _steps()
        )
    )


def next_step(user) -> Step | None:
    """What `user` can do now towards the first year; None once there is one."""
    return None if RatingYear.objects.exists() else beginning(user).next


def _steps() -> Iterable[tuple]:
    yield from _accounts()
    yield from _registers()
    yield (
        _("Levels, targets and caps"),
        _("There from the beginning, as defaults of %(name)s and the Party's rules; look at them.")
        % {"name": default_words().name},
        None,
        Permission.MANAGE_RULES,
        "assessments:schemes",
        _("Look at the rules"),
    )
    yield (
        _("Open the first year"),
        _("Registers may follow: an open year takes them in."),
        RatingYear.objects.exists(),
        Permission.MANAGE_YEARS,
        "assessments:years",
        _("Open a year"),
    )
    officers = User.objects.filter(role=Role.OFFICER, is_active=True).count()
    yield (
        _("Accounts of the units"),
        ngettext("%(n)s unit officer", "%(n)s unit officers", officers) % {"n": number(officers)},
        officers > 0,
        Permission.MANAGE_ACCOUNTS,
        "orgs:account_add",
        _("Add an account"),
    )


def _accounts() -> Iterable[tuple]:
    found = User.objects.filter(is_active=True)
    yield (
        _("Administrator's account"),
        _("made by the command account"),
        found.filter(role=Role.ADMINISTRATOR).exists(),
        Permission.MANAGE_ACCOUNTS,
        "orgs:account_list",
        "",
    )
    yield (
        _("The province organization"),
        _("the administrator makes it"),
        Organization.objects.exists(),
        Permission.MANAGE_ACCOUNTS,
        "registers:province_found",
        _("Make it"),
    )
    yield (
        _("Account of the Organization Board"),
        _("the administrator makes it"),
        found.filter(role=Role.BOARD).exists(),
        Permission.MANAGE_ACCOUNTS,
        "orgs:account_add",
        _("Add an account"),
    )


def _registers() -> Iterable[tuple]:
    units = Organization.objects.filter(parent__parent=None).exclude(parent=None).count()
    below = Organization.objects.exclude(parent__parent=None).count()
    yield (
        _("Units and organizations"),
        _("%(units)s units, %(below)s organizations below them; a workbook holds them all")
        % {
            "units": number(units),
            "below": number(below),
        },
        below > 0,
        Permission.LOAD,
        "assessments:upload",
        _("Load a workbook"),
    )
    villages, heads = Village.objects.count(), VillageHead.objects.count()
    yield (
        _("Villages and their heads"),
        _("%(villages)s villages, %(heads)s terms of heads")
        % {
            "villages": number(villages),
            "heads": number(heads),
        },
        villages > 0,
        Permission.LOAD,
        "assessments:upload",
        _("Load a workbook"),
    )
    if stores_names():
        members = Member.objects.count()
        yield (
            _("Members"),
            _("%(members)s members; before real names the Board decides on their classification")
            % {"members": number(members)},
            members > 0,
            Permission.LOAD,
            "assessments:upload",
            _("Load a workbook"),
        )
    else:
        yield (
            _("Members: reported totals"),
            _("no names are stored here"),
            Tally.objects.filter(is_reported=True).exists(),
            Permission.LOAD,
            "assessments:totals",
            _("Type reported totals"),
        )
