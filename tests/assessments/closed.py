"""A closed year over the world, for the tests of supplements and revisions."""

from datetime import date
from types import SimpleNamespace

from accounts.actors import Actor
from assessments.review.supplements.actions import file_supplement
from assessments.review.supplements.case import Wanted
from assessments.review.years.actions import close_year
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear
from tests.assessments.year import opened

DECISION = {
    "deciding_body": "Ban Thường vụ Huyện ủy",
    "decision_number": "12-QĐ/HU",
    "decided_on": date(2019, 2, 20),
}
REASON = "Bổ sung theo kết luận kiểm tra"


def closed(world, year=2018) -> SimpleNamespace:
    """2018 closed: alpha's commune at HTNV, one cell and two members at HTTNV, the rest blank."""
    found = opened(world, year)
    levels = {(row.subject, row.code): row for row in Level.objects.filter(scheme__years=year)}
    _rate(found.line, levels["organization", "HTNV"])
    _rate(found.cells[0], levels["organization", "HTTNV"])
    for line in found.members[:2]:
        _rate(line, levels["member", "HTTNV"])
    tallies.recount(RatingYear.objects.get(pk=year))
    close_year(year, by=Actor.of(found.board), reason="Các đơn vị khác chưa dùng hệ thống")
    found.rating_year = RatingYear.objects.get(pk=year)
    found.unit = world.alpha.unit
    return found


def _rate(line, level) -> None:
    line.decided = line.self_rated = level
    line.accepted, line.version = True, 1
    line.save()


def wanted(line, code="HTTNV", reason="", self_rated="", version=None) -> Wanted:
    letter = "m" if isinstance(line, MemberLine) else "o"
    return Wanted(
        f"{letter}{line.pk}", line.version if version is None else version, code, self_rated, reason
    )


def file(year, *lines, by=None, **changes):
    """A supplement of alpha, filed by its officer."""
    values = {
        "wanted": [one if isinstance(one, Wanted) else wanted(one) for one in lines],
        "reason": REASON,
        "decision": DECISION,
        "year": year.rating_year,
        "unit": year.unit,
    }
    return file_supplement(by=Actor.of(by or year.officer), **values | changes)
