"""What a load leaves in bodies that end is told at their `Ngày giải thể`, never an error."""

from datetime import date
from io import StringIO
from json import loads
from random import Random

import pytest
from django.core.management import call_command
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.operations.checkup import findings
from members.models import Member
from members.standing import OF_ORGANIZATIONS
from orgs.models import Organization
from orgs.standing import COVERED
from orgs.standing import VILLAGES as VILLAGES_IN
from resolution03.lib.workbooks.faults import Fault
from tests.assessments.random_acts import example
from tests.assessments.roster.test_follow import randomly
from tests.assessments.workbooks.batches.test_upload import shown, upload, workbook
from tests.assessments.year import opened
from tests.workbooks import AFFILIATED, GRASSROOTS, MEMBERS, ORGANIZATIONS, VILLAGES, book

JULY = "1/7/2019"
CELL = ["A.X1.1", "Chi bộ 1", "A.X1", AFFILIATED, "Chi bộ", None, None, JULY]
COMMUNE = ["A.X1", "Xã A1", "A", GRASSROOTS, "Đảng bộ", None, None, JULY]
pytestmark = pytest.mark.usefixtures("in_english")


def ends(*rows):
    return {"tc": [ORGANIZATIONS, *rows]}


def with_members(*rows):
    return ends(CELL) | {"dv": [MEMBERS, *rows]}


def left(plan) -> dict[str, str]:
    """Where it is told, and what."""
    assert not plan.has_errors, [fault for sheet in plan.sheets for fault in sheet.errors]
    told: list[Fault] = [w for sheet in plan.sheets for w in sheet.warnings if w.code == "left_behind"]
    return {f"{one.row} {one.column}": one.message for one in told}


STILL = "on that day or later it still holds: %s"
AT = "2 Ngày giải thể"
M1 = ["M1", "A Một", "1/2/2010"]
GAP = [None] * 4


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        (ends(CELL), "1 village, 2 members"),
        (ends(COMMUNE), "2 organizations, 2 villages"),
        (ends(COMMUNE, [*CELL[:7], "30/6/2019"]), "1 organization, 2 villages"),
        (with_members([*M1, "A.X1.2"], ["M2", "Y Hai", "3/2011", "A.X1.2"]), "1 village"),
        (with_members([*M1, "A.X1.2", *GAP, "30/6/2019"]), "1 village, 1 member"),
        (with_members([*M1, "A.X1.2", *GAP, "1/9/2019"]), "1 village, 2 members"),
        (with_members([*M1, "A.X1.1", None, "1/7/2019", "Từ trần"]), "1 village, 1 member"),
        (with_members(["N1", "A Sau", "1/9/2019", "A.X1.1"]), "1 village, 3 members"),
        (with_members(["N1", "A Trước", "1/9/2015", "A.X1.1", None, "1/1/2019"]), "1 village, 2 members"),
        (with_members(["M3", "A Ba", 2012, "A.X1.1", *GAP, "1/9/2019"]), "1 village, 3 members"),
        (ends(CELL) | {"t": [VILLAGES, ["A.T1", "Thôn 1", None, "A.X1", "A.X1.2"]]}, "2 members"),
        (ends(CELL) | {"t": [VILLAGES, ["A.T1", "Thôn 1", None, "A.X1", None, None, "30/6/2019"]]},
         "2 members"),
        (ends(CELL) | {"t": [VILLAGES, ["A.T1", "Thôn 1", None, "A.X1", None, None, "1/7/2019"]]},
         "1 village, 2 members"),
        (ends(["A.X9", "Xã 9", "A", GRASSROOTS, "Đảng bộ", None, None, JULY],
              ["A.X9.1", "Chi bộ", "A.X9", AFFILIATED, "Chi bộ", None, "1/9/2019"]), "1 organization"),
    ],
)  # fmt: skip
def test_what_it_still_holds_is_counted_at_the_day_of_its_end(province, sheets, told):
    """On the day or later, after the whole load; the same when it is only checked."""
    checked = left(province(sheets, check=True))
    assert checked[AT] == STILL % told
    plan = province(sheets)
    assert left(plan) == checked and plan.applied
    held = sum(one.after_end().exists() for one in OF_ORGANIZATIONS)
    assert held and "in_ended" in {row["code"] for row in findings()}
    again = province(sheets)
    assert again.counts.total() == again.counts["unchanged"]
    assert left(again) == checked


