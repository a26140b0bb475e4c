"""What a long act is. Each is one entry in the `JOBS` of a module that settings.JOBS names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings

from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Permission
from orgs.jobs.phases import Tell, silent
from resolution03.lib.attachments import CONTENT_TYPE
from resolution03.lib.phrases import Phrase


@dataclass(frozen=True, slots=True)
class File:
    """A file that came of a job; its name names nobody."""

    name: str
    content: bytes
    content_type: str = CONTENT_TYPE


@dataclass(frozen=True, slots=True)
class Done:
    """An act that is done: what is said of it, and the page that shows it. The words name nobody."""

    words: str
    address: str
    is_warning: bool = False


Outcome = File | Done


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, by whom. `parameters`: keys and codes, as JSON holds them; `typed`: texts that
    may name somebody; `tell`: is told how far it is."""

    user: User
    parameters: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    tell: Tell = silent

    def __getitem__(self, name: str) -> Any:
        return self.parameters[name]

    @property
    def by(self) -> Actor:
        return Actor.of(self.user)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of long act.

    `run` judges the scope itself, as a page does; it raises Refusal with nothing done. `page`: where it
    is asked for. `about`: which of its kind, in codes and years. `rows`: how many rows it goes through,
    about; few are done at once. `is_act`: it writes, and is not begun again once that is committed;
    what only makes a file is made again.
    """

    code: str
    words: Phrase
    permission: Permission
    run: Callable[[Asked], Outcome]
    page: Callable[[Asked], str]
    rows: Callable[[Asked], int]
    about: Callable[[Mapping[str, Any]], str] = lambda parameters: ""
    is_act: bool = False


@cache
def kinds() -> dict[str, Kind]:
    """All kinds, by their codes."""
    found = [kind for name in settings.JOBS for kind in import_module(name).JOBS]
    return {kind.code: kind for kind in found}
