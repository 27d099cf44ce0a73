# Every target installs what it needs and can be run again at any time.
SHELL := /bin/bash
NODE := node_modules/node/bin/node
INSTALLED := node_modules/.package-lock.json

.PHONY: help demo demo-down hosted-demo hosted-demo-down upgrade-demo upgrade-demo-down upgrade-document test check bench faults clean
help: ## lists the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-18s %s\n", $$1, $$2}'

# Not npm ci: it refuses lock files that leave out optional packages of other platforms, which is how npm 11 writes them.
# npm on an older Node.js warns about engines; every script runs on the Node.js that this very step installs.
$(INSTALLED): package.json package-lock.json packages/*/package.json e2e/package.json
	@command -v npm >/dev/null || { echo "error: npm is missing; install Node.js 20 or newer (Debian: apt-get install nodejs npm)"; exit 1; }
	npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

demo: $(INSTALLED) ## moves the sample application shop from cluster alpha to cluster beta (ONCE=1 tears down, TAMPER=file|row must fail)
	$(NODE) e2e/demo/main.ts

demo-down: $(INSTALLED) ## removes what make demo left running
	$(NODE) packages/devcluster/src/main.ts down --set demo

hosted-demo: $(INSTALLED) ## moves a hosted cluster with two workers between management clusters and back (ONCE=1 tears down, HA=1 with three members of etcd)
	$(NODE) e2e/hosted/main.ts

hosted-demo-down: $(INSTALLED) ## removes what make hosted-demo left running
	$(NODE) packages/devcluster/src/main.ts down --set hosted

upgrade-demo: $(INSTALLED) ## upgrades a single-node cluster in an ostree deployment, rolls back, aborts, finalises (ONCE=1 tears down)
	$(NODE) e2e/upgrade/main.ts

upgrade-demo-down: $(INSTALLED) ## removes what make upgrade-demo left running
	$(NODE) packages/devcluster/src/main.ts down --set upgrade

upgrade-document: $(INSTALLED) ## types every command of the product document on image-based upgrades, in its order (KEEP=1 keeps the node)
	$(NODE) e2e/upgrade-document/main.ts

test: $(INSTALLED) ## every test: static, unit, cluster, end to end
	$(NODE) tools/test.ts

check: $(INSTALLED) ## the static checks alone
	$(NODE) tools/check.ts

bench: $(INSTALLED) ## measures against what a user would use instead; writes build/bench.json
	$(NODE) tools/bench/main.ts

faults: $(INSTALLED) ## strikes every phase with faults: make faults OF=migration|hosted|upgrade [PHASES=a,b] [FAULTS=a,b]
	$(NODE) e2e/faults/main.ts $(OF)

clean: demo-down hosted-demo-down upgrade-demo-down ## removes build output, not the caches
	rm -rf build coverage
