"""One function a model; what a test does not name gets a plain value. People are invented."""

from datetime import date
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password

from accounts.models import Role, User
from members.models import Member, VillageHead
from orgs.models import Form, Organization, Posting, Village
from orgs.rules import level_under, own_level

_numbers = count(1)
PASSWORD = "mật khẩu thử"


def organization(parent=None, form=Form.COMMITTEE, level="", **values) -> Organization:
    number = next(_numbers)
    values = {"code": f"T{number}", "name": f"Đảng bộ {number}", "position": number} | values
    made = Organization(parent=parent, form=form, **values)
    made.refresh_keys()
    made.save()
    own = own_level(parent and parent.level, level)
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.own_level, made.level = own, level_under(parent and parent.level, own)
    made.save(update_fields=["path", "own_level", "level"])
    made.placements.create(parent=parent, own_level=own)
    return made


def province(**values) -> Organization:
    return organization(**({"code": "KT", "name": "Đảng bộ tỉnh Kon Tum"} | values))


def cell(parent, **values) -> Organization:
    return organization(parent, form=Form.CELL, **values)


def village(committee, cell=None, **values) -> Village:
    number = next(_numbers)
    values = {"code": f"V{number}", "name": f"Thôn {number}", "position": number} | values
    made = Village(committee=committee, cell=cell, **values)
    made.refresh_keys()
    made.save()
    made.coverages.create(committee=committee, cell=cell)
    return made


def member(cell, **values) -> Member:
    number = next(_numbers)
    values = {
        "code": f"M{number}",
        "full_name": f"Nguyễn Văn {number}",
        "admitted_on": date(2010, 1, 1),
    } | values
    made = Member(cell=cell, **values)
    made.refresh_keys()
    made.save()
    made.memberships.create(cell=cell)
    return made


def head(village, starts_on=date(2015, 1, 1), **values) -> VillageHead:
    made = VillageHead(village=village, starts_on=starts_on, **({"full_name": "A Thử"} | values))
    made.refresh_keys()
    made.save()
    return made


@cache
def _hashed_password() -> str:
    return make_password(PASSWORD)


def user(role=Role.BOARD, organization=None, **values) -> User:
    """An account with PASSWORD, posted at `organization` if there is one."""
    number = next(_numbers)
    values = {"username": f"user{number}", "full_name": f"Cán bộ {number}"} | values
    made = User.objects.create(role=role, password=_hashed_password(), **values)
    if organization:
        Posting.objects.create(user=made, organization=organization)
    return made
