"""The pages on which counts are typed, and what is sent from them, without a script and with one."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.review.years.actions import close_year, open_year
from assessments.roster.following import follow_registers
from assessments.roster.models.counts import ActivityCount, PaperTotal
from assessments.rules.models.counts import Activity, CountLevel
from assessments.rules.models.years import Submission
from orgs.models import AuditEntry, Form, Organization
from tests import factories
from tests.assessments.year import opened, organization_line
from tests.queries import queries

CODE = "thematic_meetings"
START, ONE, OVER = "/counts/2018/entry/", "/counts/2018/entry/A.X01/", f"/counts/2018/entry/count/{CODE}/"
SAVE = "/counts/2018/save/"


@pytest.fixture
def entry(world):
    return opened(world)


def counts(**narrowed) -> dict:
    rows = ActivityCount.objects.filter(**narrowed)
    return {
        (code, one): count
        for code, one, count in rows.values_list("organization__code", "activity__code", "count")
    }


def give(line, code=CODE, count=1, **more) -> ActivityCount:
    return ActivityCount.objects.create(
        year_id=line.year_id,
        organization_id=line.organization_id,
        grassroots_id=line.grassroots_id,
        unit_id=line.unit_id,
        activity=Activity.objects.get(code=code),
        count=count,
        **more,
    )


def send(client, user, *rows, address=SAVE):
    """Rows as the script sends them: key, mark, changes."""
    client.force_login(user)
    body = {"rows": [{"line": key, "version": mark, "changes": changes} for key, mark, changes in rows]}
    return client.post(address, json.dumps(body), content_type="application/json")


def answers(client, user, *rows, address=SAVE) -> list[dict]:
    return send(client, user, *rows, address=address).json()["rows"]


def cell(line, code=CODE) -> str:
    return f"{line.pk}:{code}"


# Where one begins ---------------------------------------------------------------------------------


def test_the_start_counts_what_is_given_of_each_organization_and_each_count(client, entry):
    client.force_login(entry.officer)
    before = client.get(START).context["start"]
    give(entry.line)
    give(entry.line, "checks_done", 2)
    start = client.get(START).context["start"]
    assert [(one.body.code, one.progress.given) for one in start.organizations] == [("A.X01", 2)]
    assert start.progress.asked == before.progress.asked and start.progress.given == 2
    of_rule = {one.rule.code: (one.progress.given, one.sum) for _group, ones in start.groups for one in ones}
    assert (of_rule[CODE], of_rule["checks_done"], of_rule["checks_planned"]) == ((1, 1), (1, 2), (0, None))


def test_the_work_page_leads_to_it(client, entry):
    client.force_login(entry.officer)
    assert reverse("assessments:enter_counts", args=[2018]) in client.get("/ratings/2018/").content.decode()


def test_a_clerk_has_the_own_organization_only(client, entry, world, actor):
    factories.organization(world.alpha.unit, Form.CELL, code="A.C1", name="Chi bộ khác")
    follow_registers(by=actor)
    client.force_login(entry.clerk)
    page = client.get(START)
    assert [one.body.code for one in page.context["start"].organizations] == ["A.X01"]
    assert client.get("/counts/2018/entry/A.C1/").status_code == 404
    assert [row.body.code for row in client.get(OVER).context["sheet"].rows] == ["A.X01"]


@pytest.mark.parametrize("address", [START, ONE, OVER])
def test_another_units_officer_sees_nothing_and_a_viewer_may_not(client, entry, address):
    client.force_login(entry.stranger)
    found = client.get(address)
    assert found.status_code == (404 if address == ONE else 200)
    assert "Alpha" not in found.content.decode()
    for user in (entry.viewer, entry.board):
        client.force_login(user)
        assert client.get(address).status_code == 403


def test_what_another_unit_gives_cannot_be_written(client, entry):
    (answer,) = answers(client, entry.stranger, (cell(entry.line), "0:", {"count": "3"}))
    assert (answer["state"], answer["who"], counts()) == ("refused", [], {})
    assert send(client, entry.viewer, (cell(entry.line), "0:", {"count": "3"})).status_code == 403


# As last year -------------------------------------------------------------------------------------


@pytest.fixture
def year_after(entry, actor):
    """2019 after 2018, in which alpha gave three counts."""
    give(entry.line, CODE, 7)
    give(entry.line, "checks_done", 2)
    give(entry.line, "members_elected", 1)
    open_year(2019, by=actor)
    return organization_line(entry.line.organization, 2019)


def test_blank_counts_are_filled_as_last_year_said_before_and_taken_back(client, entry, year_after):
    give(year_after, "checks_done", 5)
    client.force_login(entry.officer)
    address = START.replace("2018", "2019")
    assert "Điền 1 ô trống như năm 2018" in client.get(address).content.decode()
    filled = client.post(address, {"act": "fill"}, follow=True)
    assert counts(year=2019) == {("A.X01", CODE): 7, ("A.X01", "checks_done"): 5}
    assert "Đã điền 1 ô trống như năm 2018" in filled.content.decode()
    moments = filled.context["moments"]
    client.post(address, {"act": "undo", "filled": moments})
    assert counts(year=2019) == {("A.X01", "checks_done"): 5}


def test_what_was_changed_after_filling_is_not_taken_back(client, entry, year_after):
    client.force_login(entry.officer)
    address = START.replace("2018", "2019")
    moments = client.post(address, {"act": "fill"}, follow=True).context["moments"]
    (answer,) = answers(
        client, entry.officer, (cell(year_after), "1:7", {"count": "8"}), address="/counts/2019/save/"
    )
    client.post(address, {"act": "undo", "filled": moments})
    assert answer["state"] == "saved" and counts(year=2019) == {("A.X01", CODE): 8}


def test_what_another_person_filled_is_not_taken_back(client, entry, year_after, world):
    client.force_login(entry.clerk)
    address = START.replace("2018", "2019")
    moments = client.post(address, {"act": "fill"}, follow=True).context["moments"]
    client.force_login(entry.officer)
    client.post(address, {"act": "undo", "filled": moments})
    assert len(counts(year=2019)) == 2


def test_last_years_counts_stand_beside(client, entry, year_after):
    client.force_login(entry.officer)
    sheet = client.get(ONE.replace("2018", "2019")).context["sheet"]
    last = {one.code: one.last for one in sheet.cells}
    assert (last[CODE], last["checks_done"], last["checks_planned"]) == (7, 2, None)


# One organization ---------------------------------------------------------------------------------


def test_a_part_stands_below_its_whole_and_what_the_registers_tell_has_no_field(client, entry):
    client.force_login(entry.officer)
    page = client.get(ONE)
    cells = {one.code: one for one in page.context["sheet"].cells}
    assert cells["issues_solved"].is_part and not cells["issues_raised"].is_part
    women = cells["admitted_women"]
    assert (women.count, women.is_told, women.is_open, women.is_asked) == (0, True, False, False)
    assert f'name="{women.key}"' not in page.content.decode()
    assert f'name="{cells[CODE].key}"' in page.content.decode()


def test_counts_are_typed_without_a_script(client, entry):
    client.force_login(entry.officer)
    key = cell(entry.line)
    assert client.post(ONE, {key: "1.204", f"seen-{key}": "0: "}).status_code == 302
    assert counts() == {("A.X01", CODE): 1204}


def test_what_is_not_stored_stands_as_it_was_typed_and_says_why(client, entry):
    client.force_login(entry.officer)
    raised, solved, done = (
        cell(entry.line, code) for code in ("issues_raised", "issues_solved", "checks_done")
    )
    sent = {raised: "14", solved: "16", done: "ba"} | {f"seen-{key}": "0: " for key in (raised, solved, done)}
    page = client.post(ONE, sent).content.decode()
    assert 'value="16"' in page and 'value="ba"' in page
    assert "Chưa lưu: 16 lớn hơn 14 (Vướng mắc đã nêu)" in page and "2 ô chưa lưu" in page
    assert counts() == {("A.X01", "issues_raised"): 14}


def test_without_a_script_a_conflict_shows_both_and_a_second_save_replaces(client, entry):
    give(entry.line, CODE, 3, changed_by=entry.clerk)
    client.force_login(entry.officer)
    key = cell(entry.line)
    page = client.post(ONE, {key: "8", f"seen-{key}": "0: "}).content.decode()
    assert "vừa đổi thành 3; lưu lần nữa" in page and 'value="8"' in page
    assert f'name="seen-{key}" value="1:3 "' in page.replace("\n", " ")
    client.post(ONE, {key: "8", f"seen-{key}": "1:3 "})
    assert counts() == {("A.X01", CODE): 8}


def test_a_soft_check_stores_and_asks_for_a_reason_which_is_kept(client, entry):
    rows = answers(
        client,
        entry.officer,
        (cell(entry.line, "checks_planned"), "0:", {"count": "6"}),
        (cell(entry.line, "checks_done"), "0:", {"count": "7"}),
    )
    assert [row["state"] for row in rows] == ["saved", "saved"]
    done = _shown(client, "checks_done")
    assert done.is_owed and done.told.words == "7 lớn hơn 6 (Kiểm tra, giám sát: kế hoạch), cần lý do"
    send(client, entry.officer, (done.key, done.stored.mark, {"reason": " một cuộc  đột xuất "}))
    done = _shown(client, "checks_done")
    assert (done.is_owed, done.reason) == (False, "một cuộc đột xuất")
    assert done.told.words.endswith("đã ghi lý do")
    told = AuditEntry.objects.filter(action="activity.reason").latest("pk")
    assert told.after == {"Kiểm tra, giám sát: đã làm": "một cuộc đột xuất"}


def _shown(client, code):
    return next(one for one in client.get(ONE).context["sheet"].cells if one.code == code)


def test_a_reason_without_a_count_or_too_long_is_refused(client, entry):
    (without,) = answers(client, entry.officer, (cell(entry.line), "0:", {"reason": "vì"}))
    give(entry.line)
    (long,) = answers(client, entry.officer, (cell(entry.line), "1:1", {"reason": "x" * 201}))
    assert (without["state"], long["state"]) == ("refused", "refused")
    assert "200" in long["why"] and not ActivityCount.objects.exclude(reason="").exists()


def test_two_on_one_reason_are_a_conflict(client, entry):
    give(entry.line)
    send(client, entry.clerk, (cell(entry.line), "1:1", {"reason": "của văn thư"}))
    (answer,) = answers(client, entry.officer, (cell(entry.line), "1:1", {"reason": "của cán bộ"}))
    assert (answer["state"], answer["values"]["reason"]) == ("conflict", "của văn thư")


def test_a_cell_that_is_a_grassroots_organization_answers_yes_or_no(client, entry, world, actor):
    factories.organization(world.alpha.unit, Form.CELL, code="A.C1", name="Chi bộ khác")
    follow_registers(by=actor)
    client.force_login(entry.officer)
    cells = {one.code: one for one in client.get("/counts/2018/entry/A.C1/").context["sheet"].cells}
    assert cells["record_books"].is_yes_no and not cells[CODE].is_yes_no
    assert not _shown(client, "record_books").is_yes_no
    give(organization_line(Organization.objects.get(code="A.C1")), "record_books", 2)
    cells = {one.code: one for one in client.get("/counts/2018/entry/A.C1/").context["sheet"].cells}
    assert not cells["record_books"].is_yes_no


def test_the_next_organization_follows_in_the_offices_order(client, entry, world, actor):
    factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Hai", position=999_999)
    follow_registers(by=actor)
    client.force_login(entry.officer)
    assert client.get(ONE).context["next"] == ("A.X02", "Đảng bộ xã Hai")
    assert client.get("/counts/2018/entry/A.X02/").context["next"] is None


def test_what_the_board_holds_is_read_only_and_says_who_holds_it(client, entry):
    give(entry.line, CODE, 4)
    Submission.objects.filter(pk=entry.submission.pk).update(
        state="submitted", submitted_at="2019-01-15T00:00Z"
    )
    client.force_login(entry.officer)
    for address in (ONE, OVER):
        page = client.get(address).content.decode()
        assert "data-count-input" not in page and "Ban đang giữ" in page
    (answer,) = answers(client, entry.officer, (cell(entry.line), "1:4", {"count": "5"}))
    assert (answer["state"], answer["why"], counts()) == ("refused", answer["why"], {("A.X01", CODE): 4})
    assert "Đơn vị đã gửi năm này" in answer["why"]


def test_a_closed_year_is_read_and_not_written(client, entry, actor):
    close_year(2018, by=actor, reason="thử")
    client.force_login(entry.officer)
    assert "data-count-input" not in client.get(ONE).content.decode()
    (answer,) = answers(client, entry.officer, (cell(entry.line), "0:", {"count": "5"}))
    assert answer["state"] == "refused" and not counts()


# Sent by the script -------------------------------------------------------------------------------


def test_each_cell_is_answered_for_itself(client, entry):
    give(entry.line, "checks_done", 3, changed_by=entry.clerk)
    rows = answers(
        client,
        entry.officer,
        (cell(entry.line), "0:", {"count": "5"}),
        (cell(entry.line, "checks_done"), "0:", {"count": "4"}),
        (cell(entry.line, "issues_raised"), "0:", {"count": "2"}),
        (cell(entry.line, "issues_solved"), "0:", {"count": "3"}),
        (cell(entry.line, "admitted_women"), "0:", {"count": "3"}),
        (cell(entry.line, "nonsense"), "0:", {"count": "3"}),
    )
    told = {row["line"].partition(":")[2]: row for row in rows}
    assert {code: row["state"] for code, row in told.items()} == {
        CODE: "saved",
        "checks_done": "conflict",
        "issues_raised": "saved",
        "issues_solved": "refused",
        "admitted_women": "refused",
        "nonsense": "refused",
    }
    assert told["checks_done"]["values"]["count"] == "3" and told["checks_done"]["own"] is False
    assert told["issues_solved"]["why"] == "3 lớn hơn 2 (Vướng mắc đã nêu)"
    assert told["issues_solved"]["who"] == ["A.X01", "Đảng bộ xã Alpha"]
    assert counts() == {("A.X01", CODE): 5, ("A.X01", "checks_done"): 3, ("A.X01", "issues_raised"): 2}


def test_lowering_a_whole_below_its_part_is_refused_and_names_the_part(client, entry):
    give(entry.line, "issues_raised", 5)
    give(entry.line, "issues_solved", 4)
    key = cell(entry.line, "issues_raised")
    (fits,) = answers(client, entry.officer, (key, "1:5", {"count": "4"}))
    (low,) = answers(client, entry.officer, (key, "2:4", {"count": "3"}))
    assert (fits["state"], low["state"]) == ("saved", "refused")
    assert low["why"] == "Vướng mắc đã giải quyết: 4, lớn hơn 3 (Vướng mắc đã nêu)."


def test_what_stands_already_is_saved_though_its_answer_was_lost(client, entry):
    sent = (cell(entry.line), "0:", {"count": "5"})
    first, again = (answers(client, entry.officer, sent)[0] for _ in range(2))
    assert first == again and first["version"] == "1:5"


def test_taken_back_and_given_anew_is_not_what_was_seen(client, entry):
    key = cell(entry.line)
    send(client, entry.clerk, (key, "0:", {"count": "5"}))
    send(client, entry.clerk, (key, "1:5", {"count": ""}))
    send(client, entry.clerk, (key, "0:", {"count": "7"}))
    (answer,) = answers(client, entry.officer, (key, "1:5", {"count": "9"}))
    assert (answer["state"], counts()) == ("conflict", {("A.X01", CODE): 7})


def test_the_answer_tells_what_is_said_of_the_other_counts(client, entry):
    give(entry.line, "issues_solved", 3)
    sent = (cell(entry.line, "issues_raised"), "0:", {"count": "4"})
    told = send(client, entry.officer, sent).json()["told"]
    assert told[cell(entry.line, "issues_solved")]["share"] == "3/4 · 75,00%"
    sent = (cell(entry.line, "issues_raised"), "1:4", {"count": "6"})
    told = send(client, entry.officer, sent, address=f"{SAVE}?only=issues_raised").json()["told"]
    assert list(told) == [cell(entry.line, "issues_raised")]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"rows": []}',
        '{"rows": [{"line": "1", "version": "", "changes": {}}]}',
        '{"rows": [{"line": "x:a", "version": "", "changes": {}}]}',
        '{"rows": [{"line": "1:a", "version": "", "changes": {"count": 3}}]}',
        '{"rows": [{"line": "1:a", "version": 1, "changes": {"count": "3"}}]}',
        '{"rows": [{"line": "1:a", "version": "", "changes": {"name": "x"}}]}',
    ],
)
def test_what_is_no_row_is_not_understood(client, entry, body):
    client.force_login(entry.officer)
    assert client.post(SAVE, body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("text", ["-1", "7.5", "100000", "x", "1,5"])
def test_what_is_no_count_is_refused_with_what_would_be_right(client, entry, text):
    (answer,) = answers(client, entry.officer, (cell(entry.line), "0:", {"count": text}))
    assert answer["state"] == "refused" and "99999" in answer["why"] and not counts()


# Half-year ----------------------------------------------------------------------------------------


def test_the_half_year_asks_only_what_is_counted_to_30_june_and_is_kept_apart(client, entry):
    address = f"{SAVE}?period=half"
    send(client, entry.officer, (cell(entry.line), "0:", {"count": "2"}), address=address)
    (answer,) = answers(
        client, entry.officer, (cell(entry.line, "record_books"), "0:", {"count": "1"}), address=address
    )
    assert answer["state"] == "refused"
    assert counts(period="half") == {("A.X01", CODE): 2} and not counts(period="year")
    cells = {one.code: one for one in client.get(f"{ONE}?period=half").context["sheet"].cells}
    assert cells[CODE].count == 2 and "record_books" not in cells
    assert client.get(f"{ONE}?period=month").status_code == 404


# One count over all -------------------------------------------------------------------------------


def test_the_total_on_paper_stands_beside_the_sum_with_the_difference(client, entry):
    give(entry.line, CODE, 12)
    key = f"paper:{entry.submission.unit_id}:{CODE}"
    (saved,) = answers(client, entry.officer, (key, "0:", {"count": "15"}))
    paper = client.get(OVER).context["sheet"].paper
    assert (saved["version"], paper.stored.count, paper.difference) == ("1:15", 15, -3)
    assert "thiếu 3 so với giấy" in client.get(OVER).content.decode()
    (late,) = answers(client, entry.clerk, (key, "0:", {"count": "12"}))
    assert late["state"] == "refused"
    (other,) = answers(client, entry.officer, (key, "0:", {"count": "11"}))
    assert (other["state"], other["values"]["count"]) == ("conflict", "15")
    answers(client, entry.officer, (key, "1:15", {"count": "12"}))
    assert "khớp với giấy" in client.get(OVER).content.decode()
    answers(client, entry.officer, (key, "1:12", {"count": ""}))
    assert not PaperTotal.objects.exists()


def test_one_count_is_typed_for_all_without_a_script_with_the_total(client, entry, world, actor):
    factories.organization(world.alpha.unit, code="A.X02", name="Đảng bộ xã Hai")
    follow_registers(by=actor)
    client.force_login(entry.officer)
    two = organization_line(Organization.objects.get(code="A.X02"))
    keys = [cell(entry.line), cell(two), f"paper:{entry.submission.unit_id}:{CODE}"]
    sent = dict(zip(keys, ["4", "5", "10"], strict=True)) | {f"seen-{key}": "0: " for key in keys}
    page = client.post(OVER, sent, follow=True).content.decode()
    assert counts() == {("A.X01", CODE): 4, ("A.X02", CODE): 5}
    assert "thiếu 1 so với giấy" in page


def test_a_count_that_is_not_there_is_not_found(client, entry):
    client.force_login(entry.officer)
    assert client.get("/counts/2018/entry/count/nonsense/").status_code == 404
    assert client.get("/counts/2018/entry/NO/").status_code == 404
    assert client.get("/counts/2017/entry/A.X01/").status_code == 404


# Cells and units ----------------------------------------------------------------------------------


def test_what_is_counted_of_cells_is_typed_cell_by_cell(client, entry):
    Activity.objects.filter(code=CODE).update(level=CountLevel.CELL)
    client.force_login(entry.officer)
    assert [row.body.code for row in client.get(OVER).context["sheet"].rows] == ["A.X01.1", "A.X01.2"]
    assert [one.code for one in client.get("/counts/2018/entry/A.X01.1/").context["sheet"].cells] == [CODE]
    assert CODE not in {one.code for one in client.get(ONE).context["sheet"].cells}
    (cells,) = answers(client, entry.officer, (cell(entry.cells[0]), "0:", {"count": "4"}))
    (above,) = answers(client, entry.officer, (cell(entry.line), "0:", {"count": "4"}))
    assert (cells["state"], above["state"], counts()) == ("saved", "refused", {("A.X01.1", CODE): 4})
    sheet = client.get(f"{OVER}?grassroots=A.X01").context["sheet"]
    assert (sheet.place.code, sheet.sum, len(sheet.rows)) == ("A.X01", 4, 2)
    assert client.get(f"{OVER}?grassroots=B.X01").status_code == 404


def test_what_is_counted_of_the_unit_is_the_officers_to_type(client, entry):
    Activity.objects.filter(code=CODE).update(level=CountLevel.UNIT)
    key = f"{entry.submission.pk}:{CODE}"
    (clerks,) = answers(client, entry.clerk, (key, "0:", {"count": "4"}))
    (officers,) = answers(client, entry.officer, (key, "0:", {"count": "4"}))
    assert (clerks["state"], officers["state"], counts()) == ("refused", "saved", {("A", CODE): 4})
    page = client.get("/counts/2018/entry/A/")
    assert [one.count for one in page.context["sheet"].cells] == [4]
    assert client.get(START).context["start"].organizations[0].body.code == "A"
    client.force_login(entry.clerk)
    assert client.get("/counts/2018/entry/A/").status_code == 404


# Many ---------------------------------------------------------------------------------------------


def test_statements_do_not_grow_with_rows(client, entry, world, actor):
    send(client, entry.officer, (cell(entry.line), "0:", {"count": "1"}))
    queries(client, START)
    found = []
    for turn in range(2):
        shown = [queries(client, address) for address in (START, ONE, OVER)]
        rows = client.get(OVER).context["sheet"].rows
        with CaptureQueriesContext(connection) as saved:
            send(
                client,
                entry.officer,
                *[(row.key, row.stored.mark, {"count": str(turn + 2)}) for row in rows],
            )
        found.append((*shown, len(saved)))
        for _number in range(12):
            factories.organization(world.alpha.unit)
        follow_registers(by=actor)
    assert len(rows) == 13 and found[0] == found[1]
