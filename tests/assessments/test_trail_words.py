"""The trail tells every action that is ever done, in both languages, in words."""

import re

import pytest

from accounts.models import Role, User
from assessments.review.notices.told import KINDS
from orgs.audit import EXPORTS
from orgs.models import AuditEntry
from orgs.trail.words import actions
from tests import factories
from tests.trail_cases import CASES, Scene

INNER = re.compile(r"[a-z0-9]+_[a-z0-9_]+|sha256|precision|None|True|False|\{|\b(assessments|orgs|members)\.")
FILE = re.compile(r"\.(xlsx|docx|zip)$")


@pytest.fixture
def done(world, settings, tmp_path):
    """All cases done; the actions that each wrote."""
    settings.VAR_DIR = tmp_path
    scene, written = Scene(world, tmp_path), []
    for expected, function in CASES:
        last = AuditEntry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        function(scene)
        names = set(AuditEntry.objects.filter(pk__gt=last).values_list("action", flat=True))
        assert expected <= names, (function.__name__, expected - names)
        written.append(names)
    return set().union(*written)


def undeclared() -> list[tuple]:
    """Keys of stored entries that no action declares."""
    found = []
    for entry in AuditEntry.objects.all():
        about = actions()[entry.action].of(entry.object_type)
        for name in {**entry.before, **entry.after}:
            if about is None or (name not in about.keys and not about.names_keys):
                found.append((entry.action, entry.object_type, name))
    return found


def entries_of(client, user, language):
    """Every entry on all pages of the trail, as the reader meets it."""
    User.objects.filter(pk=user.pk).update(language=language)
    address = "/trail/"
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, (language, address)
        yield from answer.context["entries"]
        after = answer.context["page"].next
        address = after and f"/trail/?after={after}"


def words_of(read) -> list[str]:
    """What names the change and its values; counts stand under the names that the Board gave."""
    given = read.entry.after if read.entry.action.startswith("activity.") else ()
    return [read.action, read.kind, *(one.label for one in read.values if one.label not in given)]


def texts_of(read) -> list[str]:
    found = [text for one in read.values for text in (one.before, one.after) if text]
    return [text for text in found if not FILE.search(text)]


def test_every_action_is_told_in_both_languages_to_whoever_sees_it(done, world, client_of):
    assert done == set(actions()), set(actions()) ^ done
    assert {*KINDS, *EXPORTS} <= done, "told as a notice or an export, and never done"
    assert not undeclared()
    for role, place in (
        (Role.BOARD, world.province),
        (Role.ADMINISTRATOR, world.province),
        (Role.OFFICER, world.alpha.unit),
    ):
        user = factories.user(role, place)
        vietnamese, english = (list(entries_of(client_of(user), user, one)) for one in ("vi", "en"))
        assert vietnamese and len(vietnamese) == len(english)
        for one, other in zip(vietnamese, english, strict=True):
            told = [*words_of(one), *texts_of(one), *words_of(other), *texts_of(other), one.code]
            inner = [text for text in told if INNER.search(text)]
            assert not inner, (role, one.entry.action, one.entry.object_type, inner)
            english_in_vietnamese = set(words_of(one)) & set(words_of(other))
            assert not english_in_vietnamese, (one.entry.action, english_in_vietnamese)
    seen = AuditEntry.objects.visible_to(factories.user(Role.BOARD, world.province)).count()
    assert seen > 100
