package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// reported is the exit status by which @pulumi/pulumi/cmd/run says that it has told the user what is wrong.
const reported = 32

// Run has Node.js run the program, and says how it ended.
func (h *host) Run(ctx context.Context, request *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	command, err := h.command(ctx, request)
	if err != nil {
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	}
	return outcome(command.Run()), nil
}

// outcome is what the engine is told about the end of the process.
func outcome(err error) *pulumirpc.RunResponse {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}
	case !errors.As(err, &exit):
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("starting Node.js: %v", err)}
	case exit.ExitCode() == reported:
		return &pulumirpc.RunResponse{Bail: true}
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("Program ended with %v", exit)}
	}
}

func (h *host) command(ctx context.Context, request *pulumirpc.RunRequest) (*exec.Cmd, error) {
	options, err := readOptions(request.GetInfo().GetOptions())
	if err != nil {
		return nil, err
	}
	node, err := findNode()
	if err != nil {
		return nil, err
	}
	runner, err := findModule(ctx, node, "@pulumi/pulumi/cmd/run", request.GetPwd())
	if err != nil {
		return nil, err
	}
	variables, err := configVariables(request)
	if err != nil {
		return nil, err
	}
	// Not bound to ctx: a program whose update is interrupted ends by itself, when the engine refuses its calls.
	command := exec.Command(node, append(options.nodeArgs, h.arguments(request, runner)...)...)
	command.Dir = request.GetPwd()
	command.Env = append(append(os.Environ(), options.variables()...), variables...)
	// As writers, not as files: Node.js makes what it inherits non-blocking, for this process too.
	command.Stdout = struct{ io.Writer }{os.Stdout}
	command.Stderr = struct{ io.Writer }{os.Stderr}
	return command, nil
}

// arguments of @pulumi/pulumi/cmd/run.
func (h *host) arguments(request *pulumirpc.RunRequest, runner string) []string {
	arguments := []string{runner}
	flags := []struct{ name, value string }{
		{"monitor", request.GetMonitorAddress()},
		{"engine", h.engineAddress},
		{"organization", request.GetOrganization()},
		{"project", request.GetProject()},
		{"root-directory", request.GetInfo().GetRootDirectory()},
		{"stack", request.GetStack()},
		{"pwd", request.GetPwd()},
		{"parallel", strconv.Itoa(int(request.GetParallel()))},
	}
	for _, flag := range flags {
		if flag.value != "" {
			arguments = append(arguments, "--"+flag.name, flag.value)
		}
	}
	if request.GetDryRun() {
		arguments = append(arguments, "--dry-run")
	}
	entry := request.GetInfo().GetEntryPoint()
	if entry == "" {
		entry = "."
	}
	return append(append(arguments, entry), request.GetArgs()...)
}

// configVariables carry the stack's configuration, and which keys of it are secret.
func configVariables(request *pulumirpc.RunRequest) ([]string, error) {
	config, secretKeys := request.GetConfig(), request.GetConfigSecretKeys()
	if config == nil {
		config = map[string]string{}
	}
	if secretKeys == nil {
		secretKeys = []string{}
	}
	values, err := json.Marshal(config)
	if err != nil {
		return nil, err
	}
	keys, err := json.Marshal(secretKeys)
	if err != nil {
		return nil, err
	}
	return []string{"PULUMI_CONFIG=" + string(values), "PULUMI_CONFIG_SECRET_KEYS=" + string(keys)}, nil
}
