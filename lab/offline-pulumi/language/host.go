package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/nodejs/npm"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

// version of the SDK that this host is made for; set when it is linked.
var version = "v0.0.0"

// host answers the engine's calls. What it doesn't have, such as generating programs, is unimplemented.
type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	engineAddress string
}

func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version}, nil
}

// About says which Node.js runs the program, for `pulumi about`.
func (h *host) About(ctx context.Context, _ *pulumirpc.AboutRequest) (*pulumirpc.AboutResponse, error) {
	node, err := findNode()
	if err != nil {
		return nil, err
	}
	output, err := exec.CommandContext(ctx, node, "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("%s --version: %w", node, err)
	}
	return &pulumirpc.AboutResponse{Executable: node, Version: strings.TrimSpace(string(output))}, nil
}

// GetRequiredPackages names the plugins that the program's packages need.
func (h *host) GetRequiredPackages(
	_ context.Context, request *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	plugins := requiredPlugins(request.GetInfo().GetProgramDirectory())
	packages := make([]*pulumirpc.PackageDependency, len(plugins))
	for i, plugin := range plugins {
		packages[i] = &pulumirpc.PackageDependency{
			Kind: "resource", Name: plugin.name, Version: plugin.version, Server: plugin.server,
		}
	}
	return &pulumirpc.GetRequiredPackagesResponse{Packages: packages}, nil
}

// GetProgramDependencies lists npm packages, for `pulumi about`.
func (h *host) GetProgramDependencies(
	ctx context.Context, request *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	manager, folder, err := packageManager(request.GetInfo())
	if err != nil {
		return nil, err
	}
	packages, err := manager.ListPackages(ctx, folder, request.GetTransitiveDependencies())
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetProgramDependenciesResponse{}
	for _, dependency := range packages {
		response.Dependencies = append(response.Dependencies,
			&pulumirpc.DependencyInfo{Name: dependency.Name, Version: dependency.Version})
	}
	return response, nil
}

// InstallDependencies is `pulumi install`.
func (h *host) InstallDependencies(
	request *pulumirpc.InstallDependenciesRequest, stream pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	closer, stdout, stderr, err := rpcutil.MakeInstallDependenciesStreams(stream, request.GetIsTerminal())
	if err != nil {
		return err
	}
	defer closer.Close()
	manager, folder, err := packageManager(request.GetInfo())
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Installing dependencies with %s...\n\n", manager.Name())
	if err := manager.Install(stream.Context(), folder, false, stdout, stderr); err != nil {
		return err
	}
	fmt.Fprint(stdout, "Finished installing dependencies\n\n")
	return closer.Close()
}

func packageManager(info *pulumirpc.ProgramInfo) (npm.PackageManager, string, error) {
	options, err := readOptions(info.GetOptions())
	if err != nil {
		return nil, "", err
	}
	folder := info.GetProgramDirectory()
	manager, err := npm.ResolvePackageManager(npm.PackageManagerType(options.packageManager), folder)
	return manager, folder, err
}
