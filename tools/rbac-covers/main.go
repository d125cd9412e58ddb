// Command rbac-covers says whether one set of RBAC rules holds everything that another allows, as the API server decides
// it before it lets somebody write a role or a binding.
//
// Each line of standard input is {"held": [<PolicyRule>...], "wanted": [<PolicyRule>...]}. Each line of standard output is
// the answer, in the same order: {"covers": true}, or {"covers": false, "uncovered": [<PolicyRule>...]} with one verb and one
// resource or path in each rule.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/component-helpers/auth/rbac/validation"
)

type question struct {
	Held   []rbacv1.PolicyRule `json:"held"`
	Wanted []rbacv1.PolicyRule `json:"wanted"`
}

type answer struct {
	Covers    bool                `json:"covers"`
	Uncovered []rbacv1.PolicyRule `json:"uncovered,omitempty"`
}

func run(input io.Reader, output io.Writer) error {
	decoder := json.NewDecoder(input)
	decoder.DisallowUnknownFields()
	buffered := bufio.NewWriter(output)
	encoder := json.NewEncoder(buffered)
	for number := 1; ; number++ {
		var asked question
		if err := decoder.Decode(&asked); errors.Is(err, io.EOF) {
			return buffered.Flush()
		} else if err != nil {
			return fmt.Errorf("question %d cannot be read: %w", number, err)
		}
		covers, uncovered := validation.Covers(asked.Held, asked.Wanted)
		if err := encoder.Encode(answer{Covers: covers, Uncovered: uncovered}); err != nil {
			return err
		}
	}
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "rbac-covers:", err)
		os.Exit(2)
	}
}
