// Command dyff-judge compares pairs of YAML texts as dyff does.
//
// Each line of standard input is {"from": "<YAML>", "to": "<YAML>"}. Each line of standard output is the answer, in the same
// order: {"differences": [{"path": [...], "kind": "added", "to": <value>}...]}, where a step of a path is the name of a field, or
// "<key>=<name>" or a number for a member of a list, or {"error": "..."}. Members whose order alone changed are a difference of
// their own.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gonvenience/ytbx"
	"github.com/homeport/dyff/pkg/dyff"
	yamlv3 "go.yaml.in/yaml/v3"
)

type question struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type difference struct {
	Path []any  `json:"path"`
	Kind string `json:"kind"`
	From any    `json:"from,omitempty"`
	To   any    `json:"to,omitempty"`
}

type answer struct {
	Differences []difference `json:"differences"`
	Error       string       `json:"error,omitempty"`
}

var kinds = map[rune]string{
	dyff.ADDITION:     "added",
	dyff.REMOVAL:      "removed",
	dyff.MODIFICATION: "changed",
	dyff.ORDERCHANGE:  "order",
}

func compare(asked question) (answer, error) {
	from, err := ytbx.LoadDocuments([]byte(asked.From))
	if err != nil {
		return answer{}, err
	}
	to, err := ytbx.LoadDocuments([]byte(asked.To))
	if err != nil {
		return answer{}, err
	}
	// The defaults of the command line, but for renames: each pair is of one object.
	report, err := dyff.CompareInputFiles(
		ytbx.InputFile{Location: "from", Documents: from},
		ytbx.InputFile{Location: "to", Documents: to},
		dyff.KubernetesEntityDetection(true),
		dyff.FormatStrings(true),
		dyff.DetectRenames(false),
	)
	if err != nil {
		return answer{}, err
	}
	found := answer{Differences: []difference{}}
	for _, diff := range report.Diffs {
		for _, detail := range diff.Details {
			told := difference{Path: steps(diff.Path), Kind: kinds[detail.Kind]}
			if told.From, err = value(detail.From); err != nil {
				return answer{}, err
			}
			if told.To, err = value(detail.To); err != nil {
				return answer{}, err
			}
			found.Differences = append(found.Differences, told)
		}
	}
	return found, nil
}

func steps(path *ytbx.Path) []any {
	result := []any{}
	if path == nil {
		return result
	}
	for _, element := range path.PathElements {
		switch {
		case element.Name != "" && element.Key == "":
			result = append(result, element.Name)
		case element.Name != "":
			result = append(result, fmt.Sprintf("%s=%s", element.Key, element.Name))
		default:
			result = append(result, element.Idx)
		}
	}
	return result
}

func value(node *yamlv3.Node) (any, error) {
	if node == nil {
		return nil, nil
	}
	var result any
	err := node.Decode(&result)
	return result, err
}

func run(input io.Reader, output io.Writer) error {
	decoder := json.NewDecoder(input)
	buffered := bufio.NewWriter(output)
	encoder := json.NewEncoder(buffered)
	for number := 1; ; number++ {
		var asked question
		if err := decoder.Decode(&asked); errors.Is(err, io.EOF) {
			return buffered.Flush()
		} else if err != nil {
			return fmt.Errorf("question %d cannot be read: %w", number, err)
		}
		found, err := compare(asked)
		if err != nil {
			found = answer{Differences: []difference{}, Error: err.Error()}
		}
		if err := encoder.Encode(found); err != nil {
			return err
		}
	}
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "dyff-judge:", err)
		os.Exit(2)
	}
}
