"""The plain form of an organization's row: its rating and its counts of discipline."""

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.entry.counting.judging import Counted, Counts
from assessments.entry.discipline.table import HEADS, TABLE
from assessments.entry.grid.forms import RatingForm
from assessments.roster.models.discipline import CELLS, MOST
from resolution03.lib.forms import TypedWhole


class OrganizationForm(RatingForm):
    """`seen`: the counts as the page showed them; a blank count is not zero."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, counts: Counts, drafts_only=False, **kwargs):
        super().__init__(*args, drafts_only=drafts_only, **kwargs)
        self.fields["seen"] = self.base_fields["seen"]
        self.initial = {**self.initial, **counts, "seen": TABLE.written(counts)}
        for key, (_of, form) in CELLS.items():
            self.fields[key] = TypedWhole(
                label=capfirst(form.label), required=False, min_value=0, max_value=MOST
            )
        self.helper.layout = Layout(*self._layout(drafts_only), "seen", *self._counts())

    def _counts(self):
        for of, head in HEADS.items():
            cells = [key for key, (found, _form) in CELLS.items() if found == of]
            legend = _("Decisions on discipline in the year: %(whom)s")
            yield Fieldset(legend % {"whom": head}, Row(*(Column(key) for key in cells)))

    def counted(self, line_id: int) -> Counted:
        """The counts that were changed on the page."""
        seen = TABLE.heard(self.cleaned_data["seen"])
        counts = {key: self.cleaned_data[key] for key in CELLS}
        changed = {key: count for key, count in counts.items() if count != seen.get(key)}
        return Counted(line_id, seen, changed)
