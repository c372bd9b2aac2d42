package main

import (
	"reflect"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"
)

func given(t *testing.T, values map[string]any) *structpb.Struct {
	t.Helper()
	result, err := structpb.NewStruct(values)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestOptions(t *testing.T) {
	cases := map[string]struct {
		given map[string]any
		want  options
	}{
		"none are TypeScript": {nil, options{typescript: true}},
		"all": {
			map[string]any{
				"typescript": false, "tsconfig": "a.json", "packagemanager": "npm",
				"nodeargs": "--stack-trace-limit=8 --require './a b.cjs'",
			},
			options{
				tsconfig: "a.json", packageManager: "npm",
				nodeArgs: []string{"--stack-trace-limit=8", "--require", "./a b.cjs"},
			},
		},
		"another host's": {map[string]any{"toolchain": "uv"}, options{typescript: true}},
	}
	for name, example := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := readOptions(given(t, example.given))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, example.want) {
				t.Errorf("got %+v, want %+v", got, example.want)
			}
		})
	}
}

func TestNoOptionsAtAll(t *testing.T) {
	if got, err := readOptions(nil); err != nil || !got.typescript {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRefusedOptions(t *testing.T) {
	cases := map[string]any{"typescript": "yes", "nodeargs": 3, "tsconfig": true, "packagemanager": false}
	for key, value := range cases {
		_, err := readOptions(given(t, map[string]any{key: value}))
		if err == nil || !strings.Contains(err.Error(), "runtime.options."+key+" must be a ") {
			t.Errorf("%s: got %v", key, err)
		}
	}
	if _, err := readOptions(given(t, map[string]any{"nodeargs": "--require 'x"})); err == nil {
		t.Error("an open quote was taken")
	}
}

func TestVariables(t *testing.T) {
	got := options{typescript: true, tsconfig: "a.json"}.variables()
	want := []string{"PULUMI_NODEJS_TYPESCRIPT=true", "PULUMI_NODEJS_TSCONFIG_PATH=a.json"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if got := (options{}).variables(); len(got) != 0 {
		t.Errorf("JavaScript: got %v", got)
	}
}
