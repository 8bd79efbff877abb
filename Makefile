# Everything from a bare machine with Python 3.11-3.13 and make. See CONTRIBUTING.md.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= $(shell scripts/find-python 3.13 3.12 3.11)
# The newest ansible-core that a Python can run: 2.20 and later need Python 3.12.
CORE_3.11 := ansible-core==2.19.14
CORE_3.12 := ansible-core==2.21.5
CORE_3.13 := ansible-core==2.21.5
PYTHON_VERSION = $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
CORE = $(CORE_$(PYTHON_VERSION))
RUNTIME := requirements.txt requirements-simulator.txt
# The requirements are ranges: the newest versions are tested with the newest ansible-core, the lowest ones with the oldest.
NEWEST := constraints-newest.txt
LOWEST := constraints-lowest.txt

# The user's own settings must not reach the runs: requests prefers these over a private CA.
unexport REQUESTS_CA_BUNDLE CURL_CA_BUNDLE ANSIBLE_CONFIG
# Nor must what makes each Python compile everything again, and write each line of -vvvv by itself.
unexport PYTHONDONTWRITEBYTECODE PYTHONUNBUFFERED
export ANSIBLE_COLLECTIONS_PATH = $(CURDIR)/.build/collections
export ANSIBLE_HOME ?= $(CURDIR)/.ansible
export ANSIBLE_LOCALHOST_WARNING = false
export ANSIBLE_INVENTORY_UNPARSED_WARNING = false
VENV := .venv
TOOLS := .venv-test
OLDEST := .venv-2.16-*
JUDGES := .venv-judges
IMPORTER := .venv-importer
NOX := $(TOOLS)/bin/nox --session
# Tests of this kind wait for simulated appliances and for processes of Ansible about half of their time.
WORKERS ?= $(shell echo $$(( 1 + $$(nproc) )))

.PHONY: help setup setup-test setup-oldest setup-importer demo demo-clock demo-stop sim test docs setup-docs docs-commands quick quick-unit fast lint sanity unit molecule molecule-sample oldest oldest-unit \
        oldest-molecule setup-judges setup-automation setup-node judges judges-quick tarball release chaos bench counts ratios clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /:/' | awk -F: '{printf "  make %-12s %s\n", $$1, $$2}'

setup:  ## what the demo needs, in .venv
	@scripts/make-venv $(VENV) "$(PYTHON)" "$(CORE)" $(RUNTIME) $(NEWEST)

setup-test:  ## what the tests need, in .venv-test
	@scripts/make-venv $(TOOLS) "$(PYTHON)" "$(CORE)" $(RUNTIME) $(NEWEST) requirements-test.txt requirements-matrix.txt requirements-tools.txt

setup-docs:
	@scripts/make-venv .venv-docs "$(PYTHON)" "$(CORE)" requirements-docs.txt

docs: setup-test setup-docs  ## the documentation site, in .build/docs/html
	$(NOX) docs -- .venv-docs

docs-commands: setup-test  ## every command of the guides, against simulated appliances (make test runs a part)
	env GUIDES=all PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m pytest -n 2 tests/unit/docs

WAIT ?= hold
MODE ?= asynchronous
demo: setup  ## upgrade a simulated pair, all the way (MODE=synchronous, MODE=standalone; WAIT=stop: to the first catch-up)
	@scripts/demo $(VENV) $(WAIT) $(MODE)

HOURS ?= 24
demo-clock: setup  ## let HOURS pass in the demo's simulator
	@$(VENV)/bin/python scripts/move-clock demo-state/simulator/ready.json $(HOURS)

demo-stop: setup  ## stop the demo's simulator
	@$(VENV)/bin/ansible localhost -m ansible.builtin.include_role -a name=bomgar.appliance.simulator \
	  -e simulator_state=stopped -e simulator_dir=$(CURDIR)/demo-state/simulator

WORLD ?= far_outdated
sim: setup  ## the simulator in the foreground (WORLD=name or file), end it with Ctrl-C
	@mkdir -p .build/sim
	@$(VENV)/bin/python -m simulator --world $(WORLD) --ready-file .build/sim/ready.json --tls-dir .build/sim/tls

test: setup-test setup-oldest  ## everything that CI runs, and the time of each part
	@scripts/parts 3 unit molecule-sample sanity lint oldest-unit tarball-sample oldest-molecule docs counts judges-quick
	@scripts/parts 1 ratios
	@echo "make test: all passed"

quick: setup-test  ## linters and the unit tests that take no seconds each, before each commit (make lint: the scenarios too)
	@scripts/parts 2 quick-unit quick-lint

quick-unit: setup-test
	env PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m pytest -n $(WORKERS) -m "not slow"

fast: setup-test  ## the unit tests only
	env PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m pytest -n $(WORKERS)

lint quick-lint fast quick-unit molecule molecule-sample sanity counts ratios: export PATH := $(CURDIR)/$(TOOLS)/bin:$(PATH)

lint: setup-test  ## all linters
	$(NOX) lint -- $(LINTED)

# ansible-lint starts Ansible once for each playbook, and two thirds of them belong to the scenarios.
.PHONY: quick-lint
quick-lint: LINTED := roles playbooks
quick-lint: lint

unit: setup-bastion fast

