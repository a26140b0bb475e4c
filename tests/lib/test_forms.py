"""The base of every form."""

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import QueryDict

from resolution03.lib.forms import CHOOSE, BaseForm, field_of

pytestmark = pytest.mark.once


class Named(BaseForm):
    name = forms.CharField()
    version = forms.IntegerField()


def test_a_form_that_carries_another_version_shows_what_was_typed():
    form = Named(QueryDict("name=Đăk Tô&version=1"))
    form.carry("version", "2")
    assert (form["name"].value(), form["version"].value()) == ("Đăk Tô", "2")


def test_a_field_of_another_kind_is_no_answer():
    assert field_of(Named(), "version", forms.IntegerField).required
    with pytest.raises(TypeError):
        field_of(Named(), "name", forms.IntegerField)


class Chosen(BaseForm):
    must = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])
    may = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")], required=False)


@pytest.mark.parametrize("initial", [{}, {"must": "a", "may": "a"}])
def test_no_choice_is_said_in_words_also_where_something_was_chosen(initial):
    page = str(Chosen(initial=initial))
    assert "-----" not in page
    assert f'<option value="">{CHOOSE}</option>' in page.replace(" selected", "")
    assert '<option value="">—</option>' in page.replace(" selected", "")
