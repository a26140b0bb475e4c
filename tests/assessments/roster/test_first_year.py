"""From an empty migrated database to the first open year, page by page, by the links that they give."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from accounts.models import Role, User
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear
from orgs.models import Organization, Posting
from resolution03.lib.commands import Refused, UsageError
from tests import factories
from tests.assessments.test_counts_in_links import Links
from tests.assessments.test_sent_twice import TOKEN
from tests.workbooks import HEADS, MEMBERS, TREE, VILLAGE_ROWS, book

NEW = "mật khẩu rất dài của tôi 2026"
EMPTY_PAGES = (
    "/overview/",
    "/organizations/tree/",
    "/villages/",
    "/members/",
    "/reports/",
    "/counts/",
    "/totals/",
)


def account(*arguments) -> list[str]:
    out = io.StringIO()
    call_command("account", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue().strip().split("\t")


def signed_in(name: str, password: str) -> Client:
    """Signs in with a one-time password and changes it, as the pages demand."""
    client = Client()
    client.post("/account/sign-in/", {"username": name, "password": password})
    form = {"old_password": password, "new_password1": NEW, "new_password2": NEW}
    answer = client.post("/account/password/", form, follow=True)
    assert answer.status_code == 200 and not User.objects.get(username=name).must_change_password
    return client


def links(answer) -> dict[str, str]:
    """Text → address of the links in the main part of a page."""
    return {text: address for address, text in Links(answer.content.decode()).found}


def load(client, tmp_path, sheets: dict):
    content = book(tmp_path / "so.xlsx", sheets).read_bytes()
    answer = client.post("/upload/", {"files": [SimpleUploadedFile("so.xlsx", content)]})
    plan = client.get(answer.url).context["first"].plan_hash
    assert client.post(f"{answer.url}apply/", {"plan": plan}, follow=True).status_code == 200


def test_an_empty_database_is_begun_in_its_pages(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    admin = signed_in(*account("add", "quantri", "--role", "administrator"))
    home = admin.get("/", follow=True)
    address = links(home)["Lập tổ chức cấp tỉnh"]
    asked = admin.post(address, {"name": "Đảng bộ tỉnh", "code": "KT"}, follow=True)
    assert Organization.objects.get().code == "KT"
    assert Posting.objects.get().user.username == "quantri"
    made = admin.post(
        asked.request["PATH_INFO"],
        {
            "username": "banto",
            "full_name": "Ban Tổ chức",
            "role": asked.context["form"]["role"].value(),
            "organization": "KT",
        },
    )
    board = signed_in("banto", made.context["password"])

    for page in EMPTY_PAGES:
        answer = board.get(page, follow=True)
        assert {"/upload/", "/years/"} & set(links(answer).values()), page
    begun = board.get("/", follow=True)
    assert "đã xong 3 trong 9 việc" in begun.content.decode()
    assert links(begun)["Nạp tệp Excel: Sổ tổ chức"] == "/upload/"
    load(board, tmp_path, {"Tổ chức": TREE})
    load(
        board,
        tmp_path,
        {
            "Thôn": VILLAGE_ROWS,
            "Trưởng": [HEADS, ["A.T1", "A Thử", "x", None, None, "1/1/2020"]],
            "Đảng viên": [MEMBERS, ["DV1", "Y Thử", "1/1/2010", "A.X1.1"]],
        },
    )
    for page in EMPTY_PAGES[:1] + EMPTY_PAGES[4:6]:
        assert "/years/" in links(board.get(page, follow=True)).values(), page
    address = links(board.get("/overview/"))["Mở một năm: Mở năm đầu tiên"]
    year = board.get(address).context["form"]["year"].value()
    board.post(address, {"year": year})
    assert RatingYear.objects.get().is_open
    assert OrganizationLine.objects.filter(year=year, kind="grassroots").count() == 3
    overview = board.get("/", follow=True)
    assert overview.request["PATH_INFO"] == f"/years/{year}/" and overview.status_code == 200
    assert "Thiết lập ban đầu" not in overview.content.decode()


def test_the_province_is_made_once_and_only_by_an_administrator(db, client_of, world):
    province = world.province
    assert Organization.objects.filter(parent=None).get() == province
    for role, status in ((Role.BOARD, 403), (Role.ADMINISTRATOR, 302)):
        client = client_of(factories.user(role, province))
        assert client.get("/organizations/province/").status_code == status, role
        assert client.post("/organizations/province/", {"name": "Khác", "code": "KH"}).status_code == status
    assert Organization.objects.filter(parent=None).count() == 1


def test_who_goes_back_and_types_another_province_is_told(world, client_as):
    admin = client_as(Role.ADMINISTRATOR, world.province)
    page = admin.post("/organizations/province/", {"name": "Tỉnh Khác", "code": "KH"}, follow=True)
    assert "Đã có đảng bộ tỉnh." in page.content.decode()
    assert "Đã có đảng bộ tỉnh." not in admin.get("/organizations/province/", follow=True).content.decode()
    assert not Organization.objects.filter(code="KH").exists()


def test_a_double_click_makes_one_province(db, client_of):
    client = client_of(factories.user(Role.ADMINISTRATOR))
    token = TOKEN.search(client.get("/organizations/province/").content.decode())[1]
    typed = {"name": "Đảng bộ tỉnh", "code": "KT", "once": token}
    answers = [client.post("/organizations/province/", typed) for _ in range(2)]
    assert {answer.url for answer in answers} == {"/accounts/add/?role=board"}
    assert Organization.objects.count() == 1


def test_the_command_posts_and_closes(world):
    account("add", "canbo", "--role", "officer", "--unit", "A")
    account("post", "canbo", "--unit", "b")
    assert Posting.objects.get(user__username="canbo").organization == world.beta.unit
    account("close", "canbo")
    assert not User.objects.get(username="canbo").is_active
    assert Posting.objects.filter(user__username="canbo").exists()
    for arguments, fault in (
        (("post", "canbo"), UsageError),
        (("post", "ai", "--unit", "A"), UsageError),
        (("close", "ai"), UsageError),
        (("post", "canbo", "--unit", "KHÔNG"), UsageError),
        (("post", "canbo", "--unit", "A.X01"), Refused),
    ):
        with pytest.raises(fault):
            account(*arguments)
    assert Posting.objects.get(user__username="canbo").organization == world.beta.unit


def test_the_steps_say_where_the_beginning_stands(world, client_as):
    answer = client_as(Role.BOARD, world.province).get("/overview/")
    steps = answer.context["beginning"].steps
    done = [step.is_done for step in steps]
    assert done == [False, True, True, True, True, True, None, False, False]
    assert not re.search(r"A Alpha|Y Beta", answer.content.decode())
    officer = client_as(Role.OFFICER, world.alpha.unit).get("/ratings/", follow=True)
    assert "/years/" not in links(officer).values()
