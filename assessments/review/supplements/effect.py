"""What accepting a supplement would do to the figures, counted without writing anything."""

from collections import Counter
from dataclasses import dataclass

from assessments.figures.changes import FigureChange, figure_changes
from assessments.figures.kept import boards_with
from assessments.review.supplements.case import Case
from assessments.roster import keys, tallies
from assessments.roster.models.tallies import Subject
from assessments.rules.models.years import RatingYear


@dataclass(frozen=True, slots=True)
class Effect:
    """The figures of the unit and of the province that the touched subjects bear."""

    unit: list[FigureChange]
    province: list[FigureChange]


def effect_of(year: RatingYear, case: Case) -> Effect:
    """The figures before and after the lines of `case` that have no fault."""
    deltas: Counter = Counter()
    for one in case.judged:
        if not one.faults:
            subject, wanted = one.line.subject, one.wanted.after
            deltas[case.unit_id, subject, tallies.key_of(one.line)] -= 1
            deltas[case.unit_id, subject, wanted["decided"] or keys.UNRATED] += 1
            if title := tallies.title_of(one.line):
                deltas[case.unit_id, *title] -= 1
            if wanted["awarded"] and wanted["decided"]:
                deltas[case.unit_id, Subject.TITLE.value, subject] += 1
    before, after = boards_with(year, deltas)
    subjects = {Subject(subject) for _unit, subject, _key in deltas}
    return Effect(
        figure_changes(before, after, year.pk, case.unit_id, subjects),
        figure_changes(before, after, year.pk, None, subjects),
    )
