"""Numbers are typed as texts: no page has a field whose wheel or language makes 75 of 7,5."""

import re

import pytest
from django import forms

from accounts.models import Role
from assessments.rules.models.caps import Cap
from assessments.rules.models.schemes import Scheme
from assessments.rules.models.targets import Target
from resolution03.lib.forms import HouseForm
from tests.assessments.registers.confirming import send
from tests.places import ROOT

TEMPLATES = ROOT / "templates"
NUMBER_FIELD = re.compile(r"""<input[^>]*type=["']?number""")


@pytest.mark.once
def test_no_form_and_no_template_has_one():
    known, found = [HouseForm], {}
    for form in known:
        known += [one for one in form.__subclasses__() if not one.__module__.startswith("tests.")]
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field.widget, forms.NumberInput):
                found[form.__name__] = name
    assert len(known) > 30 and not found
    assert not [path.name for path in TEMPLATES.rglob("*.html") if NUMBER_FIELD.search(path.read_text())]


@pytest.fixture
def board(world, client_as):
    return client_as(Role.BOARD, world.province)


def test_targets_and_caps_are_typed_with_a_comma(board):
    target, cap = Target.objects.get(indicator="grassroots_strong"), Cap.objects.first()
    for row, name, address in ((target, "value", "targets"), (cap, "percent", "caps")):
        form = board.get(f"/rules/{address}/{row.pk}/").context["form"]
        typed = {key: form[key].value() for key in form.fields if form[key].value() not in (None, False)}
        typed["document_date"] = "8/8/2016"
        for text, stored in (("7,5", "7.50"), ("7.5", "7.50"), ("70", "70.00")):
            assert send(board, f"/rules/{address}/{row.pk}/", typed | {name: text}).status_code == 302
            row.refresh_from_db()
            assert f"{getattr(row, name):.2f}" == stored, (address, text)
            shown = board.get(f"/rules/{address}/{row.pk}/").content.decode()
            assert f'name="{name}" value="{text.replace(".", ",")}"' in shown, (address, text)
        answer = board.post(f"/rules/{address}/{row.pk}/", typed | {name: "bảy mươi"})
        words = "“bảy mươi” không phải số: hãy viết như 7,5 hoặc 1.850."
        assert answer.context["form"].errors == {name: [words]}
        assert 'value="bảy mươi"' in answer.content.decode()


def test_years_are_whole_numbers(board):
    like = Scheme.objects.get(first_year=2025).pk
    typed = {"name": "QĐ mới", "first_year": "2028,5", "like": like}
    answer = board.post("/rules/schemes/add/", typed)
    assert list(answer.context["form"].errors) == ["first_year"]
    assert 'value="2028,5"' in answer.content.decode()
    assert send(board, "/rules/schemes/add/", typed | {"first_year": "2.028"}).status_code == 302
    assert Scheme.objects.filter(first_year=2028).exists()
