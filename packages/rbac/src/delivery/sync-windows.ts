import { type Environment, type Finding, type Platform, parseDuration, type SyncWindow } from "@plinth/core";
import { everOpens, scheduleGrammar, scheduleProblem } from "./cron-schedule.ts";

/** A window as Argo CD's project says it. */
export interface ProjectSyncWindow {
  readonly kind: "allow";
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone: string;
  readonly applications: string[];
  readonly manualSync?: true;
}

/**
 * The windows of an environment for every application of a project. Where syncs run by themselves, a window holds back the machine and lets a person who
 * presses sync through: somebody watches. Where every sync waits for somebody to press, a window that let presses through would be none.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/
 */
export function projectSyncWindows({ delivery }: Environment): ProjectSyncWindow[] {
  return delivery.windows.map(({ schedule, duration, timeZone }) => ({
    kind: "allow",
    schedule,
    duration: goDuration(duration),
    timeZone,
    applications: ["*"],
    ...(delivery.sync === "automatic" ? { manualSync: true as const } : {}),
  }));
}

const goUnits = [
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
] as const;

/** A Prometheus duration as Go reads it: Argo CD parses with Go, which knows no days, weeks or years, and a window that does not parse stops every sync. */
function goDuration(text: string): string {
  let rest = parseDuration(text) ?? 0;
  let written = "";
  for (const [unit, milliseconds] of goUnits) {
    const count = Math.floor(rest / milliseconds);
    rest -= count * milliseconds;
    if (count > 0) written += `${count}${unit}`;
  }
  return written === "" ? "0s" : written;
}

/** Windows that cannot be read, never open, or are written twice. */
export function syncWindowFindings({ environments }: Platform): Finding[] {
  return environments.flatMap(({ name, delivery, source }) =>
    delivery.windows.flatMap((window, index): Finding[] => {
      const problem = windowProblem(window, delivery.windows.slice(0, index));
      return problem === undefined
        ? []
        : [
            {
              severity: "error",
              ...(source === undefined ? {} : { source }),
              path: `environments[${name}].delivery.windows[${index}]`,
              ...problem,
            },
          ];
    }),
  );
}

type Problem = Pick<Finding, "code" | "message" | "expected" | "example" | "hint">;

function windowProblem(window: SyncWindow, earlier: readonly SyncWindow[]): Problem | undefined {
  const { schedule } = window;
  const example = '"0 8 * * 1-4"';
  const unreadable = scheduleProblem(schedule);
  if (unreadable !== undefined)
    return {
      code: "invalid-expression",
      message: `${JSON.stringify(schedule)}: ${unreadable}`,
      expected: scheduleGrammar,
      example,
    };
  if (!everOpens(schedule))
    return {
      code: "without-effect",
      message: `the window ${JSON.stringify(schedule)} never opens: no month of it has such a day`,
      expected: "a schedule that comes to pass",
      example,
      hint: "Argo CD takes the moment of a schedule without any for long past, and holds the window open all the time",
    };
  // Argo CD refuses the whole project: ValidateProject, "already exists".
  return earlier.some(
    (other) => other.schedule === schedule && other.duration === window.duration && other.timeZone === window.timeZone,
  )
    ? { code: "duplicate-name", message: "the same window is in the list already", expected: "each window once" }
    : undefined;
}
