// Says what BuildKit makes of Dockerfiles for linux/arm64, without a registry: reads a JSON array of cases, writes one of answers.
// Nothing here is a copy of BuildKit: its own conversion runs, with a registry that has every image for every platform.
package main

import (
	"context"
	"encoding/json"
	"os"
	"sort"

	"github.com/containerd/platforms"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

type testCase struct {
	Dockerfile string            `json:"dockerfile"`
	BuildArgs  map[string]string `json:"buildArgs"`
	Target     string            `json:"target"`
	// Architecture of the machine that builds.
	Builder string `json:"builder"`
}

type mount struct {
	Type     string `json:"type"`
	Required bool   `json:"required"`
}

type answer struct {
	Error string `json:"error,omitempty"`
	// The image that the target starts from; "scratch" where it starts from none.
	Image    string  `json:"image,omitempty"`
	Platform string  `json:"platform,omitempty"`
	Mounts   []mount `json:"mounts"`
}

const imageLabel = "image"

// registry has every image for every platform, each with its name in a label and a working directory of its own.
type registry struct{}

func (registry) ResolveImageConfig(_ context.Context, ref string, opt sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	image := ocispecs.Image{
		Platform: *opt.ImageOpt.Platform,
		Config:   ocispecs.ImageConfig{Labels: map[string]string{imageLabel: ref}, WorkingDir: "/of/the/image"},
		RootFS:   ocispecs.RootFS{Type: "layers", DiffIDs: []digest.Digest{digest.FromString(ref)}},
	}
	config, err := json.Marshal(image)
	return ref, "", config, err
}

func evaluate(c testCase) (answer, error) {
	target := ocispecs.Platform{OS: "linux", Architecture: "arm64"}
	capabilities := pb.Caps.CapSet(pb.Caps.All())
	result, err := dockerfile2llb.Dockerfile2LLB(context.Background(), []byte(c.Dockerfile), dockerfile2llb.ConvertOpt{
		Config: dockerui.Config{
			BuildArgs:      c.BuildArgs,
			Target:         c.Target,
			BuildPlatforms: []ocispecs.Platform{{OS: "linux", Architecture: c.Builder}},
		},
		TargetPlatform: &target,
		MetaResolver:   registry{},
		LLBCaps:        &capabilities,
	})
	if err != nil {
		return answer{}, err
	}
	found := answer{Image: "scratch", Platform: platforms.Format(target)}
	if base := result.BaseImage; base != nil {
		found.Image = base.Config.Labels[imageLabel]
		found.Platform = platforms.Format(platforms.Normalize(base.Platform))
	}
	definition, err := result.State.Marshal(context.Background())
	if err != nil {
		return answer{}, err
	}
	found.Mounts, err = mounts(definition.Def)
	return found, err
}

// mounts are the secrets and SSH agents of all that has to be run.
func mounts(definition [][]byte) ([]mount, error) {
	found := []mount{}
	for _, text := range definition {
		var op pb.Op
		if err := op.Unmarshal(text); err != nil {
			return nil, err
		}
		for _, m := range op.GetExec().GetMounts() {
			switch m.MountType {
			case pb.MountType_SECRET:
				found = append(found, mount{Type: "secret", Required: !m.SecretOpt.Optional})
			case pb.MountType_SSH:
				found = append(found, mount{Type: "ssh", Required: !m.SSHOpt.Optional})
			}
		}
		for _, env := range op.GetExec().GetSecretenv() {
			found = append(found, mount{Type: "secret", Required: !env.Optional})
		}
	}
	sort.Slice(found, func(i, j int) bool { return key(found[i]) < key(found[j]) })
	return found, nil
}

func key(m mount) string {
	if m.Required {
		return m.Type + " required"
	}
	return m.Type
}

func main() {
	var cases []testCase
	if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
		panic(err)
	}
	answers := make([]answer, len(cases))
	for i, c := range cases {
		found, err := evaluate(c)
		if err != nil {
			found = answer{Error: err.Error(), Mounts: []mount{}}
		}
		answers[i] = found
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
