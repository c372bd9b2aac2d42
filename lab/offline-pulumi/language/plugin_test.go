package main

import (
	"context"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// listener is the engine's side of the stream.
type listener struct {
	grpc.ServerStream
	exitCodes []int32
}

func (l *listener) Context() context.Context { return context.Background() }

func (l *listener) Send(response *pulumirpc.RunPluginResponse) error {
	if code, ok := response.Output.(*pulumirpc.RunPluginResponse_Exitcode); ok {
		l.exitCodes = append(l.exitCodes, code.Exitcode)
	}
	return nil
}

func TestRunPlugin(t *testing.T) {
	pack, consumer := project(t), t.TempDir()
	cases := map[string]struct {
		kind, folder string
		want         []string
	}{
		// Flags of the engine's log come before its address; the runner of policy packs knows none.
		"policy pack": {"analyzer", pack, []string{"engine:1", pack}},
		"provider":    {"resource", consumer, []string{pack, "--logtostderr", "engine:1"}},
	}
	for name, example := range cases {
		t.Run(name, func(t *testing.T) {
			stream := &listener{}
			err := (&host{}).RunPlugin(&pulumirpc.RunPluginRequest{
				Kind: example.kind, Pwd: consumer, Args: []string{"--logtostderr", "engine:1"},
				Env: []string{"GIVEN=1", "EXIT_CODE=3"}, Info: &pulumirpc.ProgramInfo{ProgramDirectory: pack},
			}, stream)
			if err != nil {
				t.Fatal(err)
			}
			got := readStarted(t, example.folder)
			expect(t, got.Argv, example.want)
			if got.Variables[3] != "1" {
				t.Error("the engine's variables are missing")
			}
			if len(stream.exitCodes) != 1 || stream.exitCodes[0] != 3 {
				t.Errorf("exit codes: %v", stream.exitCodes)
			}
		})
	}
}
