package local

import (
	"context"
	"strings"
	"testing"
)

func text(s string) *string { return &s }

func TestRunKeepsBothStreamsWithoutTheLastNewline(t *testing.T) {
	out, err := (&BaseArgs{}).run(context.Background(), "echo one; echo two; echo three >&2", nil)
	if err != nil || out.Stdout != "one\ntwo" || out.Stderr != "three" {
		t.Errorf("got %+v (%v)", out, err)
	}
}

func TestRunUsesItsInputs(t *testing.T) {
	dir := t.TempDir()
	no := false
	prev := &Output{Stdout: "before"}
	tests := []struct {
		name string
		args BaseArgs
		line string
		want string
	}{
		{"stdin", BaseArgs{Stdin: text("given")}, "cat", "given"},
		{"dir", BaseArgs{Dir: &dir}, "pwd", dir},
		{"environment", BaseArgs{Environment: map[string]string{"NAME": "web"}}, `echo "$NAME"`, "web"},
		{"interpreter", BaseArgs{Interpreter: []string{"/bin/echo", "said:"}}, "hello", "said: hello"},
		{"previous output", BaseArgs{}, `echo "$PULUMI_COMMAND_STDOUT"`, "before"},
		{"previous output refused", BaseArgs{AddPreviousOutputInEnv: &no}, `echo "$PULUMI_COMMAND_STDOUT"`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, err := test.args.run(context.Background(), test.line, prev)
			if err != nil || out.Stdout != test.want {
				t.Errorf("got %+v (%v), want %q", out, err, test.want)
			}
		})
	}
}

func TestRunFailsWithTheCommandAndWhatItWrote(t *testing.T) {
	_, err := (&BaseArgs{}).run(context.Background(), "echo reason >&2; exit 3", nil)
	if err == nil || !strings.Contains(err.Error(), "exit status 3") || !strings.Contains(err.Error(), "reason") {
		t.Errorf("got %v", err)
	}
}

func TestRunRefusesWhatItCannotDo(t *testing.T) {
	tests := map[string]BaseArgs{
		"assetPaths and archivePaths are not supported": {AssetPaths: []string{"*"}},
		`logging is "loud"; it must be stdout`:          {Logging: text("loud")},
	}
	for want, args := range tests {
		if _, err := args.run(context.Background(), "true", nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
