"""The form by which accounts of many units are asked for: which units, and how each account is called."""

from collections.abc import Iterable, Iterator

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.actions import unit_accounts
from orgs.actions.unit_accounts import Wanted
from orgs.models import Organization
from orgs.rules import ACCOUNT_NAME
from resolution03.lib.forms import BaseForm
from resolution03.lib.text import clean, fold

PLACE = "{ma}"
PATTERN = f"canbo.{PLACE}"
"""As people type it: where the code of the unit stands in the name of its account."""


class UnitAccountsForm(BaseForm):
    """A box and a name for each unit without an officer's account; at first all are chosen, and called by
    the pattern. A changed pattern names all anew and makes nothing yet (`is_renamed`)."""

    pattern = forms.CharField(
        label=gettext_lazy("Pattern of the names"),
        max_length=ACCOUNT_NAME,
        initial=PATTERN,
        help_text=gettext_lazy("{ma} stands for the code of the unit, in small letters without diacritics."),
    )
    filled = forms.CharField(required=False, initial=PATTERN, widget=forms.HiddenInput)

    def __init__(self, data=None):
        super().__init__(data)
        self.units = list(_units(data))
        for unit in self.units:
            self.fields[_box(unit)] = forms.BooleanField(required=False, initial=True)
            self.fields[_name(unit)] = forms.CharField(
                required=False, initial=named(PATTERN, unit), label=unit.name
            )
        self.is_renamed = bool(data) and self._rename(clean(self.data.get("pattern", "")))

    def _rename(self, pattern: str) -> bool:
        """Whether the pattern is another than the one by which the names on the page were made."""
        if PLACE not in pattern or pattern == self.data.get("filled", PATTERN):
            return False
        self.carry("filled", pattern)
        for unit in self.units:
            self.carry(_name(unit), named(pattern, unit))
        return True

    @property
    def rows(self) -> Iterator[tuple[Organization, BoundField, BoundField]]:
        return ((unit, self[_box(unit)], self[_name(unit)]) for unit in self.units)

    def clean_pattern(self) -> str:
        pattern = self.cleaned_data["pattern"]
        if PLACE not in pattern:
            words = _("Write %(place)s where the code of the unit stands, as in %(example)s.")
            raise forms.ValidationError(words % {"place": PLACE, "example": PATTERN})
        return pattern

    @property
    def wanted(self) -> list[Wanted]:
        """The accounts of the chosen units, of a form that was sent."""
        chosen = (unit for unit in self.units if self.cleaned_data.get(_box(unit)))
        return [Wanted(unit, self.cleaned_data.get(_name(unit), "")) for unit in chosen]

    def is_sound(self) -> bool:
        """Whether something is chosen and nothing stands against any of it; told beside each name."""
        self.full_clean()
        if not self.wanted:
            self.add_error(None, _("No unit is chosen."))
        for pk, words in unit_accounts.faults(self.wanted).items():
            self.add_error(f"name_{pk}", words)
        return not self.errors


def named(pattern: str, unit: Organization) -> str:
    """`canbo.{ma}` of the unit TM.X01: `canbo.tm.x01`."""
    return pattern.replace(PLACE, fold(unit.code).replace(" ", ""))


def _units(data) -> Iterable[Organization]:
    """Units of today without an officer's account, and what was chosen of others, which is told then."""
    sent = [key.removeprefix("box_") for key in data or () if key.startswith("box_")]
    units = Organization.objects.units()
    free = units.existing_on(timezone.localdate()).without_officer()
    chosen = Q(pk__in=[int(key) for key in sent if key.isdecimal() and len(key) < 16])
    return units.filter(Q(pk__in=free.values("pk")) | chosen)


def _box(unit: Organization) -> str:
    return f"box_{unit.pk}"


def _name(unit: Organization) -> str:
    return f"name_{unit.pk}"
