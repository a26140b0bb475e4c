from assessments.review.years.actions import open_year, close_year
from assessments.roster.models.lines import OrganizationLine
from tests.assessments.workbooks.reorganizing.plans import new_unit, plan, row

def test_a_day_in_a_closed_year_is_allowed_and_the_year_stays(province, actor):
    for year in (2024, 2025):
        open_year(year, by=actor)
    close_year(2024, by=actor, reason="thử")
    lines = lambda: list(OrganizationLine.objects.filter(year=2024).order_by("pk").values_list("code", "unit__code", "kind", "dropped"))
    before = lines()
    done = province(plan(new_unit("A.X1", on="1/7/2024"), row("A", "KT", on="1/7/2024")))
    assert done.applied and done.reorganization.along["closed"] == [2024]
    assert lines() == before
    assert list(done.reorganization.as_json()["years"]) == ["2025"]

def test_a_day_to_come_by_the_command_holds_from_its_day(province, actor):
    open_year(2025, by=actor)
    done = province(plan(row("A.X1", "A.X1", None, "B", on="1/7/2099"), row("A.X2", "B.X1", on="1/7/2099")))
    assert done.applied
    assert dict(OrganizationLine.objects.filter(year=2025).values_list("code", "unit__code"))["A.X1"] == "A"
