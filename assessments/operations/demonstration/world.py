"""Everything that is invented, from one seed."""

from dataclasses import dataclass
from random import Random

from assessments.operations.demonstration import changes, heads, population, province, villages
from assessments.operations.demonstration.bodies import Province
from assessments.operations.demonstration.village import Villages


@dataclass(frozen=True, slots=True)
class World:
    province: Province
    villages: Villages
    fellows: list[population.Fellow]
    heads: list[heads.Head]


def plan(seed: int, scale: float = 1.0) -> World:
    """The invented province; the same for the same seed. `scale` in (0, 1] is for tests."""
    chance = Random(seed)
    tree = province.plan(chance, scale)
    places = villages.plan(tree, chance, scale)
    changes.apply(tree, chance, scale)
    fellows = population.plan(tree, places, chance, scale)
    return World(tree, places, fellows, heads.plan(tree, places, fellows, chance))
