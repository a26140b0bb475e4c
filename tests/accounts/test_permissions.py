"""The table of DESIGN.md, "Who may do what", row by row."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.actors import Actor
from accounts.models import Role, User
from accounts.passwords import one_time_password
from accounts.permissions import ROLES, Permission, may, user_of


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.VIEW_FIGURES, {Role.BOARD, Role.OFFICER, Role.VIEWER}),
        (Permission.COMPARE_UNITS, {Role.BOARD, Role.VIEWER}),
        (Permission.VIEW_PERSONS, {Role.BOARD, Role.OFFICER, Role.CLERK}),
        (Permission.ENTER_RATINGS, {Role.OFFICER, Role.CLERK}),
        (Permission.SUBMIT, {Role.OFFICER}),
        (Permission.REVIEW, {Role.BOARD}),
        (Permission.MANAGE_YEARS, {Role.BOARD}),
        (Permission.MANAGE_RULES, {Role.BOARD}),
        (Permission.REORGANIZE, {Role.BOARD, Role.OFFICER}),
        (Permission.LOAD, {Role.BOARD, Role.OFFICER}),
        (Permission.EDIT_REGISTERS, {Role.BOARD, Role.OFFICER}),
        (Permission.EDIT_PERSONS, {Role.BOARD, Role.OFFICER}),
        (Permission.EXPORT, {Role.BOARD, Role.OFFICER, Role.VIEWER}),
        (Permission.EXPORT_PERSONS, {Role.BOARD, Role.OFFICER}),
        (Permission.MANAGE_ACCOUNTS, {Role.ADMINISTRATOR}),
        (Permission.VIEW_AUDIT, {Role.BOARD, Role.ADMINISTRATOR, Role.OFFICER}),
    ],
)
def test_a_permission_belongs_to_these_roles_only(permission, roles):
    assert {role for role in Role if permission in ROLES[role]} == roles


def test_every_role_has_its_row():
    assert ROLES.keys() == set(Role)


def test_nobody_and_an_account_without_a_role_may_nothing():
    for permission in Permission:
        assert not may(AnonymousUser(), permission)
        assert not may(User(username="x", role=""), permission)


def test_one_time_passwords_are_readable_and_differ():
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}", word) for word in made)


def test_nobody_acts_unsigned(rf):
    """Where a page forgets to ask, the action does not go on without a name."""
    request = rf.post("/")
    request.user = AnonymousUser()
    for sign in (lambda: Actor.of(request.user), lambda: user_of(request), lambda: Actor("cron").account):
        with pytest.raises(PermissionDenied):
            sign()
