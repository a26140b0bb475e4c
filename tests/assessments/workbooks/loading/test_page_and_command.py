"""The page's plan and `load --check --json` find the same in the same files, for every code."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from assessments.review.years.actions import close_year, open_year
from assessments.roster.models.lines import MemberLine
from members.models import Member
from resolution03.lib.commands import Refused
from resolution03.lib.workbooks.faults import ORDER, UNDECIDED
from tests import factories
from tests.assessments.year import opened
from tests.workbooks import (
    GRASSROOTS,
    HEADS,
    MEMBER_RATINGS,
    MEMBERS,
    ORGANIZATION_RATINGS,
    ORGANIZATIONS,
    TOTALS,
    VILLAGES,
    book,
)

pytestmark = pytest.mark.once


NAMELESS = [one for one in MEMBERS if one != "Họ và tên"]
SUM = ["Cộng", None, None, None, 6, None]
SPLIT = (("HTTNV", 5, 9), ("HTNV", 1, 8))


def member(code="M1", name="A Mới", admitted="1/2/2010", cell="A.X01.1", *rest):
    return [code, name, admitted, cell, *rest]


def rated(*row):
    return {"XL": [ORGANIZATION_RATINGS, row]}


def persons(*rows):
    return {"ĐV": [MEMBERS, *rows]}


FILES: list[tuple[str, dict]] = [
    ("required", persons(member(name=None), member("M2"))),
    ("formula", persons(member(name="=1+1"), member("M2", "'=A1"))),
    ("bad_code", persons(*map(member, ("ZZ/1", "-Z", "Z 2", "Z" * 61, 12345678901234567890, 1.5)))),
    ("bad_date", persons(member(admitted="31/2/2010"), member("M2", admitted="hôm qua"))),
    ("bad_number", {"TH": [TOTALS, [2014, "A", "Đảng viên", "HTTNV", "năm", 9]]}),
    ("bad_choice", {"T": [VILLAGES, ["V9", "Thôn", "Khu", "A.X01"]]}),
    ("bad_choice", rated(2018, "A.X01", None, "TSVM tiêu biểu", None)),
    ("unknown_code", persons(member(cell="A.X99"), member("M2", cell="А.X01.1"))),
    ("wrong_year", rated(2003, "A.X01", None, "HTTNV", None)),
    ("locked", rated(2017, "A.X01", None, "HTTNV", None)),
    ("not_in_roster", rated(2018, "A.X09", None, "HTTNV", None)),
    ("inconsistent", {"XL": [MEMBER_RATINGS, [2018, "MIEN", None, "HTTNV", None]]}),
    ("inconsistent", {"TC": [ORGANIZATIONS, ["A.X01", "Xã", "A.X01.1", GRASSROOTS, "Đảng bộ"]]}),
    ("inconsistent", {"TT": [HEADS, ["T.A.1", "A", None, None, None, "1/1/2016", "1/1/2015"]]}),
    ("inconsistent", {"TH": [TOTALS, *([2014, "A", "Đảng viên", *rest] for rest in SPLIT)]}),
    ("duplicate", persons(member(), member())),
    ("missing_column", {"ĐV": [NAMELESS, ["M1", "1/2/2010", "A.X01.1"]]}),
    ("unknown_column", {"ĐV": [[*MEMBERS, "Quê quán"], member()]}),
    ("unreadable", {"S": [["không có gì"], ["ở đây cả"]]}),
    ("before_cell", persons(member(cell="A.X01.9"))),
    ("early_official", persons([*member(), "1/3/2010"])),
    ("mark_differs", {"TT": [HEADS, ["T.A.9", "A", "x", "SAU", None, "1/1/2016"]]}),
    ("hidden_sheet", persons(member()) | {"Ẩn": [MEMBERS, member("M2")]}),
    ("no_header", persons(member()) | {"Ghi chú": [["lời dặn"], ["dòng hai"]]}),
    ("total_differs", {"TH": [TOTALS, [2014, "A", "Đảng viên", "HTTNV", 5, 5], SUM]}),
]
ASKED_ON_THE_PAGE = {"unreadable", "no_header"}
"""What a page asks its user about; there it is a question, or the file's own words."""


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    cell = world.alpha.cells[0]
    Member.objects.filter(pk=factories.member(cell, code="MIEN").pk).update(is_exempt=True)
    factories.member(cell, code="SAU", admitted_on=date(2017, 1, 1))
    factories.cell(world.alpha.commune, code="A.X01.9", established_on=date(2015, 1, 1))
    factories.organization(world.alpha.unit, code="A.X09", dissolved_on=date(2012, 1, 1))
    factories.village(world.alpha.commune, cell, code="T.A.9")
    by = Actor(name="thử nghiệm")
    open_year(2017, by=by)
    close_year(2017, by=by, reason="thử")
    return opened(world)


