package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// runner stands in for @pulumi/pulumi's: it writes down how it was started, and ends as the program says.
const runner = `
const { writeFileSync } = require("node:fs");
const { execArgv, argv, env } = process;
const { PULUMI_CONFIG, PULUMI_CONFIG_SECRET_KEYS, PULUMI_NODEJS_TYPESCRIPT } = env;
const variables = [PULUMI_CONFIG, PULUMI_CONFIG_SECRET_KEYS, PULUMI_NODEJS_TYPESCRIPT ?? "", env.GIVEN ?? ""];
writeFileSync("started.json", JSON.stringify({ execArgv, argv: argv.slice(2), variables }));
process.exitCode = Number(env.EXIT_CODE ?? 0);
`

// started is what the runner wrote down.
type started struct {
	ExecArgv  []string
	Argv      []string
	Variables []string
}

func project(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	modules := filepath.Join("node_modules", "@pulumi", "pulumi", "cmd")
	files := map[string]string{"early.cjs": ""}
	for _, name := range []string{"run", "run-plugin", "run-policy-pack"} {
		files[filepath.Join(modules, name, "index.js")] = runner
	}
	write(t, folder, files)
	return folder
}

func readStarted(t *testing.T, folder string) started {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(folder, "started.json"))
	if err != nil {
		t.Fatal(err)
	}
	var result started
	if err := json.Unmarshal(content, &result); err != nil {
		t.Fatal(err)
	}
	return result
}

func expect(t *testing.T, got, want []string) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRun(t *testing.T) {
	folder := project(t)
	response, err := (&host{engineAddress: "engine:1"}).Run(context.Background(), &pulumirpc.RunRequest{
		Project: "p", Stack: "s", Organization: "o", Pwd: folder, MonitorAddress: "monitor:2", Parallel: 16, DryRun: true,
		Config:           map[string]string{"p:key": "value"},
		ConfigSecretKeys: []string{"p:key"},
		Info: &pulumirpc.ProgramInfo{
			RootDirectory: folder, ProgramDirectory: folder, EntryPoint: ".",
			// Relative to the program's folder, wherever the engine was started.
			Options: given(t, map[string]any{"nodeargs": "--stack-trace-limit=8 --require ./early.cjs"}),
		},
	})
	if err != nil || response.Error != "" || response.Bail {
		t.Fatalf("got %v, %v", response, err)
	}
	got := readStarted(t, folder)
	expect(t, got.ExecArgv, []string{"--stack-trace-limit=8", "--require", "./early.cjs"})
	expect(t, got.Argv, []string{
		"--monitor", "monitor:2", "--engine", "engine:1", "--organization", "o", "--project", "p",
		"--root-directory", folder, "--stack", "s", "--pwd", folder, "--parallel", "16", "--dry-run", ".",
	})
	expect(t, got.Variables, []string{`{"p:key":"value"}`, `["p:key"]`, "true", ""})
}

func TestRunWithoutConfigAndTypeScript(t *testing.T) {
	folder := project(t)
	info := &pulumirpc.ProgramInfo{EntryPoint: "main.js", Options: given(t, map[string]any{"typescript": false})}
	request := &pulumirpc.RunRequest{Pwd: folder, Info: info}
	if response, err := (&host{}).Run(context.Background(), request); err != nil || response.Error != "" {
		t.Fatalf("got %v, %v", response, err)
	}
	got := readStarted(t, folder)
	expect(t, got.Argv, []string{"--pwd", folder, "--parallel", "0", "main.js"})
	expect(t, got.Variables, []string{"{}", "[]", "", ""})
}

func TestHowRunsEnd(t *testing.T) {
	cases := map[string]struct {
		code string
		want *pulumirpc.RunResponse
	}{
		"an error that the user has seen": {"32", &pulumirpc.RunResponse{Bail: true}},
		"another one":                     {"7", &pulumirpc.RunResponse{Error: "Program ended with exit status 7"}},
	}
	for name, example := range cases {
		t.Run(name, func(t *testing.T) {
			t.Setenv("EXIT_CODE", example.code)
			got, err := (&host{}).Run(context.Background(), &pulumirpc.RunRequest{Pwd: project(t)})
			if err != nil || got.Bail != example.want.Bail || got.Error != example.want.Error {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

func TestProjectWithoutPulumi(t *testing.T) {
	folder := t.TempDir()
	got, err := (&host{}).Run(context.Background(), &pulumirpc.RunRequest{Pwd: folder})
	if err != nil || !strings.Contains(got.Error, folder+" must have @pulumi/pulumi installed") {
		t.Errorf("got %v, %v", got, err)
	}
}
