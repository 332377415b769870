"""The vectors of words, by memory: the first step of spaCy's ``tok2vec``.

It makes a vector of each word by its form alone; only the steps after it look at the words around. So each form is
put to it once, and what it says is kept: the same numbers, since a row of its products hangs on no other row.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from spacy.language import Language
from thinc.api import Model
from thinc.types import Ragged

MOST = 20_000  # forms that are kept: 12 MB
# As spaCy builds it: forms as numbers, then (what is remembered) their parts looked up and mixed.
_LAYERS = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]


def remember(nlp: Language) -> None:
    """Let ``nlp`` remember the vectors of forms, where it is built as expected; otherwise it stays as it is."""
    if "tok2vec" not in nlp.pipe_names:
        return
    model = cast("Any", nlp.get_pipe("tok2vec")).model
    embed = model.layers[0] if model.layers else model
    if [layer.name.partition("(")[0] for layer in embed.layers] == _LAYERS and model.ops.xp is np:
        embed.layers[2:4] = [Model("remembered", _forward, layers=embed.layers[2:4], attrs={"known": {}})]


def _forward(model: Model[Ragged, Ragged], forms: Ragged, is_train: bool) -> tuple[Ragged, Callable[[Ragged], Ragged]]:
    known, rows = model.attrs["known"], np.ascontiguousarray(forms.dataXd)
    keys = rows.view(f"V{rows.strides[0]}").ravel().tolist()
    new = {key: at for at, key in enumerate(keys) if key not in known}
    if len(known) + len(new) > MOST:
        known.clear()
        new = {key: at for at, key in enumerate(keys)}
    if new:
        asked: Any = Ragged(cast("Any", rows[list(new.values())]), cast("Any", np.array([len(new)], "i")))
        for layer in model.layers:
            asked = layer.predict(asked)
        known.update(zip(new, asked.dataXd, strict=True))
    vectors = np.concatenate([known[key] for key in keys]).reshape(len(keys), -1)
    return Ragged(cast("Any", vectors), forms.lengths), _untrained


def _untrained(_: Ragged) -> Ragged:
    raise NotImplementedError("A pipeline that remembers its words is not to be trained.")
