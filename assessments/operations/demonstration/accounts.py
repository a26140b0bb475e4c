"""One account for each role and unit, with random passwords that are shown once."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from accounts.models import Role, User
from orgs.models import Organization, Posting

JOINED = datetime(2016, 1, 4, 1, tzinfo=UTC)
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Account:
    """What is printed once: the password is stored only as a hash."""

    role: Role
    username: str
    password: str
    organization: str


def create() -> list[Account]:
    """Store the accounts and their postings; returns them with their passwords."""
    accounts = []
    for username, role, organization in _wanted():
        password = _password()
        user = User.objects.create(
            username=username,
            role=role,
            full_name=f"{role.label.capitalize()} ({username})",
            office=organization.name,
            password=make_password(password),
            date_joined=JOINED,
        )
        Posting.objects.create(user=user, organization=organization)
        accounts.append(Account(role, username, password, organization.name))
    return accounts


def _wanted() -> Iterator[tuple[str, Role, Organization]]:
    province = Organization.objects.get(parent=None)
    yield "bantochuc", Role.BOARD, province
    yield "quantri", Role.ADMINISTRATOR, province
    yield "theodoi", Role.VIEWER, province
    for unit in Organization.objects.units().order_by("position"):
        yield f"canbo.{unit.code.lower()}", Role.OFFICER, unit
    clerk_of = Organization.objects.filter(code__contains=".X").order_by("position")[0]
    yield f"nhaplieu.{clerk_of.code.lower()}", Role.CLERK, clerk_of


def _password() -> str:
    """Some 60 random bits, in three groups that can be typed without mistakes."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
