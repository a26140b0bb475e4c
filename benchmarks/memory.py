"""B13: memory of a server process after every page was visited once by each role."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings

from accounts.models import Role, User

PORT = 8931
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = "benchmark only"  # noqa: S105 (set on the demonstration's accounts, in the copy served)
MOST_PAGES = 150
_LINK = re.compile(r'href="(/[^"#]*)"')
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SKIPPED = re.compile(r"^/(static|account/(sign-out|language))/")


def memory(_runs: int) -> str:
    """Serve the demonstration, walk it as each role, and read what the process holds.

    Sets the password of one account of each role; only for a demonstration.
    """
    names = [_with_password(role) for role in Role]
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo", "--port", str(PORT)],
        env=os.environ | {"HTTPS": "off"},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait()
        start = _resident(server.pid)
        pages = {name: _walk(name) for name in names}
        return "\n".join(
            [
                "\nB13 memory of a server process\n",
                "| when | MB |",
                "| --- | ---: |",
                f"| started | {start:.0f} |",
                f"| after {sum(pages.values())} pages by {len(pages)} roles | {_resident(server.pid):.0f} |",
            ]
        )
    finally:
        server.terminate()
        server.wait()


def _with_password(role: Role) -> str:
    user = User.objects.filter(role=role).order_by("pk").first()
    user.set_password(PASSWORD)
    user.save()
    return user.username


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{BASE}/healthz")  # noqa: S310
            return
        except HTTPError:
            return
        except (URLError, ConnectionError):
            time.sleep(0.5)
    raise SystemExit("the server did not start")


def _walk(username: str) -> int:
    """Follow every link once for each kind of address; returns how many pages were seen."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    sign_in = f"{BASE}/account/sign-in/"
    token = _TOKEN.search(_read(opener, sign_in)).group(1)
    form = {"csrfmiddlewaretoken": token, "username": username, "password": PASSWORD}
    first = _read(opener, sign_in, urlencode(form).encode())
    waiting, seen = list(_LINK.findall(first)), set()
    count = 1
    while waiting and count < MOST_PAGES:
        path = waiting.pop(0).replace("&amp;", "&")
        kind = re.sub(r"\d+", "0", urlsplit(path).path)
        if kind in seen or _SKIPPED.match(path):
            continue
        seen.add(kind)
        waiting += _LINK.findall(_read(opener, urljoin(BASE, path)))
        count += 1
    return count


def _read(opener, address: str, data: bytes | None = None) -> str:
    try:
        with opener.open(urllib.request.Request(address, data)) as answer:  # noqa: S310
            return answer.read().decode("utf-8", "replace")
    except HTTPError as error:
        return "" if error.code in (403, 404) else str(error)


def _resident(pid: int) -> float:
    """Megabytes in memory, by Linux's count."""
    with open(f"/proc/{pid}/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
