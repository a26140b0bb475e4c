"""What every command of the house shares: its options and its ways to fail.

Exit status: 0 done, 1 refused (the input is at fault), 2 wrong usage. A usage
error is exactly one line on standard error and nothing on standard output.
"""

import getpass
import json
import sys
from functools import partial

from django.core.management.base import (
    BaseCommand,
    CommandError,
    handle_default_options,
)
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from resolution03.lib.contention import is_contention, once_more


class UsageError(CommandError):
    """The command was called wrongly; exit status 2."""

    def __init__(self, message: str):
        super().__init__(message, returncode=2)


class Refused(CommandError):
    """The input or the state of the data forbids it; exit status 1.

    The message may have several lines; empty when all was said on stdout.
    """

    def __init__(self, message: str = ""):
        super().__init__(message, returncode=1)


class HouseCommand(BaseCommand):
    """A command that answers with exit status 0, 1 or 2 and never a traceback."""

    requires_system_checks = []
    has_json = True
    acts = True
    needs_migrated = True

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if self.has_json:
            parser.add_argument("--json", action="store_true", help=_("answer with one JSON document"))
        if self.acts:
            parser.add_argument(
                "--as",
                dest="as_user",
                metavar="USER",
                help=_("the name that the audit trail records"),
            )
        return parser

    def run_from_argv(self, argv):
        speak_utf8()
        try:
            options = self.create_parser(argv[0], argv[1]).parse_args(argv[2:])
        except CommandError as error:
            self._leave(str(error), 2)
        try:
            handle_default_options(options)
            self._run(vars(options))
        except CommandError as error:
            self._leave(str(error), error.returncode)
        finally:
            connections.close_all()

    def _run(self, options):
        try:
            self.execute(*options.pop("args", ()), **options)
        except CommandError:
            raise
        except Exception as error:
            if options.get("traceback"):
                raise
            if is_contention(error):
                words = _("Others were writing at the same time; nothing was stored. Try again.")
                raise Refused(words) from error
            raise UsageError(unexpected(error)) from error

    def _leave(self, message, status):
        if status == 2:
            message = " ".join(message.split())
        if message:
            self.stderr.style_func = None
            self.stderr.write(message)
        sys.exit(status)

    def execute(self, *args, **options):
        if self.needs_migrated:
            require_migrated()
        return once_more(partial(super().execute, *args, **options))

    def answer(self, document: object) -> None:
        """Print ``document`` as the one JSON document of this command."""
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=1))


def unexpected(error: Exception) -> str:
    if isinstance(error, DatabaseError):
        return _("The database does not answer: %(error)s") % {"error": error}
    return _("Unexpected fault (%(kind)s: %(error)s); --traceback shows more.") % {
        "kind": type(error).__name__,
        "error": error,
    }


def actor_name(options: dict) -> str:
    """The name for the audit trail: ``--as``, else the operating system's user."""
    if options.get("as_user"):
        return options["as_user"]
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def require_migrated() -> None:
    """Raise UsageError unless every migration of the project is applied."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise UsageError(unexpected(error)) from error
    if pending:
        raise UsageError(_("The database is not migrated: run “manage.py migrate” first."))


def speak_utf8() -> None:
    """Let Vietnamese pass on a terminal of any encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
