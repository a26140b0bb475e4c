"""`load --annotate`: the first workbook back with its errors marked."""

import json

import openpyxl
import pytest
from django.core.management import call_command

from assessments.rules.models.years import RatingYear
from orgs.models import Organization
from resolution03.lib.commands import Refused, UsageError
from tests.lib.rich_workbooks import packed, unpacked
from tests.places import ROOT
from tests.workbooks import PROVINCE_SHEETS, TREE, VILLAGES, book

SAMPLES = ROOT.parent / "shared" / "samples"
WRONG = {"s": [["tựa"], VILLAGES, ["V", "Thôn", "Khu", "X"], ["V9"]]}


@pytest.fixture
def run(db, capsys):
    """Run `load` and give (exit status, standard output, standard error)."""

    def run(*arguments):
        status = 0
        try:
            call_command("load", *map(str, arguments))
        except Refused as refused:
            status = refused.returncode
        return status, *capsys.readouterr()

    return run


def comments(path, sheet):
    return {
        cell.coordinate: cell.comment.text
        for row in openpyxl.load_workbook(path)[sheet].iter_rows()
        for cell in row
        if cell.comment
    }


def test_the_document_and_the_status_are_the_same(run, tmp_path):
    path, out = book(tmp_path / "a.xlsx", WRONG), tmp_path / "out.xlsx"
    plain = run(path, "--json")
    marked = run(path, "--json", "--annotate", out)
    assert plain[:2] == marked[:2] and plain[0] == 1
    cells = [e["row"] for e in json.loads(plain[1])["sheets"][0]["errors"]]
    assert cells == [3, 4] and set(comments(out, "s")) == {"C3", "B4"}


def test_the_marked_file_gives_the_same_answer(run, tmp_path):
    path, out = book(tmp_path / "a.xlsx", WRONG), tmp_path / "out.xlsx"
    first = json.loads(run(path, "--json", "--annotate", out)[1])
    again = json.loads(run(out, "--json", "--annotate", tmp_path / "again.xlsx")[1])
    assert [sheet | {"file": ""} for sheet in again["sheets"]] == [
        sheet | {"file": ""} for sheet in first["sheets"]
    ]
    assert comments(tmp_path / "again.xlsx", "s") == comments(out, "s")


def test_the_corrected_file_goes_through_without_a_word_about_the_list(run, tmp_path):
    out = tmp_path / "out.xlsx"
    path = book(tmp_path / "a.xlsx", {"tc": [*TREE, ["A.X9", "Chi bộ 9", "KHONG"]]})
    assert run(path, "--annotate", out)[0] == 1
    corrected = openpyxl.load_workbook(out)
    assert corrected.sheetnames == ["tc", "Lỗi"]
    corrected["tc"].delete_rows(len(TREE) + 1)
    corrected.save(out)
    status, output, _ = run(out, "--json", "--annotate", tmp_path / "clean.xlsx")
    document = json.loads(output)
    assert status == 0 and document["applied"]
    assert [sheet["warnings"] for sheet in document["sheets"]] == [[]]
    assert openpyxl.load_workbook(tmp_path / "clean.xlsx")["Lỗi"]["A2"].value == "Không có lỗi"


def test_without_faults_it_is_an_unchanged_copy(run, tmp_path):
    path, out = book(tmp_path / "a.xlsx", PROVINCE_SHEETS), tmp_path / "out.xlsx"
    assert run(path, "--annotate", out)[0] == 0
    assert out.read_bytes() == path.read_bytes() and Organization.objects.exists()


def test_check_stores_nothing_and_marks_all_the_same(run, tmp_path):
    path, out = book(tmp_path / "a.xlsx", WRONG), tmp_path / "out.xlsx"
    run(path, "--check", "--annotate", out)
    assert len(comments(out, "s")) == 2 and not Organization.objects.exists()


