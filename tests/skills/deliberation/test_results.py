"""What the results page tells, and what it keeps to itself."""

from django.urls import reverse
from django.utils import timezone, translation

from linli.skills.deliberation import findings
from linli.skills.deliberation.selectors.results import count_asking
from linli.skills.deliberation.services.askings import close_asking
from linli.skills.deliberation.services.ballots import paper_ballot
from linli.skills.deliberation.services.notices import post_notice
from tests.factories.answers import answer, closed_asking_of, open_asking_of
from tests.factories.deliberation import slips_for


def page_of(client, asking):
    return client.get(reverse("deliberation:results", args=[asking.pk])).content.decode()


def test_open_asking_tells_only_how_many_were_heard(head, as_head):
    asking = open_asking_of(head)
    answer(asking, by=head, count=4)

    page = page_of(as_head, asking)

    assert "4 户里，已听到 4 户的意见" in page
    assert "东门" not in page


def test_closed_asking_tells_its_counts_with_their_base(head, as_head):
    asking = closed_asking_of(head, count=5)

    page = page_of(as_head, asking)

    assert "过半数选「东门」：5 份里有 3 份（60%）。" in page
    assert asking.result.ballots_sha256 in page


def test_small_parts_stand_together(head):
    asking = open_asking_of(head)
    answer(asking, by=head, count=60, building="1号楼")
    option = asking.matter.options.first().pk
    asking.refresh_from_db()
    for slip in slips_for(asking, count=60, building="2号楼")[:3]:
        asking.refresh_from_db()
        paper_ballot(slip.code, by=head, asking=asking, options=[option])

    parts = {part["kind"]: part for part in count_asking(asking)["parts"]}

    building = parts["building"]
    shown = [row["voters"] for row in building["rows"]]
    rest = building["rest"]
    assert all(voters >= 10 for voters in shown)
    assert rest is None or rest["voters"] >= 10


def test_ranking_is_told_two_by_two(head):
    asking = open_asking_of(head, form="ranked")
    east, west, middle = (option.pk for option in asking.matter.options.all())
    orders = [(east, west, middle), (west, east, middle), (west, middle, east)]
    for slip, order in zip(slips_for(asking, count=3), orders, strict=True):
        paper_ballot(slip.code, by=head, asking=asking, options=order)

    close_asking(asking, by=head)

    asking.refresh_from_db()
    counts = asking.result.counts
    with translation.override("zh-hans"):
        assert counts["winner"] == west
        assert findings.pair_sentences(counts)[0] == "2 份把「西门」排在「东门」前面，1 份相反。"


def test_several_may_be_ticked(head):
    asking = open_asking_of(head, form="multiple")
    east, west, _middle = (option.pk for option in asking.matter.options.all())
    for slip, ticked in zip(slips_for(asking, count=2), [(east,), (east, west)], strict=True):
        paper_ballot(slip.code, by=head, asking=asking, options=ticked)

    counts = count_asking(asking)

    assert [row["count"] for row in counts["options"]] == [2, 1, 0]
    assert counts["answered"] == 2


def test_nobody_answered_is_told(head, as_head):
    asking = closed_asking_of(head, count=1)
    empty = open_asking_of(head)
    close_asking(empty, by=head)

    assert "还没有人回答这个问题" in page_of(as_head, empty)
    assert "还没有人回答这个问题" not in page_of(as_head, asking)


def test_results_lead_to_the_notice_until_it_is_posted(head, as_head):
    asking = closed_asking_of(head)
    way_on = reverse("deliberation:notice-preview", args=[asking.pk, "result"])
    results = reverse("deliberation:results", args=[asking.pk])

    assert way_on in as_head.get(results).content.decode()
    post_notice(asking, by=head, kind="result", object_until=timezone.localdate())

    assert way_on not in as_head.get(results).content.decode()
