"""Accounts and where they stand. A new password is given back once and stored only as a hash."""

from collections import Counter
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.models import Role, User
from accounts.passwords import one_time_password
from accounts.sign_ins import forget_failures
from orgs import audit, rules
from orgs.models import Organization, Posting
from orgs.scoping import accounts_visible_to
from orgs.standing import listed
from orgs.touched import touch, touch_new
from orgs.versions import writing
from resolution03.lib.errors import Refusal
from resolution03.lib.text import clean

FIELDS = ("full_name", "office", "role", "is_active")


@writing()
def add(
    *,
    by: Actor,
    username: str,
    full_name: str,
    role: str,
    organization: Organization | None,
    office: str = "",
) -> tuple[User, str]:
    """Make an account with a one-time password, posted at `organization`; gives both."""
    full_name = clean(full_name) or username
    _require_names(username, full_name)
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal(in_use(username), field="username")
    _require_place(role, organization)
    _require_standing(organization)
    user = User(username=username, full_name=full_name, role=role, office=office)
    password = _give_password(user)
    _post(user, organization)
    _record(user, by, "add", {})
    return user, password


@writing()
def change(*, by: Actor, user: User, organization: Organization | None, **values) -> User:
    """Change name, office, role, place, or whether the account is open (`is_active`)."""
    user = _locked(user)
    before = _state(user)
    for name, value in values.items():
        setattr(user, name, value)
    _require_place(user.role, organization)
    _require_not_oneself(by, user, before)
    is_moved = organization is not None and organization.code != before["posting"]
    if user.is_active and (is_moved or not before["is_active"]):
        _require_standing(organization)
    user.save(update_fields=list(values))
    _post(user, organization)
    user = User.objects.select_related("posting__organization").get(pk=user.pk)
    if _state(user) != before:
        _record(user, by, "change", before)
    return user


@writing()
def reset(*, by: Actor, user: User) -> str:
    """Give a new one-time password; open sessions end with the old one."""
    user = _locked(user)
    password = _give_password(user)
    forget_failures(user.username)
    _record(user, by, "reset", _state(user))
    return password


@writing()
def unlock(*, by: Actor, user: User) -> None:
    """Forget failed sign-ins, so that the name may be tried again at once."""
    forget_failures(user.username)
    _record(user, by, "unlock", _state(user))


def hand_over_postings(*, by: Actor, source: Organization, target: Organization) -> None:
    """Let the accounts that stand at `source` stand at `target`; refuses where their role cannot."""
    for posting in source.postings.select_related("user").order_by("pk"):
        user = posting.user
        if not _fits(user.role, target):
            words = _("%(accounts)s cannot stand at %(name)s. Post elsewhere, or close, first.")
            raise Refusal(words % {"accounts": _named([user], by), "name": target}, field="target")
        change(by=by, user=user, organization=target)


def follow_heirs(*, by: Actor, heirs: Mapping[str, str]) -> dict[str, int]:
    """Let the accounts that stand at bodies that ended stand at their heirs, by code, where their role can;
    the others stay, and see what became of it. How many went along, by the code of the body."""
    found: Counter[str] = Counter()
    bodies = {one.code: one for one in Organization.objects.filter(code__in=heirs.values())}
    postings = Posting.objects.filter(organization__code__in=list(heirs)).order_by("pk")
    for posting in postings.select_related("user", "organization"):
        code = posting.organization.code
        heir = bodies[heirs[code]]
        if _fits(posting.user.role, heir):
            change(by=by, user=posting.user, organization=heir)
            found[code] += 1
    return found


def require_nobody_posted(organization: Organization, *, by: Actor, field: str = "on") -> None:
    """Refuse to end an organization at which open accounts stand."""
    standing = [row.user for row in organization.postings.filter(user__is_active=True).select_related("user")]
    if standing:
        words = _("%(accounts)s stand there. An administrator posts them elsewhere, or closes them, first.")
        raise Refusal(words % {"accounts": _named(standing, by)}, field=field)


def _named(users: list[User], by: Actor) -> str:
    """How many accounts, and which, where the actor may see accounts."""
    count = ngettext("%(count)d account", "%(count)d accounts", len(users)) % {"count": len(users)}
    if by.user and not accounts_visible_to(by.user).exists():
        return count
    return listed(count, sorted(user.username for user in users), len(users))


def _post(user: User, organization: Organization | None) -> None:
    """Let the account stand there, or nowhere."""
    place = Posting.objects.filter(user=user).first()
    if place:
        touch(place)
    if place and organization:
        place.organization = organization
        place.save()
    elif place:
        place.delete()
    elif organization:
        touch_new(Posting.objects.create(user=user, organization=organization))


def _locked(user: User) -> User:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return User.objects.select_related("posting__organization").get(pk=user.pk)


def _give_password(user: User) -> str:
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save()
    return password


def not_a_name() -> str:
    """Why a text is no account name."""
    words = _("Only small letters a–z, digits, dot, dash, underscore; %(most)s at most.")
    return words % {"most": rules.ACCOUNT_NAME}


def in_use(username: str) -> str:
    """Why a name cannot be given once more."""
    return _("The account name %s is in use.") % username


def _require_names(username: str, full_name: str) -> None:
    if not rules.is_account_name(username):
        raise Refusal(not_a_name(), field="username")
    if len(full_name) > rules.FULL_NAME:
        words = _("A full name has %(most)s letters at most.")
        raise Refusal(words % {"most": rules.FULL_NAME}, field="full_name")


def _require_place(role: str, organization: Organization | None) -> None:
    """A role stands where it fits; only an administrator may stand nowhere, before the tree is."""
    if organization is None:
        if role != Role.ADMINISTRATOR:
            raise Refusal(_("Say at which organization the account stands."), field="organization")
    elif not _fits(role, organization):
        raise Refusal(_place_words(role), field="organization")


def _fits(role: str, organization: Organization) -> bool:
    above = Organization.objects.ancestors_of(organization).values_list("level", flat=True)
    return rules.may_stand(role, [*above, organization.level], is_cell=organization.is_cell)


def _require_standing(organization: Organization | None) -> None:
    """Nobody is posted where there is nothing any more."""
    today = timezone.localdate()
    if organization and organization.dissolved_on and organization.dissolved_on <= today:
        words = _("%(name)s does not exist on %(day)s.")
        raise Refusal(words % {"name": organization, "day": f"{today:%d/%m/%Y}"}, field="organization")


def _place_words(role: str) -> str:
    words: dict[str, str] = {
        Role.OFFICER: _("A unit officer stands at an organization directly under the province."),
        Role.CLERK: _(
            "A clerk stands at a grassroots organization or, where the unit itself is one, at a cell."
        ),
    }
    return words.get(role, _("This role stands at the province."))


def _require_not_oneself(by: Actor, user: User, before: dict) -> None:
    """Nobody closes the own account or gives up the own role: the last key would be inside."""
    if by.user != user:
        return
    if (user.role, user.is_active) != (before["role"], before["is_active"]):
        raise Refusal(_("You cannot close your own account or change your own role."), field="role")


def _state(user: User) -> dict:
    posting = getattr(user, "posting", None)
    place = posting.organization.code if posting else ""
    return audit.state(user, FIELDS) | {"posting": place}


def _record(user: User, by: Actor, action: str, before: dict) -> None:
    user = User.objects.select_related("posting__organization").get(pk=user.pk)
    unit = rules.unit_of(user.posting.organization.path) if hasattr(user, "posting") else None
    after = _state(user) if action in ("add", "change") else before
    change_made = audit.Change(user, before, after, unit, user.username)
    audit.record([change_made], by=by, action=f"account.{action}")
