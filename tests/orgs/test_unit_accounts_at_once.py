"""Two administrators make the accounts of the same units at the same moment, under different names."""

import threading

import pytest

from accounts.actors import Actor
from accounts.models import Role, User
from orgs.actions import unit_accounts
from orgs.actions.unit_accounts import Wanted
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests import factories
from tests.at_once import at_once


@pytest.mark.usefixtures("reference")
def test_of_two_at_once_one_makes_all_and_the_other_none():
    province = factories.province()
    units = [factories.organization(province) for _ in range(3)]
    start, refused = threading.Barrier(2), []

    def make(prefix: str) -> None:
        start.wait(10)
        wanted = [Wanted(unit, f"{prefix}.{unit.code.lower()}") for unit in units]
        try:
            unit_accounts.add(by=Actor(name=prefix), wanted=wanted)
        except Refusal as refusal:
            refused.append((prefix, refusal.reasons))

    at_once(lambda: make("mot"), lambda: make("hai"))
    [(prefix, reasons)] = refused
    assert len(reasons) == 3
    made = User.objects.filter(role=Role.OFFICER)
    assert made.count() == 3 == AuditEntry.objects.filter(action="account.add").count()
    assert not made.filter(username__startswith=prefix).exists()
