"""A bar on the terminal for work that takes long: how much is done, how fast, and the time left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

_LOOKED_BACK = 600  # seconds, for the rate: a part may take a minute


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} a second" if task.speed else "")


@contextmanager
def bar() -> Iterator[Callable[[int, int], None]]:
    """A function to be told how many are done, of how many; what it is told first was done before."""
    columns = ("Hearing", BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(elapsed_when_finished=True))
    with Progress(*columns, console=Console(stderr=True), speed_estimate_period=_LOOKED_BACK) as shown:
        task = shown.add_task("", total=None)

        def tell(done: int, of: int) -> None:
            if shown.tasks[0].total is None:
                shown.reset(task, total=of, completed=done)
            else:
                shown.update(task, completed=done)

        yield tell
