"""Blank counts filled with last year's, and taken back."""

from collections.abc import Iterable
from datetime import datetime

from assessments.entry.counts.sent import SAVED, Answer, Sent
from assessments.entry.counts.shown import Cell
from assessments.entry.counts.stored import BLANK


def fillable(cells: Iterable[Cell]) -> list[Cell]:
    """Those asked for, blank, and given last year; what an event brought is given anew or not at all."""
    return [
        cell for cell in cells if cell.is_open and cell.is_asked and cell.is_blank and cell.last is not None
    ]


def like_last(cells: Iterable[Cell]) -> list[Sent]:
    """What fills them; whatever is typed meanwhile stays."""
    return [Sent(cell.pk, cell.code, BLANK.mark, str(cell.last)) for cell in fillable(cells)]


def moments(answers: Iterable[Answer]) -> list[datetime]:
    """When they were filled: of each level one moment."""
    return sorted({answer.stored.at for answer in answers if answer.state == SAVED and answer.stored.at})


def filled(cells: Iterable[Cell], at: Iterable[datetime], user: int) -> list[Cell]:
    """Those that the user filled at these moments and nobody has changed since."""
    wanted = set(at)
    return [
        cell
        for cell in cells
        if cell.is_open
        and cell.stored.at in wanted
        and cell.stored.version == 1
        and cell.stored.writer == user
    ]


def blanked(cells: Iterable[Cell]) -> list[Sent]:
    return [Sent(cell.pk, cell.code, cell.stored.mark, "") for cell in cells]
