import json
import subprocess
import sys

import pytest
from django.core.management import call_command

from assessments.rules.models.years import RatingYear
from orgs.models import AuditEntry, Organization
from resolution03.lib.commands import Refused, UsageError
from tests.places import ROOT
from tests.workbooks import PROVINCE_SHEETS, TREE, VILLAGES, book

KEYS = {
    "file",
    "sheet",
    "kind",
    "header_row",
    "rows",
    "created",
    "updated",
    "unchanged",
    "skipped",
    "errors",
    "warnings",
}


@pytest.fixture
def run(db, tmp_path, capsys):
    """Run `load` and give (exit status, standard output)."""

    def run(*arguments):
        status = 0
        try:
            call_command("load", *map(str, arguments))
        except Refused as refused:
            status = refused.returncode
        return status, capsys.readouterr().out

    return run


def documents(output):
    return json.loads(output)


def test_the_document(run, tmp_path):
    path = book(tmp_path / "a.xlsx", PROVINCE_SHEETS)
    status, output = run(path, "--json", "--as", "hoa")
    document = documents(output)
    assert status == 0 and document["applied"] is True
    assert [sheet["kind"] for sheet in document["sheets"]] == [
        "organizations",
        "villages",
        "members",
        "village_heads",
    ]
    first = document["sheets"][0]
    assert set(first) == KEYS and first["file"] == str(path) and first["sheet"] == "tc"
    assert (first["header_row"], first["rows"], first["created"], first["skipped"]) == (1, 9, 9, 0)
    assert set(AuditEntry.objects.values_list("actor_name", flat=True)) == {"hoa"}


def test_an_error_in_the_document_and_in_words(run, tmp_path):
    path = book(tmp_path / "a.xlsx", {"s": [["tựa"], VILLAGES, ["V", "Thôn", "Khu", "X"], ["V9"]]})
    status, output = run(path, "--json")
    assert status == 1
    [sheet] = documents(output)["sheets"]
    assert [list(error) for error in sheet["errors"]] == [["row", "column", "value", "code", "message"]] * 2
    assert sheet["errors"][0] | {"message": ""} == {
        "row": 3,
        "column": "Loại",
        "value": "Khu",
        "code": "bad_choice",
        "message": "",
    }
    assert sheet["errors"][1]["value"] is None
    status, output = run(path)
    assert status == 1
    assert "a.xlsx" in output and "3" in output and "“Loại”" in output and "[Khu]" in output


def test_check_is_done_and_stores_nothing(run, tmp_path):
    path = book(tmp_path / "a.xlsx", PROVINCE_SHEETS)
    status, output = run(path, "--check", "--json")
    assert status == 0 and documents(output)["applied"] is False
    assert not Organization.objects.exists()


def test_ignore_leaves_a_column_out(run, tmp_path):
    path = book(tmp_path / "a.xlsx", {"s": [[*TREE[0], "Màu sơn, nhà rông"], *TREE[1:]]})
    assert run(path)[0] == 1
    assert run(path, "--ignore", "MÀU SƠN NHÀ RÔNG")[0] == 0


def test_a_file_without_a_table_is_one_entry(run, tmp_path):
    good = book(tmp_path / "good.xlsx", PROVINCE_SHEETS)
    bad = book(tmp_path / "bad.xlsx", {"a": [["chỉ có chữ"]], "b": TREE}, hidden=["b"])
    status, output = run(good, bad, "--json")
    assert status == 1
    entry = documents(output)["sheets"][-1]
    assert set(entry) == KEYS and entry["file"] == str(bad)
    assert [name for name in entry if entry[name] is not None] == ["file", "errors"]
    [error] = entry["errors"]
    assert error["code"] == "unreadable" and error["message"]
    assert (error["row"], error["column"], error["value"]) == (None, None, None)
    assert not Organization.objects.exists()


def test_hidden_and_unknown_sheets_are_warnings(run, tmp_path):
    path = book(tmp_path / "a.xlsx", {"a": [["bìa"]], "b": TREE, "c": [["x"]]}, hidden=["c"])
    status, output = run(path, "--json")
    assert status == 0
    sheets = documents(output)["sheets"]
    assert [(s["sheet"], s["kind"], len(s["warnings"])) for s in sheets] == [
        ("a", None, 1),
        ("b", "organizations", 0),
        ("c", None, 1),
    ]


@pytest.mark.parametrize("name", ["missing.xlsx", ".", "text.xlsx"])
def test_what_is_no_workbook_is_wrong_usage(run, tmp_path, name):
    (tmp_path / "text.xlsx").write_text("chữ")
    with pytest.raises(UsageError, match=str(tmp_path)):
        run(tmp_path / name)


def test_an_unknown_unit_is_wrong_usage(run, tmp_path):
    path = book(tmp_path / "a.xlsx", PROVINCE_SHEETS)
    run(path)
    for unit in ("KHONG", "A.X1"):
        with pytest.raises(UsageError, match=unit):
            run(path, "--unit", unit)
    assert run(path, "--unit", "KT")[0] == 0


@pytest.mark.django_db(transaction=True)
def test_from_a_shell_a_usage_error_is_one_line(tmp_path):
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(ROOT / "manage.py"), "load", str(tmp_path / "no.xlsx"), "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


SAMPLES = ROOT.parent / "shared" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="the sample province is not here")


def sample(folder, *names):
    return [SAMPLES / folder / name for name in names]


def same(run, *arguments):
    """Run and give the numbers of all sheets together."""
    status, output = run(*arguments, "--json")
    sheets = documents(output)["sheets"]
    return status, {
        name: sum(sheet[name] for sheet in sheets) for name in ("created", "updated", "unchanged")
    }


@pytest.mark.long
@needs_samples
def test_the_sample_province_whole(run, capsys):
    base = sample("clean", "organizations.xlsx", "villages.xlsx", "heads.xlsx", "members.xlsx")
    assert same(run, *base) == (0, {"created": 36_869, "updated": 0, "unchanged": 0})
    for year in (2016, 2018):
        call_command("period", "open", str(year))
    broken = SAMPLES / "broken_dak_ha"
    assert run(broken / "ratings_2016_DH.xlsx")[0] == 0
    call_command("period", "close", "2016", "--reason", "chỉ một huyện")
    assert run(*sample("clean", "ratings_2018.xlsx"))[0] == 0
    capsys.readouterr()
    messy = SAMPLES / "messy_dak_ha"
    wanted = json.loads((messy / "manifest.json").read_text("utf-8"))
    files = [messy / name for name in (*wanted["base"], *wanted["ratings"]["2018"]["files"])]
    status, counts = same(run, *files)
    assert status == 0 and (counts["created"], counts["updated"]) == (0, 0)
    for name, expected in json.loads((broken / "broken.json").read_text("utf-8"))["files"].items():
        status, output = run(broken / name, *expected["options"], "--json")
        found = [
            (sheet["sheet"], error["row"], error["column"], error["code"])
            for sheet in documents(output)["sheets"]
            for error in sheet["errors"]
        ]
        wanted_errors = [(e["sheet"], e["row"], e["column"], e["code"]) for e in expected["errors"]]
        assert status == 1 and sorted(found) == sorted(wanted_errors)
    assert RatingYear.objects.count() == 2
