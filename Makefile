.DEFAULT_GOAL := help
.PHONY: help lab lab-down test

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: ## Start the lab and deploy the local stack
	@lab/lab up

lab-down: ## Stop the lab
	@lab/lab down

test: node_modules/.bin/mocha ## Run every test: checks, unit tests, and the lab's tests in the lab
	@node_modules/.bin/tsx test/support/gate.ts

node_modules/.bin/mocha: package-lock.json
	@npm ci --include=dev
	@touch $@
