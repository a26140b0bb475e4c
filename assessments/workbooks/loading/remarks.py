"""What a plan alone does not tell of a row: that others changed it since, or that it is missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from assessments.workbooks.models import PlannedStatus


@dataclass(frozen=True, slots=True)
class Absent:
    """A row that was handed out and is not in the file."""

    sheet: str
    kind: str
    code: str
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Remarks:
    """`marked`: status and note of rows, by sheet and row number; `absent`: rows not in the file."""

    marked: Mapping[tuple[str, int], tuple[PlannedStatus, str]] = field(default_factory=dict)
    absent: Collection[Absent] = ()
