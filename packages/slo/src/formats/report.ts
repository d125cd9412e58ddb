import type { Finding } from "@plinth/core";

/** Says what is wrong with fields of a document. */
export interface Report {
  /** Nothing can be made of it. */
  refuse(path: string, message: string, expected: string, example?: string): void;
  /** It is read otherwise than it may be meant. */
  warn(path: string, message: string): void;
}

/** A report into a list of findings, for fields below a place. */
export function reportInto(findings: Finding[], prefix: string): Report {
  const add = (severity: Finding["severity"], path: string, message: string, more: Partial<Finding>): void => {
    const at = prefix === "" ? path : `${prefix}.${path}`;
    findings.push({ code: "invalid-field", severity, path: at, message, ...more });
  };
  return {
    refuse: (path, message, expected, example) =>
      add("error", path, message, { expected, ...(example === undefined ? {} : { example }) }),
    warn: (path, message) => add("warning", path, message, {}),
  };
}
