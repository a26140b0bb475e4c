"""What stands for a level in a workbook: its name, its code, its abbreviation."""

from functools import cached_property

from assessments.rules.levels import spellings
from assessments.rules.models.schemes import Level, Scheme
from assessments.rules.models.years import RatingYear
from resolution03.lib.text import match_key


class Years:
    """Years and their levels, each read once."""

    def __init__(self):
        self._schemes: dict[int, Scheme | None] = {}
        self._levels: dict[tuple[int, str], dict[str, str]] = {}
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
        scheme = self.scheme(year)
        levels = Level.objects.filter(scheme=scheme, subject=subject).order_by("rank")
        return [f"{name} ({code})" for name, code in levels.values_list("name", "code")]

    def _known(self, year: int, subject: str) -> dict[str, str]:
        scheme = self.scheme(year)
        if scheme is None:
            return {}
        key = (scheme.pk, subject)
        if key not in self._levels:
            levels = Level.objects.filter(scheme=scheme, subject=subject)
            self._levels[key] = {
                match_key(spelling): level.code for level in levels for spelling in spellings(level)
            }
        return self._levels[key]
