"""A plan with a day in a closed year, and with a day to come (INTERFACE, reading 11)."""

from assessments.review.years.actions import close_year, open_year
from assessments.roster.models.lines import OrganizationLine
from tests.assessments.workbooks.reorganizing.plans import new_unit, plan, row


def lines(year: int) -> list[tuple]:
    rows = OrganizationLine.objects.filter(year=year).order_by("pk")
    return list(rows.values_list("code", "unit__code", "kind", "dropped"))


def test_a_day_in_a_closed_year_is_taken_and_the_year_stays(province, actor):
    for year in (2024, 2025):
        open_year(year, by=actor)
    close_year(2024, by=actor, reason="thử")
    before = lines(2024)
    done = province(plan(new_unit("A.X1", on="1/7/2024"), row("A", "KT", on="1/7/2024")))
    assert done.applied and done.reorganization.along["closed"] == [2024]
    assert lines(2024) == before
    assert list(done.reorganization.as_json()["years"]) == ["2025"]


def test_a_day_to_come_is_carried_out_at_once_and_holds_from_its_day(province, actor):
    open_year(2025, by=actor)
    before = lines(2025)
    on = "1/7/2099"
    assert province(plan(row("A.X1", "A.X1", None, "B", on=on), row("A.X2", "B.X1", on=on))).applied
    assert lines(2025) == before
