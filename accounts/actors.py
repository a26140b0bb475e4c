"""Who acts: a signed-in user, or the command line on behalf of the Board."""

import getpass
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """Who stands in the audit trail; `user` is None for the command line. `once`: the batch under
    which one sending of a form is kept (`orgs.once`)."""

    name: str
    user: User | None = None
    once: UUID | None = None

    @classmethod
    def of(cls, user: User, once: UUID | None = None) -> "Actor":
        return cls(name=user.get_full_name(), user=user, once=once)

    @classmethod
    def command_line(cls) -> "Actor":
        return cls(name=getpass.getuser())

    @property
    def is_command_line(self) -> bool:
        return self.user is None
