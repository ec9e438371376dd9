"""Every operation of the API with whatever its description allows, and with what it does not."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from linli.core.accounts import services
from linli.core.accounts.scopes import SCOPES
from linli.site.api import make_api, skill_routers
from tests.factories.answers import open_asking_of
from tests.factories.register import DoorFactory
from tests.site.test_api_frame import FAR

DESCRIPTION = schemathesis.openapi.from_dict(
    make_api(skill_routers(), namespace="hard").get_openapi_schema(path_prefix="/api/")
)
OPERATIONS = {one.ok().label: one.ok() for one in DESCRIPTION.get_all_operations()}
SECRET_NAME = "隔壁的秘密楼"


@pytest.fixture
def given_access(head, other_head):
    """Headers with a token for everything, and the numbers of own and foreign rows."""
    own, asking = open_asking_of(head), open_asking_of(other_head)
    asking.matter.title = SECRET_NAME
    asking.matter.save()
    doors = [
        DoorFactory(building__committee=head.committee),
        DoorFactory(building__committee=other_head.committee, building__name=SECRET_NAME),
    ]
    numbers = {one.pk for pair in (own, asking) for one in (pair, pair.matter)}
    numbers |= {door.building_id for door in doors}
    _token, secret = services.create_token(head, name="x", scopes=list(SCOPES), expires_on=FAR)
    return {"Authorization": f"Bearer {secret}"}, sorted(numbers)


@pytest.mark.parametrize("label", OPERATIONS)
@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_nothing_breaks_and_nothing_foreign_is_told(label, data, given_access, client):
    bearer, numbers = given_access
    operation = OPERATIONS[label]
    mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    case = data.draw(operation.as_strategy(generation_mode=mode))
    number = data.draw(st.sampled_from(numbers) | st.none())
    path = operation.full_path
    for name, value in case.path_parameters.items():
        path = path.replace(f"{{{name}}}", str(value if number is None else number))

    answer = client.generic(
        case.method,
        path,
        json.dumps(case.body, default=str) if operation.body else "",
        content_type="application/json",
        query_params={name: str(value) for name, value in (case.query or {}).items()},
        headers=bearer,
    )

    assert answer.status_code < 500
    assert SECRET_NAME not in answer.text
