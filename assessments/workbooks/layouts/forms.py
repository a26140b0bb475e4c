"""Forms of an office's own sheet: where its headings stand, which column is what, which values."""

from collections.abc import Mapping as MappingOf

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.roster.models.counts import OF_HALF, OF_YEAR, Period
from assessments.workbooks.kinds.roles import key_of
from assessments.workbooks.layouts.mapping import Mapping, place_label, roles
from assessments.workbooks.layouts.reading import first_values, headings
from assessments.workbooks.layouts.values import Asked
from resolution03.lib.forms import BaseForm, TypedWhole, field_of
from resolution03.lib.workbooks.faults import cell_name
from resolution03.lib.workbooks.headings import HEADER_WITHIN
from resolution03.lib.workbooks.reading import Sheet

AS_IT_STANDS = "="
ROWS = ((1, gettext_lazy("one row")), (2, gettext_lazy("two rows")))


class HeaderForm(BaseForm):
    """Where the headings of a sheet stand, and what its rows are. Sent by GET."""

    header = TypedWhole(min_value=1, max_value=HEADER_WITHIN)
    rows = forms.TypedChoiceField(label=gettext_lazy("Headings stand over"), choices=ROWS, coerce=int)
    kind = forms.ChoiceField(label=gettext_lazy("Each row is about"))

    def __init__(self, data, *, kinds: MappingOf[str, str]):
        super().__init__(data)
        field_of(self, "kind", forms.ChoiceField).choices = [*kinds.items()]

    @classmethod
    def of(cls, mapping: Mapping, kinds: MappingOf[str, str]) -> "HeaderForm":
        data = {"header": mapping.header_row, "rows": mapping.header_rows, "kind": mapping.kind}
        return cls(data, kinds=kinds)


