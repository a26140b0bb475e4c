"""The counts that a form of the Board offers, in their groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _

from assessments.rules.count_forms import FORMS
from assessments.rules.counts_of_year import arranged
from assessments.rules.models.counts import Activity

Choices = list[tuple[str, str | list[tuple[str, str]]]]


@dataclass(frozen=True)
class Offered:
    """All counts but `but`, which the form is about."""

    rows: list[Activity]
    but: int | None = None

    @classmethod
    def beside(cls, activity: Activity) -> "Offered":
        return cls(arranged(Activity.objects.all()), activity.pk)

    @cached_property
    def names(self) -> dict[str, str]:
        """Short names by code, its own too."""
        return {row.code: row.short_name for row in self.rows}

    @cached_property
    def by_code(self) -> dict[str, Activity]:
        return {row.code: row for row in self.rows}

    @cached_property
    def codes(self) -> dict[int, str]:
        return {row.pk: row.code for row in self.rows}

    @cached_property
    def choices(self) -> Choices:
        """By code, under the names of their groups; first none."""
        others = (row for row in self.rows if row.pk != self.but)
        return [
            ("", "—"),
            *(
                (group or _("without a group"), [(row.code, _told(row)) for row in rows])
                for group, rows in groupby(others, key=lambda row: row.group)
            ),
        ]

    @property
    def groups(self) -> list[str]:
        return [group for group in dict.fromkeys(row.group for row in self.rows) if group]

    @property
    def forms(self) -> Iterable[str]:
        """Those that show counts; a count that names none stands in form 08, or 09 by what it counts."""
        return sorted({*FORMS, *(row.form for row in self.rows if row.form)})


def _told(row: Activity) -> str:
    return _("%(name)s (switched off)") % {"name": row.short_name} if row.is_off else row.short_name