sanity: setup-test
	$(NOX) sanity

molecule: setup-test  ## all scenarios, or SCENARIO="catch_up_waits base_stuck"
	scripts/molecule-all $(SCENARIO)

setup-oldest: setup-test  ## the oldest ansible-core that is supported, where there is a Python for it
	$(NOX) oldest

molecule-sample: setup-test  ## of scenarios that differ in mode, layout or generation alone one each, which changes with the commit
	scripts/molecule-all $$(scripts/molecule-sample)

oldest: oldest-unit oldest-molecule  ## what could differ on the oldest ansible-core that is supported

oldest-unit: setup-test
	$(NOX) oldest -- unit

oldest-molecule: setup-test
	$(NOX) oldest -- molecule

setup-judges:
	@mkdir -p .build && grep -v '^rich==' $(NEWEST) >.build/constraints-judges.txt
	@scripts/make-venv $(JUDGES) "$(PYTHON)" "$(CORE)" $(RUNTIME) .build/constraints-judges.txt requirements-test.txt requirements-judges.txt

setup-automation:
	@scripts/make-venv .venv-automation "$(PYTHON)" "$(CORE)" requirements.txt $(NEWEST) requirements-automation.txt

# Programs of others judge the simulator and the collection. What is no Python package (haproxy, check_http, java) is used where it is found.
JUDGE = env PATH=$(CURDIR)/$(JUDGES)/bin:$$PATH PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(JUDGES)/bin/python -m pytest -rs --timeout 1800 tests/judges
judges: setup-judges setup-automation setup-node  ## programs of others judge the simulator and the collection: see tests/judges/README.md
	$(JUDGE) -n 2

NODE_JUDGES := @stoplight/prism-cli@5.16.0 gitlab-ci-local@4.68.1
setup-node:
	@! command -v npm >/dev/null || [ "$$(cat .build/node/.ready 2>/dev/null)" = "$(NODE_JUDGES)" ] || \
	  { npm install --silent --ignore-scripts --no-fund --no-audit --prefix .build/node $(NODE_JUDGES) && echo "$(NODE_JUDGES)" >.build/node/.ready; }
	@! command -v npm >/dev/null || scripts/judge-report --install

judges-quick: setup-judges
	$(JUDGE) -n 2 -m "not slow"

.PHONY: setup-bastion matrix
setup-bastion:  ## the oldest Python of a bastion with the lowest versions of the libraries, where there is one
	@python=$$(scripts/find-python 3.9 2>/dev/null) || { echo "SKIPPED: there is no Python 3.9"; exit 0; }; \
	  scripts/make-venv .venv-3.9 "$$python" "jinja2==3.1.2" requirements.txt $(LOWEST)

setup-importer:  ## Galaxy's importer, in .venv-importer
	@scripts/make-venv $(IMPORTER) "$(PYTHON)" "$(CORE)" requirements-importer.txt

tarball: setup-test setup-importer  ## build, import as Galaxy does, install elsewhere, run from there
	scripts/tarball $(IMPORTER) $(TOOLS) $(OLDEST)

.PHONY: tarball-sample
tarball-sample: export SAMPLE := yes
tarball-sample: tarball

MATRIX ?= matrix
PARTS ?=
matrix: setup-test setup-bastion  ## each ansible-core with each Python; the table of docs/tested-with.md (MATRIX="core218 and py313", PARTS="unit sanity demo tutorial")
	$(NOX) matrix -k "$(MATRIX)" -- $(PARTS); verdict=$$?; $(PYTHON) scripts/write-tested-with; exit $$verdict

release: setup-test setup-importer  ## change log, tarball and sum in .build/release (VERSION=, REPOSITORY=, APPLY=yes; docs/releasing.md)
	@scripts/release $(TOOLS) $(IMPORTER)

CHAOS ?=
chaos: setup-test  ## faults and kills at every request of an upgrade: many hours (CHAOS="--sample 300" takes a part; make test runs a sample)
	env PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m tests.chaos $(CHAOS)
	env PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m tests.chaos --kills $(CHAOS)
	env PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m tests.chaos --memory $(CHAOS)
	env PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m tests.chaos --others $(CHAOS)
	env CHAOS=whole PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m pytest -n 2 tests/chaos/test_pairs_by_hand.py \
	  tests/unit/playbooks/test_least_privilege.py tests/unit/test_slow_client.py

bench: counts ratios  ## counts and ratios, see docs/performance.md

BENCH = env PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m pytest -n 0 -s
counts: setup-test
	$(BENCH) tests/bench/test_counts.py tests/bench/test_headings.py

# Speed is compared with nothing else at work.
ratios: setup-test
	$(BENCH) tests/bench/test_backup.py tests/bench/test_clients.py tests/bench/test_fleet.py

.PHONY: rehearsals
rehearsals: setup-test  ## all shipped worlds and twenty generated sites, rehearsed and upgraded; a rehearsal of 10,000 clients (make test: a sample)
	env REHEARSALS=whole PYTHONPATH=$(CURDIR)/.build/collections:$(CURDIR) $(TOOLS)/bin/python -m pytest -n 2 -rP tests/unit/rehearsals
	$(BENCH) tests/bench/test_rehearsal.py

clean:
	rm -rf .venv .venv-* .build .ansible demo-state tests/output
