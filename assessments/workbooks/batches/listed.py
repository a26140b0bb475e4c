"""What of a plan one page lists: faults, rows under a filter."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

from assessments.workbooks.loading.warned import ON_ROWS
from assessments.workbooks.models import PlannedStatus
from assessments.workbooks.querysets import PlannedRowQuerySet
from resolution03.lib.filters import FilterRow, choice
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
        return self.page.paginator.count


class RowFilter(FilterRow):
    """By status or by a warning, by sheet, by words of the code or the name."""

    status = CharFilter(method="as_it_stands", widget=forms.HiddenInput)
    sheet = choice(_("Sheet"), [], _("Every sheet"), method="on_sheet")

    def __init__(self, data, queryset, *, batch: "Batch"):
        super().__init__(data, queryset)
        self.batch = batch
        named = [(sheet["place"], sheet["sheet"]) for sheet in batch.sheets if sheet["kind"]]
        self.offer("sheet", named)

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

    def search(self, rows: PlannedRowQuerySet, _name: str, words: str) -> PlannedRowQuerySet:
        return rows.found_by(words)

    def on_sheet(self, rows: PlannedRowQuerySet, _name: str, place: str) -> PlannedRowQuerySet:
        sheet = self.batch.sheets[int(place)]
        return rows.filter(upload=sheet["upload"], sheet=sheet["sheet"])

    def as_it_stands(self, rows: PlannedRowQuerySet, _name: str, _status: str) -> PlannedRowQuerySet:
        """The status narrows below: one is always shown."""
        return rows

    def filter_queryset(self, queryset: PlannedRowQuerySet) -> PlannedRowQuerySet:
        rows, status = super().filter_queryset(queryset), self.status_shown
        if status in ON_ROWS:
            return rows.filter(warned__contains=status)
        return rows.exclude(status__in=QUIET) if status == CHANGES else rows.filter(status=status)
