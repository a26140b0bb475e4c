"""How a village may come to have a head who is a member (NQ 03-NQ/TU, II.2 and II.5).

Of a head who is none: the village's cell, own or shared, may bring the head into the Party (A), or put
forward one of its members (B). A village can have both ways; it is counted once.
"""

from assessments.figures.heads.models import Way


def open_ways(*, is_vacant: bool, has_cell: bool, free_members: int) -> tuple[Way, ...]:
    """The ways that a village has. `free_members`: official members of its cell who are not exempt and
    head no village. A vacant post has none: somebody is elected anew."""
    if is_vacant or not has_cell:
        return ()
    return (Way.ADMIT, Way.STAND) if free_members > 0 else (Way.ADMIT,)
