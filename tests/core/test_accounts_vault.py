"""Keys, sealed fields and keyed hashes."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.accounts import vault
from linli.core.accounts.hashers import OfficeArgon2PasswordHasher
from linli.core.accounts.keys import load_keys
from linli.core.accounts.services import random_password
from linli.core.accounts.vault import BrokenSealError, seal, unseal

PLACE = "register.adult.name:7"


@given(st.text())
def test_sealed_text_comes_back(text):
    assert unseal(seal(text, place=PLACE), place=PLACE) == text


def test_sealed_text_does_not_show():
    assert "李慧".encode() not in seal("李慧", place=PLACE)


def test_same_text_is_sealed_differently_each_time():
    assert seal("李慧", place=PLACE) != seal("李慧", place=PLACE)


def test_sealed_text_cannot_be_moved():
    with pytest.raises(BrokenSealError):
        unseal(seal("李慧", place=PLACE), place="register.adult.name:8")


@pytest.mark.parametrize("broken", [b"", b"short", b"x" * 40])
def test_broken_seal_is_told(broken):
    with pytest.raises(BrokenSealError):
        unseal(broken, place=PLACE)


def test_changed_seal_is_told():
    sealed = bytearray(seal("李慧", place=PLACE))
    sealed[-1] ^= 1

    with pytest.raises(BrokenSealError):
        unseal(bytes(sealed), place=PLACE)


def test_other_keys_do_not_open(settings, tmp_path):
    sealed = seal("李慧", place=PLACE)
    settings.KEYS_FILE = tmp_path / "keys.json"

    with pytest.raises(BrokenSealError):
        unseal(sealed, place=PLACE)


def test_fingerprint_tells_keys_apart(settings, tmp_path):
    before = vault.fingerprint()
    settings.KEYS_FILE = tmp_path / "keys.json"

    assert vault.fingerprint() != before


def test_both_sides_of_a_code_differ():
    assert vault.code_digest("abc", asking="1") != vault.voter_key("abc", asking="1")


def test_same_code_of_another_asking_differs():
    assert vault.voter_key("abc", asking="1") != vault.voter_key("abc", asking="2")


def test_index_of_one_field_is_not_that_of_another():
    assert vault.index_of("李慧", field="name") != vault.index_of("李慧", field="phone")


def test_keys_are_their_owners_only(tmp_path):
    path = tmp_path / "data" / "keys.json"
    load_keys(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_keys_stay(tmp_path):
    path = tmp_path / "keys.json"
    keys = load_keys(path)
    load_keys.cache_clear()

    assert load_keys(path) == keys


def test_keys_are_five_different_ones(tmp_path):
    load_keys(tmp_path / "keys.json")

    stored = json.loads((tmp_path / "keys.json").read_text())
    assert {len(value) for value in stored.values()} == {64}
    assert len(set(stored.values())) == 5


def test_processes_that_start_at_once_share_keys(tmp_path):
    load_keys.cache_clear()

    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(load_keys.__wrapped__, [tmp_path / "keys.json"] * 8))

    assert len({one.session for one in keys}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_password_hash_is_argon2id_and_holds():
    hasher = OfficeArgon2PasswordHasher()

    encoded = hasher.encode("bamboo by the gate", hasher.salt())

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert hasher.verify("bamboo by the gate", encoded)
    assert not hasher.verify("bamboo by the door", encoded)


def test_first_passwords_are_easy_to_read_and_differ():
    made = {random_password() for _time in range(200)}

    assert len(made) == 200
    assert not set("".join(made)) & set("01loiABCDEFGHIJKLMNOPQRSTUVWXYZ")
