"""What the Board may say of a count, and what it may not: refused at its field, with nothing stored."""

import pytest

from accounts.actors import Actor
from assessments.review.rulebook.counted_actions import (
    move_activity,
    remove_activity,
    save_activity,
    switch_activities,
)
from assessments.review.rulebook.tables import TABLES
from assessments.review.years.actions import close_year
from assessments.roster.counts.given import YearCounts
from assessments.roster.models.counts import ActivityCount, PaperTotal
from assessments.rules.count_declared import Declared, faults
from assessments.rules.count_rule import CheckRule
from assessments.rules.counts_of_year import all_counts, counts_of, live_counts
from assessments.rules.models.counts import Activity, CountCheck
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.targets import Target
from assessments.rules.models.years import RatingYear
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.year import opened

BY = Actor(name="thử nghiệm")
pytestmark = pytest.mark.usefixtures("in_english")


def count(code) -> Activity:
    return Activity.objects.get(code=code)


def new(**values) -> Activity:
    plain = {"name": "Số lớp học", "short_name": "Lớp học", "group": "Đảng viên"}
    return Activity(**plain | values)


def give(world, code, number=3, model=ActivityCount, **values) -> None:
    commune = world.alpha.commune
    named = {"total": number} if model is PaperTotal else {"count": number, "grassroots": commune}
    model.objects.create(
        year_id=2018, organization=commune, unit_id=commune.unit_id, activity=count(code), **named, **values
    )


def declared() -> list:
    return [*Activity.objects.order_by("pk").values_list(), *CountCheck.objects.order_by("pk").values_list()]


def refused(act, field="") -> str:
    """The words of the refusal; nothing else is stored than before."""
    stood = declared()
    with pytest.raises(Refusal) as found:
        act()
    assert (found.value.field, declared()) == (field, stood)
    return str(found.value)


def test_what_a_database_begins_with_contradicts_nothing(db):
    found = [rule for _row, rule in all_counts()]
    assert len(found) == 72
    for rule in found:
        beside = {other.code: other for other in found if other.code != rule.code}
        assert list(faults(rule, Declared(beside))) == [], rule.code


def test_a_code_is_chosen_or_given_and_stays(db):
    save_activity(chosen := new(code="classes"), by=BY)
    number = chosen.pk + 1
    save_activity(taken := new(code=f"count_{number + 1}", name="Số lớp b", short_name="Lớp b"), by=BY)
    save_activity(given := new(name="Số lớp c", short_name="Lớp c"), by=BY)
    assert (chosen.code, taken.code) == ("classes", f"count_{number + 1}")
    assert given.code == f"count_{number + 2}"
    chosen.code = "other"
    assert refused(lambda: save_activity(chosen, by=BY), "code") == "The code of a count stays as it is."


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Classes", "A code: small letters a to z, digits and “_”, a letter first."),
        ("1st", "A code: small letters a to z, digits and “_”, a letter first."),
        ("lớp", "A code: small letters a to z, digits and “_”, a letter first."),
        ("a-b", "A code: small letters a to z, digits and “_”, a letter first."),
        ("households", "Another count has this code."),
        ("grassroots_strong", "An indicator has this code."),
    ],
)
def test_a_code_is_small_ascii_and_one_things(db, code, words):
    assert refused(lambda: save_activity(new(code=code), by=BY), "code") == words


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"denominator": "households", "size": "cells"}, "size"),
        ({"less": "households"}, "less"),
        ({"source": "computed"}, "register"),
        ({"source": "compared"}, "register"),
        ({"register": "expelled"}, "register"),
        ({"is_monthly": True}, "is_monthly"),
        ({"is_average": True}, "is_average"),
        ({"level": "cell", "denominator": "households"}, "denominator"),
        ({"level": "cell", "source": "computed", "register": "admitted_nobody"}, "register"),
        ({"level": "cell", "size": "organizations"}, "size"),
    ],
)
def test_what_contradicts_is_refused_at_its_field(db, values, field):
    related = {name: count(values[name]) for name in ("denominator", "less") if name in values}
    refused(lambda: save_activity(new(**values | related), by=BY), field)


