import { parseDuration } from "@plinth/core";
import { printPromqlLine } from "@plinth/metrics";
import type { InputSeries, Samples } from "../alert/scenario.ts";

const minute = 60_000;

/**
 * Samples in promtool's expanding notation, one a minute: `1x9 0x20` is ten ones and then twenty-one zeros, `5+2x3` is 5 7 9 11, `_x4` is four
 * minutes without a sample.
 *
 * @param minutes How long the last stretch goes on, from the first sample on.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
 */
export function printSamples(samples: Samples, minutes: number): string {
  let left = minutes + 1;
  return samples
    .map(({ value, perMinute = 0, lasts }, index) => {
      const last = index === samples.length - 1;
      const count =
        last || lasts === undefined ? left : Math.min(left, Math.round((parseDuration(lasts) ?? 0) / minute));
      left -= count;
      if (count <= 0) return "";
      if (value === undefined) return `_x${count}`;
      const step = perMinute === 0 ? "" : perMinute < 0 ? String(perMinute) : `+${perMinute}`;
      return `${value}${step}x${count - 1}`;
    })
    .filter((text) => text !== "")
    .join(" ");
}

/** A series as promtool reads it: `up{job="kubelet"}`. */
export function printSeries({ series, labels }: InputSeries): string {
  const matchers = Object.entries(labels).map(([label, value]) => ({ label, operator: "=" as const, value }));
  return printPromqlLine({ kind: "selector", series, matchers });
}
