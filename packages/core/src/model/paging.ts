import { z } from "zod";
import type { DnsLabel } from "../names/names.ts";
import { dnsLabelField, lineField, textField, timeZoneField } from "./field.ts";

/** How somebody is told. `pagerduty` calls whoever is on call, and writes into the team's chat channel too. */
export type PagingChannel = "pagerduty" | "chat" | "email" | "none";

/** A severity that a person is told of. */
export type PagedSeverity = "critical" | "warning" | "info";

/** The severities that a person is told of, the most important first. */
export const pagedSeverities: readonly PagedSeverity[] = ["critical", "warning", "info"];

/** Where an alert of each severity goes, and when. */
export interface Paging {
  readonly critical: PagingChannel;
  readonly warning: PagingChannel;
  readonly info: PagingChannel;
  /** When warnings, tickets and what is only worth knowing are told: what fires outside waits. Always when left out; what is critical never waits. */
  readonly businessHours?: WorkingHours;
  /** Times at which alerts are expected, and nobody is told of them. */
  readonly maintenance: readonly Maintenance[];
}

export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

/** The days of a week, in its order. */
export const weekdays: readonly Weekday[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

/** The same hours of several days of each week. */
export interface WorkingHours {
  readonly days: readonly Weekday[];
  /** `08:00`. */
  readonly from: string;
  /** Later on the same day, `24:00` at the latest. The minute itself is no longer part of it. */
  readonly to: string;
  /** IANA name: `Europe/Berlin`. */
  readonly timeZone: string;
}

/** A time at which alerts are expected: once, or each week. */
export interface Maintenance {
  readonly name: DnsLabel;
  /** One sentence, for whoever wonders why it was quiet. */
  readonly because: string;
  /** Once: `2026-12-05T22:00`. With `days`: `02:00`. */
  readonly from: string;
  /** The minute itself is no longer part of it. */
  readonly to: string;
  /** The days on which it comes each week; it comes once when left out. */
  readonly days?: readonly Weekday[];
  readonly timeZone: string;
  /** Whose alerts are not told; everybody's when left out. */
  readonly teams?: readonly string[];
  readonly severities: readonly PagedSeverity[];
}

/** Where the team is reached. */
export interface Contact {
  /** Chat channel with its `#`. */
  readonly chat: string;
  readonly email: string;
}

/** Who is called when something critical happens. */
export interface OnCall {
  /** The PagerDuty service that is called: its integration key is stored under this name. */
  readonly pagerduty: DnsLabel;
  /** When it is called; outside these hours whoever is on call for the platform is. Always when left out. */
  readonly hours?: WorkingHours;
}

export interface WorkingHoursInput {
  /** @default monday to friday */
  days?: readonly Weekday[];
  /** `08:00`. */
  from: string;
  /** Later on the same day: `18:00`, or `24:00`. */
  to: string;
  /** IANA name: `Europe/Berlin`. */
  timeZone: string;
}

export interface MaintenanceInput {
  /** A DNS label: `database-upgrade`. */
  name: string;
  /** One sentence: what is done. */
  because: string;
  /** Once: `2026-12-05T22:00`. With `days`: `02:00`. */
  from: string;
  /** Once: `2026-12-06T02:00`. With `days`: `04:00`. */
  to: string;
  /** The days on which it comes each week. @default it comes once */
  days?: readonly Weekday[];
  /** IANA name. @default "UTC" */
  timeZone?: string;
  /** Whose alerts are not told. @default everybody's */
  teams?: readonly string[];
  /** @default all of them */
  severities?: readonly PagedSeverity[];
}

export interface PagingInput {
  critical: PagingChannel;
  warning: PagingChannel;
  info: PagingChannel;
  /** When warnings, tickets and what is only worth knowing are told. @default always */
  businessHours?: WorkingHoursInput;
  /** Times at which alerts are expected, and nobody is told of them. @default none */
  maintenance?: readonly MaintenanceInput[];
}

export interface OnCallInput {
  /** The PagerDuty service that is called: its integration key is stored under this name. */
  pagerduty: string;
  /** When it is called; outside these hours whoever is on call for the platform is. @default always */
  hours?: WorkingHoursInput;
}

const channelField = z.enum(["pagerduty", "chat", "email", "none"]);
export const pagedSeverityField: z.ZodType<PagedSeverity, PagedSeverity> = z.enum(["critical", "warning", "info"]);
const weekdayField = z.enum(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
const workdays: readonly Weekday[] = weekdays.slice(0, 5);

const timeOfDay = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const moment = /^\d{4}-\d{2}-\d{2}T(?:(?:[01]\d|2[0-3]):[0-5]\d)$/;

const timeOfDayField = textField(
  (value) => (timeOfDay.test(value) ? undefined : `${JSON.stringify(value)} is not a time of the day`),
  { expected: "hours and minutes", example: '"08:00"' },
);

function isMoment(value: string): boolean {
  return moment.test(value) && !Number.isNaN(Date.parse(`${value}Z`)) && sameDay(value);
}

/** `2026-02-30` is read as a day of March. */
function sameDay(value: string): boolean {
  return new Date(`${value}Z`).toISOString().startsWith(value);
}

// Which of the two is meant depends on whether it comes again each week.
const momentField = lineField.meta({
  expected: "a time of the day where it has days, else a minute of a day; the end after the beginning",
  example: '"03:00", or "2026-12-24T18:00"',
});
const hoursExample = '{ from: "08:00", to: "18:00", timeZone: "Europe/Berlin" }';

export const workingHoursSchema: z.ZodType<WorkingHours, WorkingHoursInput> = z
  .strictObject({
    days: z
      .array(weekdayField)
      .min(1)
      .default([...workdays])
      .readonly(),
    from: timeOfDayField,
    to: timeOfDayField,
    timeZone: timeZoneField,
  })
  .check((context) => {
    const { from, to } = context.value;
    if (from >= to)
      context.issues.push({
        code: "custom",
        message: `from ${from} to ${to} there is no time`,
        input: context.value,
        path: ["to"],
      });
  })
  .meta({ expected: "hours of a day, the later one last", example: hoursExample });

const maintenanceSchema: z.ZodType<Maintenance, MaintenanceInput> = z
  .strictObject({
    name: dnsLabelField,
    because: lineField,
    from: momentField,
    to: momentField,
    days: z.array(weekdayField).min(1).readonly().exactOptional(),
    timeZone: timeZoneField.default("UTC"),
    teams: z.array(lineField).min(1).readonly().exactOptional(),
    severities: z
      .array(pagedSeverityField)
      .min(1)
      .default([...pagedSeverities])
      .readonly(),
  })
  .check((context) => {
    const { days, from, to } = context.value;
    const weekly = days !== undefined;
    const isTime = (value: string): boolean => (weekly ? timeOfDay.test(value) : isMoment(value));
    for (const field of ["from", "to"] as const) {
      const value = context.value[field];
      if (!isTime(value))
        context.issues.push({
          code: "custom",
          message: `${JSON.stringify(value)} is not ${weekly ? "a time of the day" : "a minute of a day"}`,
          input: context.value,
          path: [field],
        });
    }
    if (isTime(from) && isTime(to) && from >= to)
      context.issues.push({
        code: "custom",
        message: `from ${from} to ${to} there is no time`,
        input: context.value,
        path: ["to"],
      });
  })
  .meta({
    expected: "a time once, or hours of days of each week",
    example:
      '{ name: "database-upgrade", because: "…", from: "2026-12-05T22:00", to: "2026-12-06T02:00", timeZone: "Europe/Berlin" }',
  });

export const pagingSchema: z.ZodType<Paging, PagingInput> = z
  .strictObject({
    critical: channelField,
    warning: channelField,
    info: channelField,
    businessHours: workingHoursSchema.exactOptional(),
    maintenance: z.array(maintenanceSchema).default([]),
  })
  .meta({
    expected: "a channel for each severity",
    example: '{ critical: "pagerduty", warning: "chat", info: "email" }',
  });

const chatField = textField(
  (value) => (/^#[a-z0-9][a-z0-9_-]{0,78}$/.test(value) ? undefined : `${JSON.stringify(value)} is not a channel`),
  { expected: "'#' and the channel's name", example: '"#team-backend"' },
);
const emailField = z.email().meta({ expected: "an e-mail address", example: '"backend@example.com"' });

export const contactSchema: z.ZodType<Contact, Contact> = z.strictObject({ chat: chatField, email: emailField }).meta({
  expected: "where the team is reached",
  example: '{ chat: "#team-backend", email: "backend@example.com" }',
});

export const onCallSchema: z.ZodType<OnCall, OnCallInput> = z
  .strictObject({ pagerduty: dnsLabelField, hours: workingHoursSchema.exactOptional() })
  .meta({ expected: "the PagerDuty service that is called", example: '{ pagerduty: "backend" }' });
