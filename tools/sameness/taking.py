"""Takes a house: pages of each walker, then what everybody met, then reports and commands."""

import gzip
import json
import multiprocessing
import shutil
import time
from functools import partial
from pathlib import Path

from sameness.house import House

ABOUT = "about.json"
_house: House | None = None
_folder: Path | None = None


def take(given) -> int:
    global _house, _folder
    began = time.monotonic()
    _house, _folder = House(given.house, given.database, given.now), given.folder
    _house.open()
    from sameness import commands, walkers

    walkers.prepare()
    shutil.rmtree(_folder, ignore_errors=True)
    _folder.mkdir(parents=True)
    reports, others = commands.reports(), commands.others()
    _house.close()
    with multiprocessing.get_context("fork").Pool(given.jobs, _house.use_own_copy) as pool:
        names = dict(pool.map(_walk, walkers.WALKERS, chunksize=1))
        met = walkers.samples(names)
        pool.map(partial(_look, met), walkers.WALKERS, chunksize=1)
        _tell("pages", began)
        _keep("commands", dict(pool.map(_command, others, chunksize=1)))
        _tell("commands", began)
        _keep("reports", dict(pool.map(_command, reports, chunksize=1)))
        _tell("reports", began)
    _keep("house", commands.house())
    pages = {walker.name: len(list(_read(walker.name))) for walker in walkers.WALKERS}
    about = {"database": _house.digest(), "now": given.now, "pages": pages}
    (_folder / ABOUT).write_text(json.dumps(about, indent=1))
    _tell(f"{sum(pages.values())} pages as {len(pages)} users", began)
    return 0


def _tell(what: str, began: float) -> None:
    print(f"{what}: {time.monotonic() - began:.0f} s", flush=True)


def _walk(walker) -> tuple[str, dict[str, list[str]]]:
    walk = walker.walk()
    began = time.monotonic()
    walk.run()
    _keep(walker.name, walk.answers)
    _tell(f"{walker.name}: {len(walk.answers)}", began)
    return walker.name, dict(walk.names)


def _look(met: list[str], walker) -> None:
    """At one address of each route that anybody met, where this walker met none of that route."""
    from sameness.walkers import unmet

    walk = walker.walk(names=[])
    walk.answers = {address: walk.get(address)[1] for address in unmet(met, walker.name)}
    _keep(walker.name, walk.answers)


def _command(words: tuple[str, ...]):
    from sameness import commands

    return " ".join(words), commands.run(words)


def _keep(name: str, answers: dict) -> None:
    """Append, an answer a line."""
    with gzip.open(_folder / f"{name}.gz", "at", encoding="utf-8", compresslevel=1) as out:
        for key, answer in answers.items():
            out.write(json.dumps([key, answer.document()], ensure_ascii=False) + "\n")


def _read(name: str):
    from sameness.comparing import answers

    return answers(_folder / f"{name}.gz")
