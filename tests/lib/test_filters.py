import pytest
from django import forms
from django.template import Context, Template
from django.utils.safestring import SafeString
from pytest_django.asserts import assertHTMLEqual

from orgs.models import Organization
from resolution03.lib.filters import FilterRow, choice
from tests import factories


class Lists(FilterRow):
    level = choice("Cấp", [("a", "<A>"), ("b", "B")], "Mọi cấp")


def test_a_select_reads_like_django_s_own():
    rows = Organization.objects.none()
    choices = [("", "Mọi cấp"), ("a", "<A>"), ("b", "B")]
    own = forms.Select({"class": "form-select form-select-sm"}, choices)
    for data in ({}, {"level": "b"}):
        field = Lists(data, rows).form["level"]
        assertHTMLEqual(str(field), own.render("level", field.value(), {"id": "id_level"}))


def test_rows_of_a_block_are_filled_and_escaped():
    rows = [{"name": "A & <B>", "tag": SafeString("<b>1</b>")}, {"name": "{tag}", "tag": ""}]
    block = Template("{% load house %}{% each rows %}<td>{name}{tag}</td>{% endeach %}")
    shown = block.render(Context({"rows": rows}))
    assert shown == "<td>A &amp; &lt;B&gt;<b>1</b></td><td>{tag}</td>"


def test_a_filter_row_has_no_rows_of_its_own_and_nonsense_filters_nothing(db):
    with pytest.raises(AttributeError):
        Lists({})
    factories.province()
    rows = Lists({"level": "nonsense", "q": ""}, Organization.objects.all())
    assert rows.qs.count() == 1 and rows.values == {}
