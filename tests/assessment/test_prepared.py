"""Queries whose SQL is put together once."""

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from assessment.models import Round
from assessment.prepared import PreparedQuery

pytestmark = pytest.mark.django_db


def moments(**condition: object) -> QuerySet:
    return Round.objects.filter(**condition).values_list("pk", "closes_on", "opened_at", "has_reminders")


def test_rows_are_those_of_the_query_for_this_value(open_round):
    query = PreparedQuery(lambda: moments(state="planned"))

    assert list(map(tuple, query.rows("open"))) == list(moments(state="open")) != []
    assert list(query.rows("closed")) == []


@pytest.mark.django_db(transaction=True)
def test_a_lock_is_refused_outside_a_transaction_each_time(open_round):
    query = PreparedQuery(
        lambda: Round.objects.select_for_update(no_key=True).filter(pk=0).values_list("state")
    )

    with transaction.atomic():
        assert [list(row) for row in query.rows(open_round.pk)] == [["open"]]
    with pytest.raises(TransactionManagementError):
        query.rows(open_round.pk)


@pytest.mark.parametrize("condition", [{}, {"pk": 1, "state": "open"}])
def test_a_query_has_a_place_for_one_value(condition):
    with pytest.raises(ValueError, match="takes one value"):
        PreparedQuery(lambda: moments(**condition)).rows(1)
