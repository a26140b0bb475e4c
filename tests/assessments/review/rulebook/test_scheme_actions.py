from datetime import date
from decimal import Decimal

import pytest

from accounts.actors import Actor
from assessments.review.rulebook import actions as schemes
from assessments.review.rulebook import cap_actions, target_actions
from assessments.rules.models.caps import Cap
from assessments.rules.models.schemes import Level, Reading, Scheme
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.targets import Target, Term
from assessments.rules.models.years import RatingYear, YearState
from assessments.rules.of_year import rules_of
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal

pytestmark = pytest.mark.django_db
BOARD = Actor("Ban Tổ chức")


def refused(action, /, *args, **kwargs) -> Refusal:
    with pytest.raises(Refusal) as caught:
        action(*args, by=BOARD, **kwargs)
    return caught.value


def other_reading() -> Reading:
    return Reading.objects.get(scheme__first_year=2018, meaning="strong", in_use=False)


def test_a_chosen_reading_rests_on_its_decision_and_the_former_stands_beside():
    schemes.choose_reading(
        other_reading(),
        by=BOARD,
        document_number="12-QĐ/TU",
        document_date=date(2019, 1, 15),
        issuer=" Ban Thường vụ Tỉnh ủy",
    )
    now = Reading.objects.get(scheme__first_year=2018, meaning="strong", in_use=True)
    assert (now.name, now.document) == ("chỉ mức HTXSNV", "12-QĐ/TU, 15/1/2019 của Ban Thường vụ Tỉnh ủy")
    trail = list(AuditEntry.objects.filter(action="rules.choose").order_by("pk"))
    assert [(row.before["in_use"], row.after["in_use"]) for row in trail] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("number", "day", "field"),
    [(" ", date(2019, 1, 15), "document_number"), ("12-QĐ/TU", None, "document_date")],
)
def test_a_reading_is_not_chosen_without_a_decision(number, day, field):
    refusal = refused(schemes.choose_reading, other_reading(), document_number=number, document_date=day)
    assert refusal.field == field
    assert not Reading.objects.get(pk=other_reading().pk).in_use


def test_a_reading_counts_levels_of_its_own_scheme_and_subject_only():
    reading = other_reading()
    foreign = Level.objects.get(scheme__first_year=2014, code="TSVM")
    member = Level.objects.get(scheme__first_year=2018, subject="member", code="HTXSNV")
    for level in (foreign, member):
        assert refused(schemes.save_reading, reading, levels=[level]).field == "levels"
    assert refused(schemes.save_reading, reading, levels=[]).field == "levels"
    assert [level.code for level in reading.levels.all()] == ["HTXSNV"]


def test_a_reading_that_stands_on_a_decision_is_not_rewritten():
    reading = other_reading()
    schemes.choose_reading(reading, by=BOARD, document_number="12-QĐ/TU", document_date=date(2019, 1, 15))
    assert "12-QĐ/TU" in str(refused(schemes.save_reading, reading, levels=reading.levels.all()))


def in_use(meaning: str) -> Reading:
    return Reading.objects.get(scheme__first_year=2018, meaning=meaning, in_use=True)


def level(code: str) -> Level:
    return Level.objects.get(scheme__first_year=2018, subject="organization", code=code)


def test_what_is_exemplary_is_strong_as_well():
    both = [level("HTXSNV"), level("HTNV")]
    refusal = refused(schemes.save_reading, in_use("exemplary"), levels=both)
    assert (refusal.field, refusal.reasons[0].rule) == ("levels", "exemplary_not_strong")
    assert "HTNV" in str(refusal)
    refused(schemes.save_reading, in_use("strong"), levels=[level("HTTNV")])
    assert [found.code for found in in_use("exemplary").levels.all()] == ["HTXSNV"]
    assert [found.code for found in in_use("strong").levels.all()] == ["HTXSNV", "HTTNV"]


def test_a_reading_that_contradicts_may_stand_beside_but_not_be_chosen():
    wide = Reading(scheme=Scheme.objects.get(first_year=2018), meaning="exemplary", name="rộng")
    schemes.save_reading(wide, by=BOARD, levels=[level("HTXSNV"), level("HTNV")])
    refused(schemes.choose_reading, wide, document_number="1-QĐ/TU", document_date=date(2019, 1, 15))
    assert in_use("exemplary").pk != wide.pk


def test_a_changed_target_keeps_its_history():
    target = Target.objects.get(indicator="grassroots_strong")
    target.value = Decimal("55")
    target_actions.save_target(target, by=BOARD)
    row = AuditEntry.objects.get(object_type="assessments.target")
    assert (row.action, row.before["value"], row.after["value"]) == ("rules.change", "50.00", "55.00")


def test_an_unchanged_target_leaves_no_trace():
    target_actions.save_target(Target.objects.get(indicator="grassroots_strong"), by=BOARD)
    assert not AuditEntry.objects.exists()


def target_of(**changes) -> Target:
    return Target(
        **{
            "set": TargetSet.objects.get(is_default=True),
            "indicator": "village_heads_members",
            "comparison": ">",
            "value": 95,
            "first_year": 2026,
            "last_year": 2030,
            **changes,
        }
    )


