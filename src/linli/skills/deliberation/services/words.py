"""Words as people typed them, without the characters nobody sees."""

import unicodedata

# Emoji of several people or colours are joined by it.
_JOINER = "\N{ZERO WIDTH JOINER}"


def clean_line(text: str) -> str:
    """Make one line; what turns the direction of reading or hides in a text goes."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """Keep line breaks, drop every other control, format and half character."""
    kept = (
        sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if sign in ("\n", "\t", _JOINER) or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
    )
    return "".join(kept).strip().strip(_JOINER)
