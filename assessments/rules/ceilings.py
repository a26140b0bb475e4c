"""What a cap allows of a group, and what the group holds: one place for review, grid, page and form."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.rules.cap_rule import CapRule
from resolution03.lib.figures import plain

UNRATED = ""
"""The key of `counts` under which those without a level stand."""


@dataclass(frozen=True)
class Ceiling:
    """A cap with the counts of its group; `place`: the group's name where the list has several."""

    rule: CapRule
    counts: Mapping[str, int]
    place: str = ""
    groups_over: int = 0

    @property
    def label(self) -> str:
        return gettext("Cap on %(level)s, %(percent)s%% %(base)s") % {
            "level": self.rule.level_code,
            "percent": plain(self.rule.percent),
            "base": self.rule.base_level_code if self.rule.is_beside else _("of those rated"),
        }

    @property
    def base(self) -> int:
        return self.rule.base_of(self._levels)

    @property
    def allowed(self) -> int:
        return self.rule.allowance(self._levels)

    @property
    def rated(self) -> int:
        return sum(self._levels.values())

    @property
    def is_limited(self) -> bool:
        return self.rule.limits(self._levels)

    @property
    def possible(self) -> int:
        """The most that it would allow if all rated were at the level of its base or better."""
        return self.rule.most(self.rated) if self.rule.is_beside and self.is_limited else self.allowed

    def further(self, wanted: int) -> int | None:
        """How many more must reach the level of the base before `wanted` may have the level: 0 where they
        may now, None where they cannot."""
        if wanted <= self.allowed:
            return 0
        return self.rule.least(wanted) - self.base if wanted <= self.possible else None

    @property
    def _levels(self) -> dict[str, int]:
        return {key: count for key, count in self.counts.items() if key != UNRATED}

    @property
    def used(self) -> int:
        return self.counts.get(self.rule.level_code, 0)

    @property
    def over(self) -> int:
        return max(0, self.used - self.allowed)
