"""Words that would hide, turn or break something."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.core.accounts.services import create_token
from linli.engines.errors import RuleError
from linli.skills.deliberation.models import Reason, Statement
from linli.skills.deliberation.services import ballots
from linli.skills.deliberation.services.moderation import add_seed
from linli.skills.deliberation.services.words import clean_line, clean_text
from tests.factories.answers import open_asking_of
from tests.factories.deliberation import code_for

HIDDEN = "\u202e\u200b\x00\x07\ufeff\ud800"


def test_what_nobody_sees_is_dropped():
    assert clean_line(f"先试{HIDDEN}\n三个月\u3000 ") == "先试 三个月"


def test_lines_of_a_reason_stay():
    assert clean_text(f"太近\r\n{HIDDEN}太吵") == "太近\n太吵"


def test_family_of_emoji_stays_whole():
    assert clean_line("👨\u200d👩\u200d👧 一起") == "👨\u200d👩\u200d👧 一起"


def test_hidden_characters_make_no_second_statement(head):
    asking = open_asking_of(head, statements=1, residents_may_add=True)
    code = code_for(asking)

    for text in ("晚上不倒垃圾", f"晚上{HIDDEN}不倒垃圾"):
        ballots.propose_statement(code, text=text)

    assert Statement.objects.filter(from_resident=True).count() == 1


def test_reason_with_null_is_kept_without_it(client, head):
    asking = open_asking_of(head)
    option = asking.matter.options.first()

    answered = client.post(
        f"/v/{code_for(asking)}/answer/", {"option": option.pk, "reason": "太近\x00了"}
    )

    assert answered.status_code == 302
    assert Reason.objects.get().text == "太近了"


def test_statement_of_nothing_visible_is_refused(head):
    with pytest.raises(RuleError, match="statement_length"):
        add_seed(open_asking_of(head, statements=1), by=head, text=" \u200b ")


def test_api_refuses_what_no_database_keeps(head, client):
    asking = open_asking_of(head, statements=1)
    _token, secret = create_token(
        head,
        name="t",
        scopes=["deliberation:write"],
        expires_on=timezone.localdate() + timedelta(days=1),
    )

    told = [
        client.post(
            f"/api/deliberation/askings/{asking.pk}/statements",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        ).status_code
        for body in (r'{"text": "a\u0000b"}', r'{"text": "a\ud800b"}', "[" * 100_000)
    ]

    assert told == [400, 400, 400]