def test_a_count_becomes_no_part_of_itself(db):
    whole = count("households")
    whole.denominator = count("households_covered")
    words = refused(lambda: save_activity(whole, by=BY), "denominator")
    assert words == "The count would be a part of itself: Tổng số hộ → Hộ được phụ trách → Tổng số hộ."


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (CheckRule(other="households"), "A count cannot be held against itself."),
        (CheckRule(size="cell_months", is_monthly=True), "These are months already."),
        (
            CheckRule(),
            "Say one thing to which it is held: a count, a size of the list or a registers' number.",
        ),
    ],
)
def test_a_check_that_contradicts_is_refused_at_its_row(db, check, words):
    checks = [CheckRule(size="members"), check]
    assert refused(lambda: save_activity(count("households"), by=BY, checks=checks), "checks-1") == words


def test_a_check_or_a_whole_against_what_is_off_is_refused(db):
    Activity.objects.filter(code="issues_raised").update(is_off=True)
    words = "“Vướng mắc đã nêu” is switched off."
    checks = [CheckRule(other="issues_raised")]
    assert refused(lambda: save_activity(count("sources"), by=BY, checks=checks), "checks-0") == words
    rests = count("sources")
    rests.denominator = count("issues_raised")
    assert refused(lambda: save_activity(rests, by=BY), "denominator") == words


def test_checks_are_written_in_their_order_and_read_as_a_rule(db):
    checks = [
        CheckRule(times=2, plus="members_sent", other="households", less="households_covered", is_hard=True),
        CheckRule(size="cells", is_monthly=True),
        CheckRule(relation="ge", register="expelled"),
    ]
    for turn in (checks, checks[::-1], checks[:1], []):
        save_activity(count("sources"), by=BY, checks=turn)
        (rule,) = (one for one in live_counts([2018])[2018] if one.code == "sources")
        assert list(rule.checks) == turn
    save_activity(count("sources"), by=BY, checks=checks)
    row = count("sources")
    row.name = "Quần chúng học lớp"
    save_activity(row, by=BY)
    assert row.checks.count() == 3, "nothing said of checks leaves them"


def test_what_is_compared_is_held_to_the_registers(db):
    row = count("expulsions")
    row.source = "compared"
    save_activity(row, by=BY, checks=[])
    (rule,) = (one for one in live_counts([2018])[2018] if one.code == "expulsions")
    own = CheckRule(relation="eq", register="expelled")
    assert rule.checks == (own,)
    hard = CheckRule(relation="eq", register="expelled", is_hard=True)
    save_activity(row, by=BY, checks=[hard])
    (rule,) = (one for one in live_counts([2018])[2018] if one.code == "expulsions")
    assert rule.checks == (hard,)


@pytest.mark.parametrize(("field", "value"), [("level", "cell"), ("period", "half")])
@pytest.mark.parametrize("model", [ActivityCount, PaperTotal])
def test_what_was_given_keeps_its_meaning(world, field, value, model):
    opened(world)
    row = count("households")
    setattr(row, field, value)
    give(world, "households", model=model)
    words = "Counts of 2018 were given already: end this count and declare another one."
    assert refused(lambda: save_activity(row, by=BY), field) == words
    model.objects.all().delete()
    if field == "period":
        save_activity(row, by=BY)
        assert count("households").period == "half"


def test_what_others_rest_on_is_not_switched_off(db):
    pair = [count("households").pk, count("households_covered").pk]
    words = refused(lambda: switch_activities(pair[:1], by=BY, is_off=True))
    assert words == ("“Tổng số hộ” is the whole, or in a check, of: Hộ được phụ trách. Change these first.")
    switch_activities(pair, by=BY, is_off=True)
    codes = {rule.code for rule in live_counts([2022])[2022]}
    assert len(codes) == 70 and not codes & {"households", "households_covered"}
    words = refused(lambda: switch_activities(pair[1:], by=BY, is_off=False))
    assert words == "Hộ được phụ trách: “Tổng số hộ” is switched off."
    switch_activities(pair, by=BY, is_off=False)
    assert len(live_counts([2022])[2022]) == 72


