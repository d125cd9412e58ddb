import { describe, expect, it } from "vitest";
import { expandText, foreignReferences, labelReference, labelsInText, valueReference } from "./template.ts";

describe("a text of an alert", () => {
  const text = `Node ${labelReference("node")} has ${valueReference.percentage} left`;

  it("names its labels", () => {
    expect(text).toBe("Node {{ $labels.node }} has {{ $value | humanizePercentage }} left");
    expect(labelsInText(text)).toEqual(["node"]);
    expect(foreignReferences(text)).toEqual([]);
  });

  it("is expanded as Prometheus would expand it", () => {
    expect(expandText(text, { node: "a" }, 0.08)).toBe("Node a has 8% left");
    expect(expandText("{{ $labels.node }}", {}, 0)).toBe("");
  });

  it("may refer to nothing that a unit test could not expand", () => {
    expect(foreignReferences('{{ query "up" }} and {{ $value }}')).toEqual(['{{ query "up" }}', "{{ $value }}"]);
    expect(foreignReferences("{{ $labels.node")).toEqual(["{{ $labels.node"]);
  });

  // What Go's fmt.Sprintf("%.4g%%", ratio*100) prints.
  it.each([
    [0, "0%"],
    [0.06, "6%"],
    [0.14032, "14.03%"],
    [1, "100%"],
    [1 / 3, "33.33%"],
    [0.123456, "12.35%"],
    [99.99, "9999%"],
    [123.456, "1.235e+04%"],
    [0.0000001, "1e-05%"],
    [0.000001, "0.0001%"],
    [0.00000099999, "0.0001%"],
    [99.995, "1e+04%"],
    [-0.5, "-50%"],
  ])("prints the value %d as %s", (value, printed) => {
    expect(expandText("{{ $value | humanizePercentage }}", {}, value)).toBe(printed);
  });
});