def test_only_the_first_workbook_is_marked(run, tmp_path):
    first = book(tmp_path / "a.xlsx", {"tc": TREE})
    other, out = book(tmp_path / "b.xlsx", WRONG), tmp_path / "out.xlsx"
    assert run(first, other, "--annotate", out)[0] == 1
    assert out.read_bytes() == first.read_bytes()


def test_a_header_without_a_column_is_marked_beside_it(run, tmp_path):
    path, out = book(tmp_path / "a.xlsx", {"s": [VILLAGES[:3], ["V", "Thôn", "Thôn"]]}), tmp_path / "o.xlsx"
    run(path, "--annotate", out)
    assert "Mã đảng bộ xã" in comments(out, "s")["D1"]


def test_what_cannot_be_read_is_said_in_one_line(run, tmp_path):
    path, out = book(tmp_path / "a.xlsx", {"s": [["chỉ có chữ"]]}), tmp_path / "out.xlsx"
    status, output, errors = run(path, "--json", "--annotate", out)
    assert status == 1 and json.loads(output)["sheets"][0]["errors"][0]["code"] == "unreadable"
    assert len(errors.strip().splitlines()) == 1 and not out.exists()


@pytest.mark.parametrize("name", ["a.xlsx", "link.xlsx", ".", "missing/out.xlsx"])
def test_a_place_that_cannot_be_is_wrong_usage_before_anything_is_stored(run, tmp_path, name):
    path = book(tmp_path / "a.xlsx", PROVINCE_SHEETS)
    (tmp_path / "link.xlsx").hardlink_to(path)
    before = path.read_bytes()
    with pytest.raises(UsageError) as refused:
        run(path, "--annotate", tmp_path / name)
    assert refused.value.returncode == 2 and "\n" not in str(refused.value)
    assert not Organization.objects.exists() and path.read_bytes() == before


@pytest.mark.once
@pytest.mark.once
@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples lie beside the project")
def test_the_broken_samples_are_marked_where_they_are_broken(run, tmp_path):
    expected = json.loads((SAMPLES / "broken_dak_ha" / "broken.json").read_text("utf-8"))["files"]
    clean = [SAMPLES / "clean" / f"{name}.xlsx" for name in ("organizations", "villages")]
    assert run(*clean)[0] == 0
    out = tmp_path / "out.xlsx"
    status, output, _errors = run(SAMPLES / "broken_dak_ha" / "broken.xlsx", "--json", "--annotate", out)
    told = [(s["sheet"], e["row"]) for s in json.loads(output)["sheets"] for e in s["errors"]]
    assert status == 1 and len(told) > 30
    marked = openpyxl.load_workbook(out)
    assert {(name, int(cell[1:])) for name in marked.sheetnames for cell in comments(out, name)} >= {
        (error["sheet"], error["row"])
        for error in expected["broken.xlsx"]["errors"]
        if (error["sheet"], error["row"]) in told
    }
    listed = [row[0].value for row in marked["Lỗi"].iter_rows(min_row=2) if row[1].value]
    assert len(listed) >= len(told)
    assert not RatingYear.objects.exists()


def test_a_file_that_cannot_be_marked_gives_the_list_and_one_line(run, tmp_path):
    parts = unpacked(book(tmp_path / "a.xlsx", WRONG))
    name = "xl/_rels/workbook.xml.rels"
    log = b'<Relationship Id="rIdH" Type="http://x/revisionHeaders" Target="revisions/headers.xml"/>'
    parts[name] = parts[name].replace(b"</Relationships>", log + b"</Relationships>")
    path, out = packed(tmp_path / "shared.xlsx", parts), tmp_path / "out.xlsx"
    status, _output, errors = run(path, "--json", "--annotate", out)
    assert status == 1 and len(errors.strip().splitlines()) == 1 and "dùng chung" in errors
    assert [cell.value for cell in openpyxl.load_workbook(out)["Lỗi"]["B"]][:3] == ["Ô", "C3", "B4"]
