"""The command `report` and the page of reports."""

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.management.commands.report import Command
from assessments.models import RatingYear
from orgs.models import AuditEntry
from tests import factories
from tests.assessments.workbooks import readable
from tests.assessments.years import opened

SLUG = "steering-committee"


@pytest.fixture(autouse=True)
def stay_connected(monkeypatch):
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)


@pytest.fixture
def year(world, actor) -> RatingYear:
    return opened(2018, actor)


def run(capsys, *arguments):
    """(status, standard output, lines of standard error) of `manage.py report …`."""
    status = 0
    try:
        Command().run_from_argv(["manage.py", "report", *map(str, arguments)])
    except SystemExit as left:
        status = left.code
    out, err = capsys.readouterr()
    return status, out, err.splitlines()


def test_lists_the_reports(world, capsys):
    status, out, err = run(capsys, "--list")
    assert (status, err) == (0, []) and SLUG in out


@pytest.mark.parametrize("unit", [[], ["--unit", "A"], ["--unit", "KT"]])
def test_writes_the_workbook_of_the_province_and_of_a_unit(year, capsys, tmp_path, unit):
    path = tmp_path / "báo cáo.xlsx"
    assert run(capsys, SLUG, 2018, *unit, "--out", path) == (0, "", [])
    assert openpyxl.load_workbook(path).sheetnames[0] == "Mục tiêu"
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    assert AuditEntry.objects.get(action="report.download").after["report"] == SLUG


@pytest.mark.parametrize(
    "arguments",
    [
        ("unknown", 2018, "--out", "x.xlsx"),
        (SLUG, 2018),
        (SLUG, "--out", "x.xlsx"),
        (SLUG, 2015, "--out", "x.xlsx"),
        (SLUG, "abc", "--out", "x.xlsx"),
        (SLUG, 2018, "--unit", "A.X01", "--out", "x.xlsx"),
        (SLUG, 2018, "--unit", "nowhere", "--out", "x.xlsx"),
        (SLUG, 2018, "--out", "missing/x.xlsx"),
        (SLUG, 2018, "--out", "."),
        (),
    ],
)
def test_wrong_usage_is_one_line(year, capsys, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *arguments)
    assert (status, out, len(err)) == (2, "", 1)
    assert not AuditEntry.objects.filter(action="report.download").exists()
    assert list(tmp_path.iterdir()) == []


def test_a_download_leaves_its_trace(year, world, client_of):
    viewer = factories.user(Role.VIEWER, world.province)
    answer = client_of(viewer).get(reverse("assessments:report", args=[2018, SLUG]))
    assert answer.status_code == 200
    assert "steering-committee-2018.xlsx" in answer["Content-Disposition"]
    entry = AuditEntry.objects.get(action="report.download")
    assert (entry.actor, entry.object_code, entry.after["unit"]) == (viewer, "2018", "")
    assert len(entry.after["sha256"]) == 64


def test_an_officer_downloads_the_own_unit_only(year, world, client_of):
    client = client_of(factories.user(Role.OFFICER, world.alpha.unit))
    page = client.get(reverse("assessments:reports_year", args=[2018])).content.decode()
    assert reverse("assessments:unit_report", args=[2018, SLUG, "A"]) in page
    assert f'"{reverse("assessments:report", args=[2018, SLUG])}"' not in page
    own = client.get(reverse("assessments:unit_report", args=[2018, SLUG, "A"]))
    assert own.status_code == 200 and "Beta" not in readable(own.content)
    assert client.get(reverse("assessments:unit_report", args=[2018, SLUG, "B"])).status_code == 404
    assert client.get(reverse("assessments:report", args=[2018, SLUG])).status_code == 403
    assert AuditEntry.objects.filter(action="report.download").count() == 1


def test_an_officer_of_a_part_of_a_unit_gets_no_workbook_of_the_whole(year, world, client_of):
    client = client_of(factories.user(Role.OFFICER, world.alpha.commune))
    assert client.get(reverse("assessments:unit_report", args=[2018, SLUG, "A"])).status_code == 404


def test_the_board_sees_every_unit_of_the_year(year, world, client_of):
    client = client_of(factories.user(Role.BOARD, world.province))
    page = client.get(reverse("assessments:reports"), follow=True).content.decode()
    for code in ("A", "B", "U1", "U12"):
        assert reverse("assessments:unit_report", args=[2018, SLUG, code]) in page


def test_an_unknown_year_or_report_is_not_found(year, world, client_of):
    client = client_of(factories.user(Role.BOARD, world.province))
    for arguments in ([2015, SLUG], [2018, "unknown"]):
        assert client.get(reverse("assessments:report", args=arguments)).status_code == 404