class MappingForm(BaseForm):
    """A role for each column of the sheet, the year of all its rows, the last row to read."""

    year = TypedWhole(
        label=gettext_lazy("Year of the whole sheet"),
        required=False,
        min_value=1930,
        max_value=2100,
        help_text=gettext_lazy("where no column gives the year"),
    )
    period = forms.ChoiceField(
        label=gettext_lazy("Period of the whole sheet"),
        required=False,
        choices=[(Period.HALF.value, OF_HALF), (Period.YEAR.value, OF_YEAR)],
    )
    last_row = TypedWhole(
        label=gettext_lazy("Last row to read"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("when signatures or notes stand below the table"),
    )

    place = forms.CharField(
        label=gettext_lazy("Whole sheet"),
        required=False,
        max_length=255,
    )
    has_groups = forms.BooleanField(required=False)

    def __init__(self, data, *, sheet: Sheet, start: Mapping):
        names = ("year", "last_row", "place", "has_groups")
        initial = {name: getattr(start, name) for name in names}
        initial["period"] = start.period or Period.YEAR.value
        super().__init__(data, initial=initial)
        self.sheet, self.start = sheet, start
        self.kind = start.of_kind
        self.labels = dict(roles(start.entry, self.kind))
        self.headings = _columns(sheet, start)
        choices = [("", _("– not read –")), *self.labels.items()]
        for index, heading in self.headings.items():
            self.fields[f"c{index}"] = forms.ChoiceField(
                label=heading or cell_name(1, index)[:-1],
                choices=choices,
                required=False,
                initial=start.columns.get(index, ""),
            )
        if "year" not in self.kind.by_key:
            del self.fields["year"]
        if "period" not in self.kind.by_key:
            del self.fields["period"]
        place = place_label(start.entry)
        self.fields["place"].label = _("Whole sheet: %(what)s") % {"what": place}
        self.fields["has_groups"].label = _("Group rows give: %(what)s") % {"what": place}
        if not start.entry.mapped.place:
            del self.fields["has_groups"]

    @property
    def columns(self) -> list[tuple]:
        """(letters, heading, bound field, first five values) of each column of the sheet."""
        below = self.start.header_row + self.start.header_rows - 1
        return [
            (cell_name(1, index)[:-1], heading, self[f"c{index}"], first_values(self.sheet, below, index))
            for index, heading in self.headings.items()
        ]

    def clean(self) -> dict:
        cleaned = super().clean()
        taken: dict[str, str] = {}
        for index in self.headings:
            role = cleaned.get(f"c{index}")
            key = key_of(role or "")
            if key and key in taken:
                self.add_error(f"c{index}", _("column %(letters)s is this already") % {"letters": taken[key]})
            elif key:
                taken[key] = cell_name(1, index)[:-1]
        if cleaned.get("year") and "year" in taken:
            text = _("column %(letters)s gives the year already")
            self.add_error("year", text % {"letters": taken["year"]})
        role = self.start.place_role
        if (cleaned.get("place") or cleaned.get("has_groups")) and key_of(role) in taken:
            text = _("column %(letters)s is this already")
            self.add_error("place", text % {"letters": taken[key_of(role)]})
        if not self.errors and (missing := self.mapping.missing):
            names = "; ".join(column.heading for column in missing)
            raise forms.ValidationError(_("No column is chosen for: %(names)s.") % {"names": names})
        entry = self.start.entry
        about = entry.about(self.kind)
        if not self.errors and about and not self.mapping.keys & {*about, *entry.mapped.instead}:
            named = entry.mapped.about[-1:]
            told = self.kind.heading(named[0]) if named else _("what is counted")
            raise forms.ValidationError(_("No column is chosen for: %(names)s.") % {"names": told})
        return cleaned

    @property
    def mapping(self) -> Mapping:
        """What is chosen so far, without the meaning of values."""
        chosen = {index: self.cleaned_data.get(f"c{index}") for index in self.headings}
        return Mapping(
            self.start.kind,
            self.start.header_row,
            self.start.header_rows,
            {index: role for index, role in chosen.items() if role},
            year=self.cleaned_data.get("year"),
            period="" if "period" in chosen.values() else self.cleaned_data.get("period", ""),
            last_row=self.cleaned_data.get("last_row"),
            encoding=self.start.encoding,
            place=self.cleaned_data.get("place", ""),
            has_groups=bool(self.cleaned_data.get("has_groups")),
        )


class ValuesForm(BaseForm):
    """What each value that says nothing by itself stands for; AS_IT_STANDS is a choice too."""

    def __init__(self, data, *, asked: list[Asked], start: Mapping):
        super().__init__(data)
        self.asked = asked
        for column in asked:
            for number, (key, text) in enumerate(column.written.items()):
                self.fields[f"v_{column.key}_{number}"] = forms.ChoiceField(
                    label=text[:80],
                    choices=[("", _("– choose –")), *column.options, (AS_IT_STANDS, _("– as it stands –"))],
                    initial=start.values.get(column.key, {}).get(key, ""),
                    error_messages={"required": _("Choose what it stands for.")},
                )

    @property
    def columns(self) -> list[tuple]:
        return [
            (column.label, [self[f"v_{column.key}_{number}"] for number in range(len(column.written))])
            for column in self.asked
        ]

    @property
    def keys(self) -> str:
        """Which columns are asked about, to know whether a user has seen them."""
        return ",".join(sorted(column.key for column in self.asked))

    @property
    def is_settled(self) -> bool:
        """Whether each value has its meaning already, from a layout or an earlier choice."""
        return all(field.initial for field in self.fields.values())

    @property
    def values(self) -> dict[str, dict[str, str]]:
        found = {}
        for column in self.asked:
            chosen = {
                key: self.cleaned_data.get(f"v_{column.key}_{number}", "")
                for number, key in enumerate(column.written)
            }
            found[column.key] = {
                key: value for key, value in chosen.items() if value and value != AS_IT_STANDS
            }
        return {key: values for key, values in found.items() if values}


class RememberForm(BaseForm):
    """Whether the layout is kept for the office's next sheet, and under which name."""

    remember = forms.BooleanField(
        label=gettext_lazy("Remember for the next sheet with these headings"), required=False
    )
    name = forms.CharField(label=gettext_lazy("Name of the layout"), max_length=120, required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("remember") and not cleaned.get("name"):
            self.add_error("name", _("Give the layout a name."))
        return cleaned

    @property
    def chosen_name(self) -> str:
        return self.cleaned_data["name"] if self.cleaned_data.get("remember") else ""


def _columns(sheet: Sheet, start: Mapping) -> dict[int, str]:
    """The columns with a heading or with something under it, and their headings."""
    found = headings(sheet, start.header_row, start.header_rows)
    below = start.header_row + start.header_rows - 1
    rows = [cells for number, cells in sheet.rows if number > below][:50]
    used = {index for cells in rows for index, cell in enumerate(cells[:60]) if cell is not None}
    return {index: found.get(index, "") for index in sorted(used | set(found))}
