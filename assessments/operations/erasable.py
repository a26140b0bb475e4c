"""Where the names of those who left, and of past heads, still stand when their time is over
(DESIGN, "What is left out"): in the registers, in the trail, in texts about their ratings."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from assessments.registers.undoing.models import BatchRows
from assessments.review.supplements.models import SupplementLine
from assessments.roster.models.lines import MemberLine
from assessments.roster.models.revisions import RatingRevision
from assessments.workbooks.kinds.declared import Persons
from assessments.workbooks.kinds.listed import every
from assessments.workbooks.models import PlannedRow
from members.models import FormerExemption, Member, Membership, PastStay, VillageHead
from orgs.models import AuditEntry

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

NAMES = ("full_name", "search_key", "sort_key")
"""The values of a person from which the name can be read."""
_OWNERS = {
    MemberLine: "member",
    RatingRevision: "member_line__member",
    SupplementLine: "member_line__member",
    Membership: "member",
    FormerExemption: "member",
    PastStay: "member",
    Member: "id",
}
"""Rows with free text about one member."""
_NOBODY = "–"
Person = Member | VillageHead
Known = Mapping[int, Collection[str]]
"""Names by the key of the member who bore them."""


class Coded(TypedDict):
    code: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An entry of the trail without the name; `names` of `person`
    went, `code` stands in their place."""

    pk: int
    before: dict
    after: dict
    reason: str
    model: type[Person]
    person: int | None
    code: str
    names: frozenset[str] = field(default=frozenset())


def past_members() -> QuerySet[Member]:
    """Those who left long ago."""
    return Member.objects.filter(left_on__lte=long_ago())


def past_heads() -> "QuerySet[WithAnnotations[VillageHead, Coded]]":
    """Heads whose term ended long ago; `code` is what stands for the name."""
    past = VillageHead.objects.filter(ends_on__lte=long_ago())
    return past.annotate(code=Coalesce("member__code", "village__code"))


def long_ago() -> date:
    """The last day whose leavers' names are over their time."""
    today = timezone.localdate()
    year = today.year - settings.NAMES_YEARS
    try:
        return today.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)


def coded(model: type[Person], code: str) -> dict[str, str]:
    """What stands in a person's row in place of the name."""
    made = Member(full_name=code, code=code) if model is Member else VillageHead(full_name=code)
    made.refresh_keys()
    return {name: getattr(made, name) for name in NAMES if hasattr(made, name)}


def entries() -> list[Rewritten]:
    """Entries of the trail about those persons that hold a name, as they are to be; also about those
    who no longer stand in the registers at all."""
    return [*_entries(Member, past_members()), *_entries(VillageHead, past_heads())]


def batches() -> list[UUID]:
    """Stored batches that wrote about those persons."""
    past = {Member._meta.label_lower: past_members(), VillageHead._meta.label_lower: past_heads()}
    rows = BatchRows.objects.filter(model__in=past).values_list("batch", "model", "created", "changed")
    found = list(rows)
    keys = {label: set(rows.order_by().values_list("pk", flat=True)) for label, rows in past.items()}
    return [
        batch
        for batch, label, created, changed in found
        if not keys[label].isdisjoint((*(pk for pk, _digest in created), *map(int, changed)))
    ]


def uploads() -> QuerySet:
    """Keys of stored uploads whose plan shows those persons."""
    due_heads = past_heads().exclude(full_name=F("code")).order_by()
    listed, named = (
        [kind.name for kind in every() if kind.persons == of] for of in (Persons.LISTED, Persons.NAMED)
    )
    shown = Q(kind__in=listed, code__in=past_members().order_by().values("code"))
    shown |= Q(kind__in=named, label__in=due_heads.values("full_name"))
    for due in (due_heads, past_members().order_by()):
        shown |= Q(kind__in=named, record__in=due.exclude(full_name="").values("full_name"))
    return PlannedRow.objects.filter(shown, upload__applied_at__isnull=False).order_by().values("upload")


def known(found: Iterable[Rewritten]) -> dict[int, set[str]]:
    """All names of the members whose names are due, the former ones too."""
    names: dict[int, set[str]] = defaultdict(set)
    due = past_members().exclude(full_name="")
    for pk, code, name in due.order_by().values_list("pk", "code", "full_name"):
        if name != code:
            names[pk].add(name)
    for entry in found:
        if entry.model is Member and entry.names and entry.person:
            names[entry.person].update(entry.names)
    return names


