import { printDuration } from "@plinth/core";
import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { windowsFor } from "../windows/windows-for.ts";
import { budgetOf, secondsUntilBurning } from "./time-to-fire.ts";

// A collector or an exporter that restarts is back within five minutes.
const shortest = 5 * 60;

/**
 * How long nothing may be measured before somebody is told: as long as a full outage would need to page, in whole minutes, at least five.
 *
 * @see https://github.com/pyrra-dev/pyrra/blob/main/slo/rules.go (`absentDuration`)
 */
export function absentDelay({ objective, period = "30d" }: ServiceLevelObjective): string {
  const windows = windowsFor(period);
  const outage =
    secondsUntilBurning(windows, windows.page, budgetOf(objective), 1) ??
    secondsUntilBurning(windows, windows.ticket, budgetOf(objective), 1) ??
    shortest;
  return printDuration(Math.max(Math.ceil(outage / 60) * 60, shortest) * 1000);
}