def test_in_a_check_is_resting_too(db):
    words = refused(lambda: switch_activities([count("meetings_held").pk], by=BY, is_off=True))
    assert "Chi bộ sinh hoạt đủ 12 tháng" in words
    words = refused(lambda: switch_activities([count("apprentices_at_board").pk], by=BY, is_off=True))
    assert "Học việc tại đảng ủy cơ sở" in words


@pytest.mark.parametrize(("last_year", "rests"), [(None, True), (2018, True), (2017, False)])
def test_a_target_of_open_years_rests_on_its_count(world, last_year, rests):
    opened(world)
    default = TargetSet.objects.get(is_default=True)
    Target.objects.create(set=default, indicator="cells_told", comparison=">=", value=95, last_year=last_year)
    act = [count("cells_told").pk]
    if not rests:
        switch_activities(act, by=BY, is_off=True)
        assert count("cells_told").is_off
        return
    words = "A target rests on “Chi bộ được quán triệt”: NQ 03 (≥ 95). Remove it first."
    assert refused(lambda: switch_activities(act, by=BY, is_off=True)) == words


def test_what_a_target_asks_for_stays_a_share_or_a_number(db):
    row, whole = (
        count("cells_told"),
        {"set": TargetSet.objects.get(is_default=True), "indicator": "cells_told"},
    )
    target = Target.objects.create(**whole, comparison=">=", value=95)
    words = "A target rests on “Chi bộ được quán triệt”: NQ 03 (≥ 95). Remove it first."
    row.size = ""
    assert refused(lambda: save_activity(row, by=BY), "size") == words
    row.size, row.direction = "cells_all_year", "down"
    assert refused(lambda: save_activity(row, by=BY), "direction") == words
    row.direction = "up"
    save_activity(row, by=BY)
    target.comparison = "<="
    target.save()
    row.direction = "down"
    save_activity(row, by=BY)
    row.direction, row.last_year = "", 2030
    words = "A target rests on “Chi bộ được quán triệt”: NQ 03 (≤ 95). Remove it first."
    assert refused(lambda: save_activity(row, by=BY), "last_year") == words
    target.last_year = 2030
    target.save()
    save_activity(row, by=BY)


def test_a_count_does_not_end_before_what_rests_on_it(db):
    row = count("households")
    row.last_year = 2025
    words = "“Tổng số hộ” is the whole, or in a check, of: Hộ được phụ trách. Change these first."
    assert refused(lambda: save_activity(row, by=BY), "last_year") == words
    row.last_year, row.first_year = None, 2020
    assert refused(lambda: save_activity(row, by=BY), "first_year") == words
    part = count("households_covered")
    part.first_year, part.last_year = 2020, 2025
    save_activity(part, by=BY)
    row.first_year, row.last_year = 2020, 2025
    save_activity(row, by=BY)
    row.first_year, row.last_year = None, None
    save_activity(row, by=BY)
    assert (count("households").first_year, count("households").last_year) == (None, None)


def test_the_last_year_does_not_come_before_the_first(db):
    words = "The last year comes before the first."
    act = new(first_year=2020, last_year=2019)
    assert refused(lambda: save_activity(act, by=BY), "last_year") == words
    save_activity(new(first_year=2020, last_year=2020), by=BY)


def test_a_group_is_spelled_as_it_stands_and_a_new_count_is_its_last(db):
    save_activity(added := new(group="kết  nạp đảng viên"), by=BY)
    assert added.group == "Kết nạp đảng viên"
    codes = [rule.code for rule in live_counts([2018])[2018]]
    assert codes[:5] == [
        "admitted_women", "admitted_ethnic", "admitted_youth_union", "admitting_nobody", added.code,
    ]  # fmt: skip


