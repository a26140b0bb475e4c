"""Forms of caps, exceptions and groups of like bodies; the actions judge what they say."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.review.rulebook.cap_actions import CAP_FIELDS, EXCEPTION_FIELDS, LIKE_FIELDS
from assessments.review.rulebook.forms import DOCUMENT, YEARS, RuleForm
from assessments.rules.models.caps import Cap, CapException, LikeGroup
from orgs.models import Organization
from resolution03.lib.forms import TypedDecimal, TypedWhole, TypedYear, field_of


class CapForm(RuleForm):
    layout = Layout(
        Fieldset(_("Cap"), "subject", "level_code", "percent", "base", "base_level_code"),
        Fieldset(_("Groups"), "group", "least_size"),
        Fieldset(_("Years"), "first_year", "last_year"),
        Fieldset(_("Document"), "article", "document_number", "document_date", "issuer", "is_default"),
    )

    class Meta:
        model = Cap
        fields = CAP_FIELDS
        field_classes = YEARS | {"percent": TypedDecimal, "least_size": TypedWhole}
        help_texts = {
            "least_size": _("groups of fewer rated are not limited; empty: every group is"),
            "is_default": _("untick it when the Board has decided; until then every page says so"),
        }


class ExceptionForm(RuleForm):
    unit = forms.ModelChoiceField(Organization.objects.none(), label=_("unit"))
    layout = Layout(
        Fieldset(_("Exception from a cap"), "unit", "year", "subject", "level_code", "percent"),
        DOCUMENT,
    )

    class Meta:
        model = CapException
        fields = EXCEPTION_FIELDS
        field_classes = {"percent": TypedDecimal, "year": TypedYear}
        help_texts = {"percent": _("QĐ 366-QĐ/TW, 30/8/2025, art. 11: up to 25% by decision")}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seen = Organization.objects.visible_to(user)
        units = seen.filter(parent__isnull=False, parent__parent__isnull=True)
        field_of(self, "unit", forms.ModelChoiceField).queryset = units.order_by("position", "pk")


class LikeGroupForm(RuleForm):
    layout = Layout(Fieldset(_("Group of like bodies"), "name", "by", "entries"), DOCUMENT)

    class Meta:
        model = LikeGroup
        fields = LIKE_FIELDS
        widgets = {"entries": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "entries": _(
                "one a line: types as the register of organizations has them, or codes of organizations"
            )
        }
