"""A plan that reorganizes, as the page of its batch tells it (DESIGN picture 14)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.figures.kinds_moved import Moved
from assessments.rules.models.years import SubmissionState
from assessments.workbooks.reorganizing.compared import YearCompared
from resolution03.lib.figures import number, whole
from resolution03.lib.phrases import Phrase

NAMED = 6
"""How many names a line tells; of the others it tells how many."""

WHAT: Mapping[str, tuple[Phrase, str]] = {
    "merge": (gettext_lazy("merges"), "arrow-down-right"),
    "move": (gettext_lazy("moves"), "arrow-left-right"),
    "kind": (gettext_lazy("becomes another kind"), "arrow-repeat"),
    "rename": (gettext_lazy("is renamed"), "pencil"),
    "end": (gettext_lazy("ends"), "x-lg"),
}
"""What becomes of a body, in words, with its sign."""


@dataclass(frozen=True)
class Group:
    """Bodies of one type of which the same becomes."""

    what: str
    type_label: str
    bodies: list[dict]

    @property
    def count(self) -> int:
        return len(self.bodies)

    @property
    def words(self) -> Phrase:
        return WHAT[self.what][0]

    @property
    def icon(self) -> str:
        return WHAT[self.what][1]

    @property
    def into(self) -> str:
        """The bodies into which they go, or under which they stand then, or how they are called; the first by
        name."""
        if self.what in ("end", "kind"):
            return "–"
        name = "place" if self.what == "move" else "new_name"
        return listed(list(dict.fromkeys(one[name] for one in self.bodies)))

    @property
    def along(self) -> str:
        """What goes with them, in words; nothing where nothing does."""
        return ", ".join(_counted({name: sum(one[name] for one in self.bodies) for name in _COUNTED}))


@dataclass(frozen=True, slots=True)
class New:
    """One body into which others go."""

    code: str
    name: str
    sources: list[str]

    @property
    def told(self) -> str:
        return listed(self.sources)


@dataclass(frozen=True)
class Told:
    """`kept`: what the ledger holds of the plan (`Reorganization.as_kept`)."""

    kept: Mapping

    @property
    def bodies(self) -> list[dict]:
        return self.kept["bodies"]

    @property
    def days(self) -> str:
        return ", ".join(
            f"{date.fromisoformat(day):%d/%m/%Y}" for day in sorted({b["on"] for b in self.bodies})
        )

    @property
    def first_day(self) -> date:
        return min(date.fromisoformat(one["on"]) for one in self.bodies)

    def refuse(self, typed: str) -> str:
        """Why it is not carried out, in words: the number typed is another than that of its bodies."""
        if whole(typed.strip()) == len(self.bodies):
            return ""
        words = _(
            "Nothing is stored. Type the number of organizations, %(count)s, to confirm; found: “%(typed)s”."
        )
        return words % {"count": len(self.bodies), "typed": typed.strip()[:20]}

    @property
    def is_ahead(self) -> bool:
        """Whether its day is still to come: it may be kept until then."""
        return self.first_day > timezone.localdate()

    @property
    def decisions(self) -> str:
        return "; ".join(dict.fromkeys(one["decision"] for one in self.bodies))

    @property
    def finding(self) -> str:
        """`102 organizations merge into 40, 10 end`."""
        ways = {
            "merge": lambda n: ngettext("%(n)s organization merges", "%(n)s organizations merge", n),
            "move": lambda n: ngettext("%(n)s moves", "%(n)s move", n),
            "kind": lambda n: ngettext("%(n)s becomes another kind", "%(n)s become another kind", n),
            "rename": lambda n: ngettext("%(n)s is renamed", "%(n)s are renamed", n),
            "end": lambda n: ngettext("%(n)s ends", "%(n)s end", n),
        }
        counts = {what: sum(one["what"] == what for one in self.bodies) for what in ways}
        told = [ways[what](count) % {"n": number(count)} for what, count in counts.items() if count]
        if counts["merge"]:
            told[0] = _("%(merge)s into %(count)s") % {"merge": told[0], "count": number(len(self.news))}
        return ", ".join(told)

    @cached_property
    def groups(self) -> list[Group]:
        """By what becomes of them and their type, in the order of the plan."""
        found: dict[tuple[str, str], list[dict]] = defaultdict(list)
        for one in self.bodies:
            found[one["what"], one["type"]].append(one)
        return [Group(*key, bodies) for key, bodies in found.items()]

    @cached_property
    def news(self) -> list[New]:
        """The bodies into which others merge, each with these."""
        sources: dict[str, list[str]] = defaultdict(list)
        names = {}
        for one in self.bodies:
            if one["what"] == "merge":
                sources[one["new"]].append(one["old_name"])
                names[one["new"]] = one["new_name"]
        return [New(code, names[code], found) for code, found in sources.items()]

    @property
    def along(self) -> Mapping:
        return self.kept["along"]

    @property
    def submissions_count(self) -> int:
        return sum(self.along["submissions"].values())

    @property
    def submissions(self) -> str:
        """How many of the units that end are how far."""
        found = self.along["submissions"]
        told = (f"{count} {SubmissionState(state).label}" for state, count in found.items())
        return ", ".join(told) or _("none")

    @property
    def sums(self) -> Mapping[str, int]:
        return {name: sum(one[name] for one in self.bodies) for name in (*_COUNTED, "postings")}

    @cached_property
    def years(self) -> list[YearCompared]:
        """Each open year's figures before and after."""
        return [
            YearCompared(int(year), told["before"], told["after"], [Moved(*one) for one in self._kinds(year)])
            for year, told in self.kept["years"].items()
        ]

    def _kinds(self, year: str) -> list:
        return self.kept["kinds"].get(year, [])


_COUNTED: Mapping[str, object] = {
    "children": lambda n: ngettext("%(n)s organization below", "%(n)s organizations below", n),
    "members": lambda n: ngettext("%(n)s member", "%(n)s members", n),
    "villages": lambda n: ngettext("%(n)s village", "%(n)s villages", n),
}


def _counted(counts: Mapping[str, int]) -> Iterator[str]:
    for name, words in _COUNTED.items():
        if counts[name]:
            yield words(counts[name]) % {"n": number(counts[name])}  # type: ignore[operator]


def listed(names: list[str]) -> str:
    """The first names, and how many others."""
    shown = names[:NAMED]
    if more := len(names) - len(shown):
        shown.append(_("%(count)d more") % {"count": more})
    return ", ".join(shown)
