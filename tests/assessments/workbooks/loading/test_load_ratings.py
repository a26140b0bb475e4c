import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Role
from assessments.entry.grid import actions as ratings
from assessments.review.years import actions as periods
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.revisions import RatingRevision
from assessments.roster.models.tallies import Tally
from assessments.rules.models.years import RatingYear, Submission
from assessments.workbooks.kinds.judging.ratings import Ratings
from orgs.models import AuditEntry, Organization
from tests import factories
from tests.assessments.loads import errors
from tests.workbooks import (
    AFFILIATED,
    GRASSROOTS,
    HEADS,
    MEMBER_RATINGS,
    MEMBERS,
    ORGANIZATION_RATINGS,
    ORGANIZATIONS,
    TOTALS,
    VILLAGES,
)

STRONG, EXEMPLARY = "Trong sạch, vững mạnh", "TSVM tiêu biểu"


def orgs(*rows):
    return {"s": [ORGANIZATION_RATINGS, *rows]}


def members(*rows):
    return {"s": [MEMBER_RATINGS, *rows]}


def totals(*rows):
    return {"s": [TOTALS, *rows]}


@pytest.fixture
def year(province):
    """The small province with 2017 open."""
    periods.open_year(2017, by=province.by)
    return province


def decided(code, year=2017):
    line = OrganizationLine.objects.get(year=year, code=code)
    return line.decided and line.decided.code


def test_ratings_are_stored_accepted_counted_and_recorded(year):
    assert year.counts(orgs([2017, "A.X1", "tsvm", STRONG], [2017, "A.X1.1", None, EXEMPLARY])) == {
        "created": 2
    }
    line = OrganizationLine.objects.get(code="A.X1")
    assert (line.self_rated.code, line.decided.code, line.accepted) == ("TSVM", "TSVM", True)
    assert decided("A.X1.1") == "TSVMTB"
    assert Tally.objects.get(subject="grassroots", key="TSVM").count == 1
    assert not tallies.recount(RatingYear.objects.get(), check=True)
    assert AuditEntry.objects.filter(action="rating.save").count() == 2


def test_the_same_again_changes_nothing_and_another_level_keeps_a_revision(year):
    year(orgs([2017, "A.X1", None, STRONG]))
    entries = AuditEntry.objects.count()
    assert year.counts(orgs([2017, "A.X1", None, "TSVM"], [2017, "A.X2"])) == {"unchanged": 2}
    assert AuditEntry.objects.count() == entries
    assert year.counts(orgs([2017, "A.X1", None, "HTTNV"])) == {"updated": 1}
    assert RatingRevision.objects.get().decided.code == "TSVM"
    assert year.counts(orgs([2017, "A.X1", None, "xoá", "Mới thành lập"])) == {"updated": 1}
    line = OrganizationLine.objects.get(code="A.X1")
    assert (line.decided, line.reason) == (None, "Mới thành lập")


@pytest.mark.parametrize(
    "written",
    [
        "Đủ tư cách, hoàn thành tốt nhiệm vụ",
        "hoàn thành tốt nhiệm vụ",
        "HTTNV",
        "httnv",
        "ĐỦ TƯ CÁCH, HTTNV",
        "Ðủ  tư cách hoàn\nthành tốt nhiệm vụ",
    ],
)
def test_spellings_of_a_member_level(year, written):
    assert year.counts(members([2017, "M1", None, written])) == {"created": 1}
    assert MemberLine.objects.get(member__code="M1").decided.code == "HTTNV"


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ([2017, "A.X1", None, "Khá"], ("Mức xếp loại", "bad_choice")),
        ([2017, "A.X1", "Khá", STRONG], ("Tự xếp loại", "bad_choice")),
        ([2017, "A.X1", None, "HTXSNV"], ("Mức xếp loại", "bad_choice")),
        ([2017, "KHONG", None, STRONG], ("Mã", "unknown_code")),
        ([2018, "A.X1", None, "HTTNV"], ("Năm", "wrong_year")),
        ([1999, "A.X1", None, "HTTNV"], ("Năm", "wrong_year")),
        (["hai nghìn", "A.X1", None, "HTTNV"], ("Năm", "bad_number")),
        ([2017, "A", None, STRONG], ("Mã", "not_in_roster")),
        ([2017, None, "tsvm", STRONG], ("Mã", "required")),
    ],
)
def test_faults_of_ratings(year, row, error):
    assert year.errors(orgs(row)) == [(2, *error)]


