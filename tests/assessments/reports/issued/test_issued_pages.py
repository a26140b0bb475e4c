"""The pages of the ledger: its list, one issue, its file again, issuing anew."""

import pytest
from django.urls import reverse

from accounts.models import Role
from assessments.reports import declared
from assessments.reports.issued.actions import issue
from assessments.reports.issued.models import IssuedReport
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import AuditEntry
from tests import factories
from tests.assessments.years import opened, rate
from tests.queries import queries

SLUG = "steering-committee"
REPORT = declared.BY_SLUG[SLUG]
LIST = reverse("assessments:issued_reports")


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def year(world, actor) -> RatingYear:
    found = opened(2018, actor)
    rate(found, world.alpha.commune, "HTTNV")
    return found


@pytest.fixture
def board(world, client_of):
    return client_of(factories.user(Role.BOARD, world.province))


def issued(actor, code=None, **more) -> IssuedReport:
    year = RatingYear.objects.get(pk=2018)
    held = Submission.objects.select_related("unit").get(year=2018, code=code) if code else None
    matter = declared.matter_of(year, held.unit if held else year.province, held)
    found = issue(REPORT, matter, by=actor, anew=True)
    IssuedReport.objects.filter(pk=found.pk).update(**more)
    return found


def page(found, name="issued"):
    return reverse(f"assessments:{name}", args=[found.pk])


def shown(client, address) -> str:
    return client.get(address).content.decode()


def test_each_role_sees_what_lies_in_its_scope(year, world, actor, client_of):
    all_of_them = issued(actor), issued(actor, "A"), issued(actor, "B")
    of_persons = issued(actor, "A", is_of_persons=True, purpose="Đại hội")
    expected = {
        (Role.BOARD, world.province): {*all_of_them, of_persons},
        (Role.VIEWER, world.province): set(all_of_them),
        (Role.OFFICER, world.alpha.unit): {all_of_them[1], of_persons},
        (Role.OFFICER, world.alpha.commune): set(),
    }
    for (role, place), wanted in expected.items():
        client = client_of(factories.user(role, place))
        listed = shown(client, LIST)
        for found in (*all_of_them, of_persons):
            assert (page(found) in listed) == (found in wanted), (role, place, found.mark)
            status = client.get(page(found)).status_code
            assert status == (200 if found in wanted else 404), (role, place, found.mark)
            file = client.post(page(found, "issued_file"), {"purpose": "Đại hội"}).status_code
            assert file == (200 if found in wanted else 404), (role, place, found.mark)


def test_no_list_of_persons_where_no_names_are_stored(year, world, actor, client_of, settings):
    found = issued(actor, is_of_persons=True)
    settings.STORE_NAMES = False
    board = client_of(factories.user(Role.BOARD, world.province))
    assert board.get(page(found)).status_code == 404
    assert board.get(page(found, "issued_file")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [("", {1, 2, 3}), ("?year=2018", {1, 2, 3}), ("?year=2019", set()), ("?q=2", {2}),
     ("?q=3/2018", {3}), ("?q=nonsense", set()), (f"?report={SLUG}", {1, 2, 3}),
     ("?report=unknown", {1, 2, 3})],
)  # fmt: skip
def test_the_ledger_is_filtered(year, actor, board, asked, wanted):
    opened(2019, actor)
    found = {row.number: row for row in (issued(actor), issued(actor, "A"), issued(actor, "B"))}
    listed = shown(board, LIST + asked)
    assert {number for number, row in found.items() if page(row) in listed} == wanted


def test_the_ledger_is_filtered_by_unit(year, world, actor, board):
    of_alpha, of_beta = issued(actor, "A"), issued(actor, "B")
    listed = shown(board, f"{LIST}?unit={world.alpha.unit.pk}")
    assert page(of_alpha) in listed and page(of_beta) not in listed


