import { daysBetween, type Finding, moreDays, type PolicyException } from "@plinth/core";

/** So many days before its end somebody is told. */
const noticeDays = 14;

/** An exception past its last day, or soon there. What is past it stays rendered until somebody removes it: what is rendered depends on no day. */
export function endFindings({ name, owner, source, until }: PolicyException, today: string): readonly Finding[] {
  const left = daysBetween(today, until);
  if (left > noticeDays) return [];
  const where = { ...(source === undefined ? {} : { source }), path: `policyExceptions[${name}].until` };
  if (left < 0)
    return [
      {
        code: "expired",
        severity: "error",
        ...where,
        message: `held until ${until}`,
        expected: "no entry: what it let pass is fixed, or refused",
        hint: "remove the entry; a later day takes a new approval",
      },
    ];
  return [
    {
      code: "expired",
      severity: "warning",
      ...where,
      message: `holds until ${until}: ${moreDays(left)}`,
      expected: `the entry's removal by ${owner} by then, or a later day that somebody approves`,
    },
  ];
}
