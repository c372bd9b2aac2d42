// pulumi-resource-aws serves the parts of @pulumi/aws listed in resources.go by driving HashiCorp's
// Terraform AWS provider binary, for machines where the official plugin can't be downloaded.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi/pkg/v3/resource/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// version is what the plugin reports; @pulumi/aws 7.48.0 asks for at least its own version.
var version = "7.48.0"

func providerInfo(p *tfProvider) tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P: p, Name: "aws", Version: version,
		Config:      configQuirks(),
		Resources:   map[string]*tfbridge.ResourceInfo{},
		DataSources: map[string]*tfbridge.DataSourceInfo{},
	}
	for tf, spec := range resourceTypes {
		info.Resources[tf] = &tfbridge.ResourceInfo{Tok: resourceToken(spec), Fields: map[string]*tfbridge.SchemaInfo{}}
	}
	for tf, spec := range functionTypes {
		info.DataSources[tf] = &tfbridge.DataSourceInfo{Tok: functionToken(spec), Fields: map[string]*tfbridge.SchemaInfo{}}
	}
	quirks(&info, p)
	p.info = &info
	return info
}

func main() {
	for _, a := range os.Args[1:] {
		if a == "-version" || a == "--version" {
			fmt.Println(version)
			return
		}
	}
	bin, err := providerBinary()
	if err != nil {
		fatal(err)
	}
	p, err := newTFProvider(startTF(bin), keys(resourceTypes), keys(functionTypes))
	if err != nil {
		fatal(err)
	}
	info := providerInfo(p)
	if len(os.Args) > 1 && os.Args[1] == "-dump-names" {
		_ = json.NewEncoder(os.Stdout).Encode(dumpNames(info, p))
		return
	}
	err = provider.Main("aws", func(host *provider.HostClient) (pulumirpc.ResourceProviderServer, error) {
		inner := tfbridge.NewProvider(context.Background(), host, "aws", version, p, info, []byte("{}"))
		return newServer(inner, p, host), nil
	})
	if err != nil {
		fatal(err)
	}
}

func fatal(err error) {
	fmt.Fprintf(os.Stderr, "pulumi-resource-aws: %v\n", err)
	os.Exit(1)
}
