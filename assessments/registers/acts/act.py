"""What is declared of one act on a register. Address, page, button, message and the words of the trail
come from its entry (ADR 26); nothing else knows an act by name."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from accounts.permissions import Permission
from assessments.registers.preview.shown import Detail
from assessments.registers.records import Crumb, Record, Register
from assessments.registers.register_form import RegisterForm
from orgs.models import Organization
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Words:
    """What the page of an act says. `title` takes the record; `page` is the last word of the way there,
    where it is not the title up to its colon."""

    title: Phrase
    submit: Phrase
    done: Phrase
    page: Phrase = ""
    subtitle: Phrase = ""


@dataclass(frozen=True, slots=True)
class Button:
    """How an act is offered: beside the others or in a menu; `offered`: while the record is so."""

    words: Phrase
    icon: str = ""
    menu: Phrase = ""
    offered: Callable[..., bool] = lambda record: True


NO_BUTTON = Button("")


@dataclass(frozen=True, slots=True)
class Begin:
    """Where an act begins that makes a record: `back` is the page one comes from, of a place or none.

    `parameter`, `field`: `?under=7` chooses the organization 7 in the field `parent`; `button` offers it
    there, while the place `fits`. `way` leads to the form; `over`: in which words it is refused for good;
    `next`: the page after it.
    """

    back: Callable[[Organization | None], str]
    parameter: str = ""
    field: str = ""
    fits: Callable[[Organization], bool] = lambda place: True
    button: Button = NO_BUTTON
    way: Callable[[], list[Crumb]] = list
    over: Callable[[], str] = lambda: ""
    next: Callable[[], str] | None = None


ON_A_RECORD = Begin(back=lambda place: "")


def no_effect(form: RegisterForm) -> list[str]:
    return []


def no_detail(form: RegisterForm) -> Callable[[], Detail | None]:
    return lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act.

    `needs` and `allowed` say who may, `on` on what (None: it makes a record, as `begin` says). `action`
    gets `by`, the record as `argument`, and what the form holds. `effect` tells in words, beside what is
    seen by doing it, what the act will do; `detail` looks before it is done and gives what looks after, of an
    act that is shown with tables of its own. `trail`: what the trail calls it, or the names of the acts in
    whose words it tells this one; `also`: what else it may tell of other things beside its own. What it does
    to rosters and figures is seen by doing it and shown before it is done (`preview`); of one that is done
    `at_once`, not while that is mere text. Every act is taken back in one way (`undoing.done_actions`).
    """

    code: str
    register: Register
    on: Register | None
    needs: Permission
    form: type[RegisterForm]
    action: Callable[..., Record]
    words: Words
    button: Button
    trail: Phrase | tuple[str, ...]
    begin: Begin = ON_A_RECORD
    allowed: Callable[..., bool] = lambda user, record: True
    argument: str = ""
    also: tuple[str, ...] = ()
    address: str = ""
    effect: Callable[[RegisterForm], list[str]] = no_effect
    detail: Callable[..., Callable[[], Detail | None]] = no_detail
    at_once: bool = False

    @property
    def name(self) -> str:
        """The name of its address, below `registers:`."""
        return f"{self.register.name}_{self.code}"

    @property
    def told(self) -> str:
        """What the trail keeps of it, where it has words of its own."""
        return f"{self.register.name}.{self.code}"

    @property
    def told_back(self) -> str:
        """What the trail keeps of taking it back."""
        told = self.trail[0] if isinstance(self.trail, tuple) else self.told
        return f"{told.partition('.')[0]}.undo"

    @property
    def label(self) -> Phrase:
        """What it is called where it was done."""
        return self.button.words or self.words.title

    @property
    def route(self) -> str:
        at = "<int:pk>/" if self.on else ""
        return self.address or f"{self.register.folder}/{at}{self.code}/"

    def url(self, record: Record | None = None, place: Organization | None = None) -> str:
        """Its address on a record; of one that makes a record, to begin at a place that fits."""
        address = reverse(f"registers:{self.name}", args=[record.pk] if record else [])
        if place and self.begin.parameter and self.begin.fits(place):
            return f"{address}?{self.begin.parameter}={place.pk}"
        return address
