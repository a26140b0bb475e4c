"""Forms of the acts by which villages are merged and split."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.permissions import Permission, may
from assessments.registers.forms import fields
from assessments.registers.register_form import RegisterForm
from members.models import VillageHead
from orgs.fields import DayField, ThingField, label
from orgs.models import Organization, Village, VillageKind
from resolution03.lib.figures import number
from resolution03.lib.forms import field_of
from resolution03.lib.phrases import Phrase

OF_HEAD = ("full_name", "is_member", "is_secretary", "member")


class VillageChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, village: Village) -> str:
        return " · ".join((village.code, village.name, str(village.cell or _t("no cell"))))


class HeadChoice(forms.ModelChoiceField):
    """Who heads one of the villages, told by the village, by name to who may see persons."""

    sees_persons = False
    day = date.min

    def label_from_instance(self, head: VillageHead) -> str:
        is_member = head.member.is_present_on(self.day) if head.member else head.is_member
        told = [_t("party member") if is_member else _t("not a party member")]
        told += [_t("secretary of the cell")] if head.is_secretary else []
        name = [head.full_name] if self.sees_persons else []
        return _t("of %(village)s: %(told)s") % {"village": head.village, "told": ", ".join(name + told)}


class _WithHead(RegisterForm):
    """With who is put in post in the village that is made, for who may write persons."""

    full_name = forms.CharField(label=_("Full name of the new head"), max_length=120, required=False)
    is_member = forms.BooleanField(label=_("Party member"), required=False)
    is_secretary = forms.BooleanField(label=_("Secretary of the cell"), required=False)
    member = ThingField(
        label=_("Entry in the register of members"),
        required=False,
        help_text=_("Code or name. With it, the member's own dates decide."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not may(self.user, Permission.EDIT_PERSONS):
            for name in OF_HEAD:
                fields.leave_out(self, name)

    def initial_of(self, subject) -> dict:
        return {}

    def new_head(self, found: dict) -> dict[str, Any] | None:
        """The head who is typed; None for nobody. Marks without a name are refused."""
        typed = {name: found.pop(name) for name in OF_HEAD if name in found}
        if typed.get("full_name"):
            return typed
        if any(typed.values()):
            self.add_error("full_name", _("Give the name of the new head."))
        return None


class MergeVillages(_WithHead):
    """First the commune committee, then which of its villages go into which one."""

    things = {"committee": fields.committees, "cell": fields.cells, "member": fields.members}
    layout = Layout(
        "committee", "sources", "into", "name", fields.row("code", "kind"), "on",
        fields.row("decision", "decided_on"), "cell", fields.row("cell_name", "cell_code"), "joins_cells",
        "head", "full_name", "is_member", "is_secretary", "member",
    )  # fmt: skip

    committee = ThingField(label=_("Commune committee"))
    sources = VillageChoice(
        label=_("Villages that are merged"), queryset=Village.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    into = forms.ModelChoiceField(
        label=_("Merged into"), queryset=Village.objects.none(), required=False,
        empty_label=_("a new village"),
        help_text=_("A new village has no history; a village that goes on keeps its own."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of the new village"), max_length=255, required=False)
    code = fields.CodeField(label=_("Code of the new village"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("as the old ones")), *VillageKind.choices], required=False
    )
    on = DayField(
        label=_("From"),
        may_lie_ahead=True,
        help_text=_("The first day of the merged village; the old ones and their heads end the day before."),
    )
    decision = fields.decision()
    decided_on = fields.decided_on()
    cell = ThingField(
        label=_("Cell"),
        required=False,
        help_text=_("Empty: a village that goes on keeps its cell; a new one has none."),
    )
    cell_name = forms.CharField(label=_("Name of a cell founded for it"), max_length=255, required=False)
    cell_code = fields.CodeField(label=_("Code of that cell"), max_length=60, required=False)
    joins_cells = forms.BooleanField(
        label=_("The cells of the merged villages go into that cell, with their members"), required=False
    )
    head = HeadChoice(
        label=_("Head from that day on"), queryset=VillageHead.objects.none(), required=False,
        empty_label=_("who heads the village that goes on; of a new one nobody yet"),
    )  # fmt: skip

    @property
    def steps(self) -> list[Phrase]:
        """What is done one after the other; `step` of them is asked for."""
        return [_("Commune committee"), _("Villages, name, day, decision"), _("What follows"), _("Stored")]

    @property
    def step(self) -> int:
        return 2 if "sources" in self.fields else 1

    def __init__(self, data=None, **kwargs):
        committee = _committee(kwargs["user"], data, kwargs.get("initial") or {})
        if committee and data is not None and "on" not in data:
            data, kwargs["initial"] = None, {"committee": committee}
        super().__init__(data, **kwargs)
        if committee is None:
            self.fields = {"committee": self.fields["committee"]}
            self.helper.layout = Layout("committee")
            return
        for name in ("decision", "decided_on"):
            self.fields[name].required = True
        self.fields["decision"].help_text = _("By which the villages are merged.")
        self._offer(committee)

    def _offer(self, committee: Organization) -> None:
        day = _day(self.data.get("on")) or timezone.localdate()
        last = Q(ends_on=None) | Q(ends_on__gte=day - timedelta(days=1))
        standing = committee.villages.filter(last)
        for name in ("sources", "into"):
            field_of(self, name, forms.ModelChoiceField).queryset = standing.select_related("cell")
        heads = VillageHead.objects.visible_to(self.user).filter(
            last, village__in=standing, starts_on__lt=day
        )
        choice = field_of(self, "head", HeadChoice)
        choice.sees_persons, choice.day = may(self.user, Permission.VIEW_PERSONS), day
        choice.queryset = heads.select_related("village", "member").prefetch_related("member__past_stays")

    def clean(self) -> dict:
        """What the action takes."""
        found = dict(super().clean())
        if "sources" not in self.fields:
            return found
        new_head = self.new_head(found)
        if new_head and found.get("head"):
            self.add_error("full_name", _("Choose one of the heads, or name another one; not both."))
        place = {name: found.pop(name, None) for name in ("committee", "name", "code", "kind")}
        new_cell = self._new_cell(found)
        if found.get("into"):
            found["sources"] = [one for one in found.get("sources", ()) if one != found["into"]]
            return found | {"new_head": new_head, "new_cell": new_cell}
        for name in ("name", "code"):
            if not place[name] and name not in self.errors:
                self.add_error(name, _("A new village needs a name and a code."))
        village = {name: value for name, value in place.items() if value}
        return found | {"new_head": new_head, "new_cell": new_cell, "village": village}

    def _new_cell(self, found: dict) -> dict | None:
        typed = {name: found.pop(f"cell_{name}", "") for name in ("name", "code")}
        if not any(typed.values()):
            return None
        if not all(typed.values()):
            empty = next(name for name in typed if not typed[name])
            self.add_error(f"cell_{empty}", _("The new cell needs a code and a name."))
        elif found.get("cell"):
            self.add_error("cell", _("Choose a cell, or found a new one; not both."))
        return typed

    def chosen(self) -> list[str]:
        """What goes where, from which day on, and by whose cell."""
        found = self.cleaned_data
        into = found["into"] or found["village"]["name"]
        words = ngettext(
            "From %(day)s on %(n)s village goes into %(into)s.",
            "From %(day)s on %(n)s villages go into %(into)s.",
            len(found["sources"]),
        )
        told = {"day": f"{found['on']:%d/%m/%Y}", "n": number(len(found["sources"])), "into": into}
        cell = self.says("cell", label(found["cell"])) if found["cell"] else []
        return [words % told, *cell]


class SplitVillage(_WithHead):
    """A part of a village becomes one of its own."""

    things = {"committee": fields.committees, "cell": fields.cells, "member": fields.members}
    layout = Layout(
        "name", fields.row("code", "kind"), "committee", "cell", "on", fields.row("decision", "decided_on"),
        "full_name", "is_member", "is_secretary", "member",
    )  # fmt: skip

    name = forms.CharField(label=_("Name of the new village"), max_length=255)
    code = fields.code()
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("as the village")), *VillageKind.choices], required=False
    )
    committee = ThingField(
        label=_("Commune committee"), required=False, help_text=_("Empty: that of the village.")
    )
    cell = ThingField(label=_("Cell"), required=False, help_text=_("Empty: it has no cell yet."))
    on = DayField(
        label=_("From"),
        may_lie_ahead=True,
        help_text=_("The first day of the new village; the old one goes on."),
    )
    decision = fields.decision()
    decided_on = fields.decided_on()

    def clean(self) -> dict:
        found = dict(super().clean())
        return found | {"new_head": self.new_head(found)}


def _committee(user, data, initial: dict) -> Organization | None:
    """Whose villages are asked for: as typed, else as the address names it."""
    if data is None:
        return initial.get("committee")
    typed = ThingField(required=False)
    typed.queryset = fields.committees(user)
    try:
        return typed.clean(data.get("committee", ""))
    except ValidationError:
        return None


def _day(typed: str | None) -> date | None:
    try:
        return DayField(required=False).clean(typed or "")
    except ValidationError:
        return None
