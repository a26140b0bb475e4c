"""How a level may be written: by its name, its code, an abbreviation."""

from assessments.rules.models.schemes import Level, RatedSubject
from assessments.rules.title import EXEMPLARY
from assessments.rules.year_rules import LevelRule

PREFIX = "Đủ tư cách,"


def code_of(level: Level | None) -> str:
    """A level as an entry writes it: by its code, empty where there is none."""
    return level.code if level else ""


def spellings(level: Level | LevelRule) -> list[str]:
    """`Đủ tư cách,` may stand or be left out before the name and before the code."""
    found = [level.name, level.code]
    if level.subject == RatedSubject.MEMBER and level.name.startswith(PREFIX):
        found += [level.name.removeprefix(PREFIX), PREFIX + level.code]
    if level.name.endswith(EXEMPLARY) and level.code.endswith("TB"):
        found.append(f"{level.code.removesuffix('TB')} {EXEMPLARY}")
    return found
