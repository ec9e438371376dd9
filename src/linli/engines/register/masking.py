"""Show a name so that a neighbour is recognised and a stranger learns little."""

import re
import unicodedata

# The compound surnames in common use; a longer list would mask given names by mistake.
_COMPOUND = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|"
    "申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|令狐|呼延|淳于|单于|西门|百里|轩辕|拓跋|第五|梁丘|"
    "左丘|东郭|南门|羊舌|微生"
)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")


def mask_name(name: str) -> str:
    """Mask a personal name, keeping the surname and, from three characters, the last one.

    Parameters
    ----------
    name
        A name as people write it; surrounding and doubled blanks do not count.

    Returns
    -------
    str
        Chinese: ``张*英``, ``王*``, compound surnames whole (``欧阳*``); one character alone is
        masked altogether (``*``). Other scripts: the first letter of each part, with a dot
        between names of minorities kept (``J* S*``, ``买*·吐*``). Empty for an empty name.

    Notes
    -----
    The number of stars does not tell the length of what they hide, except that one star always
    stands for at least one character.

    Examples
    --------
    >>> [mask_name(name) for name in ("张桂英", "王芳", "欧阳修", "John Smith")]
    ['张*英', '王*', '欧阳*', 'J* S*']
    """
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    name = re.sub("[•‧・]", "·", name)
    if "·" in name or " " in name:
        separator = "·" if "·" in name else " "
        return separator.join(_first_letter(part) for part in name.split(separator) if part)
    if not _HAN.fullmatch(name):
        return _first_letter(name)
    if len(name) == 1:
        return "*"
    kept = 2 if len(name) > 2 and _COMPOUND.match(name) else 1
    last = name[-1] if len(name) > kept + 1 else ""
    return f"{name[:kept]}*{last}"


def _first_letter(part: str) -> str:
    """Keep one letter of a part that has more than one."""
    return f"{part[0]}*" if len(part) > 1 else "*" * len(part)
