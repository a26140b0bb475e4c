import os
import socket
from contextlib import closing

from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext as _
from waitress import serve

from assessments.operations.demonstration import database, stories
from assessments.operations.demonstration.accounts import Account
from assessments.operations.demonstration.build import build
from assessments.operations.demonstration.stories import Story
from resolution03.lib.commands import HouseCommand, Refused, UsageError

HOST = "127.0.0.1"


class Command(HouseCommand):
    """Builds the demonstration province if it is not there, and serves it until stopped."""

    help = _("builds an invented province if it is not there, and serves it on 127.0.0.1")
    has_json = acts = needs_migrated = False

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset", action="store_true", help=_("build again what an earlier demonstration built")
        )
        parser.add_argument(
            "--seed", type=int, default=1, metavar="N", help=_("another seed gives other people and figures")
        )
        parser.add_argument(
            "--story",
            choices=[story.value for story in Story],
            help=_("plain, or the province as reorganized in 2025 and 2026, or merged into a larger one"),
        )
        parser.add_argument("--no-serve", action="store_true", help=_("only build"))
        parser.add_argument("--port", type=int, default=8000, help=_("8000 unless given"))

    def handle(self, *, reset, seed, story, no_serve, port, **options):
        if not no_serve:
            require_free(port)
        state = database.state()
        if state is database.State.OTHER:
            raise Refused(
                _(
                    "This database holds data that are no demonstration; nothing was changed. The "
                    "demonstration fills only an empty database or one that it made itself."
                )
            )
        if state is database.State.MARKED and not reset:
            self._require_story(story)
        call_command("migrate", verbosity=0, interactive=False)
        if state is database.State.MARKED and not reset:
            self.stdout.write(_("The demonstration is there already; nothing was built."))
        else:
            self._build(seed, Story(story or Story.PLAIN), reset=state is database.State.MARKED)
        if not no_serve:
            self._serve(port)

    def _require_story(self, story: str | None) -> None:
        """Another story than the stored one is built only where that was asked for."""
        held = stories.stored()
        if story and held and story != held:
            words = _("The demonstration here tells the story “%(held)s”; “%(story)s” needs --reset.")
            raise Refused(words % {"held": held, "story": story})

    def _build(self, seed: int, story: Story, *, reset: bool) -> None:
        accounts = build(seed, story=story, reset=reset, say=self._say)
        self.stdout.write(_("An invented province. Accounts, shown only this once:"))
        for account in accounts:
            self.stdout.write(line(account))
        self.stdout.write(_("A lost password: “manage.py account reset NAME” (same DATABASE_URL)."))

    def _say(self, words: str) -> None:
        self.stderr.write(words)
        self.stderr.flush()

    def _serve(self, port: int) -> None:
        from resolution03.wsgi import application

        connections.close_all()
        self.stdout.write(_("Open http://%(host)s:%(port)s/ (Ctrl+C stops).") % {"host": HOST, "port": port})
        self.stdout.flush()
        serve(application, host=HOST, port=port, threads=4, ident=None, _quiet=True)


def line(account: Account) -> str:
    """One account: role, name, password, where it stands."""
    return f"  {account.role.label:<24} {account.username:<20} {account.password:<16} {account.organization}"


def require_free(port: int) -> None:
    """Raise UsageError before anything is built when the port cannot be served."""
    if not 0 < port < 65536:
        raise UsageError(_("There is no port %(port)s.") % {"port": port})
    with closing(socket.socket()) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise UsageError(
                _("Port %(port)s is in use or not allowed; choose another with --port.") % {"port": port}
            ) from error