def test_who_went_before_or_goes_with_it_is_not_left_behind(province):
    sheets = {
        "tc": [ORGANIZATIONS, ["A.X1.2", "Chi bộ 2", "A.X1", None, "Chi bộ", None, None, JULY]],
        "dv": [MEMBERS, ["M3", "A Ba", 2012, "A.X1.1", *GAP, JULY]],
        "t": [VILLAGES, ["A.T2", "Thôn 2", None, "A.X1", None, None, "30/6/2019"]],
    }
    sheets["tc"][1][3] = AFFILIATED
    assert left(province(sheets)) == {}
    assert not any(one.after_end().exists() for one in OF_ORGANIZATIONS)


def test_who_has_moved_on_since_stood_there_on_the_day(province):
    province({"dv": [MEMBERS, [*M1, "B.X1.1", *GAP, "1/9/2019"]]})
    assert left(province(ends(CELL)))[AT] == STILL % "1 village, 2 members"


def test_what_comes_to_a_body_that_has_ended_is_told_at_its_own_row(province):
    """The body has no row in this load; who stays in it unchanged, or leaves it, is no news."""
    Organization.objects.filter(code__in=("A.X1.1", "A.X2")).update(dissolved_on=date(2019, 7, 1))
    rows = [
        [*M1, "A.X1.1"],
        ["M2", "Y Hai", "3/2011", "A.X1.2"],
        ["M3", "A Ba", 2012, "A.X1.1"],
        ["N1", "A Trước", "1/9/2015", "A.X1.1", None, "1/1/2019"],
        ["N2", "A Sau", "1/9/2019", "A.X1.1"],
    ]
    sheets = {
        "dv": [MEMBERS, *rows],
        "t": [VILLAGES, ["A.T2", "Thôn 2", None, "A.X2", "A.X1.1"]],
        "tc": [ORGANIZATIONS, ["A.X2.9", "Chi bộ", "A.X2", AFFILIATED, "Chi bộ"]],
    }
    plan = province(sheets)
    assert plan.applied
    told = [(s.kind, w.row, w.column) for s in plan.sheets for w in s.warnings if w.code == "left_behind"]
    assert sorted(told) == [
        ("members", 4, "Mã chi bộ"), ("members", 6, "Mã chi bộ"),
        ("organizations", 2, "Mã cấp trên"), ("villages", 2, "Mã chi bộ"), ("villages", 2, "Mã đảng bộ xã"),
    ]  # fmt: skip
    assert Member.objects.get(code="N2").cell.code == "A.X1.1"


def test_the_command_tells_it_as_written(province, tmp_path):
    path, out = book(tmp_path / "tc.xlsx", ends(CELL)), StringIO()
    call_command("load", str(path), "--check", "--json", stdout=out)
    (sheet,) = loads(out.getvalue())["sheets"]
    (warning,) = sheet["warnings"]
    assert {key: warning[key] for key in ("row", "column", "value", "code")} == {
        "row": 2, "column": "Ngày giải thể", "value": JULY, "code": "left_behind",
    }  # fmt: skip
    assert set(warning) == {"row", "column", "value", "code", "message"}


