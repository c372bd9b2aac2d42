package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// findNode looks for the Node.js that runs programs: the first on the search path.
func findNode() (string, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return "", fmt.Errorf("node must be on PATH: %w", err)
	}
	return node, nil
}

// findModule has Node.js itself find a module, as a file of the folder would import it.
func findModule(ctx context.Context, node, module, folder string) (string, error) {
	const script = "console.log(require.resolve(process.argv[1], { paths: [process.cwd()] }))"
	command := exec.CommandContext(ctx, node, "-e", script, module)
	command.Dir = folder
	output, err := command.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("%s must have @pulumi/pulumi installed: run npm ci there", folder)
	}
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(output)), nil
}
