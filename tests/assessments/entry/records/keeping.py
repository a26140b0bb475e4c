"""Records entered as the action enters them."""

from datetime import date

from accounts.actors import Actor
from assessments.entry.records.actions import Filing, save_record
from assessments.entry.records.kinds import KINDS
from assessments.entry.records.models import Record

BY = Actor(name="thử nghiệm")
DAY = date(2018, 3, 5)
LEAST = {
    "programme": {"number": "12-CTr/HU"},
    "plan": {"number": "7-KH/HU"},
    "interim": {},
    "final": {},
    "contest": {"level": "unit", "participants": 10},
    "training": {"classes": 1, "persons": 40},
}
"""What each kind needs beside its day."""


def enter(organization, kind, on=DAY, *, by=BY, filing: Filing | None = None, **values) -> Record:
    """A record of a kind, with what it needs where nothing else is given."""
    texts = dict.fromkeys(("number", "title", "level"), "")
    named = {name: texts.get(name) for name in KINDS[kind].fields} | LEAST[kind] | values
    record = Record(organization=organization, year_id=on.year, kind=kind)
    return save_record(by=by, record=record, values={"on": on} | named, filing=filing or Filing())


def change(record: Record, *, by=BY, version=None, filing: Filing | None = None, **values) -> Record:
    """The same record with some values changed, over the version that is read now."""
    fields = ("on", *KINDS[record.kind].fields)
    version = record.version if version is None else version
    stored = {name: getattr(record, name) for name in fields} | values
    return save_record(by=by, record=record, version=version, values=stored, filing=filing or Filing())
