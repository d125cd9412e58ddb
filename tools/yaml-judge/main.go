// Command yaml-judge reads YAML as Kubernetes reads it.
//
// Each line of standard input is a JSON string that holds one YAML document. Each line of standard output is the verdict
// on it, in the same order: {"ok": <the value as JSON>} or {"error": "<why it was refused>"}. Integers keep their digits.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"sigs.k8s.io/yaml"
)

type verdict struct {
	OK    *any   `json:"ok,omitempty"`
	Error string `json:"error,omitempty"`
}

// keepDigits stops the decoder from turning each integer into a float64.
func keepDigits(decoder *json.Decoder) *json.Decoder {
	decoder.UseNumber()
	return decoder
}

func judge(document string) (result verdict) {
	// A panic of the YAML library is a verdict on the document, and must not end the batch.
	defer func() {
		if cause := recover(); cause != nil {
			result = verdict{Error: fmt.Sprintf("panic: %v", cause)}
		}
	}()
	var value any
	if err := yaml.UnmarshalStrict([]byte(document), &value, keepDigits); err != nil {
		return verdict{Error: err.Error()}
	}
	return verdict{OK: &value}
}

func run(input *bufio.Reader, output *bufio.Writer) error {
	encoder := json.NewEncoder(output)
	encoder.SetEscapeHTML(false)
	for number := 1; ; number++ {
		line, readErr := input.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var document string
			if err := json.Unmarshal(line, &document); err != nil {
				return fmt.Errorf("line %d is not a JSON string: %w", number, err)
			}
			if err := encoder.Encode(judge(document)); err != nil {
				return err
			}
		}
		// Whoever asks one document at a time gets each answer at once; a batch is written in large pieces.
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
		fmt.Fprintln(os.Stderr, "yaml-judge:", err)
		os.Exit(2)
	}
}