@pytest.mark.once
def test_a_wrong_level_costs_no_statement_of_its_own(year):
    with CaptureQueriesContext(connection) as one:
        year.errors(members([2017, "M1", None, "Khá"]))
    with CaptureQueriesContext(connection) as many:
        year.errors(members(*([2017, "M1", None, f"Khá {number}"] for number in range(20))))
    assert len(many) == len(one)


def test_another_year_than_asked_for_and_a_key_given_twice(year):
    row = [2017, "A.X1", None, STRONG]
    assert year.errors(orgs(row), year=2018) == [(2, "Năm", "wrong_year")]
    assert year.errors(orgs(row, row)) == [(3, "Mã", "duplicate")]


def test_ratings_are_placed_as_on_31_december(year):
    moved = ["A.X1", "Xã A1", "B", GRASSROOTS, "Đảng bộ", None, None, None, "1/1/2018"]
    year({"s": [ORGANIZATIONS, moved]})
    assert year.counts(orgs([2017, "A.X1", None, STRONG]), unit="A") == {"created": 1}
    assert year.errors(orgs([2017, "A.X1", None, STRONG]), unit="B") == [(2, "Mã", "outside_unit")]
    assert year.errors(members([2017, "M9", None, "HTTNV"]), unit="A") == [
        (2, "Mã đảng viên", "outside_unit")
    ]


def test_a_closed_year_is_locked_at_the_changed_column(year):
    year(orgs([2017, "A.X1", None, STRONG]))
    periods.close_year(2017, by=year.by, reason="thử")
    assert year.counts(orgs([2017, "A.X1", None, STRONG])) == {"unchanged": 1}
    assert year.errors(orgs([2017, "A.X1", None, "HTTNV"])) == [(2, "Mức xếp loại", "locked")]
    assert year.errors(orgs([2017, "A.X1", "TSVM", "HTTNV"])) == [(2, "Tự xếp loại", "locked")]
    assert year.errors(totals([2017, "B", GRASSROOTS, STRONG, 3])) == [(2, "Số lượng", "locked")]


def test_an_exempt_member_has_no_level(year):
    year({"s": [MEMBERS, ["M1", "A Một", "1/2/2010", "A.X1.1", None, None, None, "x"]]})
    assert year.errors(members([2017, "M1", None, "HTTNV"])) == [(2, "Mức xếp loại", "inconsistent")]
    assert year.counts(members([2017, "M1", None, None, "Miễn sinh hoạt"])) == {"created": 1}


def test_what_needs_a_reason_is_neither_error_nor_warning(year):
    for rated in (2018, 2019):
        periods.open_year(rated, by=year.by)
    year(orgs([2018, "A.X1.1", None, "HTNV"]))
    sheet = year(orgs([2019, "A.X1", "HTNV", "HTXSNV"], [2019, "A.X1.1", None, "HTXSNV"])).sheets[0]
    assert (sheet.errors, sheet.warnings) == ([], [])
    assert decided("A.X1.1", 2019) == "HTXSNV"


def test_registers_and_ratings_in_one_load_and_faults_do_not_spread(year):
    added = [MEMBERS, ["M5", "A Năm", 2015, "A.X1.1"], ["M6", "A Sáu", 2018, "A.X1.1"]]
    rated = [MEMBER_RATINGS, [2017, "M5", None, "HTTNV"]]
    assert year.errors({"dv": added, "xl": [*rated, [2017, "M6", None, "HTTNV"]]}) == [
        (3, "Mã đảng viên", "not_in_roster")
    ]
    faulty = [MEMBERS, ["M5", None, 2015, "A.X1.1"]]
    assert year.errors({"dv": faulty, "xl": rated}) == [(2, "Họ và tên", "required")]
    assert year.counts({"dv": added, "xl": rated}) == {"created": 3}
    assert MemberLine.objects.get(member__code="M5").decided.code == "HTTNV"


