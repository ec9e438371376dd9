"""Find the building an address means among those already known."""

from collections.abc import Iterable

from linli.engines.errors import RuleError
from linli.engines.register.door_address import DoorAddress, read_building


def match_building(address: DoorAddress, *, known: Iterable[str]) -> str | None:
    """Find the known building that an address means.

    Parameters
    ----------
    address
        A door's address.
    known
        Names of the committee's buildings.

    Returns
    -------
    str or None
        The known name; ``None`` where the building is a new one.

    Raises
    ------
    RuleError
        ``register.building_ambiguous`` with ``value`` where the address names no estate and
        several estates have a building of that number.

    Notes
    -----
    Buildings are the same when estate and number are, whatever they are called: 3栋 is 3号楼. An
    address without an estate means the only building of its number. An address with an estate that
    no known building carries is a new building: two estates may well count from one.

    Examples
    --------
    >>> from linli.engines.register.door_address import read_door
    >>> match_building(read_door("3栋501"), known=["3号楼", "4号楼"])
    '3号楼'
    """
    alike = {}
    for name in known:
        estate, number, _ = read_building(name)
        if number == address.building and (number or estate == address.estate):
            alike[estate] = name
    if address.estate in alike:
        return alike[address.estate]
    if address.estate or not alike:
        return None
    if len(alike) > 1:
        raise RuleError("register.building_ambiguous", value=address.building_name)
    return next(iter(alike.values()))
