"""The filter row of the ledger of issued reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.reports.issued.names import titles
from assessments.roster.querysets import IssuedReportQuerySet
from assessments.rules.years import all_years
from orgs.filters import UnitFilter, offer_units
from resolution03.lib.filters import choice
from resolution03.lib.forms import choices_of, field_of


class IssuedFilter(UnitFilter):
    """By number, report, year and unit."""

    report = choice(_("Report"), lambda: titles().items(), _("Every report"))
    year = choice(_("Year"), [], _("Every year"))
    unit = choice(_("Unit"), [], _("Province and units"))

    def __init__(self, data, *, user):
        super().__init__(data)
        years = [(str(year), str(year)) for year in reversed(all_years())]
        field = field_of(self, "year", forms.ChoiceField)
        field.choices = [*choices_of(field), *years]
        offer_units(self, user)

    def narrow(self, rows: IssuedReportQuerySet) -> IssuedReportQuerySet:
        """`rows` as the filter row asks."""
        values = self.values
        if "q" in values:
            number = values["q"].strip().partition("/")[0]
            rows = rows.filter(number=int(number)) if _is_number(number) else rows.none()
        if "report" in values:
            rows = rows.filter(slug=values["report"])
        if "year" in values:
            rows = rows.filter(year=values["year"])
        if "unit" in values:
            rows = rows.filter(unit=values["unit"])
        return rows


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 7
