"""The table of counts of discipline: a row an organization, a column a form; blank is not zero."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t

from assessments.actions.discipline import MOST, Counted, Counts, Outcome
from assessments.models import CELLS, FORMS_OF, Disciplined, OrganizationLine
from resolution03.lib.figures import whole

HEADS = {
    Disciplined.ORGANIZATION: _t("The organization itself"),
    Disciplined.MEMBER: _t("Members of the organization"),
}
COLUMNS = [(HEADS[of], len(forms), [form.label for form in forms]) for of, forms in FORMS_OF.items()]


@dataclass(slots=True)
class Cell:
    """One count as it is shown: what is stored, or what was typed and not saved."""

    name: str
    label: str
    text: str
    is_wrong: bool = False


@dataclass(slots=True)
class CountRow:
    """One organization; `seen` is what the page shows as stored, `why` what could not be saved."""

    line: OrganizationLine
    cells: list[Cell]
    seen: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent for one organization: texts by the names of `CELLS`, and what was seen."""

    line_id: int
    seen: Counts
    texts: Mapping[str, str]

    @property
    def wrong(self) -> list[str]:
        return [key for key, text in self.texts.items() if _number(text) is _NOT_A_COUNT]

    @property
    def counted(self) -> Counted:
        """Only what was changed on the page; to be asked when nothing is wrong."""
        numbers = {key: _number(text) for key, text in self.texts.items()}
        changed = {key: count for key, count in numbers.items() if count != self.seen.get(key)}
        return Counted(self.line_id, self.seen, changed)


def label_of(key: str) -> str:
    """For example "members of the organization: reprimand"."""
    of, form = CELLS[key]
    return f"{of.label}: {form.label}"


def written(seen: Counts) -> str:
    """Counts as a hidden field carries them."""
    return json.dumps({key: count for key, count in seen.items() if count is not None})


def heard(text: str) -> Counts:
    """Counts of a hidden field; nothing where it is not one of ours."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: count for key, count in found.items() if key in CELLS and type(count) is int}


def rows(lines: Iterable[OrganizationLine], stored: Mapping[int, Counts]) -> list[CountRow]:
    """The rows as they are stored."""
    return [_row(line, stored.get(line.pk, {})) for line in lines]


def typed(data: Mapping[str, str]) -> dict[int, Typed]:
    """What a request sent, by line; anything that is no count of a line is left out."""
    found = {}
    for name, seen in data.items():
        prefix, _dash, key = name.partition("-")
        if prefix == "seen" and (pk := whole(key)) is not None:
            texts = {cell: data.get(f"{key}-{cell}", "").strip() for cell in CELLS}
            found[pk] = Typed(pk, heard(seen), texts)
    return found


def entries(sent: Mapping[int, Typed]) -> list[Counted]:
    """Those that can be written: every count a number, and one of them changed."""
    return [row.counted for row in sent.values() if not row.wrong and row.counted.counts]


def not_saved(sent: Mapping[int, Typed], outcome: Outcome) -> set[int]:
    """The lines of which something typed is not stored."""
    return {*outcome.refused, *outcome.conflicts, *(pk for pk, row in sent.items() if row.wrong)}


def answered(
    lines: Iterable[OrganizationLine], stored: Mapping[int, Counts], sent: Mapping[int, Typed],
    outcome: Outcome,
) -> list[CountRow]:
    """The rows after a saving: what was not saved stands as it was typed, and says why."""
    found = rows(lines, stored)
    for row in found:
        why = _why(sent.get(row.line.pk), outcome)
        if why:
            _put_back(row, sent[row.line.pk], why)
    return found


def conflict_words(now: Counts) -> str:
    told = ", ".join(
        f"{label_of(key)}: {_('blank') if count is None else count}" for key, count in now.items()
    )
    return _("Another person has just changed: %(counts)s. Saving again replaces it.") % {"counts": told}


def _why(row: Typed | None, outcome: Outcome) -> str:
    if row is None:
        return ""
    if row.wrong:
        return _("Not saved: a count is a whole number from 0 to %(most)s, or blank.") % {"most": MOST}
    if row.line_id in outcome.conflicts:
        return conflict_words(outcome.conflicts[row.line_id])
    return " ".join(outcome.refused.get(row.line_id, ()))


def _put_back(row: CountRow, sent: Typed, why: str) -> None:
    row.why = why
    for cell, key in zip(row.cells, CELLS, strict=True):
        cell.text, cell.is_wrong = sent.texts[key], key in sent.wrong


def _row(line: OrganizationLine, stored: Counts) -> CountRow:
    cells = [
        Cell(f"{line.pk}-{key}", label_of(key), "" if stored.get(key) is None else str(stored[key]))
        for key in CELLS
    ]
    return CountRow(line, cells, written(stored))


_NOT_A_COUNT = object()


def _number(text: str):
    if not text:
        return None
    number = whole(text, MOST)
    return _NOT_A_COUNT if number is None else number
