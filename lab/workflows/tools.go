//go:build tools

// Package tools pins what lints the workflows.
package tools

import _ "github.com/rhysd/actionlint/cmd/actionlint"
