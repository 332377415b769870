"""A table of figures in Markdown, as the cards, the pages and the command line print it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table with its title; the first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """The table in Markdown, titled in bold."""
        lines = [self.columns, ("---", *["---:"] * (len(self.columns) - 1)), *self.rows]
        return f"**{self.title}**\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in lines)

    def aligned(self) -> str:
        """The same with every cell as wide as its column, to be read as it stands, too."""
        rows = [self.columns, *self.rows]
        widths = [max(3, *(len(row[i]) for row in rows)) for i in range(len(self.columns))]
        rule = "-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])
        lines = [
            " | ".join((row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])))
            for row in (self.columns, rule, *self.rows)
        ]
        return f"**{self.title}**\n\n" + "\n".join(f"| {line} |" for line in lines)
