"""Part II in Word drafts: each count that somebody gave, its whole, share, who gave it, the year before."""

import pytest

from assessments.reports import declared
from assessments.reports.documents.drafts import DOCUMENTS
from assessments.reports.documents.tasks import rows
from assessments.roster.models.counts import ActivityCount
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.counts import Activity
from assessments.rules.models.years import RatingYear, Submission
from tests import factories
from tests.assessments.docx import text
from tests.assessments.years import opened
from tests.packages import invalid

RAISED = "Vướng mắc nêu qua dự sinh hoạt chi bộ"
SOLVED = f"{RAISED} đã giải quyết"


def give(year, organization, **counts):
    line = OrganizationLine.objects.get(year=year, organization=organization)
    for code, count in counts.items():
        ActivityCount.objects.create(
            year_id=year,
            organization=organization,
            grassroots_id=line.grassroots_id,
            unit_id=line.unit_id,
            activity=Activity.objects.get(code=code),
            count=count,
        )


def matter(code=None):
    year = RatingYear.objects.get(pk=2022)
    held = code and Submission.objects.select_related("unit").get(year=year, code=code)
    return declared.matter_of(year, held.unit if held else year.province, held or None)


@pytest.fixture
def counted(world, actor):
    factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Alpha hai")
    for year in (2021, 2022):
        opened(year, actor)
    give(2021, world.alpha.commune, issues_raised=4, issues_solved=1)
    give(2022, world.alpha.commune, issues_raised=7, issues_solved=5)
    give(2022, world.beta.commune, issues_raised=1_000)
    return world


def told(code=None) -> dict:
    return {row["ten"]: row for row in rows(matter(code))}


def test_a_count_tells_number_whole_share_who_gave_and_the_year_before(counted):
    solved = told()[SOLVED]
    assert [solved[key] for key in ("co", "tong", "ty_le", "nam_truoc")] == ["5", "7", "71,43%", "25,00%"]
    assert (solved["da_bao"], solved["cong_chua_du"]) == ("1/3 tổ chức cơ sở đảng", "1/3")
    assert (told()[RAISED]["co"], told()[RAISED]["tong"], told()[RAISED]["ty_le"]) == ("1.007", "", "")


def test_what_nobody_gave_has_no_row_and_a_unit_tells_its_own(counted):
    assert "Cuộc sinh hoạt chuyên đề của chi bộ" not in told()
    assert (told("A")[RAISED]["co"], told("A")[RAISED]["cong_chua_du"]) == ("7", "1/2")
    assert (told("B")[RAISED]["cong_chua_du"], SOLVED in told("B")) == ("", False)


def test_a_count_that_was_another_the_year_before_is_not_set_beside_it(counted):
    year = RatingYear.objects.get(pk=2021)
    year.state, year.frozen = (
        "closed",
        {"counts": [{"code": "issues_solved", "name": "x", "short_name": "x"}]},
    )
    earlier = declared.matter_of(RatingYear.objects.get(pk=2022), counted.province, None)
    earlier.__dict__["before"] = year
    assert {row["ten"]: row["nam_truoc"] for row in rows(earlier)}[SOLVED] == ""


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_both_drafts_have_a_section_of_part_two(counted, kind):
    content = DOCUMENTS[kind].build(matter())
    found = text(content)
    assert (
        "Kết quả thực hiện nhiệm vụ, giải pháp" in found
        and f"{SOLVED} | 5 | 7 | 71,43% | 25,00% | 1/3" in found
    )
    assert invalid(content, ".docx") == []
    ActivityCount.objects.all().delete()
    Activity.objects.update(is_off=True)
    assert "Kết quả thực hiện nhiệm vụ, giải pháp" not in text(DOCUMENTS[kind].build(matter()))
