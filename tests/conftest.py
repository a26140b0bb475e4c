import gc
import os
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from pytest_django.plugin import blocking_manager_key

import bootstrap
from accounts.actors import Actor
from orgs.jobs.worker import Worker
from tests import databases, factories, short
from tests.restoring import Migrated

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
# Playwright runs an event loop in the thread of the test; Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A busy machine is no fault of the code.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture
def actor() -> Actor:
    return Actor(name="thử nghiệm")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """A copy of the migrated database; a test with a live server leaves it as the migrations did."""
    with django_db_blocker.unblock():
        databases.use_copy()
        migrated = Migrated()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: migrated.restore())
        yield
    with django_db_blocker.unblock():
        databases.drop_copy()


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """The server stops, and lets go of the database, before the database is destroyed."""
    return live_server


@pytest.fixture
def reference(transactional_db):
    """A database shared with a live server; schemes, levels, targets and caps are there."""


@pytest.fixture
def world(db):
    """A province with 14 units, so that `/1/2/` and `/1/20/` both occur; two of them are filled.

    `alpha` and `beta` hold each a commune committee with two cells, a village with a head, and
    three members; whatever is of beta bears the word `Beta` in its name.
    """
    province = factories.province()
    units = [
        factories.organization(province, code=f"U{number}", name=f"Huyện ủy {number}")
        for number in range(1, 13)
    ]
    alpha = _filled(province, "Alpha", "A")
    beta = _filled(province, "Beta", "B")
    return SimpleNamespace(province=province, units=units, alpha=alpha, beta=beta)


def _filled(province, word, letter):
    unit = factories.organization(province, code=letter, name=f"Huyện ủy {word}")
    commune = factories.organization(unit, code=f"{letter}.X01", name=f"Đảng bộ xã {word}")
    cells = [
        factories.cell(commune, code=f"{letter}.X01.{number}", name=f"Chi bộ {word} {number}")
        for number in (1, 2)
    ]
    village = factories.village(commune, cells[0], code=f"T.{letter}.1", name=f"Thôn {word}")
    head = factories.head(village, full_name=f"A {word} Trưởng")
    members = [
        factories.member(cells[0], code=f"{letter}{number}", full_name=f"Y {word} {number}")
        for number in (1, 2, 3)
    ]
    return SimpleNamespace(
        unit=unit, commune=commune, cells=cells, village=village, head=head, members=members
    )


@pytest.fixture
def client_of():
    """A function that gives a client signed in as an account."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user, backend=MODEL_BACKEND)
        return client

    return sign_in


@pytest.fixture
def client_as(db, client_of):
    """A function that makes an account of a role, posted or not, and gives its client."""

    def sign_in(role, organization=None) -> Client:
        return client_of(factories.user(role, organization))

    return sign_in


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="also what takes long (.ci/run --long)")
    parser.addoption("--jobs", action="store_true", help="every long act goes through the queue of jobs")


def pytest_configure(config):
    short.configure(config.args, is_long=config.option.long)


@pytest.fixture(autouse=True)
def handed_over(request, monkeypatch):
    """With `--jobs` nothing is small, and a worker in this process does a job while its page waits."""
    if request.config.option.jobs and "db" in request.fixturenames:
        monkeypatch.setattr("django.conf.settings.JOBS_SMALL", -1)
        monkeypatch.setattr("orgs.jobs.answering._waited_for", _done_by_a_worker)


def _done_by_a_worker(job):
    worker = Worker(idle=0)
    while worker.do_next(1):
        continue
    job.refresh_from_db()
    return job


def pytest_sessionstart(session):
    """Workers find the migrated database made."""
    if getattr(session.config.option, "numprocesses", None):
        with session.config.stash[blocking_manager_key].unblock():
            databases.make_template()


def pytest_xdist_auto_num_workers(config):
    """One module starts at once, in this process; so is a path that names nothing refused."""
    paths = {Path(argument.split("::")[0]) for argument in config.args}
    one_module = len(paths) == 1 and paths.copy().pop().suffix == ".py"
    return 0 if one_module or not all(path.exists() for path in paths) else os.cpu_count()


def pytest_collection_modifyitems(config, items):
    """The browser's tests first: they are the longest, and no worker then waits for another's.
    Without a Chromium they are skipped and said to be; with CI set they fail."""
    _leave_out(config, items, lambda item: _is_long(item) and not config.option.long)
    _leave_out(config, items, lambda item: _is_for_sqlite(item, config.option.long))
    if short.is_short():
        _shorten(config, items)
    items.sort(key=lambda item: "page" not in getattr(item, "fixturenames", ()))
    if bootstrap.find_chromium() or os.environ.get("CI"):
        return
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="no Chromium found"))
            config.stash[_skipped_browser] = True


def _shorten(config, items) -> None:
    _leave_out(config, items, short.is_left_to_long)
    on_postgres = connection.vendor == "postgresql"
    if on_postgres:
        _leave_out(config, items, lambda item: not short.is_on_postgres(item))
    out = short.left_out(items, on_postgres=on_postgres)
    _leave_out(config, items, lambda item: item.nodeid in out)


def pytest_collection_finish():
    """What was collected stays to the end: nobody need look for garbage in it again and again."""
    gc.collect()
    gc.freeze()


def _leave_out(config, items, is_out) -> None:
    out = [item for item in items if is_out(item)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if not is_out(item)]


def _is_long(item) -> bool:
    return item.get_closest_marker("long") is not None


def _is_for_sqlite(item, is_long: bool) -> bool:
    """Whether the run on SQLite suffices: what needs no database, or does not depend on its kind.
    What a browser shows is seen on PostgreSQL with --long only."""
    if connection.vendor != "postgresql" or item.get_closest_marker("both"):
        return False
    names = set(item.fixturenames)
    if item.get_closest_marker("once") or not {"db", "transactional_db", "live_server"} & names:
        return True
    return "page" in names and not is_long


_skipped_browser = pytest.StashKey[bool]()


def pytest_terminal_summary(terminalreporter, config):
    if config.stash.get(_skipped_browser, False):
        terminalreporter.write_line(
            "BROWSER TESTS SKIPPED: install chromium or set CHROMIUM to its path.", red=True
        )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The Chromium of the machine; Playwright's own is never downloaded."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return browser_type_launch_args | {
        "executable_path": bootstrap.find_chromium(),
        "args": ["--no-sandbox"] if as_root else [],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {
        "viewport": {"width": 1366, "height": 768},
        "locale": "en-US",
        "timezone_id": "Asia/Ho_Chi_Minh",
    }


@pytest.fixture
def page(page):
    """A page that fails its test on any script error and on any breach of the policy."""
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None,
    )
    page.set_default_timeout(20_000)
    yield page
    assert not faults


@pytest.fixture
def page_of(page, live_server, client_of):
    """A function that signs the page in as an account and opens an address of the server."""

    def open_as(user, address="/"):
        cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page.goto(live_server.url + address)
        return page

    return open_as
