package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"

	//nolint:staticcheck // the bridge generated its messages for this API
	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/tfplugin5/proto"
	"google.golang.org/grpc"
)

// tfProcess is the Terraform provider binary, run as a child and spoken to over protocol 5.
type tfProcess struct {
	path   string
	ready  chan struct{}
	client proto.ProviderClient
	err    error
}

// rawPlugin hands go-plugin's connection back as a plain protocol client.
type rawPlugin struct{ plugin.Plugin }

func (rawPlugin) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, c *grpc.ClientConn) (interface{}, error) {
	return proto.NewProviderClient(c), nil
}

func (rawPlugin) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return fmt.Errorf("not a server")
}

// startTF starts the binary in the background; Client waits for it.
func startTF(path string) *tfProcess {
	p := &tfProcess{path: path, ready: make(chan struct{})}
	go func() {
		// The engine stops plugins with SIGKILL at times, so the child is tied to this process by
		// PDEATHSIG. That signal follows the parent *thread*, hence a locked thread that never ends.
		runtime.LockOSThread()
		p.client, p.err = p.start()
		close(p.ready)
		select {}
	}()
	return p
}

func (p *tfProcess) start() (proto.ProviderClient, error) {
	cmd := exec.Command(p.path)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	logger := hclog.NewNullLogger()
	if lvl := os.Getenv("TF_LOG"); lvl != "" {
		logger = hclog.New(&hclog.LoggerOptions{Level: hclog.LevelFromString(lvl)})
	}
	pc := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  tfplugin5.Handshake,
		Plugins:          plugin.PluginSet{"provider": rawPlugin{}},
		Cmd:              cmd,
		Managed:          true,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		Logger:           logger,
	})
	c, err := pc.Client()
	if err != nil {
		return nil, fmt.Errorf("starting the Terraform provider %s: %w", p.path, err)
	}
	raw, err := c.Dispense("provider")
	if err != nil {
		return nil, fmt.Errorf("starting the Terraform provider %s: %w", p.path, err)
	}
	return raw.(proto.ProviderClient), nil
}

func (p *tfProcess) Client() (proto.ProviderClient, error) {
	<-p.ready
	return p.client, p.err
}

// providerBinary is HashiCorp's provider, which PULUMI_AWS_TF_PROVIDER names.
func providerBinary() (string, error) {
	path := os.Getenv("PULUMI_AWS_TF_PROVIDER")
	if path == "" {
		return "", errors.New("PULUMI_AWS_TF_PROVIDER is not set: it has to be the path of a terraform-provider-aws 5.x binary")
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("PULUMI_AWS_TF_PROVIDER names %s, which can't be read: %w", path, err)
	}
	return path, nil
}
