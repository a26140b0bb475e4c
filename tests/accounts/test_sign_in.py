"""Signing in, being locked out, the one-time password, the language, the end of a session."""

import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from tests import factories

SIGN_IN = "/account/sign-in/"
PAGE = "/account/password/"


def sign_in(client, username, password, **extra):
    return client.post(SIGN_IN, {"username": username, "password": password}, **extra)


@pytest.fixture
def viewer(db):
    return factories.user(Role.VIEWER, factories.province(), username="xem.thu")


def test_signing_in_leads_to_the_page_that_was_asked_for(client, viewer):
    answer = client.get("/account/password/")
    assert answer.url == f"{SIGN_IN}?next=/account/password/"
    answer = client.post(
        answer.url,
        {"username": "xem.thu", "password": factories.PASSWORD, "next": "/account/password/"},
    )
    assert answer.url == "/account/password/"


def test_a_closed_account_does_not_sign_in(client, viewer):
    viewer.is_active = False
    viewer.save()
    assert sign_in(client, "xem.thu", factories.PASSWORD).status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_fifth_wrong_password_locks_the_name_from_that_place_only(client, viewer):
    statuses = [sign_in(client, "xem.thu", "sai").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    locked = sign_in(client, "xem.thu", factories.PASSWORD)
    assert locked.status_code == 429
    assert "tạm khoá" in locked.content.decode()
    elsewhere = sign_in(client, "xem.thu", factories.PASSWORD, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 302


def test_another_name_from_the_same_office_is_not_locked(client, viewer):
    other = factories.user(Role.VIEWER)
    for _ in range(5):
        sign_in(client, "xem.thu", "sai")
    assert sign_in(client, other.username, factories.PASSWORD).status_code == 302


def test_a_one_time_password_opens_only_its_change(client_of, viewer):
    viewer.must_change_password = True
    viewer.save()
    client = client_of(viewer)
    assert client.get("/").url == PAGE
    new = "lúa chín vàng đồng"
    words = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/account/password/", words).url == "/"
    viewer.refresh_from_db()
    assert not viewer.must_change_password and viewer.check_password(new)
    assert client.get("/").url != PAGE


@pytest.mark.parametrize("word", ["Mật Khẩu 123", "matkhau123", "nghiquyet03", "12345678901", "ngắn"])
def test_a_guessable_password_is_refused(client_of, viewer, word):
    words = {"old_password": factories.PASSWORD, "new_password1": word, "new_password2": word}
    answer = client_of(viewer).post("/account/password/", words)
    assert answer.context["form"].errors.keys() == {"new_password2"}


def test_the_language_is_vietnamese_whatever_the_browser_says(client, db):
    answer = client.get(SIGN_IN, headers={"Accept-Language": "en-US,en"})
    assert 'lang="vi"' in answer.content.decode()
    assert answer.headers["Content-Language"] == "vi"


def test_the_chosen_language_stays_with_the_account(client_of, viewer):
    answer = client_of(viewer).post("/account/language/", {"language": "en", "next": "/x/?y=1"})
    assert answer.url == "/x/?y=1"
    assert 'lang="en"' in client_of(viewer).get(PAGE).content.decode()


def test_before_signing_in_a_cookie_keeps_the_language(client, db):
    client.post("/account/language/", {"language": "en"})
    assert 'lang="en"' in client.get(SIGN_IN).content.decode()


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_the_language_switch_leads_to_no_other_host(client, db, address):
    answer = client.post("/account/language/", {"language": "xx", "next": address})
    assert answer.url == "/"
    assert answer.cookies["language"].value == "vi"


@pytest.mark.parametrize(("key", "limit"), [("seen", "SESSION_IDLE"), ("began", "SESSION_ABSOLUTE")])
def test_a_session_runs_out(client_of, viewer, settings, key, limit):
    client = client_of(viewer)
    assert client.get(PAGE).status_code == 200
    session = client.session
    session[key] = int(time.time()) - getattr(settings, limit) - 1
    session.save()
    answer = client.get(PAGE, follow=True)
    assert answer.redirect_chain[0][0].startswith(reverse("accounts:sign_in"))
    assert "đã hết" in answer.content.decode()


def test_signing_out_needs_a_post(client_of, viewer):
    client = client_of(viewer)
    assert client.get("/account/sign-out/").status_code == 405
    assert client.post("/account/sign-out/").url == SIGN_IN
    assert client.get("/").status_code == 302


def test_the_log_shows_who_came_and_who_failed(client, client_as, viewer):
    sign_in(client, "ke.la", "sai")
    sign_in(client, "xem.thu", factories.PASSWORD)
    administrator = client_as(Role.ADMINISTRATOR)
    shown = administrator.get("/account/sign-ins/").content.decode()
    assert "xem.thu" in shown and "ke.la" in shown
    failed = administrator.get("/account/sign-ins/?failed=1").content.decode()
    assert "ke.la" in failed and "xem.thu" not in failed
    assert "sai" not in re.findall(r"<td[^>]*>([^<]*)", failed)


def test_the_log_needs_as_many_queries_for_many_rows(client, client_as, viewer):
    administrator = client_as(Role.ADMINISTRATOR)
    administrator.get(PAGE)
    counts = []
    for number in (1, 20):
        for attempt in range(number):
            sign_in(client, f"ai{number}.{attempt}", "sai")
        with CaptureQueriesContext(connection) as queries:
            administrator.get("/account/sign-ins/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
