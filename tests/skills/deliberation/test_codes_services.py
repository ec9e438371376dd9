"""Issuing, replacing and withdrawing codes."""

from datetime import timedelta

import pytest

from linli.core.audit.models import AuditLine
from linli.engines.deliberation.resident_code import ALPHABET
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Ballot, Basis, Code
from linli.skills.deliberation.selectors import codes as selectors
from linli.skills.deliberation.services import ballots, codes
from linli.skills.register.models import Adult, Building
from tests.factories.deliberation import AskingFactory, code_for, doors_in, options_for, slips_for


@pytest.fixture
def asking(committee):
    return AskingFactory(matter__committee=committee)


def refusal_of(call, *arguments, **named):
    with pytest.raises(RuleError) as refusal:
        call(*arguments, **named)
    return refusal.value.code


def adult(door, mark):
    from linli.core.accounts import vault

    row = Adult(door=door, name_index=mark.encode())
    row.name_sealed = vault.seal(mark, place=f"adult:{row.uid}:name")
    row.save()
    return row


def test_each_door_gets_one_code(asking):
    slips = slips_for(asking, count=3)

    assert len({slip.code for slip in slips}) == Code.objects.count() == 3


def test_codes_are_sixteen_characters_of_the_alphabet(asking):
    (slip,) = slips_for(asking, count=1)

    assert len(slip.code) == 16
    assert set(slip.code) <= set(ALPHABET)


def test_issuing_twice_gives_only_newcomers_a_code(asking, committee):
    slips_for(asking, count=2)
    doors_in(committee, building="2号楼", count=1)

    newcomers = codes.issue_codes(asking, by=None)

    assert [slip.holder.building_name for slip in newcomers] == ["2号楼"]


def test_issuing_to_nobody_is_refused(asking):
    slips_for(asking, count=1)

    assert refusal_of(codes.issue_codes, asking, by=None) == "deliberation.nobody_without_code"


def test_two_who_issue_at_once_issue_once(asking, committee):
    doors_in(committee, count=2)
    mine, theirs = codes.prepare_slips(asking), codes.prepare_slips(asking)
    codes.save_slips(asking, mine, by=None)

    refused = refusal_of(codes.save_slips, asking, theirs, by=None)

    assert refused == "deliberation.codes_just_issued"
    assert Code.objects.count() == 2


def test_only_chosen_building_gets_codes(asking, committee):
    doors_in(committee, building="1号楼", count=1)
    (door,) = doors_in(committee, building="2号楼", count=1)

    slips = codes.issue_codes(asking, by=None, building_ids=[door.building_id])

    assert [slip.holder.door_id for slip in slips] == [door.pk]


def test_only_touched_buildings_get_codes(asking, committee):
    doors_in(committee, building="1号楼", count=1)
    (door,) = doors_in(committee, building="2号楼", count=1)
    asking.matter.touches_everyone = False
    asking.matter.save()
    asking.matter.buildings.add(door.building_id)

    slips = codes.issue_codes(asking, by=None)

    assert [slip.holder.door_id for slip in slips] == [door.pk]


def test_building_with_fifty_codes_is_large(asking):
    slips_for(asking, count=49, building="1号楼")
    slips_for(asking, count=50, building="2号楼")

    asking.refresh_from_db()

    assert asking.large_buildings == [Building.objects.get(name="2号楼").pk]


def test_adults_get_one_each_and_unknown_households_one(committee):
    asking = AskingFactory(matter__committee=committee, basis=Basis.ADULT)
    known, _unknown = doors_in(committee, count=2)
    for name in ("赵甲", "赵乙"):
        adult(known, name)

    slips = codes.issue_codes(asking, by=None)

    assert [slip.holder.name for slip in slips] == ["赵甲", "赵乙", ""]


def test_page_tells_households_without_known_adults(committee):
    asking = AskingFactory(matter__committee=committee, basis=Basis.ADULT)
    known, _unknown = doors_in(committee, count=2)
    adult(known, "赵甲")

    (row,) = selectors.codes_by_building(asking)

    assert (row.holders, row.households, row.missing) == (2, 1, 2)


def test_old_code_stops_when_replaced(asking):
    options = options_for(asking)
    (old,) = slips_for(asking, count=1)

    codes.reissue(asking, code_id=Code.objects.get().pk, by=None)

    refused = refusal_of(ballots.answer_question, old.code, options=[options[0].pk])
    assert refused == "deliberation.code_withdrawn"


def test_new_code_answers(asking):
    options = options_for(asking)
    slips_for(asking, count=1)

    new = codes.reissue(asking, code_id=Code.objects.get().pk, by=None)
    ballots.answer_question(new.code, options=[options[0].pk])

    assert Ballot.objects.count() == 1


def test_replaced_slips_are_counted(asking):
    slips_for(asking, count=1)

    codes.reissue(asking, code_id=Code.objects.get().pk, by=None)

    assert [one.reissued for one in selectors.codes_by_building(asking)] == [1]


def test_withdrawn_code_answers_no_more(asking):
    options = options_for(asking)
    (slip,) = slips_for(asking, count=1)

    codes.withdraw(asking, code_id=Code.objects.get().pk, by=None)

    refused = refusal_of(ballots.answer_question, slip.code, options=[options[0].pk])
    assert refused == "deliberation.code_withdrawn"


def test_slip_replaced_twice_by_one_form_is_replaced_once(asking):
    slips_for(asking, count=1)
    code = Code.objects.get()
    codes.reissue(asking, code_id=code.pk, by=None)

    assert (
        refusal_of(codes.reissue, asking, code_id=code.pk, by=None)
        == "deliberation.replaced_already"
    )


def test_closed_asking_issues_no_codes(asking, committee):
    doors_in(committee, count=1)
    asking.closed_at = asking.created_at + timedelta(days=1)
    asking.save()

    assert refusal_of(codes.issue_codes, asking, by=None) == "deliberation.answers_over"


def test_log_says_how_many_and_no_code(asking):
    code = code_for(asking)

    line = AuditLine.objects.get(action="deliberation.codes_issued")

    assert line.details == {"count": 1, "named": 0, "doors": ""}
    assert code not in repr(line.__dict__)
