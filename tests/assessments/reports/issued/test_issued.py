"""The ledger: every report that leaves is kept, numbered, and comes out again as it was."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from string import ascii_uppercase
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Role
from assessments.operations.checkup import findings
from assessments.reports import declared
from assessments.reports.issued import actions
from assessments.reports.issued.actions import download, hand_out, issue
from assessments.reports.issued.differences import Names, differences
from assessments.reports.issued.keeping import content_of
from assessments.reports.issued.models import IssuedReport
from assessments.reports.issued.told import told
from assessments.reports.issued.vouching import NotVouchedFor, disagreements
from assessments.review.years.actions import close_year, reopen_year
from assessments.rules.models.years import RatingYear, Submission
from members.models import Member, VillageHead
from orgs.models import AuditEntry
from orgs.versions import writing
from resolution03.lib.commands import Refused
from resolution03.lib.keeping import Lost
from tests import factories, short
from tests.assessments.office_files import readable
from tests.assessments.years import opened, rate, rate_all

REPORT = declared.BY_SLUG["steering-committee"]


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def year(world, actor) -> RatingYear:
    found = opened(2018, actor)
    rate(found, world.alpha.commune, "HTTNV")
    return found


def province(year=2018):
    found = RatingYear.objects.get(pk=year)
    return declared.matter_of(found, found.province, None)


def of_unit(code, year=2018):
    held = Submission.objects.select_related("unit", "year").get(year=year, code=code)
    return declared.matter_of(held.year, held.unit, held)


def files(var):
    return sorted(path.name for path in (var / "reports").glob("*"))


def test_a_report_is_entered_with_everything_that_is_asked_later(year, world, actor, var):
    content = download(REPORT, of_unit("A"), by=actor)
    found = IssuedReport.objects.get()
    assert (found.number, found.year_id, found.unit, found.slug) == (1, 2018, world.alpha.unit, REPORT.slug)
    assert (found.revision, found.by_name, found.is_of_persons) == (0, actor.name, False)
    assert content_of(found) == content and files(var) == [found.stored_as]
    entry = AuditEntry.objects.get(action="report.download")
    assert (entry.unit_id, entry.after["sha256"], entry.after["number"]) == (
        world.alpha.unit.pk,
        found.sha256,
        "1/2018",
    )


def test_the_workbook_tells_its_number(year, actor):
    download(REPORT, of_unit("B"), by=actor)
    text = readable(download(REPORT, province(), by=actor))
    assert "sổ 2/2018" in text and "sổ 1/2018" not in text


def test_the_same_asked_again_is_the_same_file_under_the_same_number(year, actor, var):
    first = download(REPORT, province(), by=actor)
    again = download(REPORT, province(), by=Actor(name="người khác"))
    assert again == first and IssuedReport.objects.count() == 1 and len(files(var)) == 1
    assert AuditEntry.objects.filter(action="report.again").get().actor_name == "người khác"


def test_other_figures_make_another_issue_and_the_first_stays(year, world, actor):
    first = download(REPORT, province(), by=actor)
    rate(year, world.beta.commune, "HTXSNV")
    second = download(REPORT, province(), by=actor)
    assert second != first
    assert [row.number for row in IssuedReport.objects.order_by("number")] == [1, 2]
    assert hand_out(IssuedReport.objects.get(number=1), by=actor) == first


def test_who_asks_for_a_new_one_gets_it(year, actor):
    first = issue(REPORT, province(), by=actor)
    second = issue(REPORT, province(), by=actor, anew=True)
    assert (first.number, second.number) == (1, 2)
    assert AuditEntry.objects.filter(action="report.download").count() == 2


def test_numbers_run_by_year_over_all_reports(year, actor):
    opened(2019, actor)
    issued = [
        issue(REPORT, matter, by=actor) for matter in (of_unit("A"), of_unit("B"), province(2019), province())
    ]
    assert [found.mark for found in issued] == ["1/2018", "2/2018", "1/2019", "3/2018"]


def _counting_one_more(matter) -> bytes:
    """The report of a system that counts one more than its forms show."""
    place = next(place for place in matter.places if place.code == "A")
    matter.board.counts[2018, place.id]["grassroots", "HTTNV"] += 1
    return REPORT.build(matter)


def test_a_report_whose_control_sheet_does_not_agree_is_refused_and_nothing_kept(
    year, actor, var, monkeypatch, client_of, world
):
    bad = replace(REPORT, build=_counting_one_more)
    with pytest.raises(NotVouchedFor, match=r"Mục tiêu!E11.*doctor"):
        issue(bad, province(), by=actor)
    monkeypatch.setitem(declared.BY_SLUG, REPORT.slug, bad)
    monkeypatch.setattr(declared, "REPORTS", (bad,))
    with pytest.raises(Refused, match="Mục tiêu!E11"):
        call_command("report", REPORT.slug, 2018, out=str(var / "a.xlsx"))
    board = client_of(factories.user(Role.BOARD, world.province))
    address = reverse("assessments:report", args=[2018, REPORT.slug])
    answer = board.get(address, follow=True)
    assert "Mục tiêu!E11" in answer.content.decode() and answer.redirect_chain
    assert not IssuedReport.objects.exists() and files(var) == [] and not (var / "a.xlsx").exists()
    assert not AuditEntry.objects.filter(action="report.download").exists()


def test_every_report_vouches_for_itself_in_its_control_sheet(year, actor):
    for report in short.some(declared.REPORTS):
        content = report.build(province())
        assert disagreements(content) == [], report.slug
    plain = BytesIO()
    openpyxl.Workbook().save(plain)
    assert disagreements(plain.getvalue()) == ["Kiểm tra"]
    book = openpyxl.load_workbook(BytesIO(REPORT.build(province())), data_only=True)
    for column, value in (("E", 7), ("F", 7), ("G", 7), ("H", "lệch")):
        kept, book["Kiểm tra"][f"{column}40"] = book["Kiểm tra"][f"{column}40"].value, value
        spoiled = BytesIO()
        book.save(spoiled)
        book["Kiểm tra"][f"{column}40"] = kept
        assert len(disagreements(spoiled.getvalue())) == 1, column


def test_a_report_that_fails_leaves_no_gap_and_no_file(year, actor, var, monkeypatch):
    issue(REPORT, of_unit("A"), by=actor)
    monkeypatch.setattr(actions, "_record", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError), writing():
        issue(REPORT, of_unit("B"), by=actor)
    monkeypatch.undo()
    assert len(files(var)) == 1
    assert issue(REPORT, of_unit("B"), by=actor).number == 2


def test_data_changed_while_building_is_built_again(year, world, actor):
    """Another office saves, and another report takes the number, while the first is being built."""
    calls = []

    def build(matter):
        calls.append(matter.number)
        if len(calls) == 1:
            rate(year, world.beta.commune, "HTXSNV")
            year.version += 1
            year.save()
            issue(REPORT, of_unit("A"), by=actor)
        return REPORT.build(matter)

    found = issue(replace(REPORT, build=build), province(), by=actor)
    assert calls == [1, 2] and found.number == 2
    figure = found.figures["figures"]["grassroots_exemplary"]
    assert figure["lists"]["met"] == ["B.X01"] and "sổ 2/2018" in readable(content_of(found))


def test_the_same_figures_differ_by_number_and_moment_only(year):
    stamp = timezone.now()
    one = replace(province(), stamp=stamp, number=1)
    assert REPORT.build(one) == REPORT.build(replace(province(), stamp=stamp, number=1))
    later = replace(province(), stamp=stamp + timedelta(days=40), number=2)
    cells = [
        {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet for cell in row}
        for book in (_book(one), _book(later))
    ]
    differing = {place for place, value in cells[0].items() if cells[1][place] != value}
    assert {cell.strip(ascii_uppercase) for _sheet, cell in differing} == {"2", "6"}


def _book(matter):
    return openpyxl.load_workbook(BytesIO(REPORT.build(matter)))


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PK")])
def test_a_lost_or_altered_file_is_an_error_and_found_by_the_doctor(year, actor, var, spoil):
    found = issue(REPORT, province(), by=actor)
    assert "reports" not in {finding["code"] for finding in findings()}
    spoil(var / "reports" / found.stored_as)
    with pytest.raises(Lost):
        hand_out(found, by=actor)
    assert not AuditEntry.objects.filter(action="report.again").exists()
    assert ["1/2018" in row["message"] for row in findings() if row["code"] == "reports"] == [True]
    assert issue(REPORT, province(), by=actor).number == 2


def test_what_was_told_holds_no_person(year, world, actor):
    rate_all(year, "HTTNV")
    text = str(told(province()))
    names = [
        *Member.objects.values_list("full_name", flat=True),
        *Member.objects.values_list("code", flat=True),
        *VillageHead.objects.values_list("full_name", flat=True),
    ]
    assert names and [name for name in names if f"'{name}'" in text or name in text.split()] == []
    assert told(province())["figures"]["members_well"]["counts"] == {"A.X01": [3, 0, 0], "B.X01": [3, 0, 0]}


@pytest.fixture
def compared(year, world, actor):
    """Closed and reported; then reopened: alpha falls, beta is rated, a member too."""
    close_year(2018, by=actor, reason="thử")
    issued = issue(REPORT, province(), by=actor)
    reopen_year(2018, by=actor, reason="bổ sung")
    found = RatingYear.objects.get(pk=2018)
    rate(found, world.alpha.commune, "HTNV")
    rate(found, world.beta.commune, "HTXSNV")
    rate(found, world.beta.members[0], "HTTNV")
    issued.refresh_from_db()
    matter = province()
    changes = {one.indicator.code: one for one in differences(2018, issued.figures, told(matter))}
    return SimpleNamespace(issued=issued, changes=changes, matter=matter)


def test_as_reported_against_now_names_who_moved(compared):
    strong = compared.changes["grassroots_strong"]
    assert (strong.then.fraction, strong.now.fraction) == ("1 / 1", "1 / 2")
    assert (strong.then.standing, strong.now.standing) == ("met", "met")
    rows = Names(compared.matter, [(strong, strong.moved)]).of(strong, strong.moved)
    assert [(row.code, row.name, row.unit) for row in rows] == [
        ("A.X01", "Đảng bộ xã Alpha", "Huyện ủy Alpha"),
        ("B.X01", "Đảng bộ xã Beta", "Huyện ủy Beta"),
    ]
    assert [code for code, *_ in compared.changes["members_well"].moved] == ["B.X01"]
    assert not compared.changes["villages_without_cell"].is_changed


def test_nothing_changed_says_so(year, actor):
    issued = issue(REPORT, province(), by=actor)
    issued.refresh_from_db()
    assert not [one for one in differences(2018, issued.figures, told(province())) if one.is_changed]


def test_a_place_that_left_the_scope_keeps_its_code_alone(compared):
    strong = compared.changes["grassroots_strong"]
    rows = Names(of_unit("A"), [(strong, strong.moved)]).of(strong, strong.moved)
    assert [(row.code, row.name) for row in rows] == [("A.X01", "Đảng bộ xã Alpha"), ("B.X01", "")]
