import { InvalidArgumentError } from "commander";

/** Values that an option collects: each time that it is said, and between commas. */
export function several(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, ...value.split(",")];
}

/** A folder without its trailing slashes. The root of the file system is nobody's output folder. */
export function folder(value: string): string {
  const path = value.trim().replace(/\/+$/, "");
  if (path === "") throw new InvalidArgumentError("It needs a folder of its own, such as rendered.");
  return path;
}

/** A day as `2026-12-31`. */
export function day(value: string): string {
  const time = Date.parse(`${value}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(time))
    throw new InvalidArgumentError("It is a day such as 2026-12-31.");
  return value;
}

/** A moment as `2026-12-24T03:00:00Z`. */
export function moment(value: string): Date {
  const time = new Date(value);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError("A moment is written 2026-12-24T03:00:00Z.");
  return time;
}
