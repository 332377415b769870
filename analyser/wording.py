"""Words that are put together for a reader, wherever they are shown."""

from collections.abc import Sequence


def listed(items: Sequence[str]) -> str:
    """The items as a sentence names them.

    >>> listed(["role", "tradeoff", "outcome"])
    'role, tradeoff and outcome'
    """
    return ", ".join(items[:-1]) + (" and " if len(items) > 1 else "") + items[-1]
