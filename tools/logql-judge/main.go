// Command logql-judge reads LogQL as Loki reads it.
//
// Each line of standard input is a JSON string that holds one expression. Each line of standard output is the verdict on it,
// in the same order: {"line": <the expression as Loki prints it>}, or {"error": <why it was refused>}.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/grafana/loki/v3/pkg/logql/syntax"
)

type verdict struct {
	Line  string `json:"line,omitempty"`
	Error string `json:"error,omitempty"`
}

func judge(expression string) (result verdict) {
	// A panic of the parser is a verdict on the expression, and must not end the batch.
	defer func() {
		if cause := recover(); cause != nil {
			result = verdict{Error: fmt.Sprintf("panic: %v", cause)}
		}
	}()
	parsed, err := syntax.ParseExpr(expression)
	if err != nil {
		return verdict{Error: err.Error()}
	}
	return verdict{Line: parsed.String()}
}

func run(input *bufio.Reader, output *bufio.Writer) error {
	encoder := json.NewEncoder(output)
	encoder.SetEscapeHTML(false)
	for number := 1; ; number++ {
		line, readErr := input.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var expression string
			if err := json.Unmarshal(line, &expression); err != nil {
				return fmt.Errorf("line %d is not a JSON string: %w", number, err)
			}
			if err := encoder.Encode(judge(expression)); err != nil {
				return err
			}
		}
		// Whoever asks one expression at a time gets each answer at once; a batch is written in large pieces.
		if input.Buffered() == 0 {
			if err := output.Flush(); err != nil {
				return err
			}
		}
		if errors.Is(readErr, io.EOF) {
			return nil
		}
		if readErr != nil {
			return readErr
		}
	}
}

func main() {
	output := bufio.NewWriterSize(os.Stdout, 1<<20)
	err := run(bufio.NewReaderSize(os.Stdin, 1<<20), output)
	if flushErr := output.Flush(); err == nil {
		err = flushErr
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "logql-judge:", err)
		os.Exit(2)
	}
}
