"""What only an office counts, as columns of forms 04 and 05: what nobody gave is blank, never 0."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from assessments.reports.building.columns import PARTLY
from assessments.reports.building.matter import Matter, Place
from assessments.roster.counts import given as activities
from assessments.rules.count_rule import CountRule
from assessments.rules.counts_of_year import counts_of
from resolution03.lib.forms_xlsx import FormColumn, FormRow

ALL_CELLS = "Mọi chi bộ"
"""Heads what is counted of every cell, not only of those of villages."""
OF_ALL_CELLS = ("cells_with_committee",)


@dataclass(frozen=True)
class OfficeCounts:
    """The counts of one form: `form` is "04" or "05"."""

    matter: Matter
    form: str

    @cached_property
    def held(self) -> list[CountRule]:
        """What the form shows of it in the year."""
        return [one for one in counts_of(self.matter.year) if one.form == self.form]

    def columns(self, group: str, width: float = 7) -> Iterable[FormColumn]:
        """Under `group`, but for what is counted of all cells."""
        for activity in self.held:
            words = str(activity.short_name).rpartition(": ")[2]
            heading = words[:1].upper() + words[1:]
            own = ALL_CELLS if activity.code in OF_ALL_CELLS else group
            yield FormColumn(activity.code, heading, group=own, width=width, total="sum")

    def labels(self) -> Iterable[tuple[str, str]]:
        """Code and full label of each."""
        for activity in self.held:
            of_all = f" ({ALL_CELLS.lower()})" if activity.code in OF_ALL_CELLS else ""
            yield activity.code, f"{activity.short_name}{of_all}"

    def fill(self, row: FormRow, place: Place) -> FormRow:
        """The unit's sums; marked where some grassroots organization gave none."""
        found = self.matter.office_counts.get(place.id or 0, {})
        for activity in self.held:
            given = found.get(activity.code, activities.Given())
            row.values[activity.code] = given.count
            row.given[activity.code] = given.given, given.of
            if given.count is not None and not given.is_complete:
                row.formats[activity.code] = {"num_format": PARTLY}
        return row
