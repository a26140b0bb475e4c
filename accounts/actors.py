"""Who acts: a signed-in user, or the command line on behalf of the Board."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """Who stands in the audit trail; `user` is None for the command line. `once`: the batch under
    which one sending of a form is kept (`orgs.once`)."""

    name: str
    user: User | None = None
    once: UUID | None = None

    @classmethod
    def of(cls, user: User | AnonymousUser, once: UUID | None = None) -> "Actor":
        """PermissionDenied for who is not signed in: nobody acts without a name."""
        if not user.is_authenticated:
            raise PermissionDenied
        return cls(name=user.get_full_name(), user=user, once=once)

    @property
    def account(self) -> User:
        """Whose account acts; PermissionDenied for the command line, which has none."""
        if self.user is None:
            raise PermissionDenied
        return self.user

    @property
    def is_command_line(self) -> bool:
        return self.user is None
