import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from resolution03.lib.commands import HouseCommand, Refused, UsageError, actor_name


class Speak(HouseCommand):
    def add_arguments(self, parser):
        parser.add_argument("word", choices=["yes", "no", "usage", "boom"])

    def handle(self, *args, word, **options):
        if word == "no":
            raise Refused("first\nsecond")
        if word == "usage":
            raise UsageError("one\nline")
        if word == "boom":
            raise ValueError("broken")
        self.answer({"said": word, "by": actor_name(options)})


def run(monkeypatch, *arguments):
    """(status, stdout, stderr) as a shell would see them."""
    monkeypatch.setattr("resolution03.lib.commands.require_migrated", lambda: None)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        Speak(stdout=out, stderr=err).run_from_argv(["manage.py", "speak", *arguments])
    except SystemExit as leaving:
        status = leaving.code
    return status, out.getvalue(), err.getvalue()


def test_answers_and_names_the_actor(monkeypatch):
    status, out, err = run(monkeypatch, "yes", "--as", "hoa")
    assert (status, err) == (0, "")
    assert '"by": "hoa"' in out


def test_a_refusal_is_status_one_with_all_its_lines(monkeypatch):
    assert run(monkeypatch, "no") == (1, "", "first\nsecond\n")


@pytest.mark.parametrize("arguments", [["usage"], ["boom"], ["perhaps"], [], ["yes", "--unknown"]])
def test_wrong_usage_is_status_two_and_one_line(monkeypatch, arguments):
    status, out, err = run(monkeypatch, *arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and err.strip()


@pytest.mark.django_db
def test_a_database_not_migrated_is_wrong_usage(monkeypatch):
    monkeypatch.setattr(
        "resolution03.lib.commands.MigrationExecutor.migration_plan",
        lambda self, targets: [("orgs", "0002")],
    )
    with pytest.raises(UsageError, match="migrate"):
        call_command(Speak(), "yes")


def test_both_failures_are_command_errors():
    assert UsageError("x").returncode == 2
    assert Refused().returncode == 1
    assert issubclass(UsageError, CommandError)
