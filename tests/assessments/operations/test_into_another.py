"""A province goes into another one: two databases, the commands, and workbooks between them
(docs/into-another-province.md)."""

import json
from datetime import date

import openpyxl
import pytest

from tests import databases
from tests.at_once import process

TREE = ("Mã", "Tên tổ chức đảng", "Mã cấp trên", "Hình thức", "Ngày thành lập")
PEOPLE = ("Mã đảng viên", "Họ và tên", "Ngày kết nạp", "Mã chi bộ")
VILLAGES = ("Mã thôn", "Tên thôn, tổ dân phố", "Mã đảng bộ xã", "Mã chi bộ")
HEADS = ("Mã thôn", "Họ và tên", "Đảng viên", "Từ ngày")
RATINGS = ("Năm", "Mã", "Mức xếp loại")
MEMBER_RATINGS = ("Năm", "Mã đảng viên", "Mức xếp loại")
JOINED = date(2025, 7, 1)
HAND_OUT = """
from accounts.actors import Actor
from accounts.models import Role, User
from assessments.workbooks.prepared import actions
from assessments.workbooks.prepared.sheets import offered
from orgs.models import Organization
user = User(role=Role.BOARD)
for unit in Organization.objects.units():
    content = actions.hand_out(
        by=Actor(name="Ban"), unit=unit, year={year}, stored=None,
        sheets=[sheet for sheet in offered(user, {year}, None) if not sheet.prepared.is_of_year],
    )
    open(f"{folder}/{{unit.code}}.xlsx", "wb").write(content)
"""


class Office:
    """One office: a database of its own, and the command line."""

    def __init__(self, folder, name):
        self.folder, self.file = folder, databases.fresh_file(folder / f"{name}.sqlite3")

    def run(self, *arguments, status=0):
        work = process(["manage.py", *map(str, arguments)], DATABASE_URL=f"sqlite:///{self.file}")
        out, err = work.communicate(timeout=120)
        assert work.returncode == status, err or out
        return out

    def load(self, *files, **options):
        return json.loads(self.run("load", *files, "--json", **options))["sheets"]

    def figures(self, year, *more):
        found = json.loads(self.run("indicators", year, *more, "--json"))["indicators"]
        return {one["code"]: one for one in found}


def workbook(path, **sheets):
    """A workbook of a sheet a kind: the headings, then rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def province(path, code, unit, prefix):
    """A unit with a committee of two cells, four members, a village."""
    commune = f"{unit}.X01"
    tree = [
        (code, f"Đảng bộ tỉnh {code}", "", "Đảng bộ", "1930"),
        (unit, f"Đảng bộ {unit}", code, "Đảng bộ", "1975"),
        (commune, f"Đảng bộ xã {unit}", unit, "Đảng bộ", "1980"),
        *((f"{commune}.0{n}", f"Chi bộ thôn {n}", commune, "Chi bộ", "1990") for n in (1, 2)),
    ]  # fmt: skip
    people = [(f"{prefix}{n}", f"Nguyễn Văn {n}", "3/2/2021", f"{commune}.0{1 + n % 2}") for n in range(1, 5)]
    return workbook(
        path,
        tree=[TREE, *tree],
        people=[PEOPLE, *people],
        villages=[VILLAGES, (f"{commune}.T1", "Thôn 1", commune, f"{commune}.01")],
        heads=[HEADS, (f"{commune}.T1", "A Thử", "x", "1/1/2021")],
    )


def joining(path, old, new):
    """What the office that ends changes in a prepared workbook before it hands it over."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for header in sheet.iter_rows(max_row=30):
            places = {cell.value: cell.column for cell in header if cell.value}
            if "Mã cấp trên" in places:
                _each(
                    sheet, header[0].row, places["Mã cấp trên"], lambda value: new if value == old else value
                )
            if "Ngày chuyển đến" in places and "Mã đảng viên" in places:
                code = places["Mã đảng viên"]
                for row in range(header[0].row + 1, sheet.max_row + 1):
                    if sheet.cell(row, code).value:
                        sheet.cell(row, places["Ngày chuyển đến"]).value = JOINED
                        sheet.cell(row, places["Kết nạp ngoài tỉnh"]).value = "x"
    book.save(path)


def _each(sheet, header, column, change):
    for row in range(header + 1, sheet.max_row + 1):
        cell = sheet.cell(row, column)
        cell.value = change(cell.value)


@pytest.mark.long
@pytest.mark.once
def test_a_province_goes_into_another(tmp_path):
    ending, receiving = Office(tmp_path, "kontum"), Office(tmp_path, "quangngai")
    ending.load(province(tmp_path / "kt.xlsx", "KT", "KTU", "KTDV"))
    receiving.load(province(tmp_path / "qn.xlsx", "QN", "QNU", "QNDV"))
    for office, unit, prefix in ((ending, "KTU", "KTDV"), (receiving, "QNU", "QNDV")):
        office.run("period", "open", 2024)
        office.load(_ratings(tmp_path / f"{unit}.xlsx", unit, prefix))
        office.run("period", "close", 2024)
    receiving.run("period", "open", 2025)
    before = {office: office.figures(2024) for office in (ending, receiving)}
    assert before[ending]["grassroots_strong"]["numerator"] == 1
    open_before = receiving.figures(2025)

    ending.run("backup", tmp_path / "ngay-cuoi.zip")
    ending.run("shell", "-c", HAND_OUT.format(folder=tmp_path, year=2025))
    handed = tmp_path / "KTU.xlsx"
    joining(handed, "KT", "QN")
    checked = receiving.load(handed, "--check")
    assert {sheet["kind"] for sheet in checked} == {"organizations", "villages", "village_heads", "members"}
    assert all(sheet["created"] == sheet["rows"] and not sheet["errors"] for sheet in checked)
    assert receiving.figures(2025) == open_before
    receiving.load(handed)

    figures = receiving.figures(2025)
    for code in ("grassroots_strong", "affiliated_strong", "members_well"):
        assert figures[code]["roster"] == 2 * open_before[code]["roster"], code
    assert figures["village_heads_members"]["denominator"] == 2
    assert receiving.figures(2025, "--unit", "KTU")["members_well"]["roster"] == 4
    assert figures["admissions_term"]["numerator"] == open_before["admissions_term"]["numerator"]
    assert {office: office.figures(2024) for office in (ending, receiving)} == before
    assert "KTU" not in receiving.run("doctor")
    receiving.run("recount", "--check")
    refused = ending.load(_ratings(tmp_path / "late.xlsx", "KTU", "KTDV", "HTNV"), status=1)
    assert refused[0]["errors"][0]["code"] == "locked"


def _ratings(path, unit, prefix, level="HTTNV"):
    commune = f"{unit}.X01"
    bodies = [(2024, code, level) for code in (commune, f"{commune}.01", f"{commune}.02")]
    members = [(2024, f"{prefix}{number}", level) for number in range(1, 5)]
    return workbook(path, bodies=[RATINGS, *bodies], members=[MEMBER_RATINGS, *members])
