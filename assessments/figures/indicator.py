"""What an indicator is: how it counts, its words, what is written of it on paper, where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.figures.counted import Cells, Counting
from assessments.roster.models.tallies import Subject
from resolution03.lib.phrases import Phrase

MORE_COLUMNS = ("head", "members")
"""What the names of villages can tell beyond place, cell and post: who heads it, how many members."""
PERSONAL = frozenset({Subject.MEMBER, Subject.ADMISSION})
"""Subjects whose lines are persons."""


@dataclass(frozen=True, slots=True)
class Words:
    """`label` and `rule` stand in forms and rules; `name` heads a row, `short` a column; `base`
    follows the target ("≥ 50% of …"); `noun` is a key of words.counted; `beside` tells the number
    (`n`) in the row of another indicator, `attention` that there are such `villages` at all."""

    label: Phrase
    rule: Phrase
    name: Phrase
    short: Phrase
    base: Phrase
    noun: str
    beside: Phrase = ""
    attention: Phrase = ""


@dataclass(frozen=True, slots=True)
class WordList:
    """A list that a Word template may name: the lines of one part of the figure."""

    name: str
    part: str
    meaning: Phrase


@dataclass(frozen=True, slots=True)
class NameSheet:
    """A list of names in the workbooks: who stands against the target."""

    key: str
    number: str
    words: str
    title: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What is written on paper, in Vietnamese whoever reads it.

    `field` is its name in Word templates; `column` heads it in the form that counts it, `by_unit` in
    the form of shares by unit.
    """

    field: str
    column: str = ""
    by_unit: str = ""
    lists: tuple[WordList, ...] = ()
    sheet: NameSheet | None = None


@dataclass(frozen=True)
class Indicator:
    """An entry of `INDICATORS`. Where nothing else is said it stands everywhere.

    `beside`: the indicator in whose row it is told instead of a row of its own; `of_units`: whether
    units are held against it beside each other; `is_capped`: whether a cap on its levels may stand in
    the way of its target; `columns`: what its names tell beyond those of its population.
    """

    code: str
    counted: Counting
    words: Words
    paper: Paper
    beside: str = ""
    of_units: bool = True
    is_capped: bool = False
    columns: tuple[str, ...] = ()

    def __post_init__(self):
        lacking = [
            (self.counted.is_rated and not self.paper.column, "a heading for the form that counts it"),
            (self.counted.is_share and not self.paper.by_unit, "a heading for the form by unit"),
            (self.beside and not self.words.beside, "words for the row in which it is told"),
            (self.words.attention and self.subject != Subject.VILLAGE, "villages to attend to"),
            (set(self.columns) - self._more_columns, "columns that its names can tell"),
            (self.is_of_persons and (self.paper.lists or self.paper.sheet), "no list of persons"),
        ]
        if missing := [words for fails, words in lacking if fails]:
            raise ValueError(f"indicator {self.code} needs {', '.join(missing)}")

    @property
    def _more_columns(self) -> set[str]:
        return set(MORE_COLUMNS) if self.is_of_villages else set()

    @property
    def subject(self) -> Subject:
        return self.counted.subject

    @property
    def label(self) -> Phrase:
        return self.words.label

    @property
    def rule(self) -> Phrase:
        return self.words.rule

    @property
    def broken_by(self) -> frozenset[str]:
        return self.counted.broken_by

    @property
    def cells(self) -> Cells:
        return self.counted.cells(self.code)

    @property
    def is_of_villages(self) -> bool:
        """Whether it says nothing of a unit without villages."""
        return self.subject in (Subject.VILLAGE, Subject.HEAD)

    @property
    def is_of_persons(self) -> bool:
        return self.subject in PERSONAL


def by_code(entries: Iterable[Indicator]) -> dict[str, Indicator]:
    """Entries by their codes, in their order. Raises ValueError where two would answer to one name,
    or one is told beside nobody."""
    entries = list(entries)
    found = {one.code: one for one in entries}
    sheets = [one.paper.sheet for one in entries if one.paper.sheet]
    for names in (
        [one.code for one in entries],
        [*(one.paper.field for one in entries), *(held.name for one in entries for held in one.paper.lists)],
        [sheet.key for sheet in sheets],
        [sheet.number for sheet in sheets],
    ):
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"declared twice: {', '.join(sorted(twice))}")
    if lost := {one.beside for one in entries if one.beside} - found.keys():
        raise ValueError(f"nothing to stand beside: {', '.join(sorted(lost))}")
    return found
