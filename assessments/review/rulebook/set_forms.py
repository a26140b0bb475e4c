"""The forms of a set of targets and of the quotas of units."""

from collections.abc import Iterable

from crispy_forms.layout import Fieldset, Layout
from django.utils.translation import gettext_lazy as _

from assessments.review.rulebook.forms import RuleForm
from assessments.review.rulebook.set_actions import SET_FIELDS
from assessments.rules.models.target_sets import Quota, TargetSet
from orgs.models import Organization
from resolution03.lib.forms import BaseForm, TypedWhole

MOST = 999_999


class SetForm(RuleForm):
    layout = Layout(
        Fieldset(_("Set of targets"), "code", "name", "title", "short_name"),
        Fieldset(_("Document"), "document_number", "document_date", "issuer"),
    )

    class Meta:
        model = TargetSet
        fields = SET_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("in commands, addresses and the numbers of forms: KH5, DH16")
        for name, words in (
            ("title", _("as headings of forms write it; empty: the name")),
            ("short_name", _("where there is little room; empty: the code")),
        ):
            self.fields[name].required, self.fields[name].help_text = False, words

    def clean_code(self) -> str:
        return self.cleaned_data["code"].upper()


class QuotasForm(BaseForm):
    """A field for each unit, named by its key; empty takes a quota away."""

    def __init__(self, data, *, units: Iterable[Organization], stored: Iterable[Quota], most: int = MOST):
        self.units = list(units)
        super().__init__(data, initial={str(row.unit_id): row.value for row in stored})
        for unit in self.units:
            field = TypedWhole(label=unit.name, required=False, min_value=0, max_value=most)
            self.fields[str(unit.pk)] = field

    @property
    def rows(self) -> list:
        return [(unit, self[str(unit.pk)]) for unit in self.units]

    @property
    def assigned(self) -> dict[int, int | None]:
        return {unit.pk: self.cleaned_data[str(unit.pk)] for unit in self.units}