def test_the_page_shows_it_before_it_is_confirmed(client, world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    officer = opened(world).officer
    headings = ("Mã", "Tên tổ chức đảng", "Mã cấp trên", "Cấp", "Hình thức", "Ngày giải thể")
    row = ("A.X01.1", "Chi bộ Alpha 1", "A.X01", AFFILIATED, "Chi bộ", JULY)
    answer = upload(client, officer, workbook(row, headings=headings))
    context = shown(client, answer)
    assert [(one.code, one.count) for one in context["batch"].warned] == [("left_behind", 1)]
    page = client.get(f"{answer.url}?status=left_behind")
    assert [one["code"] for one in page.context["planned"]] == ["A.X01.1"]
    assert "3 members" in client.get(f"{answer.url}?look=left_behind").content.decode() or "3 đảng viên" in (
        client.get(f"{answer.url}?look=left_behind").content.decode()
    )


def random_sheets(random: Random) -> dict:
    """Rows that end, move, bring and let go; some of them are faulty."""

    def day() -> str:
        return f"1/{random.randrange(1, 12)}/{random.choice((2018, 2019))}"

    def maybe(value):
        return value if random.random() < 0.5 else None

    cells = ("A.X1.1", "A.X1.2", "B.X1.1", "A.X1.9")
    bodies = [
        ["A.X1", "Xã A1", "A", GRASSROOTS, "Đảng bộ"],
        ["A.X2", "Xã A2", "A", GRASSROOTS, "Đảng bộ"],
        ["A.X1.1", "Chi bộ 1", random.choice(("A.X1", "A.X2")), AFFILIATED, "Chi bộ"],
        ["A.X1.2", "Chi bộ 2", random.choice(("A.X1", "A.X2")), AFFILIATED, "Chi bộ"],
        ["A.X1.9", "Chi bộ 9", random.choice(("A.X1", "A.X2")), AFFILIATED, "Chi bộ"],
    ]
    people = [
        [code, name, admitted, random.choice(cells), None, maybe(day()), None, None, maybe(day())]
        for code, name, admitted in (
            ("M1", "A Một", "1/2/2010"), ("M2", "Y Hai", "3/2011"), ("M3", "A Ba", 2012),
            ("N1", "A Mới", day()),
        )
    ]  # fmt: skip
    villages = [
        [code, name, None, random.choice(("A.X1", "A.X2")), maybe(random.choice(cells)), None, maybe(day())]
        for code, name in (("A.T1", "Thôn 1"), ("A.T2", "Thôn 2"))
    ]
    return {
        "tc": [ORGANIZATIONS, *([*one, None, None, maybe(day()), maybe(day())] for one in bodies)],
        "dv": [MEMBERS, *(one for one in people if random.random() < 0.7)],
        "t": [VILLAGES, *(one for one in villages if random.random() < 0.7)],
    }


def still_held(code: str) -> str:
    """What an organization holds after its end, asked of what is stored."""
    held: dict = {}
    for one in OF_ORGANIZATIONS:
        rows = one.after_end(**{f"{one.body}__code": code})
        counted = VILLAGES_IN.counted if one is COVERED else one.counted
        held.setdefault(counted, set()).update(rows.values_list(one.thing, flat=True))
    return ", ".join(counted(len(things)) for counted, things in held.items() if things)


@randomly(5)
@given(seed=st.integers(0, 10**9))
def test_what_is_told_before_is_what_is_found_after(province, seed):
    """In memory, before anything is stored; in the database, when two loads were stored."""
    random = Random(seed)  # noqa: S311
    applied = 0
    with example():
        for _load in range(3):
            sheets = random_sheets(random)
            checked = province(sheets, check=True)
            if checked.has_errors:
                continue
            plan, applied = province(sheets), applied + 1
            told = {w.row: w.message for s in plan.sheets if s.kind == "organizations" for w in s.warnings
                    if w.code == "left_behind" and w.column == "Ngày giải thể"}  # fmt: skip
            ended = {n: row[0] for n, row in enumerate(sheets["tc"][1:], start=2) if row[7]}
            found = {n: still_held(code) for n, code in ended.items()}
            assert told == {n: STILL % words for n, words in found.items() if words}, sheets
            assert left(checked) == left(plan)
    assume(applied)
