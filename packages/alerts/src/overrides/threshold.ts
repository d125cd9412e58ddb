import { parseDuration, parseQuantity } from "@plinth/core";
import type { AlertThreshold } from "../alert/alert.ts";

/** A threshold in the unit of its alert, or what is wrong with it. */
export type ReadThreshold = { readonly value: number } | { readonly problem: string; readonly expected: string };

type Unit = AlertThreshold["unit"];

/** How a threshold of each unit is written beside a plain number. */
const expectations: Readonly<Record<Unit, string>> = {
  seconds: 'a duration: "10m"; or a number of seconds',
  milliseconds: 'a duration: "500ms"; or a number of milliseconds',
  timestamp: 'a duration: "10m"; or a number of seconds',
  bytes: 'a quantity: "2Gi"; or a number of bytes',
  cores: 'a quantity: "500m"; or a number of cores',
  ratio: 'a share: "5%"; or a number from 0 to 1',
  count: "a number",
  boolean: "a number",
  info: "a number",
};

/** Reads what somebody has written for a threshold of a unit: `5%` is 0.05, `10m` is 600 seconds, `2Gi` is 2147483648 bytes. */
export function readThreshold(written: number | string, { unit, value }: AlertThreshold): ReadThreshold {
  const expected = expectations[unit];
  if (typeof written === "number") {
    return unit === "ratio" && written > 1 && value <= 1
      ? { problem: `is ${written}, and the alert compares shares`, expected }
      : { value: written };
  }
  const read = withUnit(written, unit);
  return read === undefined
    ? { problem: `is ${JSON.stringify(written)}, and the alert compares ${unitName(unit)}`, expected }
    : { value: read };
}

function withUnit(text: string, unit: Unit): number | undefined {
  switch (unit) {
    case "ratio": {
      const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
      // 7 / 100 is 0.07; 7 * 0.01 is not.
      return percent === undefined ? undefined : Number(percent) / 100;
    }
    case "seconds":
    case "timestamp": {
      const milliseconds = parseDuration(text);
      return milliseconds === undefined ? undefined : milliseconds / 1000;
    }
    case "milliseconds":
      return parseDuration(text);
    case "bytes":
    case "cores": {
      const nanos = parseQuantity(text)?.nanos;
      return nanos === undefined ? undefined : Number(nanos) / 1e9;
    }
    case "count":
    case "boolean":
    case "info":
      return undefined;
  }
}

function unitName(unit: Unit): string {
  return unit === "ratio" ? "shares" : unit === "count" ? "numbers" : unit;
}
