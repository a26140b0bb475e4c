"""The filter row of the ledger of issued reports."""

from django.utils.translation import gettext_lazy as _

from assessments.reports.issued.names import titles
from assessments.reports.issued.querysets import IssuedReportQuerySet
from assessments.rules.years import all_years
from orgs.filters import UnitFilter
from resolution03.lib.filters import choice


class IssuedFilter(UnitFilter):
    """By number, report, year and unit."""

    report = choice(_("Report"), lambda: list(titles().items()), _("Every report"), field_name="slug")
    year = choice(_("Year"), [], _("Every year"))
    unit = choice(_("Unit"), [], _("Province and units"))

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        years = [(str(year), str(year)) for year in reversed(all_years())]
        self.form.fields["year"].choices = years
        self.form.order_fields(["q", "report", "year", "unit"])

    def search(self, rows: IssuedReportQuerySet, _name: str, words: str) -> IssuedReportQuerySet:
        number = words.partition("/")[0]
        return rows.filter(number=int(number)) if _is_number(number) else rows.none()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7
