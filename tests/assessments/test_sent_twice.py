"""A create form that is sent twice stores once and leads to what the first sending made."""

import re
import threading
from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection

from accounts.models import Role, User
from assessments.review.supplements.models import Supplement
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.caps import Cap
from assessments.rules.models.counts import Activity
from assessments.rules.models.schemes import Level, Reading, Scheme
from assessments.rules.models.targets import Target
from assessments.rules.models.years import Submission
from members.models import Member, VillageHead
from orgs.models import AuditEntry, Organization, Village
from tests import factories, short
from tests.assessments.closed import closed
from tests.assessments.registers.confirming import send
from tests.assessments.registers.test_registers import DECIDED
from tests.assessments.review.supplements.test_supplement_pages import DECISION, typed
from tests.assessments.year import opened

TOKEN = re.compile(r'name="once" value="([0-9a-f-]{36})"')
TARGET = {
    "indicator": "village_heads_members",
    "comparison": ">",
    "value": "95",
    "first_year": "2026",
    "last_year": "2030",
    "article": "II.5",
    "document_number": "NQ 05-NQ/TU",
    "document_date": "1/8/2026",
}
CAP = {
    "subject": "affiliated",
    "level_code": "HTTNV",
    "percent": "20",
    "base": "rated",
    "group": "grassroots",
    "first_year": "2031",
    "last_year": "2032",
}
ACTIVITY = {
    "name": "Cấp ủy viên được bồi dưỡng",
    "short_name": "Được bồi dưỡng",
    "document": "NQ, mục III.3",
    "first_year": "2019",
}


def forms(world) -> dict[str, tuple]:
    """Address → what is made, who makes it, what is typed, and what makes it another one."""
    scheme = Scheme.objects.get(first_year=2018)
    level = scheme.levels.get(subject="organization", code="HTXSNV")
    like = Scheme.objects.get(first_year=2025)
    empty = factories.village(world.alpha.commune, code="T.A.9", name="Thôn chưa có trưởng")
    return {
        "/organizations/found/": (
            Organization,
            Role.BOARD,
            {"name": "Chi bộ Mới", "code": "A.X01.7", "form": "cell", "parent": "A.X01", **DECIDED},
            {"code": "A.X01.8"},
        ),
        "/villages/found/": (
            Village,
            Role.OFFICER,
            {"name": "Thôn Mới", "code": "T.A.7", "committee": "A.X01"},
            {"code": "T.A.8"},
        ),
        f"/villages/{empty.pk}/head/": (
            VillageHead,
            Role.OFFICER,
            {"full_name": "A Mới", "starts_on": "1/1/2017", "ends_on": "31/1/2017"},
            {"starts_on": "1/2/2017", "ends_on": "28/2/2017"},
        ),
        "/members/enrol/": (
            Member,
            Role.OFFICER,
            {"full_name": "Y Mới", "code": "A7", "cell": "A.X01.1", "admitted_on": "2015"},
            {"code": "A8"},
        ),
        f"/organizations/{world.alpha.commune.pk}/split/": (
            Organization,
            Role.BOARD,
            {
                "name": "Đảng bộ Tách",
                "code": "A.X07",
                "on": "1/1/2019",
                "children": world.alpha.cells[1].pk,
                **DECIDED,
            },
            None,
        ),
        "/rules/targets/add/": (Target, Role.BOARD, TARGET, {"first_year": "2031", "last_year": "2035"}),
        "/rules/caps/add/": (Cap, Role.BOARD, CAP, {"first_year": "2033", "last_year": "2034"}),
        "/rules/schemes/add/": (
            Scheme,
            Role.BOARD,
            {"name": "QĐ mới", "first_year": "2028", "like": like.pk},
            {"first_year": "2030"},
        ),
        f"/rules/schemes/{scheme.pk}/readings/exemplary/add/": (
            Reading,
            Role.BOARD,
            {"name": "khác", "levels": [level.pk]},
            {"name": "khác nữa"},
        ),
        "/counts/activities/add/": (Activity, Role.BOARD, ACTIVITY, {"name": "Khác", "short_name": "Khác"}),
        "/accounts/add/": (
            User,
            Role.ADMINISTRATOR,
            {"username": "a.moi", "full_name": "Lê Mới", "role": "officer", "organization": "A"},
            {"username": "b.moi"},
        ),
    }


def sent(client, address: str, typed_in: dict, token: str):
    return send(client, address, typed_in | {"once": token})


@pytest.mark.once
def test_each_create_form_sent_twice_stores_once(world, client_as):
    clients = {
        role: client_as(role, world.alpha.unit if role == Role.OFFICER else world.province)
        for role in (Role.BOARD, Role.OFFICER, Role.ADMINISTRATOR)
    }
    for address, (model, role, typed_in, other) in short.some(list(forms(world).items())):
        client = clients[role]
        token = TOKEN.search(client.get(address).content.decode())[1]
        before = model._base_manager.count()
        first, second = (sent(client, address, typed_in, token) for _ in range(2))
        form = first.context and first.context.get("form")
        assert model._base_manager.count() == before + 1, (address, form and form.errors)
        assert second.status_code == first.status_code, address
        assert second.headers.get("Location") == first.headers.get("Location"), address
        if other:
            sent(client, address, typed_in | other, token)
            assert model._base_manager.count() == before + 2, address


