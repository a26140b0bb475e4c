"""What each role may do. Where a user stands, and so what exists for them, is orgs.scoping.

Inside the scope but without the permission: 403 (`require_permission`). Outside the scope: 404,
whatever the permission.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import Role, User


class Permission(StrEnum):
    """One thing that a role may do; the table is ROLES."""

    VIEW_FIGURES = "view_figures"
    COMPARE_UNITS = "compare_units"
    VIEW_ORGANIZATIONS = "view_organizations"
    VIEW_PERSONS = "view_persons"
    EDIT_PERSONS = "edit_persons"
    VIEW_RULES = "view_rules"
    EXPORT = "export"
    EXPORT_PERSONS = "export_persons"
    EDIT_OFFICE = "edit_office"
    KEEP_RECORDS = "keep_records"
    EDIT_REGISTERS = "edit_registers"
    REORGANIZE = "reorganize"
    LOAD = "load"
    ENTER_RATINGS = "enter_ratings"
    SUBMIT = "submit"
    REVIEW = "review"
    MANAGE_YEARS = "manage_years"
    MANAGE_RULES = "manage_rules"
    VIEW_AUDIT = "view_audit"
    MANAGE_ACCOUNTS = "manage_accounts"
    VIEW_SYSTEM = "view_system"
    SEE_JOBS = "see_jobs"


_READ = {
    Permission.VIEW_FIGURES,
    Permission.VIEW_ORGANIZATIONS,
    Permission.VIEW_RULES,
    Permission.EXPORT,
}
ROLES: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.MANAGE_ACCOUNTS,
            Permission.VIEW_AUDIT,
            Permission.VIEW_SYSTEM,
            Permission.SEE_JOBS,
        }
    ),
    Role.BOARD: frozenset(
        _READ
        | {
            Permission.COMPARE_UNITS,
            Permission.EDIT_OFFICE,
            Permission.KEEP_RECORDS,
            Permission.VIEW_PERSONS,
            Permission.EXPORT_PERSONS,
            Permission.EDIT_REGISTERS,
            Permission.EDIT_PERSONS,
            Permission.REORGANIZE,
            Permission.LOAD,
            Permission.REVIEW,
            Permission.MANAGE_YEARS,
            Permission.MANAGE_RULES,
            Permission.VIEW_AUDIT,
            Permission.SEE_JOBS,
        }
    ),
    Role.OFFICER: frozenset(
        _READ
        | {
            Permission.EDIT_OFFICE,
            Permission.KEEP_RECORDS,
            Permission.VIEW_PERSONS,
            Permission.EXPORT_PERSONS,
            Permission.EDIT_REGISTERS,
            Permission.EDIT_PERSONS,
            Permission.REORGANIZE,
            Permission.LOAD,
            Permission.ENTER_RATINGS,
            Permission.SUBMIT,
            Permission.VIEW_AUDIT,
        }
    ),
    Role.CLERK: frozenset(
        {
            Permission.VIEW_ORGANIZATIONS,
            Permission.VIEW_PERSONS,
            Permission.VIEW_RULES,
            Permission.ENTER_RATINGS,
        }
    ),
    Role.VIEWER: frozenset(_READ | {Permission.COMPARE_UNITS}),
}


PLACELESS = {Permission.MANAGE_ACCOUNTS, Permission.VIEW_SYSTEM}
"""What may be done by whoever stands nowhere in the tree: before the tree is, somebody must."""
OF_PERSONS = {Permission.VIEW_PERSONS, Permission.EDIT_PERSONS, Permission.EXPORT_PERSONS}


def stores_names() -> bool:
    """Whether this installation stores names of persons at all (STORE_NAMES)."""
    return settings.STORE_NAMES


def may(user, permission: Permission) -> bool:
    """Whether the role of `user` holds `permission`; nobody who is not signed in holds any, and
    where no names are stored nobody holds one about persons."""
    if permission in OF_PERSONS and not stores_names():
        return False
    return user.is_authenticated and permission in ROLES.get(user.role, frozenset())


def user_of(request: HttpRequest) -> User:
    """Who asks; PermissionDenied for who is not signed in."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def require(user, permission: Permission) -> None:
    """Raise PermissionDenied (403) unless `user` may; 404 for persons where none are stored."""
    if permission in OF_PERSONS and not stores_names():
        raise Http404
    if not may(user, permission):
        raise PermissionDenied


def require_permission(permission: Permission) -> Callable:
    """Decorate a view function: 403 for a role without `permission`, which the view then tells."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            require(request.user, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # told with the function
        return guarded

    return decorate
