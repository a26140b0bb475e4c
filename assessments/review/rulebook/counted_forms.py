"""The form of one thing that offices count; what contradicts is refused by the action, in its words."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.review.rulebook.check_forms import PREFIX, checks_form, one_more
from assessments.review.rulebook.counted_actions import FIELDS
from assessments.review.rulebook.counted_choices import Offered
from assessments.rules.count_rule import CheckRule
from assessments.rules.models.counts import Activity
from resolution03.lib.errors import Refusal
from resolution03.lib.forms import BaseForm, BaseModelForm, TypedYear, field_of

RELATED = ("denominator", "less")
_HELP = {
    "code": _t("Stands in commands and never changes: letters a to z, digits, “_”; empty: one is given."),
    "name": _t("Heads the column of a workbook as well."),
    "short_name": _t("Heads tables and stands in checks."),
    "group": _t("Counts of one group stand together; a new name makes a new group."),
    "clause": _t("as II.3"),
    "measure": _t("what is counted: cuộc, đảng viên, hộ"),
    "level": _t("Whose number it is: it is typed for each of them and added up from there."),
    "period": _t("“When there is something to give”: nobody lacks it."),
    "of_villages": _t("Others are not asked for it."),
    "adds_up": _t("Else those of merged organizations are shown side by side."),
    "source": _t(
        "Computed: nobody types it where the registers tell it. Compared: typed, and another number than the "
        "registers' asks for a reason."
    ),
    "register": _t("Only where it is computed or compared."),
    "denominator": _t("The share is this count of that one."),
    "less": _t("What does not belong to that whole, as those introduced but excused."),
    "size": _t("Or: the share is this count of a number that the list tells."),
    "is_monthly": _t("The whole is that size times 12, in a half-year times 6, as for monthly meetings."),
    "is_average": _t("As meetings for each cell."),
    "last_year": _t("Empty as long as it is counted."),
    "form": _t("Only of what stands in a column of a form."),
}  # fmt: skip


class ActivityForm(BaseModelForm):
    """`checks`: its checks, a form each; judged and refused together with it."""

    denominator = forms.ChoiceField(label=_t("share of the count"), required=False)
    less = forms.ChoiceField(label=_t("less the count"), required=False)
    form = forms.ChoiceField(label=_t("report form"), required=False)
    layout = Layout(
        Fieldset(
            _t("Yearly count"),
            "code", "name", "short_name",
            Row(Column("group"), Column("measure")),
            Row(Column("clause"), Column("document")),
        ),
        Fieldset(
            _t("Who counts it, and when"),
            Row(Column("level"), Column("period")),
            Row(Column("first_year"), Column("last_year")),
            "of_villages", "adds_up",
        ),
        Fieldset(_t("Where the number comes from"), Row(Column("source"), Column("register"))),
        Fieldset(
            _t("Of what it is a share"),
            Row(Column("denominator"), Column("less")),
            Row(Column("size"), Column("direction")),
            "is_monthly", "is_average",
        ),
        Fieldset(_t("Report form"), "form"),
    )  # fmt: skip

    class Meta:
        model = Activity
        fields = ("code", *FIELDS)
        field_classes = {"first_year": TypedYear, "last_year": TypedYear}

    def __init__(self, data=None, *, instance: Activity, initial: dict | None = None):
        self.offered = Offered.beside(instance)
        chosen = {} if instance.pk else dict.fromkeys(("level", "period", "source"), "")
        related = {name: self.offered.codes.get(getattr(instance, f"{name}_id") or 0, "") for name in RELATED}
        super().__init__(data, instance=instance, initial=chosen | related | (initial or {}))
        self._offer()
        self.has_checks = data is None or f"{PREFIX}-TOTAL_FORMS" in data
        self.checks = checks_form(data if self.has_checks else None, instance, self.offered)
        if not self.has_checks:
            self._leave_out(data)

    @property
    def check_rules(self) -> list[CheckRule] | None:
        """None where the form said nothing of checks."""
        return self.checks.rules if self.has_checks else None

    def _offer(self) -> None:
        if self.instance.pk:
            del self.fields["code"]
            self.helper.layout.fields[0].fields.remove("code")
        else:
            self.fields["code"].required, self.fields["code"].label = False, _("Code")
        for name in RELATED:
            field_of(self, name, forms.ChoiceField).choices = self.offered.choices
        numbers = [(one, _("form %(form)s") % {"form": one}) for one in self.offered.forms]
        field_of(self, "form", forms.ChoiceField).choices = [("", "—"), *numbers]
        self.fields["group"].widget.attrs["list"] = "groups"
        for name, label in (("first_year", _("first year")), ("last_year", _("last year"))):
            self.fields[name].required, self.fields[name].label = False, capfirst(label)
        for name, words in _HELP.items():
            if name in self.fields:
                self.fields[name].help_text = words

    def _leave_out(self, data) -> None:
        """What a form without checks did not send stays as it is."""
        for name in [*self.fields]:
            if name not in data and name not in ("name", "short_name"):
                del self.fields[name]

    def validate_unique(self) -> None:
        pass

    def is_valid(self) -> bool:
        is_right = not self.has_checks or self.checks.is_valid()
        return super().is_valid() and is_right

    def clean_denominator(self) -> Activity | None:
        return self.offered.by_code.get(self.cleaned_data["denominator"])

    def clean_less(self) -> Activity | None:
        return self.offered.by_code.get(self.cleaned_data["less"])

    def refuse(self, refusal: Refusal) -> None:
        """What is wrong with a check stands beside its row, and above the form with the row's number."""
        name, _dash, row = (refusal.field or "").partition("-")
        if name != PREFIX:
            super().refuse(refusal)
            return
        if self.has_checks:
            self.checks.refuse(int(row), refusal.reasons)
        for reason in refusal.reasons:
            words = _("Check %(row)s: %(reason)s")
            self.add_error(None, words % {"row": int(row) + 1, "reason": reason})


def with_one_more(data, activity: Activity) -> ActivityForm:
    """The form as it was typed, with a blank row for one more check; nothing is judged yet."""
    names = ("code", *FIELDS)
    form = ActivityForm(instance=activity, initial={name: data.get(name, "") for name in names})
    form.checks = one_more(data, form.offered)
    return form


class SwitchForm(BaseForm):
    """Which counts are switched: one, or those of a group."""

    one = forms.IntegerField(required=False, widget=forms.HiddenInput)
    group = forms.CharField(required=False, widget=forms.HiddenInput)
    off = forms.BooleanField(required=False, widget=forms.HiddenInput)
