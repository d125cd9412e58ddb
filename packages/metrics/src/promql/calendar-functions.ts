import type { FunctionCall, Operand } from "./expression.ts";
import { call } from "./functions.ts";

/** Hour of the day (0 to 23, UTC), of the values as timestamps. @default now */
export function hour(operand?: Operand): FunctionCall {
  return operand === undefined ? call("hour") : call("hour", operand);
}

/** Minute of the hour (0 to 59, UTC), of the values as timestamps. @default now */
export function minute(operand?: Operand): FunctionCall {
  return operand === undefined ? call("minute") : call("minute", operand);
}

/** Day of the week (0 is Sunday, UTC), of the values as timestamps. @default now */
export function dayOfWeek(operand?: Operand): FunctionCall {
  return operand === undefined ? call("day_of_week") : call("day_of_week", operand);
}

/** Day of the month (1 to 31, UTC), of the values as timestamps. @default now */
export function dayOfMonth(operand?: Operand): FunctionCall {
  return operand === undefined ? call("day_of_month") : call("day_of_month", operand);
}

/** Month (1 to 12, UTC), of the values as timestamps. @default now */
export function month(operand?: Operand): FunctionCall {
  return operand === undefined ? call("month") : call("month", operand);
}

/** Year (UTC), of the values as timestamps. @default now */
export function year(operand?: Operand): FunctionCall {
  return operand === undefined ? call("year") : call("year", operand);
}
