"""Years for tests: opened, rated and read without a workbook."""

from assessments.figures.board import figures
from assessments.review.years.actions import open_year
from assessments.roster import following, tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission, YearState


def opened(year: int, actor) -> RatingYear:
    return open_year(year, by=actor)


def line_of(year: RatingYear, who):
    """The roster line of an organization or a member."""
    if who._meta.model_name == "member":
        return MemberLine.objects.get(year=year, member=who)
    return OrganizationLine.objects.get(year=year, organization=who)


def rate(year: RatingYear, who, code: str = "", reason: str = "") -> None:
    """Give a level or a reason straight to the row, and count again."""
    line = line_of(year, who)
    subject = "member" if who._meta.model_name == "member" else "organization"
    line.decided = code and Level.objects.get(scheme=year.scheme, subject=subject, code=code) or None
    line.reason = reason
    line.save()
    tallies.recount(year)


def rate_all(year: RatingYear, code: str) -> None:
    """One level for every line without one."""
    for lines, subject in ((OrganizationLine, "organization"), (MemberLine, "member")):
        level = Level.objects.get(scheme=year.scheme, subject=subject, code=code)
        lines.objects.filter(year=year, decided=None).update(decided=level)
    tallies.recount(year)


def is_what_everything_says(actor) -> None:
    """Nothing is left to bring after the registers, and every figure equals its rows."""
    units = sorted(Submission.objects.values_list("year", "unit", "name", "position"))
    for year in RatingYear.objects.filter(state=YearState.OPEN).order_by("pk"):
        assert tallies.recount(year, check=True) == []
        assert following.refresh(year, by=actor).lines == []
    assert sorted(Submission.objects.values_list("year", "unit", "name", "position")) == units


def figure(year: RatingYear, code: str, unit=None):
    return next(found for found in figures(year, unit) if found.code == code)
