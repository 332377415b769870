"""The vectors of words: spaCy's ``tok2vec``, by memory and by the quickest matrix products.

Its first step makes a vector of each word by its form alone. So each form is put to it once, and what it says is kept:
the same numbers, since in BLIS, which spaCy multiplies by, a row of a product hangs on no other row.

Its second step looks at the words around. NumPy's products are three times as fast there, but in their last digits a
row hangs on the size of the matrix. So each text is multiplied alone, on one thread: what is said of it hangs on
nothing else.
"""

from collections.abc import Callable
from typing import Any, NoReturn, cast

import numpy as np
from spacy.language import Language
from thinc.api import Model, NumpyOps
from thinc.types import Floats2d, Ragged
from threadpoolctl import ThreadpoolController

MOST = 20_000  # forms that are kept: 12 MB
# As spaCy builds it: forms as numbers, then (what is remembered) their parts looked up and mixed.
_LAYERS = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]


def hasten(nlp: Language) -> None:
    """Let ``nlp`` make vectors faster, where its ``tok2vec`` is built as expected; otherwise it stays as it is."""
    if "tok2vec" not in nlp.pipe_names:
        return
    model = cast("Any", nlp.get_pipe("tok2vec")).model
    embed, *others = model.layers or [model]
    if [layer.name.partition("(")[0] for layer in embed.layers] != _LAYERS or model.ops.xp is not np:
        return
    embed.layers[2:4] = [Model("remembered", _remembered, layers=embed.layers[2:4], attrs={"known": {}})]
    if len(others) == 1:
        for layer in others[0].walk():
            layer.ops = NumpyOps(use_blis=False)
        model.layers[1:] = [Model("alone", _alone, layers=others, attrs={"threads": ThreadpoolController()})]


def _remembered(
    model: Model[Ragged, Ragged], forms: Ragged, is_train: bool
) -> tuple[Ragged, Callable[[Ragged], Ragged]]:
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


def _alone(
    model: Model[list[Floats2d], list[Floats2d]], texts: list[Floats2d], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Floats2d]]]:
    (around,) = model.layers
    with model.attrs["threads"].limit(limits=1, user_api="blas"):
        return [around.predict([words])[0] for words in texts], _untrained


def _untrained(_: object) -> NoReturn:
    raise NotImplementedError("A pipeline that remembers its words is not to be trained.")
