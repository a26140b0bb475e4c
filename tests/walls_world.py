"""The places that the walls are tested from: two units of one province, and everybody in them."""

from dataclasses import dataclass

from accounts.actors import Actor
from accounts.models import Role, User
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.years import Submission
from members.models import Member, VillageHead
from orgs.jobs.models import Job
from orgs.models import Organization, Village
from tests import factories

YEAR = 2018
ODD_CODE = "A/B ?#%41 .Ñ\\\"<'[]:*="


@dataclass
class Place:
    """A unit, what lies in it, and its lines of the open year 2018."""

    year: int
    unit: Organization
    commune: Organization
    cells: list[Organization]
    village: Village
    head: VillageHead
    members: list[Member]
    line: OrganizationLine
    member_line: MemberLine
    submission: Submission
    account: User
    job: Job


def places(world) -> tuple[Place, Place]:
    """Alpha and beta of `world`, with 2018 open."""
    open_year(YEAR, by=Actor(name="thử nghiệm"))
    return _place(world.alpha), _place(world.beta)


def _place(part) -> Place:
    account = factories.user(Role.OFFICER, part.unit)
    return Place(
        year=YEAR,
        line=OrganizationLine.objects.get(year=YEAR, organization=part.commune),
        member_line=MemberLine.objects.filter(year=YEAR, unit=part.unit).earliest("pk"),
        submission=Submission.objects.get(year=YEAR, unit=part.unit),
        account=account,
        job=Job.objects.create(kind="organizations.list", by=account, place=part.unit.pk),
        **vars(part),
    )


def with_odd_codes(part) -> None:
    """Give all that lies in `part` codes that were stored before their form was a rule."""
    for rows in ([part.unit, part.commune, *part.cells], [part.village], part.members):
        for number, row in enumerate(rows):
            row.code = f"{ODD_CODE}{number}"
            row.refresh_keys()
            row.save()


def user_with(role: Role, world) -> User:
    """An account of the role where it usually stands; in alpha if it stands in a unit."""
    stands_at = {
        Role.ADMINISTRATOR: world.province,
        Role.BOARD: world.province,
        Role.VIEWER: world.province,
        Role.OFFICER: world.alpha.unit,
        Role.CLERK: world.alpha.commune,
    }
    long_name = "Nguyễn Thị Phương Thảo Nguyên"
    return factories.user(role, stands_at[role], full_name=long_name, office="Ban Tổ chức Tỉnh ủy Kon Tum")
