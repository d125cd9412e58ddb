import type { WorkingHoursInput } from "@plinth/core";

/** When the teams of the shop are at work: Monday to Friday. */
export const officeHours: WorkingHoursInput = { from: "08:00", to: "18:00", timeZone: "Europe/Berlin" };