def by_command(path, capsys) -> list:
    try:
        call_command("load", str(path), "--check", "--json")
    except Refused:
        pass
    return json.loads(capsys.readouterr().out)["sheets"]


def by_page(client, user, path) -> list:
    client.force_login(user)
    file = SimpleUploadedFile(path.name, path.read_bytes())
    answer = client.post(reverse("assessments:upload"), {"files": [file]})
    assert answer.status_code == 302, (path.name, answer.status_code)
    batch = answer.url.split("/upload/")[1].split("/")[0]
    answer = client.get(reverse("assessments:upload_plan", args=[batch]))
    assert answer.status_code == 200, path.name
    return answer.context["batch"].sheets


def found(sheets) -> dict[str, list]:
    return {
        name: [
            tuple(fault[key] for key in ("row", "column", "value", "code", "message"))
            for sheet in sheets
            for fault in sheet[name] or ()
            if fault["code"] != UNDECIDED
        ]
        for name in ("errors", "warnings")
    }


def test_every_code_is_tried():
    assert set(ORDER) - {UNDECIDED, "outside_unit"} <= {code for code, _sheets in FILES}


def test_page_and_command_find_the_same(client, entry, capsys, tmp_path):
    for number, (code, sheets) in enumerate(FILES):
        path = book(tmp_path / f"{number}-{code}.xlsx", sheets, hidden=("Ẩn",))
        commanded, shown = by_command(path, capsys), by_page(client, entry.board, path)
        wanted, got = found(commanded), found(shown)
        codes = {fault[3] for faults in wanted.values() for fault in faults}
        assert code in codes, (path.name, wanted)
        if code not in ASKED_ON_THE_PAGE:
            assert got == wanted, path.name
            counts = ("kind", "rows", "created", "updated", "unchanged", "skipped")
            assert [[sheet[key] for key in counts] for sheet in shown] == [
                [sheet[key] for key in counts] for sheet in commanded
            ], path.name


def test_an_officer_meets_outside_the_unit_what_nobody_knows(client, entry, capsys, tmp_path):
    """`outside_unit` is the command's; on a page what lies outside does not exist."""
    sheets = persons(member("B1", "Y Beta", cell="B.X01.1"))
    path = book(tmp_path / "ngoài.xlsx", sheets)
    with pytest.raises(Refused):
        call_command("load", str(path), "--check", "--json", "--unit", "A")
    [sheet] = json.loads(capsys.readouterr().out)["sheets"]
    assert [fault["code"] for fault in sheet["errors"]] == ["outside_unit"]
    officer = factories.user(Role.OFFICER, entry.submission.unit)
    assert [fault[3] for fault in found(by_page(client, officer, path))["errors"]] == ["unknown_code"]


def test_a_level_of_an_exempt_member_is_an_error_of_the_plan(client, entry, tmp_path):
    """`cases/d1_exempt_rated_500`: what refuses carries its rule and must be copied with it."""
    line = MemberLine.objects.get(year=2018, member__code="MIEN")
    path = book(tmp_path / "miễn.xlsx", {"XL": [MEMBER_RATINGS, [2018, "MIEN", None, "HTNV", None]]})
    got = found(by_page(client, entry.officer, path))
    assert [fault[:4] for fault in got["errors"]] == [(2, "Mức xếp loại", "HTNV", "inconsistent")]
    line.refresh_from_db()
    assert line.decided is None
