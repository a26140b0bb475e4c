"""An open year over the world, for the tests of entry and review."""

from types import SimpleNamespace

from accounts.actors import Actor
from accounts.models import Role
from assessments.review.years.actions import open_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.years import Submission
from tests import factories


def opened(world, year=2018):
    """2018 open; an officer of alpha, a clerk of its commune, the Board, an officer of beta."""
    open_year(year, by=Actor(name="thử nghiệm"))
    return SimpleNamespace(
        year=year,
        officer=factories.user(Role.OFFICER, world.alpha.unit),
        clerk=factories.user(Role.CLERK, world.alpha.commune),
        board=factories.user(Role.BOARD, world.province),
        viewer=factories.user(Role.VIEWER, world.province),
        stranger=factories.user(Role.OFFICER, world.beta.unit),
        line=organization_line(world.alpha.commune, year),
        cells=[organization_line(cell, year) for cell in world.alpha.cells],
        members=list(MemberLine.objects.filter(year=year, unit=world.alpha.unit).order_by("pk")),
        submission=Submission.objects.get(year=year, unit=world.alpha.unit),
    )


def organization_line(organization, year=2018) -> OrganizationLine:
    return OrganizationLine.objects.get(year=year, organization=organization)
