"""Health, headers, error pages, forms and translations."""

import re

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.template import Context, Template
from django.test import RequestFactory
from django.views import defaults

from accounts.models import Role
from orgs.models import Installation
from resolution03.lib.forms import BaseForm
from tests import factories


def test_health_says_ok_to_anybody(client, db):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_health_says_when_the_database_is_not_migrated(client, db, monkeypatch):
    monkeypatch.setattr(
        "resolution03.views.MigrationExecutor.migration_plan", lambda self, targets: [("orgs", "2")]
    )
    assert client.get("/healthz").status_code == 503


def test_every_page_carries_the_strict_headers(client, db):
    headers = client.get("/account/sign-in/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_missing_page_says_so_and_gives_a_code(client_as):
    answer = client_as(Role.VIEWER).get("/khong-co/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "Không có trang này" in text
    assert re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", text)


def test_a_refusal_gives_its_reason(db):
    request = RequestFactory().get("/")
    answer = defaults.permission_denied(request, PermissionDenied("Chỉ được xem."))
    assert (answer.status_code, "Chỉ được xem." in answer.content.decode()) == (403, True)


def test_the_page_of_a_fault_needs_nothing():
    answer = defaults.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Trang bị lỗi" in answer.content.decode()


@pytest.mark.parametrize("address", ["/account/sign-in/", "/account/password/"])
def test_every_page_of_a_demonstration_says_that_its_data_are_invented(client, db, address):
    def shown():
        return "hư cấu" in client.get(address).content.decode()

    if "password" in address:
        client.force_login(factories.user(Role.BOARD), backend="django.contrib.auth.backends.ModelBackend")
    assert not shown()
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    assert shown()


class Village(BaseForm):
    name = forms.CharField(label="Tên")
    note = forms.CharField(widget=forms.Textarea, required=False)
    word = forms.CharField(widget=forms.PasswordInput, required=False, strip=False)


def test_a_form_takes_text_in_its_stored_form():
    form = Village({"name": " \u00d0ăk  Hà ", "note": "một\nhai", "word": " a  b "})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Đăk Hà", "note": "một\nhai", "word": " a  b "}


def test_a_form_with_errors_lists_them_on_top_and_keeps_what_was_typed(rf):
    form = Village({"name": "", "note": "giữ lại"})
    page = Template('{% include "_form.html" with submit="Lưu" %}').render(
        Context({"form": form, "csrf_token": "x"})
    )
    assert '<a href="#id_name">Tên</a>' in page
    assert 'aria-invalid="true"' in page
    assert "giữ lại" in page
    assert page.index("error-summary") < page.index("<form")
