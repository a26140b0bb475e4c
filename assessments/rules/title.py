"""“Tiêu biểu”: a level of organizations in the scheme of 2014-2017, since then a title beside the level.

Source: HD 27-HD/BTCTW (25/9/2014); HD 06-HD/TW (9/6/2025), part 19.
"""

from collections.abc import Iterable

EXEMPLARY = "tiêu biểu"
"""How the name of a level ends that is the title itself."""


def awards_title(levels: Iterable[str]) -> bool:
    """Whether the title is awarded beside these levels of organizations, told by their names."""
    names = list(levels)
    return bool(names) and not any(name.endswith(EXEMPLARY) for name in names)