def test_open_years_follow_the_registers_and_closed_ones_do_not(year):
    periods.close_year(2017, by=year.by, reason="thử")
    periods.open_year(2018, by=year.by)
    gone = ["M1", "A Một", "1/2/2010", "A.X1.1", None, "1/1/2017", "Từ trần"]
    year({"s": [MEMBERS, gone]})
    lines = MemberLine.objects.filter(member__code="M1", dropped=False)
    assert [line.year_id for line in lines] == [2017]


def test_totals_of_a_year_never_opened(province):
    rows = totals(
        [2014, "A", GRASSROOTS, "TSVM", 30, 40],
        [2014, "A", GRASSROOTS, "YK", 2, 40],
        [2014, "A", "Đảng viên", "HTTNV", "1.850"],
    )
    assert province.counts(rows) == {"created": 3}
    assert RatingYear.objects.get().state == "reported"
    assert set(Tally.objects.filter(is_reported=True).values_list("subject", "key", "count")) == {
        ("grassroots", "TSVM", 30),
        ("grassroots", "YK", 2),
        ("grassroots", "total", 40),
        ("member", "HTTNV", 1850),
    }
    assert province.counts(rows) == {"unchanged": 3}
    assert province.counts(totals([2014, "A", GRASSROOTS, "TSVM", 31])) == {"updated": 1}
    assert province.errors(orgs([2014, "A.X1", None, "TSVM"])) == [(2, "Năm", "wrong_year")]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ([2014, "A", GRASSROOTS, "TSVM", "ba mươi"], ("Số lượng", "bad_number")),
        ([2014, "A", GRASSROOTS, "TSVM", -5], ("Số lượng", "bad_number")),
        ([2014, "A", "Chi đoàn", "TSVM", 5], ("Đối tượng", "bad_choice")),
        ([2014, "A", GRASSROOTS, "HTXSNV", 5], ("Mức xếp loại", "bad_choice")),
        ([2014, "A", GRASSROOTS, "TSVM", None], ("Số lượng", "required")),
        ([2013, "A", GRASSROOTS, "TSVM", 5], ("Năm", "wrong_year")),
        ([2014, "KHONG", GRASSROOTS, "TSVM", 5], ("Mã", "unknown_code")),
    ],
)
def test_faults_of_totals(province, row, error):
    assert province.errors(totals(row)) == [(2, *error)]


def test_totals_beside_ratings_or_other_totals_are_inconsistent(year):
    year(orgs([2017, "A.X1", None, STRONG]))
    assert year.errors(totals([2017, "A", GRASSROOTS, STRONG, 3])) == [(2, "Mã", "inconsistent")]
    assert year.counts(totals([2017, "A", AFFILIATED, STRONG, 3])) == {"created": 1}
    assert year.errors(totals([2017, "A.X1", AFFILIATED, STRONG, 1])) == [(2, "Mã", "inconsistent")]
    assert year.errors(orgs([2017, "A.X1.1", None, STRONG])) == [(2, "Mã", "inconsistent")]
    both = {
        "t": [TOTALS, [2017, "B", GRASSROOTS, STRONG, 1]],
        "r": [ORGANIZATION_RATINGS, [2017, "B.X1", None, STRONG]],
    }
    assert year.errors(both) == [(2, "Mã", "inconsistent")]
    above_and_below = [[2017, code, "Đảng viên", "HTTNV", 1] for code in ("B", "B.X1")]
    assert year.errors(totals(*above_and_below)) == [(3, "Mã", "inconsistent")]


def test_an_officer_loads_drafts_of_the_own_unit_until_it_is_submitted(year):
    user = factories.user(Role.OFFICER, Organization.objects.get(code="A"))
    by = Actor.of(user)
    limits = {"by": by, "unit": "A", "hides": True}
    assert errors(year(orgs([2017, "B.X1", None, STRONG]), **limits)) == [(2, "Mã", "unknown_code")]
    assert year(orgs([2017, "A.X1", None, STRONG]), **limits).applied
    assert not OrganizationLine.objects.get(code="A.X1").accepted
    Submission.objects.filter(unit__code="A").update(state="accepted")
    assert errors(year(orgs([2017, "A.X1", None, "HTTNV"]), **limits)) == [(2, "Mức xếp loại", "locked")]
    assert not year(orgs([2017, "A.X1", None, STRONG]), **limits).has_errors


