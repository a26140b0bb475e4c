"""A rated year over the world, for the tests of figures and of their pages."""

from accounts.actors import Actor
from assessments.review.years.actions import open_year
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear

ACTOR = Actor(name="thử nghiệm")


def rate(line, code: str) -> None:
    """Decide a level of the year's scheme; the caller recounts."""
    subject = "member" if isinstance(line, MemberLine) else "organization"
    line.decided = Level.objects.get(scheme=line.year.scheme, subject=subject, code=code)
    line.save()


def rated_year(world, year: int = 2018) -> RatingYear:
    """Alpha's commune is strong and beta's is not; one cell and one member of each stay unrated."""
    found = open_year(year, by=ACTOR)
    for part, code in ((world.alpha, "HTXSNV"), (world.beta, "HTNV")):
        lines = OrganizationLine.objects.select_related("year__scheme").filter(year=found)
        rate(lines.get(organization=part.commune), code)
        rate(lines.get(organization=part.cells[0]), "HTTNV")
        members = MemberLine.objects.select_related("year__scheme")
        for member in part.members[:2]:
            rate(members.get(year=found, member=member), "HTTNV")
    tallies.recount(found)
    return found