def test_counts_change_places_in_their_group_only(db):
    save_activity(added := new(group="Kết nạp đảng viên"), by=BY)
    move_activity(added, by=BY, up=False)
    move_activity(count("cells_with_committee"), by=BY, up=True)
    codes = [rule.code for rule in live_counts([2018])[2018]]
    assert codes[3:6] == ["admitting_nobody", added.code, "cells_with_committee"]
    assert not AuditEntry.objects.filter(after__has_key="position").exists()
    for _turn in range(4):
        move_activity(Activity.objects.get(pk=added.pk), by=BY, up=True)
    codes = [rule.code for rule in live_counts([2018])[2018]]
    assert codes[:5] == [
        added.code, "admitted_women", "admitted_ethnic", "admitted_youth_union", "admitting_nobody",
    ]  # fmt: skip


def test_only_what_nobody_gave_and_no_year_was_closed_with_goes(world):
    opened(world)
    save_activity(added := new(code="classes"), by=BY, checks=[CheckRule(size="members")])
    give(world, "classes")
    words = "Counts of 2018 were given already; switch it off instead."
    assert refused(lambda: remove_activity(added, by=BY)) == words
    ActivityCount.objects.all().delete()
    close_year(2018, by=BY, reason="thử")
    words = "Year 2018 was closed with it; switch it off instead."
    assert refused(lambda: remove_activity(added, by=BY)) == words
    save_activity(later := new(code="later", name="Số sau", short_name="Sau", denominator=added), by=BY)
    words = refused(lambda: switch_activities([added.pk], by=BY, is_off=True))
    assert "Sau" in words
    remove_activity(later, by=BY)
    assert not Activity.objects.filter(code="later").exists()
    assert AuditEntry.objects.filter(action="rules.remove", object_code="Sau").exists()


def test_what_others_rest_on_is_not_removed(db):
    words = refused(lambda: remove_activity(count("households"), by=BY))
    assert words == "“Tổng số hộ” is the whole, or in a check, of: Hộ được phụ trách. Change these first."


def test_the_trail_keeps_a_definition_with_its_checks(db):
    checks = [CheckRule(other="households", is_hard=True)]
    save_activity(added := new(code="classes", denominator=count("households")), by=BY, checks=checks)
    entry = AuditEntry.objects.get(object_type="assessments.activity")
    assert entry.action == "rules.add" and entry.before == {}
    assert entry.after["checks"] == [{"other": "Tổng số hộ", "is_hard": True}]
    assert entry.after["denominator"] == count("households").pk
    save_activity(added, by=BY, checks=checks)
    assert AuditEntry.objects.filter(object_type="assessments.activity").count() == 1, "nothing changed"
    save_activity(added, by=BY, checks=[])
    entry = AuditEntry.objects.filter(object_type="assessments.activity").latest("pk")
    assert (entry.before["checks"], entry.after["checks"]) == (
        [{"other": "Tổng số hộ", "is_hard": True}], [],
    )  # fmt: skip


def test_a_closed_year_keeps_what_it_counted(world):
    opened(world)
    give(world, "households", 40)
    give(world, "households_covered", 10)
    close_year(2018, by=BY, reason="thử")
    year = RatingYear.objects.get(pk=2018)
    frozen, sums = counts_of(year), YearCounts.under(year, world.province).totals
    row = count("households_covered")
    row.name, row.short_name, row.denominator, row.size = "Tên khác", "Khác", None, "members"
    save_activity(row, by=BY, checks=[CheckRule(size="members", is_hard=True)])
    switch_activities([count("households").pk], by=BY, is_off=True)
    year = RatingYear.objects.get(pk=2018)
    assert counts_of(year) == frozen
    kept = YearCounts.under(year, world.province)
    assert kept.totals == sums and sums["households_covered"].whole == 40
    assert list(kept.findings(world.alpha.commune.pk)) == []


def test_tables_name_the_checks_after_their_counts():
    order = list(TABLES)
    assert order.index(CountCheck) > order.index(Activity)
