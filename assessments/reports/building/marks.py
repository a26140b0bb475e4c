"""The flags of figures on paper: signs behind the number, in its format, and their words in the notes."""

from collections.abc import Iterable, Iterator

from assessments.figures.figure import Figure
from assessments.figures.flags import Flag, flags_of, signs, told
from assessments.reports.building.matter import Matter
from resolution03.lib.forms_xlsx import FormRow

SHARE, COUNT = "0.00", "#,##0"


def flags(matter: Matter, figure: Figure) -> list[Flag]:
    """Those of a figure; none where nothing is known of it."""
    return flags_of(figure, matter.past) if figure.is_told else []


def mark(row: FormRow, key: str, num_format: str, held: Iterable[Flag]) -> None:
    """Write the signs behind the number of a cell; what else its format says stays."""
    if found := signs(held):
        looks = row.formats.get(key, {})
        row.formats[key] = {**looks, "num_format": f'{looks.get("num_format", num_format)}" {found}"'}


def legend(held: Iterable[Iterable[Flag]]) -> Iterator[str]:
    """One note that tells every sign that occurs."""
    if found := told(held):
        yield f"Dấu sau số: {'; '.join(f'{flag.sign}: {flag.words}' for flag in found)}."
