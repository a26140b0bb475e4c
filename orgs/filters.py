"""The filter rows of the lists of organizations and of the trail."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, Filter

from orgs.fields import DayField
from orgs.models import Form, Level, Organization
from orgs.querysets import AuditEntryQuerySet, OrganizationQuerySet
from resolution03.lib.filters import FilterRow, choice
from resolution03.lib.phrases import Phrase

STATES = [("gone", _("Dissolved")), ("all", _("Existing and dissolved"))]

KINDS = [
    ("organization", _("Organizations")), ("village", _("Villages")), ("head", _("Village heads")),
    ("member", _("Members")), ("rating", _("Ratings")), ("submission", _("Submissions")),
    ("year", _("Years")), ("rules", _("Levels and targets")), ("account", _("Accounts")),
]  # fmt: skip


class UnitFilter(FilterRow):
    """A filter row with the select `unit` of those that the user sees; `units`: their names, by
    primary key."""

    unit = choice(_("Unit"), [], _("Every unit"))

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset)
        self.units = dict(Organization.objects.visible_to(user).units().values_list("pk", "name"))
        self.offer("unit", self.units.items())

    def under(self, rows, _name: str, unit: str):
        return rows.under(Organization.objects.get(pk=unit))


class OrganizationFilter(UnitFilter):
    unit = choice(_("Unit"), [], _("Every unit"), method="under")
    level = choice(_("Level in the tree"), Level.choices, _("Every level"), method="at_level")
    form = choice(_("Form"), Form.choices, _("Every form"))
    state = choice(_("State"), STATES, _("Existing"), method="in_state")

    def search(self, rows: OrganizationQuerySet, _name: str, words: str) -> OrganizationQuerySet:
        return rows.found_by(words)

    def at_level(self, rows: OrganizationQuerySet, _name: str, level: str) -> OrganizationQuerySet:
        return rows.at_level(level)

    def in_state(self, rows: OrganizationQuerySet, _name: str, state: str) -> OrganizationQuerySet:
        return rows.gone() if state == "gone" else rows

    def filter_queryset(self, queryset: OrganizationQuerySet) -> OrganizationQuerySet:
        rows = super().filter_queryset(queryset)
        return rows if "state" in self.values else rows.existing_on(date.today())


def _box(words: Phrase) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control form-control-sm", "placeholder": words})


class DayFilter(Filter):
    field_class = DayField


class TrailFilter(FilterRow):
    """By the object's code, by who did it, by what was done, by day."""

    who = CharFilter("actor_name", "icontains", label=_("Who"), max_length=120, widget=_box(_("Who")))
    what = choice(_("What"), KINDS, _("Every change"), method="of_kind")
    since = DayFilter("at", "date__gte", label=_("From"), may_lie_ahead=True, widget=_box(_("From day")))
    until = DayFilter("at", "date__lte", label=_("Until"), may_lie_ahead=True, widget=_box(_("Until day")))

    def search(self, entries: AuditEntryQuerySet, _name: str, code: str) -> AuditEntryQuerySet:
        return entries.filter(object_code__istartswith=code)

    def of_kind(self, entries: AuditEntryQuerySet, _name: str, kind: str) -> AuditEntryQuerySet:
        return entries.filter(action__startswith=f"{kind}.")
