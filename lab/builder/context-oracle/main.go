// Context-oracle says what BuildKit would be sent of a build context, by BuildKit's own reader and matcher of ignore files and its own walker.
//
// It reads questions, as JSON, and answers each with a line of JSON.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/moby/patternmatcher/ignorefile"
	"github.com/tonistiigi/fsutil"
)

type question struct {
	Context string `json:"context"`
	// Ignore is the file that the patterns are in, if any.
	Ignore string `json:"ignore"`
}

type answer struct {
	// Sent are files and links, in base64, since a name need not be UTF-8.
	Sent []string `json:"sent"`
	// Error is why nothing would be sent.
	Error string `json:"error,omitempty"`
}

func main() {
	questions, answers := json.NewDecoder(bufio.NewReader(os.Stdin)), json.NewEncoder(os.Stdout)
	for {
		var asked question
		if err := questions.Decode(&asked); err == io.EOF {
			return
		} else if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		found, err := sent(asked)
		if err != nil {
			found = answer{Error: err.Error()}
		}
		if err := answers.Encode(found); err != nil {
			os.Exit(1)
		}
	}
}

func sent(asked question) (answer, error) {
	patterns, err := patternsOf(asked.Ignore)
	if err != nil {
		return answer{}, err
	}
	root, err := fsutil.NewFS(asked.Context)
	if err != nil {
		return answer{}, err
	}
	filtered, err := fsutil.NewFilterFS(root, &fsutil.FilterOpt{ExcludePatterns: patterns})
	if err != nil {
		return answer{}, err
	}
	found := answer{Sent: []string{}}
	err = filtered.Walk(context.Background(), "/", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !(entry.Type().IsRegular() || entry.Type()&fs.ModeSymlink != 0) {
			return err
		}
		found.Sent = append(found.Sent, base64.StdEncoding.EncodeToString([]byte(path)))
		return nil
	})
	return found, err
}

// BuildKit's frontend hands the patterns on as JSON.
func patternsOf(file string) (patterns []string, err error) {
	if file == "" {
		return nil, nil
	}
	content, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return nil, err
	}
	read, err := ignorefile.ReadAll(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(read)
	if err != nil {
		return nil, err
	}
	return patterns, json.Unmarshal(encoded, &patterns)
}
