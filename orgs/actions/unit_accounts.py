"""Officers' accounts of many units, made in one act: all of them, or none."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Role, User
from accounts.passwords import one_time_password
from orgs import audit, rules
from orgs.actions.accounts import FIELDS, in_use, not_a_name
from orgs.models import AuditEntry, Organization, Posting
from orgs.versions import writing
from resolution03.lib.errors import Refusal

OFFICE = 160  # letters at most


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account that is asked for: the unit, and what the account is to be called."""

    unit: Organization
    username: str


@dataclass(frozen=True, slots=True)
class Made:
    """What is shown once: `password` is stored only as a hash."""

    unit: Organization
    user: User
    password: str


def faults(wanted: Sequence[Wanted]) -> dict[int, str]:
    """What stands against each account, by the key of its unit; empty where all can be made."""
    names = Counter(one.username for one in wanted)
    taken, served, standing = _taken(names), _served(wanted), _standing(wanted)
    found = {}
    for one in wanted:
        if not rules.is_account_name(one.username):
            found[one.unit.pk] = not_a_name()
        elif one.username in taken:
            found[one.unit.pk] = in_use(one.username)
        elif names[one.username] > 1:
            found[one.unit.pk] = _("The account name %s is given to more than one unit.") % one.username
        elif one.unit.pk in served:
            told = {"name": one.unit, "account": served[one.unit.pk]}
            found[one.unit.pk] = _("%(name)s has an account by now: %(account)s.") % told
        elif one.unit.pk not in standing:
            found[one.unit.pk] = _("%(name)s is no unit today.") % {"name": one.unit}
    return found


def add(*, by: Actor, wanted: Sequence[Wanted]) -> list[Made]:
    """Make an officer's account with a one-time password for each unit, in the order asked for.

    Refuses with every fault, storing nothing. Passwords are hashed before anybody has to wait for it.
    """
    _require_none(faults(wanted))
    passwords = _passwords(len(wanted))
    with writing():
        _lock([one.unit.pk for one in wanted])
        _require_none(faults(wanted))
        users = User.objects.bulk_create(
            _account(one, stored) for one, (_password, stored) in zip(wanted, passwords, strict=True)
        )
        postings = zip(users, wanted, strict=True)
        Posting.objects.bulk_create(Posting(user=user, organization=one.unit) for user, one in postings)
        made = [
            Made(one.unit, user, password)
            for one, user, (password, _stored) in zip(wanted, users, passwords, strict=True)
        ]
        _record(made, by, "account.add")
    return made


def again(*, by: Actor, batch: UUID) -> list[Made]:
    """Give the accounts of an act of `add` a one-time password anew, for nobody has seen its sheet; who
    signed in by now keeps the own password."""
    entries = AuditEntry.objects.filter(batch=batch, action="account.add")
    users = list(_never_signed_in(entries.values("object_id")))
    passwords = _passwords(len(users))
    with writing():
        made = []
        for user, (password, stored) in zip(users, passwords, strict=True):
            user.password, user.must_change_password = stored, True
            made.append(Made(user.posting.organization, user, password))
        User.objects.bulk_update(users, ["password", "must_change_password"])
        _record(made, by, "account.reset")
    return made


def _never_signed_in(keys: QuerySet) -> QuerySet[User]:
    users = User.objects.filter(pk__in=keys, last_login=None, posting__isnull=False)
    return users.select_related("posting__organization").order_by(
        "posting__organization__position", "posting__organization"
    )


def _require_none(found: dict[int, str]) -> None:
    if found:
        raise Refusal(*found.values())


def _taken(names: Collection[str]) -> set[str]:
    """Those of the names that an account bears, in whatever case."""
    known = User.objects.values_list("username", flat=True)
    return {name.lower() for name in known} & set(names)


def _served(wanted: Sequence[Wanted]) -> dict[int, str]:
    """An open officer's account of each unit that has one."""
    rows = Posting.objects.of_officers().filter(organization__in=[one.unit.pk for one in wanted])
    return dict(rows.order_by("-user__username").values_list("organization", "user__username"))


def _standing(wanted: Sequence[Wanted]) -> set[int]:
    units = Organization.objects.units().existing_on(timezone.localdate())
    return set(units.filter(pk__in=[one.unit.pk for one in wanted]).values_list("pk", flat=True))


def _lock(units: Collection[int]) -> None:
    """Who makes accounts of one of these units at the same moment waits, and then finds them."""
    list(Organization.objects.select_for_update(no_key=True).filter(pk__in=units).order_by("pk"))


def _passwords(count: int) -> list[tuple[str, str]]:
    """So many one-time passwords, each with what is stored of it."""
    fresh = [one_time_password() for _ in range(count)]
    return [(password, make_password(password)) for password in fresh]


def _account(one: Wanted, stored: str) -> User:
    return User(
        username=one.username,
        full_name=one.unit.name[: rules.FULL_NAME],
        office=one.unit.name[:OFFICE],
        role=Role.OFFICER,
        password=stored,
        must_change_password=True,
    )


def _record(made: Sequence[Made], by: Actor, action: str) -> None:
    """A row of the trail an account; none tells a password."""
    changes = []
    for one in made:
        now = audit.state(one.user, FIELDS) | {"posting": one.unit.code}
        before = {} if action == "account.add" else now
        changes.append(audit.Change(one.user, before, now, one.unit.pk, one.user.username))
    audit.record(changes, by=by, action=action)
