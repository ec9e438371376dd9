"""One encrypted file: a passphrase through scrypt, then AES-256-GCM in numbered pieces.

Layout: header (magic, version, scrypt's log2 n, r, p, salt, nonce prefix), then pieces of 64 KiB
with a tag each. A piece's nonce holds its number and whether it is the last, and the header is
authenticated with every piece: pieces can be neither swapped nor dropped, nor the end cut off.
"""

import io
import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_MAGIC = b"LINLI-BACKUP\n"
_HEADER = struct.Struct(f">{len(_MAGIC)}sBBBB16s7s")
_VERSION = 1
_PIECE = 64 * 1024
_TAG = 16
_LOG_N, _R, _P = 17, 8, 1  # 128 MiB and about half a second a guess
_MOST_LOG_N = 20


class NotABackupError(Exception):
    """The file is no backup of this program, or of a version it does not know."""


class WrongPassphraseError(Exception):
    """The first piece does not open."""


class DamagedFileError(Exception):
    """A later piece does not open, or the end is missing."""


def _cipher(passphrase: str, salt: bytes, log_n: int, r: int, p: int) -> AESGCM:
    key = Scrypt(salt=salt, length=32, n=2**log_n, r=r, p=p).derive(passphrase.encode())
    return AESGCM(key)


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + struct.pack(">IB", number, is_last)


class SealingWriter(io.RawIOBase):
    """Encrypts what is written to it; ``seal`` ends the file."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        salt, self._prefix = secrets.token_bytes(16), secrets.token_bytes(7)
        self._header = _HEADER.pack(_MAGIC, _VERSION, _LOG_N, _R, _P, salt, self._prefix)
        self._cipher = _cipher(passphrase, salt, _LOG_N, _R, _P)
        self._file, self._waiting, self._number = file, bytearray(), 0
        file.write(self._header)

    def writable(self) -> bool:
        """Say that one may write."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take bytes; whole pieces go out once it is sure that they are not the last."""
        self._waiting += data
        while len(self._waiting) > _PIECE:
            self._put(bytes(self._waiting[:_PIECE]), is_last=False)
            del self._waiting[:_PIECE]
        return len(data)

    def seal(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, piece, self._header))
        self._number += 1


class UnsealingReader(io.RawIOBase):
    """Decrypts a file made by ``SealingWriter``."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        super().__init__()
        self._header = file.read(_HEADER.size)
        if len(self._header) != _HEADER.size:
            raise NotABackupError
        magic, version, log_n, r, p, salt, self._prefix = _HEADER.unpack(self._header)
        if magic != _MAGIC or version != _VERSION or log_n > _MOST_LOG_N:
            raise NotABackupError
        self._cipher = _cipher(passphrase, salt, log_n, r, p)
        self._file, self._number = file, 0
        self._next = file.read(_PIECE + _TAG)
        self._open = b""

    def readable(self) -> bool:
        """Say that one may read."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill ``buffer`` with decrypted bytes."""
        if not self._open and self._next:
            self._open = self._take()
        count = min(len(buffer), len(self._open))
        buffer[:count], self._open = self._open[:count], self._open[count:]
        return count

    def _take(self) -> bytes:
        sealed, self._next = self._next, self._file.read(_PIECE + _TAG)
        nonce = _nonce(self._prefix, self._number, is_last=not self._next)
        try:
            piece = self._cipher.decrypt(nonce, sealed, self._header)
        except InvalidTag as broken:
            raise (DamagedFileError if self._number else WrongPassphraseError) from broken
        self._number += 1
        return piece
