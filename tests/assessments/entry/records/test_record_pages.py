"""The pages of one unit's documents and events: typed, refused, changed meanwhile, opened by whom."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from assessments.entry.records.actions import Filing, remove_record
from assessments.entry.records.files import read
from assessments.entry.records.models import Record
from assessments.review.years.actions import open_year
from assessments.rules.models.reviews import ReviewDue
from assessments.rules.models.years import Submission
from resolution03.lib.keeping import RECORDS
from tests import factories
from tests.assessments.entry.records.keeping import BY, enter
from tests.assessments.year import opened
from tests.queries import queries

UNIT, PROVINCE = "/records/2018/units/A/", "/records/2018/units/KT/"
PLAN = {"version": "0", "kind": "plan", "on": "5/3/2018", "number": "7-KH/HU", "title": "Kế hoạch 2018"}
CONTEST = {
    "version": "0",
    "kind": "contest",
    "on": "2018-05-19",
    "level": "unit",
    "participants": "1.204",
    "prizes": "12",
}


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    world.province.code = "KT"
    world.province.save()
    return opened(world)


def pdf(name="ke-hoach.pdf", data=b"%PDF-1"):
    return SimpleUploadedFile(name, data)


def errors(answer) -> dict:
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


def test_the_officer_enters_a_plan_with_its_file_and_the_list_shows_it(entry, client_of):
    client = client_of(entry.officer)
    answer = client.post(f"{UNIT}add/plan/", PLAN | {"file": pdf()}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == UNIT
    assert "7-KH/HU" in page and "Kế hoạch 2018" in page and "05/03/2018" in page and "ke-hoach" not in page
    made = Record.objects.get()
    assert (made.organization.code, made.year_id, made.kind, made.on) == ("A", 2018, "plan", date(2018, 3, 5))
    file = client.get(f"{UNIT}{made.pk}/file/")
    assert (b"".join(file) if file.streaming else file.content) == b"%PDF-1"
    assert file["Content-Type"] == "application/pdf" and file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"] == 'attachment; filename="plan-A-2018-03-05.pdf"'


def test_each_kind_has_its_page_with_its_own_fields(entry, client_of):
    client = client_of(entry.officer)
    contest = client.get(f"{UNIT}add/contest/").content.decode()
    training = client.get(f"{UNIT}add/training/").content.decode()
    assert 'name="prizes"' in contest and 'name="classes"' not in contest
    assert 'name="funds"' in training and 'name="prizes"' not in training
    assert "Không ghi họ tên người" in training
    assert client.get(f"{UNIT}add/meeting/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("contest", {"prizes": "1205"}, "prizes"),
        ("contest", {"participants": "mười"}, "participants"),
        ("contest", {"level": ""}, "level"),
        ("contest", {"level": "khác"}, "level"),
        ("contest", {"on": "31/2/2018"}, "on"),
        ("contest", {"on": "1/1/2999"}, "on"),
        ("contest", {"on": "31/12/2017"}, "on"),
        ("contest", {"on": ""}, "on"),
        ("plan", {"number": ""}, "number"),
        ("plan", {"number": "x" * 81}, "number"),
        ("plan", {"title": "x" * 201}, "title"),
    ],
)
def test_what_cannot_be_stands_beside_its_field_with_what_was_typed(entry, client_of, kind, typed, field):
    sent = (CONTEST if kind == "contest" else PLAN) | typed
    answer = client_of(entry.officer).post(f"{UNIT}add/{kind}/", sent)
    assert answer.status_code == 200 and list(errors(answer)) == [field] and len(errors(answer)[field]) == 1
    page = answer.content.decode()
    for name, value in sent.items():
        assert not value or name in ("level", "version", "kind") or f'value="{value}"' in page, name
    assert not Record.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_kept(entry, client_of):
    answer = client_of(entry.officer).post(f"{UNIT}add/plan/", PLAN | {"file": pdf("kh.docx")})
    assert list(errors(answer)) == ["file"] and not Record.objects.exists()
    assert list(RECORDS.folder.iterdir()) == []


def test_with_another_fault_the_file_is_to_be_chosen_again_and_the_page_says_so(entry, client_of):
    answer = client_of(entry.officer).post(f"{UNIT}add/plan/", PLAN | {"number": "", "file": pdf()})
    assert "hãy chọn lại tệp" in answer.content.decode() and list(RECORDS.folder.iterdir()) == []


def test_sent_twice_it_is_entered_once(entry, client_of):
    client, token = client_of(entry.officer), str(uuid4())
    for _ in range(2):
        answer = client.post(f"{UNIT}add/plan/", PLAN | {"once": token, "file": pdf()})
        assert answer.status_code == 302
    assert Record.objects.count() == 1 and len(list(RECORDS.folder.iterdir())) == 1


def test_two_at_once_see_both_values_and_the_second_save_replaces(entry, client_of, world):
    made = enter(world.alpha.unit, "plan")
    one, other = client_of(entry.officer), client_of(factories.user(Role.OFFICER, world.alpha.unit))
    sent = PLAN | {"version": "1", "title": ""}
    assert one.post(f"{UNIT}{made.pk}/", sent | {"number": "8-KH/HU"}).status_code == 302
    answer = other.post(f"{UNIT}{made.pk}/", sent | {"number": "9-KH/HU"})
    page = answer.content.decode()
    assert 'value="9-KH/HU"' in page and "8-KH/HU" in page and 'value="2"' in page
    assert Record.objects.get().number == "8-KH/HU"
    assert other.post(f"{UNIT}{made.pk}/", sent | {"number": "9-KH/HU", "version": "2"}).status_code == 302
    assert Record.objects.get().number == "9-KH/HU"


def test_what_was_removed_meanwhile_can_be_entered_anew_as_it_was_typed(entry, client_of, world):
    made = enter(world.alpha.unit, "plan")
    remove_record(by=BY, record=Record.objects.get(), version=1)
    client = client_of(entry.officer)
    answer = client.post(f"{UNIT}{made.pk}/", PLAN | {"version": "1"})
    page = answer.content.decode()
    assert 'value="7-KH/HU"' in page and f'action="{UNIT}add/plan/"' in page
    assert not Record.objects.exists()
    assert client.get(f"{UNIT}{made.pk}/").status_code == 404


def test_removing_asks_first(entry, client_of, world):
    made = enter(world.alpha.unit, "plan")
    client = client_of(entry.officer)
    assert "7-KH/HU" in client.get(f"{UNIT}{made.pk}/remove/").content.decode()
    assert client.post(f"{UNIT}{made.pk}/remove/", {"version": "0"}).status_code == 200
    assert Record.objects.exists()
    assert client.post(f"{UNIT}{made.pk}/remove/", {"version": "1"}).status_code == 302
    assert not Record.objects.exists()
    assert client.post(f"{UNIT}{made.pk}/remove/", {"version": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("who", "own", "others", "province", "writes", "opens"),
    [
        ("board", 200, 200, 200, 200, 200),
        ("officer", 200, 404, 404, 200, 200),
        ("stranger", 404, 200, 404, 404, 404),
        ("viewer", 200, 200, 200, 403, 403),
        ("clerk", 403, 403, 403, 403, 403),
    ],
)
def test_who_reads_writes_and_opens_files(entry, client_of, world, who, own, others, province, writes, opens):
    made = enter(world.alpha.unit, "plan", filing=Filing(read("a.pdf", b"%PDF-1")))
    client = client_of(getattr(entry, who))
    assert client.get(UNIT).status_code == own
    assert client.get("/records/2018/units/B/").status_code == others
    assert client.get(PROVINCE).status_code == province
    for page in (f"{UNIT}add/plan/", f"{UNIT}{made.pk}/", f"{UNIT}{made.pk}/remove/"):
        assert client.get(page).status_code == writes, page
    assert client.get(f"{UNIT}{made.pk}/file/").status_code == opens


def test_a_record_is_found_under_its_own_unit_only(entry, client_of, world):
    made = enter(world.beta.unit, "plan", filing=Filing(read("a.pdf", b"%PDF-1")))
    for client in (client_of(entry.board), client_of(entry.officer)):
        for page in ("", "remove/", "file/"):
            assert client.get(f"{UNIT}{made.pk}/{page}").status_code == 404
    assert client_of(entry.officer).post(f"{UNIT}{made.pk}/remove/", {"version": "1"}).status_code == 302
    assert Record.objects.count() == 1


def test_the_viewer_reads_the_row_without_a_link_to_the_file(entry, client_of, world):
    enter(world.alpha.unit, "plan", filing=Filing(read("a.pdf", b"%PDF-1")))
    page = client_of(entry.viewer).get(UNIT).content.decode()
    assert "7-KH/HU" in page and "PDF" in page and "/file/" not in page and "/add/" not in page


def test_locked_the_page_offers_nothing_and_what_was_sent_is_refused_and_kept(entry, client_of):
    handed = {"state": "submitted", "submitted_at": "2019-01-05T00:00Z"}
    Submission.objects.filter(pk=entry.submission.pk).update(**handed)
    client = client_of(entry.officer)
    assert "/add/" not in client.get(UNIT).content.decode()
    answer = client.post(f"{UNIT}add/plan/", PLAN)
    assert answer.status_code == 200 and 'value="7-KH/HU"' in answer.content.decode()
    assert not Record.objects.exists()


def test_the_board_enters_for_the_province(entry, client_of):
    sent = PLAN | {"kind": "programme"}
    assert client_of(entry.board).post(f"{PROVINCE}add/programme/", sent).status_code == 302
    assert Record.objects.get().organization.parent_id is None


def test_a_review_names_what_the_board_asked_for(entry, client_of):
    mine = ReviewDue.objects.create(kind="interim", name="Sơ kết 2 năm", due_on=date(2018, 8, 8))
    ReviewDue.objects.create(kind="final", name="Tổng kết 10 năm", due_on=date(2026, 8, 8))
    client = client_of(entry.officer)
    page = client.get(f"{UNIT}add/interim/").content.decode()
    assert "Sơ kết 2 năm" in page and "Tổng kết 10 năm" not in page
    sent = {"version": "0", "kind": "interim", "on": "1/8/2018", "answers": str(mine.pk)}
    assert client.post(f"{UNIT}add/interim/", sent).status_code == 302
    assert Record.objects.get().answers == mine


def test_a_programme_still_holds_the_year_after_and_is_not_changed_there(world, entry, client_of, actor):
    made = enter(world.alpha.unit, "programme")
    enter(world.alpha.unit, "plan")
    open_year(2019, by=actor)
    page = client_of(entry.officer).get("/records/2019/units/A/").content.decode()
    assert "12-CTr/HU" in page and "còn hiệu lực" in page and "7-KH/HU" not in page
    assert f"/{made.pk}/remove/" not in page
    newer = enter(world.alpha.unit, "programme", number="3-CTr/HU", on=date(2019, 2, 2))
    page = client_of(entry.officer).get("/records/2019/units/A/").content.decode()
    assert newer.number in page and "12-CTr/HU" in page and "còn hiệu lực" not in page
    assert "12-CTr/HU" not in client_of(entry.board).get("/records/2019/units/B/").content.decode()


def test_the_workbook_has_the_rows_of_the_page(entry, client_of, world):
    enter(world.alpha.unit, "training", persons=40, school_persons=15, funds=30)
    enter(world.alpha.unit, "plan", title="=1+1")
    content = client_of(entry.officer).get(f"{UNIT}?export=xlsx").content
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("7-KH/HU" in row and "=1+1" in row for row in rows)
    assert any(40 in row and 15 in row and 30 in row for row in rows)


@pytest.mark.once
def test_statements_do_not_grow_with_records(entry, client_of, world):
    client = client_of(entry.officer)
    enter(world.alpha.unit, "plan")
    queries(client, UNIT)
    before = queries(client, UNIT)
    due = ReviewDue.objects.create(kind="interim", name="Sơ kết", due_on=date(2018, 8, 8))
    for number in range(5):
        enter(world.alpha.unit, "interim", on=date(2018, 4, 1 + number), answers=due)
        enter(world.alpha.unit, "contest", on=date(2018, 4, 1 + number))
    assert queries(client, UNIT) == before
