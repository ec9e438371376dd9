"""Personal fields are sealed here and residents' codes turned into keyed hashes."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from linli.core.accounts.keys import Keys, load_keys

_NONCE_BYTES = 12


class BrokenSealError(Exception):
    """A sealed value was made with other keys, or moved to another row or field."""


def _keys() -> Keys:
    return load_keys(settings.KEYS_FILE)


def seal(text: str, *, place: str) -> bytes:
    """Encrypt a personal field; ``place`` names row and field, so values cannot be swapped."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(_keys().field).encrypt(nonce, text.encode(), place.encode())


def unseal(sealed: bytes, *, place: str) -> str:
    """Decrypt a personal field."""
    sealed = bytes(sealed)
    try:
        plain = AESGCM(_keys().field).decrypt(
            sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode()
        )
    except (InvalidTag, ValueError) as broken:
        raise BrokenSealError(place) from broken
    return plain.decode()


def index_of(text: str, *, field: str) -> bytes:
    """Hash a value with a key, to find it again without storing it."""
    return _keyed(_keys().index, field, text)[:16]


def code_digest(code: str, *, asking: str) -> bytes:
    """Hash a resident's code for the side that knows doors."""
    return _keyed(_keys().code, asking, code)


def voter_key(code: str, *, asking: str) -> bytes:
    """Hash a resident's code for the side that knows ballots; its key is another one."""
    return _keyed(_keys().ballot, asking, code)


def token_digest(token: str) -> bytes:
    """Hash an API token; it is random, so a hash without a key is enough."""
    return hashlib.sha256(token.encode()).digest()


def fingerprint() -> bytes:
    """Tell one set of keys from another without telling the keys."""
    return _keyed(_keys().field, "fingerprint", "linli")[:16]


def _keyed(key: bytes, context: str, text: str) -> bytes:
    return hmac.new(key, f"{context}\0{text}".encode(), hashlib.sha256).digest()
