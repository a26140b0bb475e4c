"""What of a plan one page lists: faults, rows under a filter."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.roster.querysets import PlannedRowQuerySet
from assessments.workbooks.loading.warned import ON_ROWS
from assessments.workbooks.models import PlannedStatus
from resolution03.lib.filters import FilterForm, PlainSelect
from resolution03.lib.paging import NumberedPage

if TYPE_CHECKING:
    from assessments.workbooks.batches.told import Batch

FAULTS_A_PAGE = 25
QUIET = (PlannedStatus.UNCHANGED, PlannedStatus.SKIPPED, PlannedStatus.ABSENT)
CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class FaultPage:
    """Some of many faults; `is_narrowed`: others are left out."""

    page: NumberedPage
    rows: list
    is_narrowed: bool

    @property
    def count(self) -> int:
        return self.page.count


class RowFilter(FilterForm):
    """By status or by a warning, by sheet, by words of the code or the name."""

    status = forms.CharField(required=False, widget=forms.HiddenInput)
    sheet = forms.ChoiceField(
        label=_("Sheet"), required=False, widget=PlainSelect(attrs={"class": "form-select form-select-sm"})
    )

    def __init__(self, data, *, batch: "Batch"):
        super().__init__(data)
        self.batch = batch
        named = [(str(sheet["place"]), sheet["sheet"]) for sheet in batch.sheets if sheet["kind"]]
        self.fields["sheet"].choices = [("", _("Every sheet")), *named]
        if len(named) < 2:
            del self.fields["sheet"]

    @property
    def status_shown(self) -> str:
        asked = self.values.get("status", CHANGES)
        return asked if asked in PlannedStatus.values or asked in ON_ROWS else CHANGES

    @property
    def count(self) -> int | None:
        """How many rows there are where only the status is asked for, which is counted already."""
        if {"q", "sheet"} & self.values.keys():
            return None
        return next((part.count for part in self.batch.parts if part.name == self.status_shown), 0)

    def narrow(self, rows: PlannedRowQuerySet) -> PlannedRowQuerySet:
        """`rows` as the filter row asks."""
        values, status = self.values, self.status_shown
        if status in ON_ROWS:
            rows = rows.filter(warned__contains=status)
        else:
            rows = rows.exclude(status__in=QUIET) if status == CHANGES else rows.filter(status=status)
        if "sheet" in values:
            sheet = self.batch.sheets[int(values["sheet"])]
            rows = rows.filter(upload=sheet["upload"], sheet=sheet["sheet"])
        return rows.found_by(values.get("q", ""))
