"""The ledger of loads: every batch with its files, numbers and state."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Q
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from assessments.workbooks.models import BatchState, Upload
from assessments.workbooks.querysets import UploadQuerySet
from orgs.filters import UnitFilter
from resolution03.lib.filters import choice

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

NUMBERS = ("created", "updated", "unchanged", "errors")


class LedgerFilter(UnitFilter):
    """By the name of a file or of a person who loaded, by unit, by state: one file for each batch."""

    state = choice(_("State"), BatchState.choices, _("Every state"), method="in_state")

    def search(self, rows: UploadQuerySet, _name: str, words: str) -> UploadQuerySet:
        named = Q(file_name__icontains=words) | Q(by_name__icontains=words)
        return rows.filter(batch__in=rows.filter(named).values("batch"))

    def in_state(self, rows: UploadQuerySet, _name: str, state: str) -> UploadQuerySet:
        return rows.in_state(state)

    def filter_queryset(self, queryset: UploadQuerySet) -> UploadQuerySet:
        return super().filter_queryset(queryset).first_of_batch()


class Counted(TypedDict):
    totals: dict[str, int] | None
    left_out: list[str] | None


@dataclass(frozen=True)
class LedgerRow:
    """One batch: its first file, all its files, how many rows of what, the sheets left out."""

    first: Upload
    files: list[Upload]
    numbers: dict[str, int]
    left_out: list[str]

    @property
    def is_kept(self) -> bool:
        return any(row.stored_as for row in self.files)


def ledger_rows(firsts: Iterable[Upload], rows: UploadQuerySet) -> list[LedgerRow]:
    """The batches of `firsts` with all their files out of `rows`, in one statement."""
    firsts = list(firsts)
    found = defaultdict(list)
    told = rows.filter(batch__in=[row.batch for row in firsts]).defer("counts")
    kept = {name: KeyTransform(name, "counts") for name in ("totals", "left_out")}
    for row in told.annotate(**kept).order_by("pk"):
        found[row.batch].append(row)
    return [_row(first, found[first.batch]) for first in firsts]


def _row(first: Upload, files: "list[WithAnnotations[Upload, Counted]]") -> LedgerRow:
    numbers = sum((Counter(row.totals or {}) for row in files), Counter())
    left_out = [sheet for row in files for sheet in row.left_out or ()]
    return LedgerRow(first, [*files], {name: numbers[name] for name in NUMBERS}, left_out)
