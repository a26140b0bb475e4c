"""What the registers allow; pure, shared by pages and workbooks.

Sources: INTERFACE, readings 1-3, 8 and "inconsistent"; DESIGN, "Rooms".
"""

import re
from collections.abc import Container, Hashable, Sequence
from datetime import date


def closes_loop(thing: Hashable, chain_above: Container[Hashable]) -> bool:
    """Whether `thing` would stand below itself: the chain is its new parent and all above."""
    return thing in chain_above


def may_have_children(form: str | None) -> bool:
    """A cell has no organization below it."""
    return form != "cell"


def is_second_root(thing: Hashable, root: Hashable | None) -> bool:
    """Whether `thing`, which names no parent, is another than the one root there is."""
    return root is not None and thing != root


def in_order(start: date | None, end: date | None) -> bool:
    """A life or term does not end before it starts; an unknown date contradicts nothing."""
    return start is None or end is None or start <= end


def exists_on(day: date, established: date | None, dissolved: date | None) -> bool:
    """`dissolved` is the first day no longer counted (reading 1)."""
    return (established is None or established <= day) and (dissolved is None or day < dissolved)


def follows(day: date, last_change: date | None) -> bool:
    """A dated change comes on or after the one before it; on the same day it replaces it."""
    return last_change is None or last_change <= day


ACCOUNT_NAME, FULL_NAME = 60, 120  # letters at most


def is_account_name(text: str) -> bool:
    """Small letters a to z, digits, dot, dash, underscore."""
    return len(text) <= ACCOUNT_NAME and re.fullmatch(r"[a-z0-9._-]+", text) is not None


def chain_of(path: str) -> list[int]:
    """The ids on a path such as `/1/2/20/`, root first."""
    return [int(part) for part in path.split("/") if part]


def unit_of(path: str) -> int | None:
    """The id of the unit on a path: the organization directly under the province."""
    return (chain_of(path) + [None, None])[1]


def level_under(above: str | None, own: str = "") -> str:
    """The level of what stands under one of level `above`, None for the province itself; `own`: what a
    child of the province is, without it what stands above grassroots organizations (INTERFACE, reading 3)."""
    below = {None: "province", "province": own or "unit", "unit": "grassroots"}
    return below.get(above, "affiliated")


def own_level(above: str | None, level: str) -> str:
    """What is kept of the level of something under `above`: that of a child of the province alone, which is
    a grassroots organization or stands above such (INTERFACE, reading 3); empty where it follows."""
    if above != "province":
        return ""
    return level if level == "grassroots" else "unit"


def kept_level(level: str) -> str:
    """The own level of what comes under the province because its superior ends there: it keeps its kind, and
    what was affiliated has no superior any more (INTERFACE, reading 11)."""
    return "unit" if level == "unit" else "grassroots"


def may_stand(role: str, levels: Sequence[str], *, is_cell: bool) -> bool:
    """Whether a role stands at what has these levels from the province down to itself: a clerk at a
    grassroots organization or, where the unit itself is one, at a cell; a unit's officer at the unit, all
    others at the province (DESIGN, "Who may do what")."""
    if role == "clerk":
        is_of_unit = levels[1:2] == ["grassroots"]
        return len(levels) > 2 and (is_cell if is_of_unit else levels[-1] == "grassroots")
    return len(levels) == (2 if role == "officer" else 1)
