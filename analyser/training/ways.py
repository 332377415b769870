"""The ways to tell the signal that were tried: what each sees, how it learns, and why it was kept or left."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """Some views by name, joined: what they learn an answer to be, how they are trusted, and why it ships.

    ``shares`` is what each view is trusted beside the others: all alike, unless said otherwise; ``None`` leaves it to
    the written answers.
    """

    name: str
    views: tuple[str, ...]
    why: str
    targets: str = "shares"
    trusted: tuple[float, ...] | None = ()
    handicapped: bool = True

    @property
    def shares(self) -> tuple[float, ...] | None:
        """The share of each view."""
        return (1.0,) * len(self.views) if self.trusted == () else self.trusted


MEANT, FAST = ("parts", "meaning"), ("parts, fast", "terms")
FULL, LITTLE = (*MEANT, "terms"), (1.0, 1.0, 0.3)
WAYS = (
    Way(
        "full mode: sentences as heard, meaning, some terms",
        FULL,
        "kept: on the corpus right more often than words alone, and on real speech as often as any, within an answer",
        trusted=LITTLE,
    ),
    Way(
        "fast mode: what sentences are heard as, and terms",
        FAST,
        "kept: on the corpus the best of those that need no encoder",
    ),
    Way(
        "terms alone",
        ("terms",),
        "left: fit the written world; what sentences are heard as adds to them in both places",
    ),
    Way("words and word pairs alone", ("words",), "left: less than all terms, in both places"),
    Way("delexicalised n-grams alone", ("delexicalised",), "left: less than all terms, in both places"),
    Way("mean of sentence vectors alone", ("mean",), "left: carries over to real speech, but is told too little"),
    Way(
        "mean and maximum of sentence vectors alone",
        ("meaning",),
        "left: one half of full mode, and less often right than the whole",
    ),
    Way(
        "mean, maximum, and means of thirds alone",
        ("meaning by thirds",),
        "left: better than without the thirds, but not once joined, see below",
    ),
    Way(
        "attention over sentence vectors alone",
        ("meaning attended",),
        "left: learns the voices of the corpus by heart; a plain mean is right more often on others",
    ),
    Way(
        "what sentences are heard as alone",
        ("parts",),
        "left: real speech shows its parts less plainly than the corpus does",
    ),
    Way(
        "what sentences are heard as alone, fast",
        ("parts, fast",),
        "left: carries a little further than fast mode, but is right much less often on the corpus",
    ),
    Way(
        "what sentences are heard as, and meaning",
        MEANT,
        "left: on the corpus less often right than words alone, and on real speech than with some terms",
    ),
    Way("full mode, terms like the others", FULL, "left: the terms gain on the corpus and lose on real speech"),
    Way("meaning and terms", ("meaning", "terms"), "left: less than full mode, in both places"),
    Way(
        "full mode, a trust for each view",
        FULL,
        "left: the best on the corpus, far behind on real speech",
        trusted=None,
    ),
    Way("fast mode, a trust for each view", FAST, "left: nothing gained", trusted=None),
    Way(
        "full mode, meaning also by thirds",
        ("parts", "meaning by thirds", "terms"),
        "left: a little more on the corpus, strictly right less often on real speech",
        trusted=LITTLE,
    ),
    Way(
        "full mode, meaning by attention",
        ("parts", "meaning attended", "terms"),
        "left: no more on the corpus, much less on real speech",
        trusted=LITTLE,
    ),
    Way(
        "full mode and the detectors' counts",
        ("parts and findings", "meaning", "terms"),
        "left: the same within an answer or two; the sentence models know the findings already",
        trusted=LITTLE,
    ),
    Way(
        "full mode, learned from halves as well",
        ("parts of halves", "meaning of halves", "terms"),
        "left: hardly more on the corpus, less on real speech",
        trusted=LITTLE,
    ),
    Way(
        "full mode, plain registers doubled",
        FULL,
        "left: less on the corpus, and no more on real speech",
        targets="plain doubled",
        trusted=LITTLE,
    ),
    Way(
        "full mode, the right signal alone",
        FULL,
        "left: strictly right more often on the corpus, less on real speech, and runners-up suffer",
        targets="right alone",
        trusted=LITTLE,
    ),
    Way(
        "full mode, labels smoothed by a tenth",
        FULL,
        "left: the same on the corpus, less on real speech",
        targets="smoothed",
        trusted=LITTLE,
    ),
    Way(
        "full mode, none without its handicap",
        FULL,
        "left: less plain answers are heard as none too often",
        handicapped=False,
        trusted=LITTLE,
    ),
    Way(
        "fast mode, none without its handicap",
        FAST,
        "left: less plain answers are heard as none too often",
        handicapped=False,
    ),
    Way(
        "gradient boosting on what sentences are heard as",
        ("parts boosted",),
        "left: a little more than the linear view on the same; serving would need the trees",
    ),
)
