"""New members who may be known already: shown side by side, decided by the user."""

from datetime import date

import pytest

from accounts.actors import Actor
from assessments.workbooks.loading.files import Source
from assessments.workbooks.loading.run import Options, load
from assessments.workbooks.models import Upload
from members.models import Member
from orgs.models import AuditEntry
from tests import factories
from tests.assessments.odd_sheets import odd, proposal, sent
from tests.assessments.year import opened
from tests.queries import queries
from tests.workbooks import book

HEADINGS = ["Mã đảng viên", "Họ và tên", "Ngày sinh", "Ngày kết nạp", "Mã chi bộ"]
ROW = ["N1", "A ĐINH", "1/5/1980", "1/1/2012", "A.X01.1"]


@pytest.fixture
def entry(world, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    factories.member(world.alpha.cells[1], code="K1", full_name="A Đinh", born_on=date(1980, 5, 1))
    factories.member(world.beta.cells[1], code="K9", full_name="A Đinh", born_on=date(1980, 5, 1))
    return opened(world)


def uploaded(client, user, folder, *rows):
    return sent(client, user, odd(folder, {"Đảng viên": [HEADINGS, *rows]}))


def batch_of(client, plan):
    return client.get(plan).context["batch"]


def cases(client, plan):
    return [
        (case.person.code, [person.code for person in case.others])
        for case in client.get(plan).context["cases"]
    ]


def decide(client, plan, **chosen):
    fields = {case.person.code: case.field for case in client.get(plan).context["cases"]}
    client.post(f"{plan}persons/", {fields[code]: value for code, value in chosen.items()})


def confirm(client, plan):
    return client.post(f"{plan}apply/", {"plan": batch_of(client, plan).first.plan_hash})


def test_a_possible_double_is_asked_and_nothing_can_be_confirmed(client, entry, tmp_path):
    plan = uploaded(client, entry.officer, tmp_path, ROW)
    assert cases(client, plan) == [("N1", ["K1"])]
    assert (batch_of(client, plan).totals["undecided"], batch_of(client, plan).faults) == (1, [])
    confirm(client, plan)
    assert not Member.objects.filter(code="N1").exists()


def test_the_same_person_is_changed_under_the_code_that_is_known(client, entry, tmp_path):
    plan = uploaded(client, entry.officer, tmp_path, ROW)
    decide(client, plan, N1="K1")
    assert cases(client, plan) == []
    confirm(client, plan)
    member = Member.objects.get(code="K1")
    assert (member.full_name, member.cell.code) == ("A Đinh", "A.X01.1")
    assert not Member.objects.filter(code="N1").exists()
    assert not AuditEntry.objects.filter(object_code="N1").exists()


def test_another_person_is_created(client, entry, tmp_path):
    plan = uploaded(client, entry.officer, tmp_path, ROW)
    decide(client, plan, N1="+")
    confirm(client, plan)
    assert Member.objects.filter(code__in=["N1", "K1"]).count() == 2


@pytest.mark.parametrize(
    ("born", "asked"),
    [
        ("1980", True),
        ("5/1980", True),
        ("1/5/1980", True),
        ("2/5/1980", False),
        ("1981", False),
        (None, False),
    ],
)
def test_births_agree_as_far_as_they_are_known(client, entry, tmp_path, born, asked):
    row = [*ROW[:2], born, *ROW[3:]]
    assert bool(cases(client, uploaded(client, entry.officer, tmp_path, row))) is asked


def test_two_rows_for_one_person(client, entry, tmp_path):
    plan = uploaded(
        client,
        entry.officer,
        tmp_path,
        ["N1", "Y Lan", "1/5/1990", "1/1/2012", "A.X01.1"],
        ["N2", "Y Lan", "1990", "1/1/2013", "A.X01.2"],
    )
    assert cases(client, plan) == [("N2", ["N1"])]
    decide(client, plan, N2="N1")
    assert (batch_of(client, plan).changes, batch_of(client, plan).totals["skipped"]) == (1, 1)
    confirm(client, plan)
    assert list(Member.objects.filter(full_name="Y Lan").values_list("code", flat=True)) == ["N1"]


@pytest.mark.parametrize("value", ["K9", "A1", "NONE", ""])
def test_only_what_is_offered_is_taken(client, entry, tmp_path, value):
    plan = uploaded(client, entry.officer, tmp_path, ROW)
    decide(client, plan, N1=value)
    assert cases(client, plan) == [("N1", ["K1"])]
    assert not Upload.objects.get().choices.get("persons")


def test_ratings_of_the_same_file_follow(client, entry, tmp_path):
    ratings = [["Năm", "Mã đảng viên", "Mức xếp loại"], [2018, "N1", "HTTNV"]]
    file = odd(tmp_path, {"Đảng viên": [HEADINGS, [*ROW[:4], "A.X01.2"]], "Xếp loại": ratings})
    plan = sent(client, entry.officer, file)
    decide(client, plan, N1="K1")
    batch = batch_of(client, plan)
    assert {row.code for row in batch.rows} == {"K1"}


def test_a_known_code_is_never_asked_about(client, entry, tmp_path):
    assert cases(client, uploaded(client, entry.officer, tmp_path, ["K1", *ROW[1:]])) == []


def test_the_command_line_takes_a_code_for_a_person(entry, tmp_path):
    path = book(tmp_path / "a.xlsx", {"Đảng viên": [HEADINGS, ROW]})
    plan = load([Source(path, path.name)], by=Actor(name="lệnh"), options=Options())
    assert plan.applied and Member.objects.filter(code="N1").exists()


def test_another_unit_decides_nothing(client, entry, tmp_path):
    plan = uploaded(client, entry.officer, tmp_path, ROW)
    client.force_login(entry.stranger)
    assert client.post(f"{plan}persons/", {}).status_code == 404


def test_queries_do_not_grow_with_cases(client, entry, tmp_path):
    few = uploaded(client, entry.officer, tmp_path, ROW)
    many = uploaded(client, entry.officer, tmp_path, *([f"N{place}", *ROW[1:]] for place in range(20)))
    assert queries(client, few) == queries(client, many)


def test_somebody_new_in_a_list_without_codes_is_given_one(client, entry, tmp_path):
    rows = [
        ["TT", "Họ và tên đảng viên", "Ngày sinh", "Ngày vào Đảng", "Sinh hoạt tại chi bộ"],
        [1, "A Đinh", "1/5/1980", "1/1/2010", "Chi bộ Alpha 2"],
        [2, "Y Mới", "2/6/1991", "1/1/2018", "Chi bộ Alpha 2"],
    ]
    address = sent(client, entry.officer, odd(tmp_path, {"DS": rows}))
    plan = client.post(address, proposal(client, address)).url
    page = client.get(f"{plan}names/")
    assert [(row.text, row.above) for row in page.context["rows"]] == [("Y Mới", "02/06/1991 · A.X01.2")]
    client.post(f"{plan}names/", {f"n{page.context['rows'][0].id}": "+"})
    confirm(client, plan)
    assert Member.objects.get(full_name="Y Mới").code == "A.X01.2.DV001"
