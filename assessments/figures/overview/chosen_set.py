"""By which set of targets a page judges: `?set=CODE`, without it the default one; the links between them."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from assessments.figures.board import Board
from assessments.figures.overview.since import Way
from assessments.rules.models.years import RatingYear
from assessments.rules.target_rules import SetRule

KEPT = ("set", "since", "basis")
"""What the links of a page keep of its address."""


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """`code` is empty for the default set; `ways`: a link for each set, none where there is only one."""

    rule: SetRule
    code: str
    ways: tuple[Way, ...]

    @property
    def is_unjudged(self) -> bool:
        """Whether the year has no target of it: it was closed before, or none holds."""
        return not any(rule.value is not None or rule.quotas for rule in self.rule.targets)

    def keep(self, address: Callable[..., str]) -> Callable[..., str]:
        """Addresses of pages that judge by the same set."""
        return lambda *args: with_set(address(*args), self.code)


def chosen_set(request: HttpRequest, board: Board, year: RatingYear) -> ChosenSet:
    """404 for a set that the year does not know."""
    code, sets = request.GET.get("set", ""), board.rules[year.pk].sets
    rule = next((one for one in sets if one.code == code), None) if code else sets[0]
    if rule is None:
        raise Http404
    ways = tuple(
        Way(one.short_name, asking(request, set="" if one.is_default else one.code), one == rule)
        for one in sets
    )
    return ChosenSet(rule, "" if rule.is_default else code, ways if len(ways) > 1 else ())


def with_set(url: str, code: str) -> str:
    if not (url and code):
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'set': code})}"


def asking(request: HttpRequest, **changes: str) -> str:
    """The same page with some of KEPT changed; `?` alone asks for nothing."""
    asked = {key: request.GET.get(key, "") for key in KEPT} | changes
    return "?" + urlencode({key: value for key, value in asked.items() if value})
