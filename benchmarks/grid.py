"""B7: the entry page of a whole unit's members in Chromium, its processor slowed four times."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from urllib.request import urlopen

from django.db.models import Count
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, sync_playwright

import bootstrap
from accounts.models import Role, User
from assessments.roster.models.lines import MemberLine
from assessments.rules.models.years import Submission
from benchmarks.pages import LAST_OPEN

SLOWED = 4
MEMBERS = 2_200
OPEN_STATES = ("in_progress", "returned")
KEYS = {
    "a level": ["2", "3"],
    "an arrow": ["ArrowDown"],
    "a page down": ["PageDown"],
    "next row by its number": ["Alt+5"],
    "the last row, the first": ["Control+End", "Control+Home"],
}
_WATCH = """() => {
    window.took = null;
    addEventListener("keydown", (event) => requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => (window.took = performance.now() - event.timeStamp);
        painted.port2.postMessage(0);
    }), { once: true, capture: true });
}"""
_FRAMES = """() => {
    window.frameTimes = [];
    let last = 0;
    const next = (now) => {
        if (last) frameTimes.push(now - last);
        last = now;
        window.watching = requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
}"""
NOTCH, NOTCHES, BETWEEN = 100, 40, 50  # pixels of a wheel's notch, how many, milliseconds
A_KEY = 150  # milliseconds from one key to the next, as one types


def entry_page(runs: int) -> str:
    """First row editable within 1.5 s (stretch 0.7), key to painted within 50 ms (stretch 16)."""
    officer, count = _officer()
    cookie = _signed_in(officer)
    address = reverse("assessments:entry", args=[LAST_OPEN, "members"])
    with _server() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=bootstrap.find_chromium(), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
        page = context.new_page()
        slow = context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        hello = [
            _opened(page, base + reverse("assessments:work_year", args=[LAST_OPEN]), "load")
            for _ in range(runs)
        ]
        opened = [_opened(page, base + address, "ready") for _ in range(runs)]
        keys = {name: _pressed(page, pressed, runs) for name, pressed in KEYS.items()}
        keys["a letter in the filter"] = _filtered(page, runs)
        frames = _scrolled(page)
        browser.close()
    times = {
        "the work page, loaded": (hello, ""),
        "first row editable": (opened, "1500 (700)"),
        **{f"{name}: key to painted": (taken, "50 (16)") for name, taken in keys.items()},
        f"one frame, the wheel turned {NOTCHES} notches": (frames, ""),
    }
    return _table(f"B7 entry page of {count} members, processor slowed {SLOWED} times", times)


def _table(title: str, times: dict[str, tuple[list[float], str]]) -> str:
    head = f"\n{title}\n\n| what | median ms | range | budget (stretch) |\n| --- | ---: | ---: | ---: |"
    rows = [
        f"| {name} | {median(taken):.1f} | {min(taken):.1f}-{max(taken):.1f} | {budget} |"
        for name, (taken, budget) in times.items()
    ]
    return "\n".join([head, *rows])


def _officer() -> tuple[User, int]:
    """The officer of the unit that may enter whose members are the nearest to 2,200."""
    units = Submission.objects.filter(year=LAST_OPEN, state__in=OPEN_STATES).values("unit")
    lines = MemberLine.objects.filter(year=LAST_OPEN, unit__in=units, dropped=False).order_by()
    counts = lines.values_list("unit").annotate(lines=Count("pk"))
    unit, count = min(counts, key=lambda found: abs(found[1] - MEMBERS))
    return User.objects.get(role=Role.OFFICER, posting__organization=unit), count


def _signed_in(user: User) -> str:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


@contextmanager
def _server() -> Iterator[str]:
    """The site on a port of its own, as an office runs it; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--no-control-socket",
        "--threads",
        "4",
        "--log-level",
        "error",
        "-b",
        f"127.0.0.1:{port}",
        "resolution03.wsgi",
    ]
    settings = os.environ | {"HTTPS": "off", "ALLOWED_HOSTS": "127.0.0.1"}
    server = subprocess.Popen(command, env=settings)  # noqa: S603
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urlopen(address).close()  # noqa: S310
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def _opened(page: Page, address: str, until: str) -> float:
    """Milliseconds from asking for the page until it is loaded, or until the script is ready."""
    page.goto("about:blank")
    page.goto(address)
    if until == "load":
        return page.evaluate("() => performance.getEntriesByType('navigation')[0].loadEventStart")
    page.wait_for_selector("#entry[data-ready]")
    return page.evaluate("() => performance.getEntriesByName('ready')[0].startTime")


def _pressed(page: Page, keys: list[str], runs: int) -> list[float]:
    page.locator("#grid [data-field=decided]").first.focus()
    return [_timed(page, lambda key=key: page.keyboard.press(key)) for _ in range(runs) for key in keys]


def _filtered(page: Page, runs: int) -> list[float]:
    page.locator("#filter").focus()
    times = []
    for _ in range(runs):
        times += [_timed(page, lambda letter=letter: page.keyboard.press(letter)) for letter in "nguy"]
        page.locator("#filter").fill("")
    return times


def _scrolled(page: Page) -> list[float]:
    page.mouse.move(600, 500)
    page.evaluate(_FRAMES)
    for _ in range(NOTCHES):
        page.mouse.wheel(0, NOTCH)
        page.wait_for_timeout(BETWEEN)
    return page.evaluate("() => { cancelAnimationFrame(watching); return frameTimes; }")


def _timed(page: Page, act: Callable[[], None]) -> float:
    page.wait_for_timeout(A_KEY)
    page.evaluate(_WATCH)
    act()
    page.wait_for_function("() => window.took !== null")
    return page.evaluate("() => window.took")
