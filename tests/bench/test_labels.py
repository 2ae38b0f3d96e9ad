"""What the delegation label gives away, by hand, by trying every possibility, and as docs/privacy.md tells it."""

from itertools import permutations
from pathlib import Path

import pytest

from bench.labels import HEAD, Delegation, Member, members_of, narrowing, table

PRIVACY = Path(__file__).resolve().parent.parent.parent / "docs" / "privacy.md"


def test_figures_of_the_privacy_document_are_those_measured():
    lines = PRIVACY.read_text(encoding="utf-8").splitlines()
    start = lines.index(HEAD) + 2

    assert lines[start : start + len(table())] == table()


def test_members_of_a_small_forum_by_hand():
    """Two mayors who came alone, and one with an alderman: 3 mayors and 1 other, 4 rows."""
    forum = [Delegation(1, 0), Delegation(1, 0), Delegation(1, 1)]

    assert list(members_of(forum)) == [
        Member(
            neither=4, group=3, group_and_label=2, is_delegation_certain=False, is_found_by_colleague=False
        ),
        Member(
            neither=4, group=3, group_and_label=2, is_delegation_certain=False, is_found_by_colleague=False
        ),
        Member(neither=4, group=3, group_and_label=1, is_delegation_certain=True, is_found_by_colleague=True),
        Member(neither=4, group=1, group_and_label=1, is_delegation_certain=True, is_found_by_colleague=True),
    ]


def test_mayors_alone_lose_nothing_by_the_label():
    assert {(each.group, each.group_and_label) for each in members_of([Delegation(1, 0)] * 8)} == {(8, 8)}


@pytest.mark.parametrize(
    "make_up, found",
    [
        ((0, 1), [False]),
        ((0, 2), [True, True]),  # each sets the own row aside
        ((0, 3), [False] * 3),
        ((1, 2), [True, True, True]),
        ((1, 3), [True, False, False, False]),
    ],
)
def test_colleague_who_knows_the_own_row_finds_who_is_left(make_up, found):
    assert [each.is_found_by_colleague for each in members_of([Delegation(*make_up)])] == found


FORUMS = [
    [(1, 0), (1, 0), (1, 1)],
    [(1, 2), (1, 2), (0, 1), (1, 0)],
    [(1, 0), (0, 1), (0, 1), (1, 1), (1, 1)],
    [(0, 2), (1, 1), (1, 0), (1, 0)],
]


@pytest.mark.parametrize("make_ups", FORUMS)
def test_candidates_are_those_that_some_assignment_of_labels_allows(make_ups):
    """Labels are given to municipalities in every way that agrees with what the reader knows."""
    forum = [Delegation(*each) for each in make_ups]
    ways = [way for way in permutations(range(len(forum))) if [forum[label] for label in way] == forum]

    tried = [
        sum(forum[label][group] for label in {way[place] for way in ways})
        for place, make_up in enumerate(forum)
        for group, own in enumerate(make_up)
        for _ in range(own)
    ]

    assert sorted(each.group_and_label for each in members_of(forum)) == sorted(tried)


def test_measuring_again_gives_the_same(monkeypatch):
    from bench import labels

    monkeypatch.setattr(labels, "FORUMS", 20)

    assert narrowing(8, labels.MIXES[1]) == narrowing(8, labels.MIXES[1])
