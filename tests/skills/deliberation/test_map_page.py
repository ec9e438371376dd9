"""The opinion map: when there is one, what it says, what it does not carry."""

import json

from django.urls import reverse

from linli.skills.deliberation.models import Ballot
from linli.skills.deliberation.selectors.opinion_map import map_of_votes, offered_map
from linli.skills.deliberation.services.askings import close_asking
from linli.skills.deliberation.services.moderation import add_seed
from tests.factories.answers import answer, open_asking_of


def page_of(client, asking):
    return client.get(reverse("deliberation:map", args=[asking.pk])).content.decode()


def test_page_says_how_many_are_missing(head, as_head):
    asking = open_asking_of(head, statements=6)
    answer(asking, by=head, count=9)

    assert "还差 6 人" in page_of(as_head, asking)


def test_page_says_how_many_statements_are_missing(head, as_head):
    asking = open_asking_of(head, statements=3)

    assert "还差 2 条看法" in page_of(as_head, asking)


def test_question_alone_has_no_map(head, as_head):
    assert "所以没有看法地图" in page_of(as_head, open_asking_of(head))


def test_two_points_of_view_are_two_groups(head, as_head):
    asking = open_asking_of(head, statements=8)
    answer(asking, by=head, count=30)

    page = page_of(as_head, asking)

    assert "看法分成 2 拨：甲 15 人、乙 15 人。" in page
    assert "几拨人的多数都同意：「看法第1条」" in page
    assert "阵营" not in page


def test_map_carries_no_voter(head):
    asking = open_asking_of(head, statements=8)
    answer(asking, by=head, count=20)

    told = json.dumps(map_of_votes(asking))

    assert not any(bytes(ballot.voter_key).hex() in told for ballot in Ballot.objects.all())


def test_open_map_moves_in_steps_of_five(head):
    asking = open_asking_of(head, statements=6)
    answer(asking, by=head, count=16)
    first = offered_map(asking)[1]

    answer(asking, by=head, count=4, building="2号楼")
    after_four = offered_map(asking)[1]
    answer(asking, by=head, count=1, building="3号楼")
    after_five = offered_map(asking)[1]

    assert (first["participants"], after_four["participants"], after_five["participants"]) == (
        16,
        16,
        21,
    )


def test_new_statement_does_not_move_the_open_map(head):
    """Else the desk could move it before and after a neighbour answers."""
    asking = open_asking_of(head, statements=8)
    answer(asking, by=head, count=16)
    first = offered_map(asking)[1]

    add_seed(asking, by=head, text="先试三个月")
    answer(asking, by=head, count=1, building="2号楼")

    assert offered_map(asking)[1] == first


def test_closed_map_is_the_frozen_one(head, as_head):
    asking = open_asking_of(head, statements=8)
    answer(asking, by=head, count=20)
    close_asking(asking, by=head)
    asking.refresh_from_db()

    asking.votes.all().delete()

    assert offered_map(asking)[1]["participants"] == 20
    assert "看法分成 2 拨" in page_of(as_head, asking)


def test_all_alike_is_no_clear_groups(head, as_head):
    asking = open_asking_of(head, statements=5)
    answer(asking, by=head, count=16)
    asking.votes.update(choice=1)

    assert "看法没有明显分成几拨" in page_of(as_head, asking)


def test_closed_map_of_few_people_is_not_shown(head, as_head):
    asking = open_asking_of(head, statements=6)
    answer(asking, by=head, count=14)
    close_asking(asking, by=head)

    page = page_of(as_head, asking)

    assert "人太少或看法太少" in page
    assert "看法第1条" not in page
