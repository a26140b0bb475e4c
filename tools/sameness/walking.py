"""A walk over the pages of one user, along every link, filter and address that a page names."""

import json
import re
from collections import Counter, defaultdict, deque
from copy import deepcopy
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit
from uuid import UUID

from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from lxml import html

from sameness.house import nothing_stays
from sameness.reading import TOKEN, Answer, read

HOST = "localhost"
NEVER = {"accounts:sign_out"}


class Walk:
    """`objects`: how many different objects of each route and kind of year are looked at;
    `variants`: how often each choice of a query."""

    def __init__(self, client: Client, names: list[str], *, objects: int, variants: int, most: int):
        self.client, self.objects, self.variants, self.most = client, objects, variants, most
        self.cookies = deepcopy(client.cookies)
        self.answers: dict[str, Answer] = {}
        self.names: dict[str, list[str]] = defaultdict(list)
        self._met, self._shapes, self._queue = defaultdict(set), Counter(), deque()
        self._known, self._downloads = set(), set()
        self._years = kinds_of_years()
        for name in names:
            self._add_name(name)

    def run(self) -> None:
        while self._queue and len(self.answers) < self.most:
            address = self._queue.popleft()
            if self._is_wanted(address):
                self.look(address)

    def look(self, address: str) -> None:
        """Keep what `address` answers, and note where it leads on."""
        content, answer = self.get(address)
        self.answers[address] = answer
        name = resolve(_path(address)).view_name
        self.names[name].append(address)
        if answer.kind not in ("text/html", "application/json"):
            self._downloads.add(name)
        for found in addresses(answer.kind, content, address, answer.leads_to):
            self._add(found)

    def get(self, address: str) -> tuple[bytes, Answer]:
        """A fault is asked for twice: a busy machine lets a child that fills a document run late."""
        content, answer = self._get(address)
        return self._get(address) if answer.status >= 500 else (content, answer)

    def _get(self, address: str) -> tuple[bytes, Answer]:
        self.client.cookies = deepcopy(self.cookies)
        with nothing_stays():
            response = self.client.get(address, HTTP_HOST=HOST)
            content = b"".join(response) if response.streaming else response.content
            response.close()
        kind = response.headers.get("Content-Type", "").split(";")[0]
        return content, read(response.status_code, kind, content, response.headers.get("Location", ""))

    def _add_name(self, name: str) -> None:
        try:
            self._add(reverse(name))
        except NoReverseMatch:
            return

    def _add(self, address: str) -> None:
        if address not in self._known:
            self._known.add(address)
            self._queue.append(address)

    def _is_wanted(self, address: str) -> bool:
        parts = urlsplit(address)
        try:
            match = resolve(unquote(parts.path))
        except Resolver404:
            return False
        if match.view_name in NEVER or TOKEN in address:
            return False
        year = match.kwargs.get("year")
        sort = [self._years.get(year, "")]
        sort += [value for value in match.kwargs.values() if not _is_object(value)]
        thing = tuple(value for value in match.kwargs.values() if _is_object(value))
        if match.view_name in self._downloads:  # each report is taken by the command
            thing, sort = (*sort, *thing), []
        met = self._met[match.view_name, *sort]
        if thing not in met and len(met) >= self.objects:
            return False
        kind = self._years.get(year, "")
        if parts.query and not self._is_new(match.view_name, kind, parts.query):
            return False
        met.add(thing)
        return True

    def _is_new(self, name: str, kind: str, query: str) -> bool:
        """Whether a query holds a field or a choice that was seldom looked at."""
        pairs = {(name, kind, key, "#" if _is_object(value) else value) for key, value in parse_qsl(query)}
        is_new = any(self._shapes[pair] < self.variants for pair in pairs)
        self._shapes.update(pairs if is_new else ())
        return is_new


def kinds_of_years() -> dict[int, str]:
    """Years of one scheme and state are alike."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT year, scheme_id, state FROM assessments_ratingyear")
        return {year: f"{scheme} {state}" for year, scheme, state in cursor.fetchall()}


def _is_object(value: object) -> bool:
    """Whether a value of an address names a thing, not a sort of page."""
    if value == "":
        return False
    return isinstance(value, UUID) or not re.fullmatch(r"[a-z][a-z0-9_-]*", str(value))


def _path(address: str) -> str:
    return unquote(urlsplit(address).path)


def addresses(kind: str, content: bytes, base: str, leads_to: str):
    """Every address of this site that an answer names, in its order; queries of its forms too."""
    found = [leads_to] if leads_to else []
    if kind == "application/json":
        found += [text for text in _texts(json.loads(content))]
    elif kind == "text/html" and content.strip():
        top = html.document_fromstring(content.decode("utf-8"))
        for element in top.iter():
            if isinstance(element.tag, str):
                found += _of_element(element)
        for form in top.iter("form"):
            if form.get("method", "get").lower() == "get":
                found += queries(form)
    for text in found:
        if address := canonical(text, base):
            yield address


def _of_element(element):
    if element.tag == "script" and "json" in element.get("type", ""):
        return list(_texts(json.loads(element.text or "null")))
    return [
        text
        for name, text in element.items()
        if name in ("href", "src", "action", "formaction") or text.startswith("/")
    ]


def _texts(found):
    if isinstance(found, str):
        if found.startswith("/"):
            yield found
    elif isinstance(found, dict | list):
        for value in found.values() if isinstance(found, dict) else found:
            yield from _texts(value)


def canonical(text: str, base: str) -> str | None:
    """An address of this site without host and fragment; None for any other."""
    parts = urlsplit(text.strip())
    if parts.scheme or parts.netloc and parts.hostname != HOST or text.startswith("#"):
        return None
    here = urlsplit(base)
    path = parts.path or here.path
    if not path.startswith("/") or path.startswith("/static/"):
        return None
    query = urlencode(parse_qsl(parts.query, keep_blank_values=True))
    return f"{path}?{query}" if query else path


def queries(form):
    """The form as it stands, and with each choice of each of its fields."""
    action, fields = form.get("action") or "", {}
    choices = []
    for element in form.iter("select", "input"):
        name = element.get("name")
        if not name or name == "csrfmiddlewaretoken" or element.get("type") in ("submit", "button"):
            continue
        if element.tag == "select":
            options = list(element.iter("option"))
            values = [option.get("value", option.text or "") for option in options]
            chosen = [option.get("value", "") for option in options if "selected" in option.attrib]
            fields[name] = (chosen or values or [""])[0]
            choices += [(name, value) for value in values[:8]]
        elif element.get("type") in ("checkbox", "radio"):
            if "checked" in element.attrib:
                fields[name] = element.get("value", "on")
            choices.append((name, element.get("value", "on")))
        else:
            fields[name] = element.get("value", "")
            if element.get("type") in (None, "text", "search"):
                choices.append((name, "an"))
    yield f"{action}?{urlencode(fields)}"
    for name, value in choices:
        yield f"{action}?{urlencode(fields | {name: value})}"