def test_the_file_is_the_same_byte_for_byte_and_leaves_a_trace(year, world, actor, board):
    download = reverse("assessments:unit_report", args=[2018, SLUG, "A"])
    first = board.get(download).content
    rate(year, world.alpha.commune, "HTNV")
    again = board.get(page(IssuedReport.objects.get(), "issued_file"))
    assert again.content == first and board.get(download).content != first
    assert "steering-committee-2018-A.xlsx" in again["Content-Disposition"]
    assert AuditEntry.objects.get(action="report.again").unit == world.alpha.unit


def test_the_page_names_what_changed_since(year, world, actor, board):
    found = issued(actor)
    assert "Từ khi báo cáo đến nay các mục tiêu không thay đổi" in shown(board, page(found))
    rate(year, world.alpha.commune, "HTNV")
    text = shown(board, page(found))
    assert "Đảng bộ xã Alpha" in text and "Đảng bộ xã Beta" not in text
    assert "chưa được tính" in text


def test_all_names_of_one_figure_stand_on_pages_of_their_own(year, world, actor, board):
    found = issued(actor)
    lists = {"met": [f"X{number:03}" for number in range(230)], "missed": [], "unrated": []}
    figures = IssuedReport.objects.get(pk=found.pk).figures
    figures["figures"]["grassroots_strong"]["lists"] = lists
    IssuedReport.objects.filter(pk=found.pk).update(figures=figures)
    first = shown(board, page(found))
    assert "X010" in first and "X049" not in first and "?figure=grassroots_strong" in first
    whole = shown(board, page(found) + "?figure=grassroots_strong")
    assert "X150" in whole and "X220" not in whole
    assert "X220" in shown(board, page(found) + "?figure=grassroots_strong&page=2")


def test_issuing_anew_gives_a_number_and_leaves_the_first(year, actor, board):
    found = issued(actor)
    answer = board.post(page(found, "issued_anew"))
    made = IssuedReport.objects.order_by("number").last()
    assert (made.number, answer.url) == (2, page(made))
    assert board.get(page(found, "issued_file")).status_code == 200


def test_a_list_of_persons_is_issued_anew_for_a_purpose_only(year, actor, board):
    found = issued(actor, is_of_persons=True)
    for name in ("issued_anew", "issued_file"):
        answer = board.post(page(found, name), {"purpose": " "}, follow=True)
        assert "Chưa phát hành: cần ghi" in answer.content.decode()
    assert board.get(page(found, "issued_file")).status_code == 302
    assert IssuedReport.objects.count() == 1
    assert not AuditEntry.objects.filter(action="report.again").exists()
    handed = board.post(page(found, "issued_file"), {"purpose": "Kiểm tra"})
    assert handed.status_code == 200
    assert AuditEntry.objects.get(action="report.again").reason == "Kiểm tra"
    board.post(page(found, "issued_anew"), {"purpose": "Đại hội"})
    assert IssuedReport.objects.order_by("number").last().purpose == "Đại hội"


def test_a_lost_file_is_said_and_nothing_is_handed_out(year, actor, board, var):
    found = issued(actor)
    (var / "reports" / found.stored_as).unlink()
    text = shown(board, page(found))
    assert "Không phát hành lại được." in text
    answer = board.get(page(found, "issued_file"), follow=True)
    assert answer.headers["Content-Type"].startswith("text/html") and answer.status_code == 200
    assert not AuditEntry.objects.filter(action="report.again").exists()


def test_no_address_leads_to_a_kept_file(year, actor, board, client):
    found = issued(actor)
    for address in (f"/static/reports/{found.stored_as}", f"/var/reports/{found.stored_as}"):
        assert board.get(address).status_code == 404


def test_queries_do_not_grow_with_issues_nor_with_changes(year, world, actor, board):
    found = issued(actor)
    rate(year, world.alpha.commune, "HTNV")
    board.get(LIST)
    few = queries(board, LIST), queries(board, page(found))
    for _number in range(3):
        issued(actor, "A")
    rate(year, world.beta.commune, "HTNV")
    for cell in world.beta.cells:
        rate(year, cell, "HTNV")
    assert (queries(board, LIST), queries(board, page(found))) == few