def test_what_the_action_refuses_is_an_error_and_stores_nothing(year, monkeypatch):
    monkeypatch.setattr(ratings, "entry_faults", lambda *args, **options: ["không được"])
    assert year.errors(orgs([2017, "A.X1", None, STRONG])) == [(2, "Mức xếp loại", "inconsistent")]
    assert decided("A.X1") is None


def test_what_changes_after_the_plan_is_refused_by_the_same_judge(year, monkeypatch):
    user = factories.user(Role.OFFICER, Organization.objects.get(code="A"))
    limits = {"by": Actor.of(user), "unit": "A", "hides": True}
    apply = Ratings.apply

    def submitted_meanwhile(self):
        Submission.objects.filter(unit__code="A").update(state="submitted", submitted_at=timezone.now())
        apply(self)

    monkeypatch.setattr(Ratings, "apply", submitted_meanwhile)
    loaded = year(orgs([2017, "A.X1", None, STRONG]), **limits)
    assert errors(loaded) == [(2, "Mức xếp loại", "inconsistent")]
    assert decided("A.X1") is None


def test_all_kinds_at_once(year):
    assert year.errors(
        {
            "a": [ORGANIZATIONS, ["N", "Mới", "KHONG", GRASSROOTS, "Đảng bộ"]],
            "b": [VILLAGES, ["V", "Thôn", "Khu", "A.X1"]],
            "c": [HEADS, ["A.T1", "B", "?", None, None, 2018]],
            "d": [MEMBERS, ["M5", "A", "32/1/2015", "A.X1.1"]],
            "e": [ORGANIZATION_RATINGS, [2018, "A.X1", None, "HTTNV"]],
            "f": [MEMBER_RATINGS, [2017, "M77", None, "HTTNV"]],
            "g": [TOTALS, [2014, "A", GRASSROOTS, "TSVM", 1.5]],
        }
    ) == [
        (2, "Mã cấp trên", "unknown_code"),
        (2, "Loại", "bad_choice"),
        (2, "Đảng viên", "bad_choice"),
        (2, "Ngày kết nạp", "bad_date"),
        (2, "Năm", "wrong_year"),
        (2, "Mã đảng viên", "unknown_code"),
        (2, "Số lượng", "bad_number"),
    ]


def test_a_faulty_register_beside_ratings_is_an_error_and_no_crash(year):
    """The old head's row cannot close the term, so the new one would meet it in the database."""
    assert year.errors(
        {
            "tt": [
                HEADS,
                ["A.T1", "A Một", "x", "M1", "x", "1/1/2015", "30/2/2017"],
                ["A.T1", "Y Mới", None, None, None, "1/7/2017"],
            ],
            "xl": [ORGANIZATION_RATINGS, [2017, "A.X1", None, "Khá"], [2017, "A.X2", None, STRONG]],
        }
    ) == [(2, "Đến ngày", "bad_date"), (2, "Mức xếp loại", "bad_choice")]


def test_the_whole_province_as_the_unit(year):
    assert year.counts(orgs([2017, "A.X1", None, STRONG]), unit="KT") == {"created": 1}
    assert year.errors(orgs([12345, "A", None, STRONG]), unit="B") == [(2, "Mã", "outside_unit")]


def test_children_of_a_faulty_row_are_not_missed_in_the_roster(year):
    assert year.errors(
        {
            "tc": [
                ORGANIZATIONS,
                ["N", None, "A", GRASSROOTS, "Đảng bộ"],
                ["N.1", "Chi bộ", "N", AFFILIATED, "Chi bộ"],
            ],
            "dv": [MEMBERS, ["M5", "A Năm", 2015, "N.1"], ["M1", None, "1/2/2010", "A.X1.1"]],
            "xl": [ORGANIZATION_RATINGS, [2017, "N.1", None, STRONG], [2017, "N", None, STRONG]],
            "dvxl": [MEMBER_RATINGS, [2017, "M5", None, "HTTNV"], [2017, "M1", None, "HTTNV"]],
        }
    ) == [(2, "Tên tổ chức đảng", "required"), (3, "Họ và tên", "required")]