def codes_of(found: Iterable[Rewritten], names: Known) -> dict[str, str]:
    """Every name whose time is over, of members and heads, by what stands in its place."""
    past = dict(past_members().filter(pk__in=names).order_by().values_list("pk", "code"))
    codes = {name: past[pk] for pk in names if pk in past for name in names[pk]}
    heads = past_heads().exclude(full_name="").exclude(full_name=F("code")).order_by()
    return (
        dict(heads.values_list("full_name", "code"))
        | codes
        | {name: one.code for one in found for name in one.names}
    )


def texts(model: type[Model], names: Known) -> Iterator[tuple]:
    """Rows of one of `TEXTS` whose free text names its member: key and new values of the fields."""
    codes = dict(Member.objects.filter(pk__in=names).order_by().values_list("pk", "code"))
    rows = model._base_manager.filter(**{f"{_OWNERS[model]}__in": codes}).order_by()
    for pk, person, *found in rows.values_list("pk", _OWNERS[model], *TEXTS[model]):
        values = [without(text, names[person], codes[person]) for text in found]
        if values != found:
            yield pk, *values


def entries_of_lines(names: Known) -> Iterator[tuple[int, dict, dict, str]]:
    """Entries about ratings whose texts name the member: key, before, after, reason."""
    codes = dict(Member.objects.filter(pk__in=names).order_by().values_list("pk", "code"))
    lines: dict[int | None, int] = dict(
        MemberLine.objects.filter(member__in=codes).order_by().values_list("pk", "member")
    )
    rows = AuditEntry.objects.filter(object_type=MemberLine._meta.label_lower, object_id__in=lines)
    told = rows.order_by().values_list("pk", "object_id", "before", "after", "reason")
    for pk, line, before, after, reason in told:
        person = lines[line]
        before_now, after_now = (_in_all(side, names[person], codes[person]) for side in (before, after))
        reason_now = _in_all(reason, names[person], codes[person])
        if (before_now, after_now, reason_now) != (before, after, reason):
            yield pk, before_now, after_now, reason_now


def without(text: str, names: Iterable[str], code: str) -> str:
    """A text with a code in the place of names, however they are composed, spaced or capitalized."""
    if not text:
        return text
    plain = unicodedata.normalize("NFC", text)
    written = (r"\W+".join(map(re.escape, unicodedata.normalize("NFC", name).split())) for name in names)
    some = "|".join(filter(None, written))
    changed = re.sub(rf"(?<!\w)(?:{some})(?!\w)", lambda _found: code, plain, flags=re.I) if some else plain
    return text if changed == plain else changed


def _entries(model: type[Person], past: QuerySet) -> Iterator[Rewritten]:
    codes = dict(past.order_by().values_list("pk", "code"))
    # Whoever no longer stands in the registers has left them at the latest with the last entry.
    since = timezone.make_aware(datetime.combine(long_ago(), time.max))
    missing = ~Exists(model._base_manager.filter(pk=OuterRef("object_id")))
    about = AuditEntry.objects.filter(object_type=model._meta.label_lower)
    rows = about.filter(Q(object_id__in=past.order_by().values("pk")) | Q(missing, at__lte=since))
    for pk, person, object_code, before, after, reason in rows.order_by().values_list(
        "pk", "object_id", "object_code", "before", "after", "reason"
    ):
        code = codes.get(person) or object_code or _NOBODY
        names = {side["full_name"] for side in (before, after) if side.get("full_name")} - {code}
        before_now, after_now = (_coded(_in_all(side, names, code), model, code) for side in (before, after))
        reason_now = without(reason, names, code)
        if (before_now, after_now, reason_now) != (before, after, reason):
            gone = frozenset(names)
            yield Rewritten(pk, before_now, after_now, reason_now, model, person, code, gone)


def _coded(values: dict, model: type[Person], code: str) -> dict:
    if not any(values.get(name) for name in NAMES):
        return values
    instead = coded(model, code)
    return {name: instead[name] if value and name in instead else value for name, value in values.items()}


def _in_all(value, names: Iterable[str], code: str):
    """A text, or all texts of a change, without the names."""
    if isinstance(value, dict):
        return {key: _in_all(inner, names, code) for key, inner in value.items()}
    return without(value, names, code) if isinstance(value, str) else value


def _free_texts(model: type[Model]) -> tuple[str, ...]:
    fields = (one for one in model._meta.concrete_fields if one.name not in (*NAMES, "code"))
    return tuple(one.name for one in fields if isinstance(one, CharField) and not one.choices)


TEXTS = {model: _free_texts(model) for model in _OWNERS}
"""Free text about single members, by table."""
