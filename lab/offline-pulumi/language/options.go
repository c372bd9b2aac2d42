package main

import (
	"fmt"

	"github.com/google/shlex"
	"google.golang.org/protobuf/types/known/structpb"
)

// options are `runtime.options` in Pulumi.yaml:
// https://www.pulumi.com/docs/iac/concepts/projects/project-file/#runtime-options
type options struct {
	nodeArgs       []string
	typescript     bool
	tsconfig       string
	packageManager string
}

// readOptions refuses values of another type. Keys that it doesn't know are other hosts'.
func readOptions(given *structpb.Struct) (options, error) {
	result := options{typescript: true}
	for key, value := range given.AsMap() {
		var err error
		switch key {
		case "typescript":
			err = read(key, value, &result.typescript)
		case "tsconfig":
			err = read(key, value, &result.tsconfig)
		case "packagemanager":
			err = read(key, value, &result.packageManager)
		case "nodeargs":
			var line string
			if err = read(key, value, &line); err == nil {
				result.nodeArgs, err = splitLine(line)
			}
		}
		if err != nil {
			return options{}, err
		}
	}
	return result, nil
}

func read[T any](key string, value any, target *T) error {
	typed, ok := value.(T)
	if !ok {
		return fmt.Errorf("runtime.options.%s must be a %T; got %v", key, *target, value)
	}
	*target = typed
	return nil
}

// splitLine takes a line apart as a shell would.
func splitLine(line string) ([]string, error) {
	words, err := shlex.Split(line)
	if err != nil {
		return nil, fmt.Errorf("runtime.options.nodeargs must be a shell's words: %w", err)
	}
	return words, nil
}

// variables tell @pulumi/pulumi/cmd/run how to load the program.
func (o options) variables() []string {
	var variables []string
	if o.typescript {
		variables = append(variables, "PULUMI_NODEJS_TYPESCRIPT=true")
	}
	if o.tsconfig != "" {
		variables = append(variables, "PULUMI_NODEJS_TSCONFIG_PATH="+o.tsconfig)
	}
	return variables
}
