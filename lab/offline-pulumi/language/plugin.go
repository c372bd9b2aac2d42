package main

import (
	"errors"
	"os/exec"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// RunPlugin has Node.js run a policy pack (an "analyzer") or another plugin, until the engine hangs up.
func (h *host) RunPlugin(
	request *pulumirpc.RunPluginRequest, stream pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	closer, stdout, stderr, err := rpcutil.MakeRunPluginStreams(stream, false)
	if err != nil {
		return err
	}
	defer closer.Close()
	node, err := findNode()
	if err != nil {
		return err
	}
	options, err := readOptions(request.GetInfo().GetOptions())
	if err != nil {
		return err
	}
	module, arguments := pluginArguments(request)
	runner, err := findModule(stream.Context(), node, module, request.GetInfo().GetProgramDirectory())
	if err != nil {
		return err
	}
	words := append(append(options.nodeArgs, runner), arguments...)
	command := exec.CommandContext(stream.Context(), node, words...)
	command.Dir = pluginFolder(request)
	command.Env = append(request.GetEnv(), options.variables()...)
	command.Stdout, command.Stderr = stdout, stderr
	return sendStatus(stream, command.Run())
}

// analyzer is the engine's word for a policy pack.
const analyzer = "analyzer"

// pluginArguments are the module that runs a plugin, and what it takes: a policy pack comes after the engine's address.
func pluginArguments(request *pulumirpc.RunPluginRequest) (string, []string) {
	program, given := request.GetInfo().GetProgramDirectory(), request.GetArgs()
	if request.GetKind() == analyzer {
		return "@pulumi/pulumi/cmd/run-policy-pack", append(given[max(0, len(given)-1):], program)
	}
	return "@pulumi/pulumi/cmd/run-plugin", append([]string{program}, given...)
}

// pluginFolder has the tsconfig.json that counts: a policy pack's own, another plugin's consumer's.
func pluginFolder(request *pulumirpc.RunPluginRequest) string {
	if request.GetKind() == analyzer {
		return request.GetInfo().GetProgramDirectory()
	}
	return request.GetPwd()
}

func sendStatus(stream pulumirpc.LanguageRuntime_RunPluginServer, err error) error {
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err
	}
	code := int32(0)
	if exit != nil {
		code = int32(exit.ExitCode())
	}
	return stream.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: code}})
}
