"""A world in which every long act is handed over, and a worker in the process of the test."""

from orgs.jobs.models import Job
from orgs.jobs.worker import Worker
from tests.assessments.year import opened


def all_handed_over(world, settings, tmp_path, monkeypatch):
    """2018 open; nothing is small, and no page waits."""
    settings.VAR_DIR, settings.JOBS_SMALL = tmp_path, -1
    monkeypatch.setattr("orgs.jobs.answering.PATIENCE", 0)
    return opened(world)


def work(slot: int = 1) -> list[Job]:
    """Do all that waits; every job as it then stands, in the order in which they were asked for."""
    worker = Worker(idle=0)
    while worker.do_next(slot):
        continue
    return list(Job.objects.order_by("pk"))


def latest() -> Job:
    return Job.objects.latest("pk")
