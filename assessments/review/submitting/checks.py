"""What stands against submitting a unit's year, rule by rule, and the reasons typed on that page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.entry.grid.actions import Entry, Outcome, save_ratings
from assessments.figures.capped_groups import capped_name
from assessments.review.submitting.unit_rows import Line, UnitRows
from assessments.roster.models.lines import BY_LETTER, OrganizationLine
from assessments.roster.models.tallies import Subject
from assessments.rules.cap_groups import Group
from assessments.rules.catalog import RULES
from assessments.rules.entry_rule import Rule
from assessments.rules.exceptions import Exceptional, Review
from assessments.rules.line_facts import LineFacts
from assessments.rules.models.caps import CapGroup
from resolution03.lib.figures import whole
from resolution03.lib.phrases import Phrase

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Written:
    """The reasons of a request. `notes` and `versions` by row (`o12`, `m34`); `same`: one reason
    for all rows of a rule, with how many the page said they are."""

    notes: dict[str, str]
    versions: dict[str, int]
    same: dict[str, tuple[str, int]]


@dataclass(slots=True)
class CheckRow:
    """One row to be filled in or explained; `note` as typed, `why` it could not be saved."""

    row: Line
    others: Sequence[Phrase]
    disciplined: int
    note: str = ""
    why: str = ""

    @property
    def key(self) -> str:
        return self.row.line.key

    @property
    def list(self) -> str:
        """The list of entry in which it stands."""
        return Subject(self.row.line.subject).list

    @property
    def code(self) -> str:
        return self.row.line.code


@dataclass(slots=True)
class Check:
    """The rows that one rule still asks about; `rows` are the first of `keys`."""

    kind: Exceptional
    rule: Rule
    document: object
    keys: list[str]
    rows: list[CheckRow]
    caps: list[dict]
    same: str = ""
    why: str = ""

    @property
    def count(self) -> int:
        return len(self.keys)

    @property
    def more(self) -> int:
        return max(0, self.count - SHOWN)


@dataclass
class Saved:
    """What became of the reasons: how many were stored, and what stands in the way, by row."""

    count: int = 0
    why: dict[str, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return not self.why and not self.same


def read_written(data: Mapping[str, str]) -> Written:
    """The reasons in a request; blank ones are none."""
    notes, versions, same = {}, {}, {}
    for name, text in data.items():
        field_name, _dash, key = name.partition("-")
        version = whole(data.get(f"version-{key}", ""))
        if field_name == "note" and text.strip() and version is not None:
            notes[key], versions[key] = text.strip(), version
        elif field_name == "same" and key in RULES and text.strip():
            same[key] = (text.strip(), whole(data.get(f"number-{key}", "")) or 0)
    return Written(notes, versions, same)


def save(by: Actor, unit: UnitRows, written: Written) -> Saved:
    """Write the reasons into the rows, each for itself, as the grid would."""
    saved, texts = Saved(), dict(written.notes)
    owed = _owed(unit)
    for rule, (text, number) in written.same.items():
        keys = owed.get(rule, [])
        if len(keys) == number:
            texts = dict.fromkeys(keys, text) | texts
        else:
            saved.same[rule] = _("Not saved: now it is %(count)s rows, the page said %(said)s.") % {
                "count": len(keys),
                "said": number,
            }
    for letter in BY_LETTER:
        lines = _lines(unit, letter)
        own = {
            pk: text
            for key, text in texts.items()
            if key[:1] == letter and (pk := whole(key[1:])) is not None
        }
        seen = {pk: written.versions.get(f"{letter}{pk}") for pk in own}
        _note(
            saved,
            save_ratings(by=by, year=unit.year.pk, lines=lines, entries=_entries(lines, own, seen)),
            letter,
        )
    return saved


def checks(unit: UnitRows) -> list[Check]:
    """The rules that ask about some row, the hard ones first; the same queries for any number."""
    owed, details = _owed(unit), _Details(unit)
    shown = details.rows(key for keys in owed.values() for key in keys[:SHOWN])
    return [
        Check(
            kind,
            RULES[kind],
            RULES[kind].document(unit.year.pk),
            owed[kind],
            [shown[key] for key in owed[kind][:SHOWN] if key in shown],
            details.caps() if kind == Exceptional.OVER_CAP else [],
        )
        for kind in Exceptional
        if owed.get(kind)
    ]


def put_back(found: list[Check], unit: UnitRows, written: Written, saved: Saved) -> list[CheckRow]:
    """Let what was not saved stand as it was typed; rows that no rule lists any more are given."""
    listed = {row.key: row for check in found for row in check.rows}
    strayed = _Details(unit).rows([key for key in saved.why if key not in listed], _lines)
    for key, row in (listed | strayed).items():
        if key in saved.why:
            row.note, row.why = written.notes.get(key, ""), saved.why[key]
    for check in found:
        check.why = saved.same.get(check.kind, "")
        if check.why or any(row.why and not row.note for row in check.rows):
            check.same = written.same.get(check.kind, ("", 0))[0]
    return list(strayed.values())


def _lines(unit: UnitRows, letter: str):
    """The unit's rows of the year, also those that have left the roster."""
    return BY_LETTER[letter].objects.filter(year=unit.year, unit=unit.submission.unit_id)


