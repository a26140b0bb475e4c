"""The filter rows of the lists of organizations and of the trail."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.fields import DayField
from orgs.models import Form, Level, Organization
from orgs.querysets import AuditEntryQuerySet, OrganizationQuerySet
from resolution03.lib.filters import FilterForm, choice
from resolution03.lib.forms import choices_of, field_of
from resolution03.lib.phrases import Phrase

STATES = [("gone", _("Dissolved")), ("all", _("Existing and dissolved"))]

KINDS = [
    ("organization", _("Organizations")), ("village", _("Villages")), ("head", _("Village heads")),
    ("member", _("Members")), ("rating", _("Ratings")), ("submission", _("Submissions")),
    ("year", _("Years")), ("rules", _("Levels and targets")), ("account", _("Accounts")),
]  # fmt: skip


class UnitFilter(FilterForm):
    """A filter row with the select `unit`; `units`: the names to choose from, by primary key."""

    units: dict[int, str]


class OrganizationFilter(UnitFilter):
    unit = choice(_("Unit"), [], _("Every unit"))
    level = choice(_("Level in the tree"), Level.choices, _("Every level"))
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


def offer_units(form: UnitFilter, user) -> None:
    """The `units` that the user sees, names by primary key; the select goes where there is
    nothing to choose."""
    form.units = dict(Organization.objects.visible_to(user).units().values_list("pk", "name"))
    if len(form.units) < 2:
        del form.fields["unit"]
    else:
        field = field_of(form, "unit", forms.ChoiceField)
        empty, *_rest = choices_of(field)
        field.choices = [empty, *((str(pk), name) for pk, name in form.units.items())]


def _box(words: Phrase) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control form-control-sm", "placeholder": words})


class TrailFilter(FilterForm):
    """By the object's code, by who did it, by what was done, by day."""

    who = forms.CharField(label=_("Who"), required=False, max_length=120, widget=_box(_("Who")))
    what = choice(_("What"), KINDS, _("Every change"))
    since = DayField(label=_("From"), required=False, may_lie_ahead=True, widget=_box(_("From day")))
    until = DayField(label=_("Until"), required=False, may_lie_ahead=True, widget=_box(_("Until day")))

    def narrow(self, entries: AuditEntryQuerySet) -> AuditEntryQuerySet:
        """`entries` as the filter row asks."""
        values = self.values
        if "q" in values:
            entries = entries.filter(object_code__istartswith=values["q"])
        if "who" in values:
            entries = entries.filter(actor_name__icontains=values["who"])
        if "what" in values:
            entries = entries.filter(action__startswith=f"{values['what']}.")
        if "since" in values:
            entries = entries.filter(at__date__gte=values["since"])
        if "until" in values:
            entries = entries.filter(at__date__lte=values["until"])
        return entries
