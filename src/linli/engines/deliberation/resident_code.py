"""A resident's answer code: sixteen characters that can be read from paper and typed."""

import unicodedata

from linli.engines.errors import RuleError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
BITS = 5 * LENGTH
_ALIKE = str.maketrans("OIL", "011")


class CodeError(RuleError):
    """What was typed cannot be a code."""


def code_from_number(number: int) -> str:
    """Write a number as a code; this function will give every number its own.

    Parameters
    ----------
    number
        From 0 to 2**80 - 1; drawn from a source nobody can foresee.

    Returns
    -------
    str
        Sixteen characters of Crockford's base 32, plain as :func:`normalise_code` gives them.

    Raises
    ------
    CodeError
        ``deliberation.code_number`` when the number is out of range.

    References
    ----------
    Douglas Crockford, Base 32 (2002): no I, L, O (read as 1, 1, 0) and no U.

    Examples
    --------
    >>> code_from_number(0)
    '0000000000000000'
    >>> code_from_number(2**80 - 1)
    'ZZZZZZZZZZZZZZZZ'
    """
    if not 0 <= number < 1 << BITS:
        raise CodeError("deliberation.code_number")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))


def format_code(code: str) -> str:
    """Show a plain code as it is printed; this function will part it into fours.

    Parameters
    ----------
    code
        Sixteen characters, plain.

    Returns
    -------
    str
        ``XXXX-XXXX-XXXX-XXXX``.

    Examples
    --------
    >>> format_code("0123456789ABCDEF")
    '0123-4567-89AB-CDEF'
    """
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def normalise_code(text: str) -> str:
    """Read a code as it was typed; this function will forgive what paper makes one mistake.

    Parameters
    ----------
    text
        Any case, full or half width, with any spaces, dashes and dots; O stands for 0, I and L
        for 1.

    Returns
    -------
    str
        Sixteen characters, plain.

    Raises
    ------
    CodeError
        ``deliberation.code_mistyped`` when it is not sixteen characters of the alphabet.

    Notes
    -----
    There is no check digit: with 80 random bits a mistyped code is unknown, never another's.

    Examples
    --------
    >>> normalise_code(" ｏ123－4567 89ab·cdef ")
    '0123456789ABCDEF'
    """
    wide = unicodedata.normalize("NFKC", text).upper()
    plain = "".join(
        letter for letter in wide if unicodedata.category(letter)[0] not in "ZPSC"
    ).translate(_ALIKE)
    if len(plain) != LENGTH or not set(plain) <= set(ALPHABET):
        raise CodeError("deliberation.code_mistyped")
    return plain
