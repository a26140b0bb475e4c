"""Form 08: what parts II and III of the resolution ask to be done, by unit."""

from collections.abc import Sequence

from assessments.reports.building.counted import GivenByRow
from assessments.reports.building.matter import Matter
from assessments.reports.building.sources import Sheet, Sources
from assessments.reports.sheets.counted_parts import parts_of
from assessments.rules.count_forms import TASKS
from resolution03.lib.forms_xlsx import Form

_KEY, _WORDS = "tasks", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ, GIẢI PHÁP"


def build(matter: Matter, sources: Sources) -> Form:
    """Its first sheet."""
    return parts_of(matter, TASKS, _WORDS)[0].build(sources.once(GivenByRow))


def split(matter: Matter) -> Sequence[Sheet]:
    """All its sheets."""
    return [part.sheet(_KEY) for part in parts_of(matter, TASKS, _WORDS)]


SHEET = Sheet(_KEY, "B08", build, split=split)
