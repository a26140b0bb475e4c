"""`account add|reset|unlock|post|close NAME`: accounts from the command line, when no page can be reached."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Role, User
from orgs.actions import accounts
from orgs.models import Level, Organization
from orgs.rules import may_stand
from resolution03.lib.commands import HouseCommand, Refused, UsageError, actor_name
from resolution03.lib.errors import Refusal


class Command(HouseCommand):
    help = (
        "Adds an account, resets its password (prints a one-time password), unlocks it, moves it to"
        " another organization, or closes it."
    )
    has_json = False

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["add", "reset", "unlock", "post", "close"])
        parser.add_argument("name", help=_("the account name"))
        parser.add_argument("--role", choices=Role.values, help=_("the role (add)"))
        parser.add_argument("--unit", metavar="CODE", help=_("where the account stands (add, post)"))
        parser.add_argument("--full-name", default="", help=_("whose account it is (add)"))

    def handle(self, *args, verb, name, **options):
        by = Actor(name=actor_name(options))
        try:
            getattr(self, f"_{verb}")(by, name, options)
        except Refusal as refusal:
            raise Refused(str(refusal)) from None

    def _add(self, by: Actor, name: str, options: dict) -> None:
        if not options["role"]:
            raise UsageError(_("Say which role: --role %s.") % "|".join(Role.values))
        user, password = accounts.add(
            by=by,
            username=name,
            full_name=options["full_name"] or name,
            role=options["role"],
            organization=_place(options["unit"], options["role"]),
        )
        self._print(user, password)

    def _reset(self, by: Actor, name: str, options: dict) -> None:
        user = _find(name)
        self._print(user, accounts.reset(by=by, user=user))

    def _unlock(self, by: Actor, name: str, options: dict) -> None:
        accounts.unlock(by=by, user=_find(name))
        self.stdout.write(_("The account %s may sign in again.") % name)

    def _post(self, by: Actor, name: str, options: dict) -> None:
        if not options["unit"]:
            raise UsageError(_("Say to which organization: --unit CODE."))
        user = _find(name)
        place = _place(options["unit"], user.role)
        accounts.change(by=by, user=user, organization=place)
        self.stdout.write(_("The account %(name)s stands at %(place)s.") % {"name": name, "place": place})

    def _close(self, by: Actor, name: str, options: dict) -> None:
        user = _find(name)
        posting = getattr(user, "posting", None)
        place = posting and posting.organization
        accounts.change(by=by, user=user, organization=place, is_active=False)
        self.stdout.write(_("The account %s is closed.") % name)

    def _print(self, user: User, password: str) -> None:
        self.stdout.write(f"{user.username}\t{password}")
        self.stderr.write(_("This password is shown once; it must be changed at the first sign-in."))


def _find(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise UsageError(_("There is no account %s.") % name)
    return user


def _place(code: str | None, role: str) -> Organization | None:
    """The organization named by `--unit`; without it the province, for roles that stand there."""
    if code is None:
        stands_there = may_stand(role, [Level.PROVINCE], is_cell=False)
        return Organization.objects.filter(parent=None).first() if stands_there else None
    organization = Organization.objects.filter(code=code.upper()).first()
    if organization is None:
        raise UsageError(_("There is no organization with the code %s.") % code)
    return organization