def _in_roster(unit: UnitRows, letter: str):
    return _lines(unit, letter).in_roster()


def _owed(unit: UnitRows) -> dict[str, list[str]]:
    """The rows that each rule still asks about, organizations first."""
    found: dict[str, list[str]] = {}
    for letter, part in unit.by_letter.items():
        hard = [
            (kind, line.id) for kind, lines in part.lines.items() if not kind.needs_reason for line in lines
        ]
        for kind, pk in [*hard, *((kind, pk) for pk, kind in part.unexplained.items())]:
            found.setdefault(kind, []).append(f"{letter}{pk}")
    return found


def _entries(lines, texts: dict[int, str], seen: dict[int, int | None]) -> list[Entry]:
    """On top of the version that the page showed; of rows it only counted, the present one."""
    unseen = [pk for pk, version in seen.items() if version is None]
    present = dict(lines.filter(pk__in=unseen).values_list("pk", "version")) if unseen else {}
    return [
        Entry(pk, present.get(pk, 0) if (version := seen[pk]) is None else version, {"note": text})
        for pk, text in texts.items()
    ]


def _note(saved: Saved, outcome: Outcome, letter: str) -> None:
    saved.count += len(outcome.saved)
    for line in outcome.conflicts:
        saved.why[f"{letter}{line.pk}"] = _(
            "Not saved: this row was changed meanwhile; its reason is now “%(note)s”. Saving again "
            "replaces it."
        ) % {"note": line.note}
    for pk, reasons in outcome.refused.items():
        saved.why[f"{letter}{pk}"] = _("Not saved: %(why)s") % {"why": " ".join(reasons)}


class _Details:
    """What the page tells about rows of a unit."""

    def __init__(self, unit: UnitRows):
        self.unit = unit

    def rows(self, keys: Iterable[str], lines: Callable = _in_roster) -> dict[str, CheckRow]:
        """The rows of the unit among `keys`, by key."""
        wanted, found = set(keys), {}
        for letter, part in self.unit.by_letter.items():
            ids = [int(key[1:]) for key in wanted if key[0] == letter]
            rows = self.unit.rows(lines(self.unit, letter).filter(pk__in=ids)) if ids else []
            facts, warnings = _facts(part), part.warnings
            for row in rows:
                rules = warnings[row.line.pk].rules[1:] if row.line.pk in warnings else ()
                disciplined = facts[row.line.pk].disciplined if row.line.pk in facts else 0
                check = CheckRow(row, [RULES[rule].title for rule in rules], disciplined)
                found[check.key] = check
        return found

    def caps(self) -> list[dict]:
        """The groups over a cap that still owe reasons, with their whole numbers."""
        groups = [group for part in self.unit.reviews for group in part.groups if group.unexplained]
        names = dict(self._names(groups)) | {self.unit.submission.unit_id: self.unit.submission.name}
        return [
            {
                "name": capped_name(group.key, names),
                "level": group.ceiling.rule.level_code,
                "allowed": group.ceiling.allowed,
                "used": group.ceiling.used,
                "missing": len(group.unexplained),
            }
            for group in groups
        ]

    def _names(self, groups: list[Group]):
        places = {group.place for group in groups if group.ceiling.rule.group == CapGroup.GRASSROOTS}
        lines = OrganizationLine.objects.filter(year=self.unit.year, organization__in=places)
        return lines.values_list("organization", "name") if places else ()


def _facts(part: Review) -> dict[int, LineFacts]:
    """The lines that stand under some rule, by id."""
    lines = [line for lines in part.lines.values() for line in lines]
    return {line.id: line for line in lines}
