"""The checks of a count as rows of its form: each a sentence, added and taken away without JavaScript."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.entry.counts.rules import sentence
from assessments.review.rulebook.counted_choices import Choices, Offered
from assessments.rules.count_declared import MOST_TIMES
from assessments.rules.count_rule import CheckRule
from assessments.rules.models.counts import Activity, CountCheck, Register, Relation, Size
from resolution03.lib.forms import BaseForm, TypedWhole, field_of

PREFIX = "checks"
COUNT, SIZE, REGISTER = "count", "size", "register"
BLANK_ROWS = 1
MOST_ROWS = 40
_CLASSES = {
    "text": "form-control form-control-sm",
    "select": "form-select form-select-sm",
    "checkbox": "form-check-input",
}


class CheckForm(BaseForm):
    """One check. `against`: a count, a size or a registers' number, with what it is before a colon."""

    times = TypedWhole(label=_t("times"), required=False, min_value=1, max_value=MOST_TIMES)
    plus = forms.ChoiceField(label=_t("together with"), required=False)
    relation = forms.ChoiceField(label=_t("relation"), required=False, choices=[("", "—"), *Relation.choices])
    against = forms.ChoiceField(label=_t("held to"), required=False)
    less = forms.ChoiceField(label=_t("less the count"), required=False)
    is_monthly = forms.BooleanField(label=_t("each month"), required=False)
    is_hard = forms.BooleanField(label=_t("refused, not only asked"), required=False)
    away = forms.BooleanField(label=_t("take away"), required=False)

    def __init__(self, *args, offered: Offered, **kwargs):
        self.offered = offered
        super().__init__(*args, **kwargs)
        for name in ("plus", "less"):
            field_of(self, name, forms.ChoiceField).choices = offered.choices
        field_of(self, "against", forms.ChoiceField).choices = _against(offered)
        for field in self.fields.values():
            field.widget.attrs["class"] = _CLASSES[getattr(field.widget, "input_type", "text")]

    def clean(self):
        found = super().clean()
        if self.is_row and not self.cleaned_data.get("relation") and "relation" not in self.errors:
            self.add_error("relation", _("Say how it is held: ≤, ≥ or =."))
        return found

    @property
    def is_row(self) -> bool:
        """Whether it says anything, and stays."""
        typed = self.cleaned_data
        says = any(typed.get(name) for name in ("plus", "against", "less", "is_monthly", "is_hard"))
        return not typed.get("away") and (says or typed.get("times") not in (None, 1))

    @property
    def check(self) -> CheckRule:
        return check_of(self.cleaned_data)

    @property
    def sentence(self) -> str:
        """What stands there, in signs; empty where nothing does."""
        if self.is_bound and not self.errors:
            return self._said(self.check) if self.is_row else ""
        if self.is_bound:
            return ""
        return self._said(check_of(self.initial)) if self.initial.get("against") else ""

    def _said(self, check: CheckRule) -> str:
        return sentence(_("this count"), check, self.offered.names)


def _against(offered: Offered) -> Choices:
    counts = [
        (group, [(f"{COUNT}:{code}", words) for code, words in rows])
        for group, rows in offered.choices
        if isinstance(rows, list)
    ]
    return [
        ("", "—"),
        (_("sizes of the list"), [(f"{SIZE}:{value}", str(label)) for value, label in Size.choices]),
        (_("registers' numbers"), [(f"{REGISTER}:{value}", str(label)) for value, label in Register.choices]),
        *counts,
    ]


def check_of(typed: Mapping[str, Any]) -> CheckRule:
    """The check that the values of a row say."""
    kind, _colon, value = str(typed.get("against") or "").partition(":")
    times = str(typed.get("times") or 1)
    return CheckRule(
        times=int(times) if times.isdecimal() else 1,
        plus=typed.get("plus") or "",
        relation=typed.get("relation") or Relation.AT_MOST.value,
        other=value if kind == COUNT else "",
        less=typed.get("less") or "",
        size=value if kind == SIZE else "",
        register=value if kind == REGISTER else "",
        is_monthly=bool(typed.get("is_monthly")),
        is_hard=bool(typed.get("is_hard")),
    )


def _initial(row: CountCheck, codes: Mapping[int, str]) -> dict:
    other = codes.get(row.other_id or 0, "")
    kind, value = next(
        ((kind, one) for kind, one in ((COUNT, other), (SIZE, row.size), (REGISTER, row.register)) if one),
        ("", ""),
    )
    return {
        "times": row.times,
        "plus": codes.get(row.plus_id or 0, ""),
        "relation": row.relation,
        "against": f"{kind}:{value}" if kind else "",
        "less": codes.get(row.less_id or 0, ""),
        "is_monthly": row.is_monthly,
        "is_hard": row.is_hard,
    }


class BaseChecks(forms.BaseFormSet):
    """The rows that say something, in their order."""

    @property
    def said(self) -> Iterator[CheckForm]:
        return (form for form in self.forms if form.is_row)

    @property
    def rules(self) -> list[CheckRule]:
        return [form.check for form in self.said]

    def refuse(self, row: int, reasons) -> None:
        """A fault of the check `row` among those that say something."""
        form = list(self.said)[row]
        for reason in reasons:
            form.add_error("against", reason)


def _rows(blank: int) -> type[BaseChecks]:
    most = MOST_ROWS
    rows = formset_factory(CheckForm, formset=BaseChecks, extra=blank, max_num=most, absolute_max=most)
    return cast(type[BaseChecks], rows)


def checks_form(data, activity: Activity, offered: Offered) -> BaseChecks:
    """The checks of a count; `data`: what was sent, None on first sight."""
    if data is not None:
        return _rows(0)(data, prefix=PREFIX, form_kwargs={"offered": offered})
    rows = CountCheck.objects.filter(activity=activity.pk).order_by("pk") if activity.pk else ()
    return _unsent([_initial(row, offered.codes) for row in rows], offered)


def one_more(data, offered: Offered) -> BaseChecks:
    """What was typed, those that go left out, and a blank row more; nothing is judged yet."""
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    typed = [
        {name: data.get(f"{PREFIX}-{row}-{name}", "") for name in CheckForm.base_fields}
        for row in range(min(int(total), MOST_ROWS) if total.isdecimal() else 0)
    ]
    kept = [row for row in typed if not row.pop("away")]
    return _unsent([row for row in kept if row["against"] or row["plus"]], offered)


def _unsent(initial: list[dict], offered: Offered) -> BaseChecks:
    return _rows(BLANK_ROWS)(prefix=PREFIX, initial=initial, form_kwargs={"offered": offered})
