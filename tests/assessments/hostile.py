"""A province of two units whose names would do harm as formulas, and that must not meet in a file."""

from datetime import date
from types import SimpleNamespace

from accounts.actors import Actor
from assessments.reports import declared
from assessments.reports.offices.models import Office
from assessments.review.years.actions import close_year, open_year
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.schemes import Level
from assessments.rules.models.years import RatingYear, Submission
from members.models import Member, VillageHead
from orgs.actions.reorganize import move
from orgs.models import Organization, Village
from tests import factories

EVIL = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    '=HYPERLINK("http://xa.vn";"bấm")',
    "{{ 7*7 }}",
    "Chi bộ <b>&\"'",
    "'=1+1",
    "Biểu [1]:*?/\\",
    "\t=1",
    "Rất dài " + "ừ" * 240,
    "dòng một\ndòng hai",
    "1/2",
    "00123",
    "_x000D_",
)
ACTOR = Actor(name="thử nghiệm")
YEARS = (2018, 2019)


def build() -> SimpleNamespace:
    """2018 closed, 2019 open; in between a committee moved from the other unit to the own one."""
    province = factories.province()
    own, other = _unit(province, "Sông Lam", "QS1", "LL"), _unit(province, "Núi Đỏ", "QN2", "ĐĐ")
    first = open_year(2018, by=ACTOR)
    _rate(first)
    close_year(2018, by=ACTOR, reason="thử")
    move(by=ACTOR, organization=other.moving, parent=own.unit, on=date(2019, 5, 1), decision="9-QĐ")
    second = open_year(2019, by=ACTOR)
    _rate(second)
    Office.objects.create(organization=own.unit, body="=1+1", place="@x", preparer="+84", signer="-ký")
    return SimpleNamespace(province=province, own=own, other=other)


def _unit(province, word, code, letters) -> SimpleNamespace:
    unit = factories.organization(province, code=code, name=f"Huyện ủy {word}")
    commune = factories.organization(unit, code=f"{code}.X01", name=f"Đảng bộ xã {word}")
    moving = factories.organization(unit, code=f"{letters}.X77", name=f"Đảng bộ đi {letters}")
    for number, name in enumerate(EVIL):
        cell = factories.cell(commune, code=f"{code}.X01.{number:02}", name=f"{name}")
        factories.member(
            cell,
            code=f"{code}-{number:03}",
            full_name=f"{word} người {name}"[:120],
            sex="f",
            admitted_on=date(2016 + number % 4, 5, 1),
            left_on=_left(number),
            leaving_reason="died" if _left(number) else "",
        )
        village = factories.village(
            commune, cell if number % 2 else None, code=f"{code}.T{number:02}", name=name
        )
        factories.head(village, full_name=f"{word} trưởng {name}"[:120])
    factories.cell(moving, code=f"{letters}.X77.01", name=f"Chi bộ đi {letters}")
    return SimpleNamespace(unit=unit, commune=commune, moving=moving, word=word, code=code)


def _left(number: int) -> date | None:
    return date(2018, 7, 1) if number == 4 else None


def _rate(year: RatingYear) -> None:
    """Every third low, every fifth not rated for a reason that reads like a formula."""
    for lines, subject in ((OrganizationLine, "organization"), (MemberLine, "member")):
        levels = {one.code: one for one in Level.objects.filter(scheme=year.scheme, subject=subject)}
        for number, line in enumerate(lines.objects.filter(year=year).order_by("pk")):
            if number % 5 == 4:
                line.reason = EVIL[number % 4]
            else:
                line.decided = levels["HTNV" if number % 3 == 2 else "HTXSNV"]
            line.save()
    tallies.recount(year)


def matter(year: int, unit: Organization | None = None) -> declared.Matter:
    """What a report of the province or of a unit speaks of."""
    found = RatingYear.objects.get(pk=year)
    if unit is None:
        return declared.matter_of(found, found.province, None)
    held = Submission.objects.select_related("unit", "year").get(year=year, unit=unit)
    return declared.matter_of(held.year, held.unit, held)


def names_of_persons() -> set[str]:
    return {
        *Member.objects.values_list("full_name", flat=True),
        *VillageHead.objects.values_list("full_name", flat=True),
    }


def words_of(part: SimpleNamespace) -> set[str]:
    """Codes and names of a unit and of everything in it that nothing of the other unit shares."""
    organizations = Organization.objects.filter(code__startswith=part.code)
    villages = Village.objects.filter(code__startswith=part.code)
    members = Member.objects.filter(code__startswith=part.code)
    return {
        part.word,
        *organizations.values_list("code", flat=True),
        *villages.values_list("code", flat=True),
        *members.values_list("code", flat=True),
    }
