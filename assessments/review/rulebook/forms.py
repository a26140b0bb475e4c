"""Forms of the schemes, readings, targets and the term; the actions judge what they say."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.figures.count_indicators import of_counts
from assessments.figures.indicators import BUILT_IN
from assessments.review.rulebook.actions import SCHEME_FIELDS
from assessments.review.rulebook.target_actions import TARGET_FIELDS
from assessments.rules.models.risk import RiskAge
from assessments.rules.models.schemes import Level, Meaning, Reading, Scheme
from assessments.rules.models.target_sets import TargetScope
from assessments.rules.models.targets import Target, Term
from resolution03.lib.forms import (
    BaseForm,
    BaseModelForm,
    TypedDay,
    TypedDecimal,
    TypedWhole,
    TypedYear,
    field_of,
)
from resolution03.lib.phrases import Phrase


def day_field(label, *, required: bool = False, may_lie_ahead: bool = False) -> TypedDay:
    """A day typed as 31/12/2018."""
    return TypedDay(
        label=label,
        required=required,
        may_lie_ahead=may_lie_ahead,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        help_text=_("day/month/year, for example 31/12/2018"),
    )


class LevelsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, level: Level) -> str:
        return f"{level.code} · {level.name}"


class RuleForm(BaseModelForm):
    """A rule with its document; what contradicts is refused by the action, in its words."""

    document_date = day_field(_("document date"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(field.label)

    def validate_unique(self) -> None:
        pass


DOCUMENT = Fieldset(_("Document"), "document_number", "document_date", "issuer")


YEARS = {"first_year": TypedYear, "last_year": TypedYear}


class TargetForm(RuleForm):
    indicator = forms.ChoiceField(label=_("indicator"))
    layout = Layout(
        Fieldset(_("Target"), "indicator", "scope", "comparison", "value", "is_guiding"),
        Fieldset(_("Years"), "first_year", "last_year", "due"),
        Fieldset(_("Document"), "article", "document_number", "document_date", "issuer"),
    )

    class Meta:
        model = Target
        fields = [name for name in TARGET_FIELDS if name != "set"]
        field_classes = YEARS | {"value": TypedDecimal, "due": TypedYear}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "indicator", forms.ChoiceField).choices = _indicators()
        scope = field_of(self, "scope", forms.ChoiceField)
        scope.required, scope.choices = False, [("", _("every unit, and the province")), *TargetScope.choices]
        if not self.instance.pk:
            self.initial["scope"] = ""

    def clean_scope(self) -> str:
        return self.cleaned_data["scope"] or TargetScope.UNITS


def _indicators() -> list:
    """The built-in ones, then those of counts by the Board's groups."""
    own = [(code, one.words.name) for code, one in BUILT_IN.items()]
    choices: dict[Phrase, list] = {_("Targets of the resolution"): own}
    for group, indicator in of_counts():
        choices.setdefault(group, []).append((indicator.code, indicator.words.name))
    return list(choices.items())


class TermForm(RuleForm):
    starts_on = day_field(_("first day"), required=True, may_lie_ahead=True)
    ends_on = day_field(_("last day"), required=True, may_lie_ahead=True)
    layout = Layout(Fieldset(_("Term"), "name", "starts_on", "ends_on"), DOCUMENT)

    class Meta:
        model = Term
        fields = ["name", "starts_on", "ends_on", "document_number", "document_date", "issuer"]


class RiskAgeForm(RuleForm):
    layout = Layout(Fieldset(_("Age for villages at risk"), "age", "first_year"), DOCUMENT)

    class Meta:
        model = RiskAge
        fields = ["age", "first_year", "document_number", "document_date", "issuer"]
        field_classes = {"age": TypedWhole, "first_year": TypedYear}


class SchemeForm(RuleForm):
    layout = Layout(Fieldset(_("Scheme"), "name", "first_year", "last_year", "break_note"), DOCUMENT)

    class Meta:
        model = Scheme
        fields = SCHEME_FIELDS
        field_classes = YEARS


class NewSchemeForm(SchemeForm):
    like = forms.ModelChoiceField(Scheme.objects.none(), label=_("levels and readings as in"))
    layout = Layout(Fieldset(_("Scheme"), "name", "first_year", "last_year", "break_note", "like"), DOCUMENT)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "like", forms.ModelChoiceField).queryset = Scheme.objects.order_by("-first_year")


class LevelForm(RuleForm):
    document_date = None  # type: ignore[assignment]  # so Django leaves a field out

    class Meta:
        model = Level
        fields = ["name"]


class ReadingForm(RuleForm):
    """What a reading counts; it is put in use by `DecisionForm`."""

    document_date = None  # type: ignore[assignment]  # so Django leaves a field out
    levels = LevelsField(Level.objects.none(), label=_("levels"), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Reading
        fields = ["name", "levels"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reading = self.instance
        levels = Level.objects.filter(scheme=reading.scheme_id, subject=Meaning(reading.meaning).levels)
        field_of(self, "levels", LevelsField).queryset = levels


class DecisionForm(BaseForm):
    """The Board's decision by which a reading is put in use."""

    document_number = forms.CharField(label=_("decision number"), max_length=80)
    document_date = day_field(_("decision date"), required=True)
    issuer = forms.CharField(label=_("issuer"), max_length=120, required=False)
