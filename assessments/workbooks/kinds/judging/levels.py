"""What stands for a level in a workbook: its name, its code, its abbreviation."""

from functools import cached_property

from assessments.rules.levels import spellings
from assessments.rules.models.schemes import Level, RatedSubject, Scheme
from assessments.rules.models.years import RatingYear
from assessments.rules.title import awards_title
from resolution03.lib.text import match_key


class Years:
    """Years and their levels, each read once."""

    def __init__(self):
        self._schemes: dict[int, Scheme | None] = {}
        self._levels: dict[tuple[int, str], list[Level]] = {}
        self._codes: dict[tuple[int, str, str], str | None] = {}

    @cached_property
    def stored(self) -> dict[int, RatingYear]:
        return {year.pk: year for year in RatingYear.objects.all()}

    def scheme(self, year: int) -> Scheme | None:
        """The scheme of a year: its own when it was opened, else the one that holds then."""
        if year not in self._schemes:
            stored = self.stored.get(year)
            own = stored.scheme if stored else None
            self._schemes[year] = own or (Scheme.objects.for_year(year) if year < 10_000 else None)
        return self._schemes[year]

    def level_code(self, year: int, subject: str, written: str) -> str | None:
        """The code of the level that `written` stands for in that year, or None."""
        asked = (year, subject, written)
        if asked not in self._codes:
            self._codes[asked] = self._known(year, subject).get(match_key(written))
        return self._codes[asked]

    def level_names(self, year: int, subject: str) -> list[str]:
        """The levels of that year as a person would write them, the best first."""
        return [f"{level.name} ({level.code})" for level in self._of(year, subject)]

    def awards_title(self, year: int) -> bool:
        """Whether “exemplary” is a title that year, and no level."""
        return awards_title(level.name for level in self._of(year, RatedSubject.ORGANIZATION))

    def _known(self, year: int, subject: str) -> dict[str, str]:
        return {
            match_key(spelling): level.code
            for level in self._of(year, subject)
            for spelling in spellings(level)
        }

    def _of(self, year: int, subject: str) -> list[Level]:
        scheme = self.scheme(year)
        if scheme is None:
            return []
        key = (scheme.pk, subject)
        if key not in self._levels:
            levels = Level.objects.filter(scheme=scheme, subject=subject)
            self._levels[key] = list(levels.order_by("rank"))
        return self._levels[key]
