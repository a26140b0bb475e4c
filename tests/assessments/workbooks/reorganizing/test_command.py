"""`manage.py reorganize`: statuses, one line of usage, the document, taking back."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from orgs.models import Organization
from tests.assessments.workbooks.reorganizing.plans import JULY, plan, row
from tests.workbooks import ORGANIZATIONS, book


@pytest.fixture
def file(tmp_path):
    """A function that writes sheets to a file."""
    return lambda sheets, name="sx.xlsx": str(book(tmp_path / name, sheets))


def run(*arguments) -> tuple[int, dict]:
    """Status and document."""
    out, status = StringIO(), 0
    try:
        call_command("reorganize", *arguments, "--json", stdout=out)
    except CommandError as error:
        status = error.returncode
    return status, json.loads(out.getvalue() or "{}")


def test_checked_carried_out_and_taken_back(province, file):
    path = file(plan(*JULY))
    status, seen = run(path, "--check")
    assert (status, seen["applied"], seen["number"], len(seen["bodies"])) == (0, False, None, 3)
    status, done = run(path)
    assert (status, done["applied"], done["left_behind"]) == (0, True, []) and "sheets" not in done
    assert list(done) == ["number", "applied", "bodies", "left_behind", "years"]
    assert list(done["bodies"][0]) == ["old", "new", "what", "children", "members", "villages", "postings"]
    assert run("--undo", str(done["number"]))[0] == 0
    assert not Organization.objects.filter(code="M").exists()
    assert run("--undo", str(done["number"]))[0] == 1


def test_a_bad_plan_says_where(province, file):
    status, told = run(file(plan(row("A.X1", "A.X1.1"))))
    assert (status, told["applied"], told["number"]) == (1, False, None)
    [fault] = told["sheets"][0]["errors"]
    assert (fault["row"], fault["column"], fault["code"]) == (2, "Mã mới", "inconsistent")


def test_what_rests_on_it_is_named(province, file):
    done = run(file(plan(*JULY)))[1]
    under = ["N", "Chi bộ N", "M", None, "Chi bộ"]
    province({"tc": [ORGANIZATIONS, under]})
    with pytest.raises(CommandError, match="N"):
        call_command("reorganize", "--undo", str(done["number"]))
    assert Organization.objects.filter(code="M").exists()


def test_a_workbook_of_another_kind_is_not_stored(province, file):
    path = file({"tc": [ORGANIZATIONS, ["N", "Chi bộ N", "A.X1", None, "Chi bộ"]]})
    assert run(path)[0] == 1 and not Organization.objects.filter(code="N").exists()
    loaded = province({"tc": [ORGANIZATIONS, ["N", "Chi bộ N", "A.X1", None, "Chi bộ"]]})
    assert loaded.applied and run("--undo", "1")[0] == 2


@pytest.mark.parametrize("arguments", [(), ("x.xlsx", "--undo", "3"), ("--undo", "3", "--due")])
def test_usage(db, arguments):
    assert run(*arguments)[0] == 2


def test_a_missing_file_is_one_line(db):
    assert run("khong-co.xlsx")[0] == 2
