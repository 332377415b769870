# Everything a person or CI runs. `make demo` and `make test` are all that a newcomer needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test check train accuracy notebooks bench bench-memory bench-rivals clean

demo: $(VENV)/.installed  ## feedback on a sample answer
	@$(BIN)/analyser feedback data/samples/judgment.txt

test: $(VENV)/.developing  ## all tests
	$(BIN)/python -m pytest

check: $(VENV)/.developing  ## style and types; refuses, never repairs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

train: $(VENV)/.developing  ## the shipped models, anew
	$(BIN)/analyser train --out models

accuracy: $(VENV)/.developing  ## how right each finding is: the page, and the counts behind it
	$(BIN)/analyser evaluate --detectors --compare --no-errors --save models
	mv models/accuracy.md docs/accuracy.md

notebooks: $(VENV)/.developing  ## the notebooks, run anew in place
	$(BIN)/python -m pytest --overwrite notebooks

bench: $(VENV)/.developing  ## speed and memory, as ratios
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/scale.py

bench-memory: $(VENV)/.developing  ## a long batch against a short one; takes long
	$(BIN)/python bench/memory.py

bench-rivals: $(VENV)/.developing  ## beside other tools, each in an environment of its own; installs them, takes long
	$(BIN)/python bench/rivals.py

clean:
	rm -rf $(VENV) .bench build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing into $(VENV) (once, a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.developing: $(VENV)/bin/python pyproject.toml
	@echo "Installing into $(VENV) (once, a minute or two) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test,dev]"
	@touch $@
