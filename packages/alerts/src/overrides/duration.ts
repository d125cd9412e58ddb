import { parseDuration } from "@plinth/core";
import type { Alert } from "../alert/alert.ts";
import type { FiringScenario, InputSeries, SampleStretch } from "../alert/scenario.ts";

const minute = 60_000;

/** The alert with another `for`: what its texts say of the time follows, and a scenario that would be over too soon goes on. */
export function withDuration(alert: Alert, duration: string): Alert {
  if (duration === alert.for) return alert;
  const holds = parseDuration(duration) ?? 0;
  return {
    ...alert,
    for: duration,
    description: rewritten(alert.description, alert.for, duration),
    fires: alert.fires.map((scenario) => lastingScenario(scenario, holds)),
  };
}

function rewritten(text: string, before: string, after: string): string {
  const said = words(after)[0];
  if (said === undefined) return text;
  return words(before).reduce((changed, old) => changed.replaceAll(`for ${old}`, `for ${said}`), text);
}

const units = [
  { name: "day", milliseconds: 24 * 60 * minute },
  { name: "hour", milliseconds: 60 * minute },
  { name: "minute", milliseconds: minute },
] as const;

/** How texts say a duration, the shortest way first: `1 hour`, `an hour`, `60 minutes`. */
function words(duration: string): readonly string[] {
  const milliseconds = parseDuration(duration) ?? 0;
  return units.flatMap(({ name, milliseconds: unit }) => {
    const count = milliseconds / unit;
    if (count < 1 || !Number.isInteger(count)) return [];
    return count === 1 ? [`1 ${name}`, `${name === "hour" ? "an" : "a"} ${name}`] : [`${count} ${name}s`];
  });
}

function lastingScenario(scenario: FiringScenario, holds: number): FiringScenario {
  const begins = parseDuration(scenario.after ?? "0s") ?? 0;
  const ends = scenario.until === undefined ? undefined : (parseDuration(scenario.until) ?? 0);
  if (ends === undefined || ends > begins + Math.ceil(holds / minute) * minute + minute) return scenario;
  const { until: _, ...rest } = scenario;
  return { ...rest, series: scenario.series.map((series) => lastingSeries(series, begins)) };
}

/** The series goes on as it is once the expression has begun to hold. */
function lastingSeries(series: InputSeries, begins: number): InputSeries {
  const kept: SampleStretch[] = [];
  let time = 0;
  for (const stretch of series.samples) {
    if (time > begins) break;
    kept.push(stretch);
    if (stretch.lasts === undefined) break;
    time += parseDuration(stretch.lasts) ?? 0;
  }
  return {
    ...series,
    samples: kept.map(({ lasts, ...stretch }, index) =>
      index === kept.length - 1 || lasts === undefined ? stretch : { ...stretch, lasts },
    ),
  };
}
