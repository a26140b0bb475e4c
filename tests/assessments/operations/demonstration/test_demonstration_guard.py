"""`demo` never writes into a database that holds anything but a demonstration."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Role
from assessments.management.commands import demo
from assessments.operations.demonstration import accounts, database
from orgs.models import Installation, Organization
from resolution03.lib.commands import Refused, UsageError
from tests import factories


@pytest.mark.parametrize("reset", [False, True])
def test_a_database_in_use_is_left_alone(db, reset):
    factories.province()
    with pytest.raises(Refused):
        call_command("demo", no_serve=True, reset=reset, stdout=StringIO())
    assert Organization.objects.count() == 1
    assert not Installation.objects.filter(is_demonstration=True).exists()


def test_an_account_alone_is_reason_enough_to_refuse(db):
    factories.user()
    assert database.state() is database.State.OTHER


def test_a_migrated_database_without_entries_is_empty(db):
    assert database.state() is database.State.EMPTY


@pytest.mark.parametrize("port", [0, 70000])
def test_a_port_that_does_not_exist_is_wrong_usage(port):
    with pytest.raises(UsageError):
        demo.require_free(port)


def test_accounts_are_printed_on_one_line_each():
    account = accounts.Account(Role.VIEWER, "theodoi", "abcd-efgh", "Đảng bộ tỉnh")
    assert demo.line(account).split()[-4:-1] == ["abcd-efgh", "Đảng", "bộ"]
