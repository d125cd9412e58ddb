import { describeSubject, type SubjectName } from "@plinth/rbac";
import { inWords } from "../words.ts";

/** `group backend-admins`: as somebody is named before a verb. */
export function nameOf(subject: SubjectName): string {
  return describeSubject(subject).replace(/^the /, "");
}

/** `group backend-admins`, `groups backend-admins and data-admins`. */
export function namedTogether(subjects: readonly string[]): string {
  const [first = "", ...others] = subjects;
  const kind = ["service account", "group", "user"].find((word) =>
    subjects.every((text) => text.startsWith(`${word} `)),
  );
  if (others.length === 0 || kind === undefined) return others.length === 0 ? first : inWords(subjects);
  return `${kind}s ${inWords(subjects.map((text) => text.slice(kind.length + 1)))}`;
}
