"""By how few further organizations at the level of its base a cap lets a target be reached.

QĐ 366-QĐ/TW, 30/8/2025, art. 11: a cap is counted in each group, rounded down, and the province is the sum
of its groups. What it allows is a limit, no quota.
"""

from collections.abc import Iterable

from assessments.rules.ceilings import Ceiling

_NEVER = 10**9


def least_further(ceilings: Iterable[Ceiling], wanted: int) -> int | None:
    """The least number that must still reach the level of the base, wherever they are fewest, before
    `wanted` may have the level in all groups together: 0 where they may now, None where they cannot."""
    ceilings = list(ceilings)
    gain = wanted - sum(one.allowed for one in ceilings)
    if gain <= 0:
        return 0
    least = [0] + [_NEVER] * gain
    for ceiling in ceilings:
        costs = _costs(ceiling, gain)
        least = [
            min(least[max(0, gained - more)] + cost for more, cost in enumerate(costs))
            for gained in range(gain + 1)
        ]
    return least[gain] if least[gain] < _NEVER else None


def _costs(ceiling: Ceiling, gain: int) -> list[int]:
    """How many must reach the level of the base for none, one, two … more to have the level."""
    reach = range(ceiling.allowed, min(ceiling.possible, ceiling.allowed + gain) + 1)
    return [cost for wanted in reach if (cost := ceiling.further(wanted)) is not None]