def test_a_target_may_follow_the_last_one():
    target_actions.save_target(target_of(), by=BOARD)
    assert Target.objects.filter(indicator="village_heads_members").count() == 4


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_year": 2025}, "first_year"),
        ({"first_year": None, "last_year": None}, "first_year"),
        ({"first_year": 2031}, "last_year"),
        ({"value": 101}, "value"),
        ({"indicator": "nothing"}, "indicator"),
        ({"indicator": "villages_without_cell", "comparison": ">"}, "comparison"),
    ],
)
def test_a_target_that_contradicts_is_refused(changes, field):
    assert refused(target_actions.save_target, target_of(**changes)).field == field
    assert Target.objects.filter(indicator="village_heads_members").count() == 3


def test_a_removed_target_is_in_the_trail():
    target_actions.remove_target(Target.objects.get(indicator="grassroots_strong"), by=BOARD)
    row = AuditEntry.objects.get(action="rules.remove")
    assert (row.before["value"], row.after) == ("50.00", {})


def cap_of(**changes) -> Cap:
    return Cap(
        **{
            "subject": "affiliated",
            "level_code": "HTTNV",
            "percent": 50,
            "base": "rated",
            "group": "unit",
            "first_year": 2019,
            **changes,
        }
    )


def test_a_cap_may_be_added():
    cap_actions.save_cap(cap_of(), by=BOARD)
    assert Cap.objects.filter(level_code="HTTNV").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"level_code": "TSVM"}, "level_code"),
        ({"first_year": 2017, "level_code": "HTXSNV"}, "level_code"),
        ({"level_code": "HTXSNV"}, "first_year"),
        ({"percent": 101}, "percent"),
        ({"base": "level"}, "base_level_code"),
        ({"base": "level", "base_level_code": "YK"}, "base_level_code"),
        ({"subject": "grassroots", "group": "grassroots"}, "group"),
        ({"last_year": 2018}, "last_year"),
    ],
)
def test_a_cap_that_contradicts_is_refused(changes, field):
    assert refused(cap_actions.save_cap, cap_of(**changes)).field == field
    assert Cap.objects.count() == 5


def test_the_term_may_move_but_not_end_before_it_begins():
    Term.objects.exclude(is_target_term=True).delete()
    term = Term.objects.get()
    term.ends_on = date(2020, 10, 31)
    schemes.save_term(term, by=BOARD)
    assert AuditEntry.objects.get().after["ends_on"] == "2020-10-31"
    term.ends_on = date(2015, 9, 30)
    assert refused(schemes.save_term, term).field == "ends_on"


def test_two_terms_do_not_share_a_day():
    term = Term(name="x", starts_on=date(2020, 9, 30), ends_on=date(2025, 9, 30))
    assert refused(schemes.save_term, term).field == "starts_on"


def test_a_closed_year_keeps_its_frozen_rules():
    scheme = Scheme.objects.get(first_year=2018)
    year = RatingYear.objects.create(year=2018, scheme=scheme)
    year.state, year.frozen = YearState.CLOSED, rules_of(year).frozen()
    year.save()
    target = Target.objects.get(indicator="grassroots_strong")
    target.value = 55
    target_actions.save_target(target, by=BOARD)
    assert rules_of(year).default_set.binding("grassroots_strong", None).value == 50


def test_a_scheme_does_not_leave_its_opened_years():
    scheme = Scheme.objects.get(first_year=2019)
    RatingYear.objects.create(year=2022, scheme=scheme)
    scheme.last_year = 2021
    assert refused(schemes.save_scheme, scheme).field == "last_year"


def test_schemes_do_not_overlap():
    scheme = Scheme.objects.get(first_year=2019)
    scheme.last_year = 2023
    assert refused(schemes.save_scheme, scheme).field == "first_year"


def test_a_new_scheme_ends_the_open_one_and_begins_with_default_readings():
    present = Scheme.objects.get(first_year=2025)
    scheme = Scheme(name="QĐ mới", first_year=2027, document_number="1-QĐ/TW")
    schemes.add_scheme(scheme, by=BOARD, like=present)
    present.refresh_from_db()
    assert present.last_year == 2026
    assert scheme.levels.count() == present.levels.count() == 8
    reading = scheme.readings.get(meaning="strong", in_use=True)
    assert {level.scheme_id for level in reading.levels.all()} == {scheme.pk}
    assert reading.document == ""


def test_a_new_scheme_does_not_take_opened_years():
    present = Scheme.objects.get(first_year=2025)
    RatingYear.objects.create(year=2026, scheme=present)
    scheme = Scheme(name="QĐ mới", first_year=2026)
    assert refused(schemes.add_scheme, scheme, like=present).field == "first_year"


def test_a_level_keeps_its_code():
    level = Level.objects.get(scheme__first_year=2018, subject="member", code="HTTNV")
    level.name = "Hoàn thành tốt nhiệm vụ được giao"
    schemes.rename_level(level, by=BOARD)
    level.code = "TỐT"
    assert refused(schemes.rename_level, level)
