"""The command `report` and the page of reports."""

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.management.commands.report import Command
from assessments.reports import declared
from assessments.reports.issued.models import IssuedReport
from assessments.rules.models.years import RatingYear
from orgs.models import AuditEntry
from tests import factories
from tests.assessments.office_files import readable
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


def test_the_board_chooses_the_province_or_a_unit_of_the_year(year, world, client_of):
    client = client_of(factories.user(Role.BOARD, world.province))
    page = client.get(reverse("assessments:reports"), follow=True).content.decode()
    assert reverse("assessments:report", args=[2018, SLUG]) in page
    listing = reverse("assessments:reports_year", args=[2018])
    for code in ("A", "B", "U1", "U12"):
        assert f'<option value="{code}"' in page
        of_unit = client.get(listing, {"unit": code}).content.decode()
        assert reverse("assessments:unit_report", args=[2018, SLUG, code]) in of_unit
    assert client.get(listing, {"unit": "A.X01"}).status_code == 404


def test_every_report_of_the_year_is_offered(year, world, client_of):
    listing = reverse("assessments:reports_year", args=[2018])
    for role, of_persons in ((Role.BOARD, True), (Role.VIEWER, False)):
        page = client_of(factories.user(role, world.province)).get(listing).content.decode()
        for report in declared.REPORTS:
            name = "person_report" if report.is_of_persons else "report"
            address = reverse(f"assessments:{name}", args=[2018, report.slug])
            assert (f'href="{address}"' in page) is (of_persons or not report.is_of_persons)


@pytest.fixture
def persons_of(year, world, client_of):
    """A function that asks for a list of persons, of the own scope or of a unit."""

    def ask(role, at, purpose=None, slug="members-list", unit=""):
        name, *arguments = ("unit_person_report", unit) if unit else ("person_report",)
        address = reverse(f"assessments:{name}", args=[2018, slug, *arguments])
        client = client_of(factories.user(role, at))
        return client.get(address) if purpose is None else client.post(address, {"purpose": purpose})

    return ask


def test_a_list_of_persons_leaves_with_its_purpose_only(persons_of, world):
    assert b"Y Alpha" not in persons_of(Role.BOARD, world.province).content
    for typed in ("", "   ", "x" * 301):
        answer = persons_of(Role.BOARD, world.province, typed)
        assert answer.status_code == 200 and "text/html" in answer["Content-Type"]
    assert not IssuedReport.objects.exists()
    found = readable(persons_of(Role.BOARD, world.province, "Rà soát  nhiệm kỳ").content)
    assert "Y Alpha 1" in found and "Y Beta 1" in found
    issued = IssuedReport.objects.get()
    assert (issued.is_of_persons, issued.purpose) == (True, "Rà soát nhiệm kỳ")
    assert AuditEntry.objects.get(action="report.download").reason == "Rà soát nhiệm kỳ"


def test_an_officer_takes_the_persons_of_the_own_unit_only(persons_of, world):
    for unit in ("", "A"):
        answer = persons_of(Role.OFFICER, world.alpha.unit, "Rà soát", unit=unit)
        found = readable(answer.content)
        assert "Y Alpha 1" in found and "Beta" not in found
    assert persons_of(Role.OFFICER, world.alpha.unit, "Rà soát", unit="B").status_code == 404
    assert persons_of(Role.OFFICER, world.alpha.commune, "Rà soát").status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMINISTRATOR])
def test_who_may_not_see_persons_takes_none(persons_of, world, role):
    assert persons_of(role, world.province, "Rà soát").status_code == 403


def test_a_list_of_persons_has_no_address_without_a_purpose(persons_of, world, client_of):
    client = client_of(factories.user(Role.BOARD, world.province))
    assert client.get(reverse("assessments:report", args=[2018, "members-list"])).status_code == 404
    assert persons_of(Role.BOARD, world.province, "x", slug="steering-committee").status_code == 404


def test_where_no_names_are_stored_there_is_no_list_of_persons(persons_of, world, settings, capsys, tmp_path):
    settings.STORE_NAMES = False
    assert persons_of(Role.BOARD, world.province, "Rà soát").status_code == 404
    assert "members-list" not in run(capsys, "--list")[1]
    answer = run(capsys, "members-list", 2018, "--purpose", "x", "--out", tmp_path / "x.xlsx")
    assert answer[0] == 2 and not [*tmp_path.iterdir()]


def test_the_command_asks_for_the_purpose_too(year, capsys, tmp_path):
    path = tmp_path / "x.xlsx"
    for purpose in ([], ["--purpose", "  "], ["--purpose", "x" * 301]):
        status, out, err = run(capsys, "members-list", 2018, *purpose, "--out", path)
        assert (status, out, len(err)) == (2, "", 1)
    assert run(capsys, "members-list", 2018, "--purpose", "Rà soát", "--out", path) == (0, "", [])
    assert IssuedReport.objects.get().purpose == "Rà soát"


def test_an_unknown_year_or_report_is_not_found(year, world, client_of):
    client = client_of(factories.user(Role.BOARD, world.province))
    for arguments in ([2015, SLUG], [2018, "unknown"]):
        assert client.get(reverse("assessments:report", args=arguments)).status_code == 404
