"""The filter rows of the lists of organizations and of the trail."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from orgs.models import Form, Level, Organization
from orgs.querysets import OrganizationQuerySet
from resolution03.lib.filters import FilterForm, choice

STATES = [("gone", _("Dissolved")), ("all", _("Existing and dissolved"))]


class OrganizationFilter(FilterForm):
    unit = choice(_("Unit"), [], _("Every unit"))
    level = choice(_("Level"), Level.choices, _("Every level"))
    form = choice(_("Form"), Form.choices, _("Every form"))
    state = choice(_("State"), STATES, _("Existing"))

    def __init__(self, data, *, user):
        super().__init__(data)
        offer_units(self, user)

    def narrow(self, rows: OrganizationQuerySet) -> OrganizationQuerySet:
        """`rows` as the filter row asks."""
        values = self.values
        rows = rows.found_by(values.get("q", ""))
        if "unit" in values:
            rows = rows.under(Organization.objects.get(pk=values["unit"]))
        if "level" in values:
            rows = rows.at_level(values["level"])
        if "form" in values:
            rows = rows.filter(form=values["form"])
        if values.get("state") == "gone":
            return rows.gone()
        return rows if values.get("state") == "all" else rows.existing_on(date.today())


def offer_units(form: FilterForm, user) -> None:
    """The units that the user sees; the select goes where there is nothing to choose."""
    units = list(Organization.objects.visible_to(user).units().values_list("pk", "name"))
    if len(units) < 2:
        del form.fields["unit"]
    else:
        empty, *_rest = form.fields["unit"].choices
        form.fields["unit"].choices = [empty, *((str(pk), name) for pk, name in units)]
