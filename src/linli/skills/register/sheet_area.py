"""How large a table a worksheet would make, told before anything reserves memory for it."""

import re

_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br=[\"']([0-9]{1,7})[\"']")
_OVERLAP = 200
"""Bytes kept of the chunk before, where a cell may stand across the border."""


class SheetArea:
    """Follows the chunks of a worksheet's XML; one stray cell far away makes a huge table."""

    def __init__(self) -> None:
        self._kept = b""
        self._rows = 0
        self._columns = 0

    def read(self, chunk: bytes) -> None:
        """Look at the next chunk."""
        text = self._kept + chunk
        for column, row in set(_CELL.findall(text)):
            self._columns = max(self._columns, _number(column))
            self._rows = max(self._rows, int(row))
        self._rows = max([self._rows, *map(int, _ROW.findall(text))])
        self._kept = text[-_OVERLAP:]

    @property
    def cells(self) -> int:
        """Count the cells of the rectangle from the first to the last."""
        return self._rows * self._columns


def _number(letters: bytes) -> int:
    """Number a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
