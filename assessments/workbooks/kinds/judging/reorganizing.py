"""What follows of a plan that reorganizes, as its page and the command tell it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assessments.figures.kinds_moved import Moved
from members.carried import Counts
from orgs.reorganizing.asked import Asked
from orgs.reorganizing.tree import Trees


@dataclass(frozen=True, slots=True)
class Body:
    """What becomes of one old body and what goes with it; `place`: the name of what the new one stands under
    then; `on`, `decision`: from when, by what."""

    old: str
    old_name: str
    type_label: str
    new: str
    new_name: str
    place: str
    what: str
    on: date
    decision: str
    counts: Counts
    postings: int = 0

    def as_json(self) -> dict:
        counts = {name: getattr(self.counts, name) for name in ("children", "members", "villages")}
        return {"old": self.old, "new": self.new, "what": self.what, **counts, "postings": self.postings}


@dataclass(frozen=True, slots=True)
class Reorganization:
    """All bodies of a plan; `left_behind`: what no row places; `years`: by open year the entries of
    `indicators` before and after; `kinds`: by open year what counts under another kind; `along`: what else
    goes with it."""

    bodies: list[Body] = field(default_factory=list)
    left_behind: list[dict] = field(default_factory=list)
    years: Mapping[int, dict[str, list[dict]]] = field(default_factory=dict)
    kinds: Mapping[int, list[Moved]] = field(default_factory=dict)
    along: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict:
        """The part of `reorganize --json` (INTERFACE) that the plan itself knows."""
        return {
            "bodies": [body.as_json() for body in self.bodies],
            "left_behind": self.left_behind,
            "years": {str(year): told for year, told in self.years.items()},
        }

    def as_kept(self) -> dict:
        """What the ledger keeps for the page: plain values."""
        bodies = [
            one.as_json()
            | {"old_name": one.old_name, "new_name": one.new_name, "type": one.type_label, "place": one.place}
            | {"on": one.on.isoformat(), "decision": one.decision}
            for one in self.bodies
        ]
        kinds = {str(year): [list(one) for one in found] for year, found in self.kinds.items()}
        return self.as_json() | {"bodies": bodies, "kinds": kinds, "along": dict(self.along)}


def what(asked: Asked, trees: Trees) -> str:
    """What a row does, the first of several; `move` where what it stands under is another."""
    if trees.ends_into_superior(asked):
        return "end"
    if asked.ends:
        return "merge"
    stored = trees.stored[asked.old]
    if asked.parent and asked.parent != stored["parent"]:
        return "move"
    if trees.own_level_after(asked.old) != stored["level"] or asked.form not in ("", stored["form"]):
        return "kind"
    return "rename"