def test_what_is_gone_or_long_ago_is_made_anew(world, client_as, monkeypatch):
    client = client_as(Role.BOARD, world.province)
    token = TOKEN.search(client.get("/rules/targets/add/").content.decode())[1]
    sent(client, "/rules/targets/add/", TARGET, token)
    client.post(f"/rules/targets/{Target.objects.get(value=95).pk}/remove/")
    sent(client, "/rules/targets/add/", TARGET, token)
    assert Target.objects.filter(value=95).count() == 1
    monkeypatch.setattr("orgs.once.TWICE", timedelta(seconds=-1))
    again = sent(client, "/rules/targets/add/", TARGET, token)
    assert again.context["form"].errors and Target.objects.filter(value=95).count() == 1


def test_the_second_answer_has_a_password_that_works(world, client_as):
    client = client_as(Role.ADMINISTRATOR, world.province)
    token = TOKEN.search(client.get("/accounts/add/").content.decode())[1]
    typed_in = {"username": "a.moi", "full_name": "Lê Mới", "role": "officer", "organization": "A"}
    sent(client, "/accounts/add/", typed_in, token)
    password = sent(client, "/accounts/add/", typed_in, token).context["password"]
    assert User.objects.get(username="a.moi").check_password(password)
    User.objects.filter(username="a.moi").update(last_login="2026-01-01T00:00Z")
    assert sent(client, "/accounts/add/", typed_in, token).status_code == 302
    assert User.objects.get(username="a.moi").check_password(password)


def test_a_supplement_is_filed_once(world, client_of):
    year = closed(world)
    client, address = client_of(year.officer), "/ratings/2018/supplements/new/"
    looked = client.post(address, typed(year.line) | DECISION | {"preview": "1"}).content.decode()
    filing = typed(year.line) | DECISION | {"file": "1"}
    first, second = (sent(client, address, filing, TOKEN.search(looked)[1]) for _ in range(2))
    assert Supplement.objects.count() == 1
    assert first.status_code == second.status_code == 302 and first.url == second.url


def test_two_sendings_of_one_moment_store_once(reference, world, client_as):
    """No year is open: nothing but the code itself is held."""
    client = client_as(Role.OFFICER, world.alpha.unit)
    token = TOKEN.search(client.get("/members/enrol/").content.decode())[1]
    typed_in = {"full_name": "Y Mới", "code": "A7", "cell": "A.X01.1", "admitted_on": "2015"}
    answers, start = [], threading.Barrier(2)

    def click():
        start.wait(10)
        try:
            answers.append(sent(client, "/members/enrol/", typed_in, token))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    made = Member.objects.get(code="A7")
    assert made.admitted_on == date(2015, 1, 1)
    assert [answer.headers.get("Location") for answer in answers] == [made.get_absolute_url()] * 2


def test_a_step_of_the_workflow_sent_twice_is_no_error(world, client_of):
    year = opened(world)
    level = {
        kind: Level.objects.get(scheme__years=2018, subject=kind, code="HTTNV")
        for kind in ("organization", "member")
    }
    OrganizationLine.objects.filter(year=2018).update(decided=level["organization"])
    MemberLine.objects.filter(year=2018).update(decided=level["member"])
    officer, board = client_of(year.officer), client_of(year.board)
    desk = f"/review/2018/{year.submission.pk}/"
    returned = {"row": f"o{year.line.pk}", "reason": "Xem lại"}
    for client, page, address, typed_in, state in (
        (officer, "/ratings/2018/submit/", "/ratings/2018/submit/", {"message": ""}, "submitted"),
        (board, desk, f"{desk}return/", returned, "returned"),
        (officer, "/ratings/2018/submit/", "/ratings/2018/submit/", {"message": "xong"}, "submitted"),
        (board, desk, f"{desk}accept/", {}, "accepted"),
    ):
        token = TOKEN.search(client.get(page).content.decode())[1]
        for _ in range(2):
            answer = sent(client, address, typed_in, token)
            assert answer.status_code == 302, address
            said = {str(message) for message in get_messages(answer.wsgi_request)}
            assert said <= {"Đã trả lại 1 dòng.", "Đã duyệt các dòng không bị trả lại."}, said
        assert Submission.objects.get(pk=year.submission.pk).state == state
    actions = AuditEntry.objects.filter(object_type="assessments.submission").values_list("action", flat=True)
    assert sorted(actions) == [f"submission.{step}" for step in ("accept", "return", "submit", "submit")]
