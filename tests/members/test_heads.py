import threading
from datetime import date

import pytest
from django.db import connections

from members.actions import heads
from members.models import VillageHead
from orgs.models import AuditEntry
from resolution03.lib.dates import PartialDate
from resolution03.lib.errors import Refusal
from tests import factories

DAY = date(2019, 7, 1)


def appoint(actor, village, on=DAY, **values):
    return heads.appoint(
        by=actor, village=village, full_name="A  Kế Nhiệm", starts_on=PartialDate(on), **values
    )


def test_a_successor_starts_on_the_last_day(world, actor):
    heads.end_term(by=actor, head=world.alpha.head, on=DAY)
    head = appoint(actor, world.alpha.village, is_member=True)
    assert (head.full_name, head.search_key) == ("A Kế Nhiệm", "a ke nhiem")
    assert [entry.action for entry in AuditEntry.objects.all()] == ["head.appoint", "head.end"]
    assert AuditEntry.objects.first().unit == world.alpha.unit


def test_two_heads_at_once_are_refused(world, actor):
    with pytest.raises(Refusal) as caught:
        appoint(actor, world.alpha.village)
    assert caught.value.field == "starts_on"
    assert world.alpha.village.heads.get() == world.alpha.head


def test_a_term_lies_in_the_villages_life(world, actor):
    village = factories.village(world.alpha.commune, starts_on=DAY)
    with pytest.raises(Refusal) as caught:
        appoint(actor, village, on=date(2019, 6, 30))
    assert caught.value.field == "starts_on"


def test_a_term_does_not_end_before_it_starts(world, actor):
    with pytest.raises(Refusal) as caught:
        heads.end_term(by=actor, head=world.alpha.head, on=date(2014, 12, 31))
    assert caught.value.field == "ends_on"


def test_a_correction_meets_no_other_term(world, actor):
    heads.end_term(by=actor, head=world.alpha.head, on=DAY)
    successor = appoint(actor, world.alpha.village)
    with pytest.raises(Refusal):
        heads.correct(by=actor, head=successor, starts_on=PartialDate(date(2019, 6, 30)))
    heads.correct(by=actor, head=successor, starts_on=PartialDate(date(2019, 7, 2)))
    assert VillageHead.objects.get(pk=successor.pk).starts_on == date(2019, 7, 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_appointed_at_once_one_is_refused(actor):
    committee = factories.organization(factories.province())
    village = factories.village(committee)
    refusals = []

    def put_in_post(day):
        try:
            appoint(actor, village, on=day)
        except Refusal as refusal:
            refusals.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=put_in_post, args=(date(2019, 7, number),)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert village.heads.count() == 1
