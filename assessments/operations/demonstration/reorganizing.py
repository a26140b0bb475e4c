"""Carries the plans of `reorganized` out, through the door of the command, and lets the new units begin."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook

from accounts.actors import Actor
from accounts.models import Role, User
from assessments.operations.demonstration import reorganized
from assessments.operations.demonstration.accounts import Account
from assessments.operations.demonstration.registers import PHONE
from assessments.operations.demonstration.reorganized import GRASSROOTS, HEADINGS, Plan
from assessments.operations.demonstration.stories import Story
from assessments.review.years import actions as periods
from assessments.workbooks.batches.actions import store
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options
from orgs.actions import unit_accounts
from orgs.actions.unit_accounts import Wanted
from orgs.models import Organization
from resolution03.lib import bulk

LARGER = "Đảng bộ tỉnh Quảng Ngãi"


def carry_out(story: Story, *, by: Actor, say: Callable[[str], None]) -> list[Account]:
    """Let both reorganizations happen, open the year of the second, and give the new units accounts."""
    name = LARGER if story is Story.MERGED else ""
    for plan in (lambda: reorganized.of_2025(name), reorganized.of_2026):
        made = plan()
        say(_("Reorganization of %(day)s…") % {"day": f"{made.day:%d/%m/%Y}"})
        _carry_out(made, by)
    if timezone.localdate() >= GRASSROOTS:
        periods.open_year(GRASSROOTS.year, by=by)
    _give_phones()
    return _officers(by)


def write(plan: Plan, path: Path) -> None:
    """The plan as the workbook that an office would write."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for row in plan.rows:
        sheet.append(row)
    book.save(path)


def _carry_out(plan: Plan, by: Actor) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"sap-xep-{plan.day:%d-%m-%Y}.xlsx"
        write(plan, path)
        found = store(by=by, sources=[Source(path, path.name)], options=Options())
    if not found.applied:
        raise ValueError([str(error) for sheet in found.sheets for error in sheet.errors])


def _officers(by: Actor) -> list[Account]:
    """Accounts of the units that have none, whose passwords are printed as the others are."""
    units = Organization.objects.units().existing_on(timezone.localdate()).without_officer()
    wanted = [Wanted(unit, f"canbo.{unit.code.lower()}") for unit in units.order_by("position", "pk")]
    made = unit_accounts.add(by=by, wanted=wanted)
    keys = [one.user.pk for one in made]
    User.objects.filter(pk__in=keys).update(must_change_password=False)
    return [Account(Role.OFFICER, one.user.username, one.password, one.unit.name) for one in made]


def _give_phones() -> None:
    """The offices of the new units, which came with no more than a name."""
    silent = Organization.objects.units().filter(phone="", dissolved_on=None).order_by("pk")
    phones = [(pk, PHONE.format(pk % 1000)) for pk in silent.values_list("pk", flat=True)]
    bulk.update(Organization, ["phone"], phones)
