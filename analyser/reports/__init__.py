"""A feedback as text, Markdown, HTML or JSON.

>>> from analyser.reports import FORMS
>>> FORMS
('text', 'markdown', 'html', 'json')
"""

from typing import Literal, get_args

from analyser.results import Feedback

Form = Literal["text", "markdown", "html", "json"]
FORMS: tuple[Form, ...] = get_args(Form)

__all__ = ["FORMS", "Form", "render"]


def render(feedback: Feedback, form: Form = "text", *, width: int | None = None, color: bool | None = None) -> str:
    """The whole report, ending in a line break.

    ``width`` and ``color`` matter to ``"text"`` alone. Left out, they are those of standard output: the window's
    width, colour at a terminal that wants it (``NO_COLOR`` is honoured), none in a pipe. Nothing is said by
    colour that is not said in words or signs as well.

    Raises:
        ValueError: an unknown form.
    """
    if form == "text":
        from analyser.reports import terminal

        return terminal.render(feedback, width, color)
    if form == "markdown":
        from analyser.reports import markdown

        return markdown.render(feedback)
    if form == "html":
        from analyser.reports import html

        return html.render(feedback)
    if form == "json":
        return feedback.model_dump_json(indent=2) + "\n"
    raise ValueError(f"unknown form {form!r}; there are {', '.join(FORMS)}.")
