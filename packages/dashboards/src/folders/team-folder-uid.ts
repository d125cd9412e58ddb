import { createHash } from "node:crypto";

// grafana-operator's CRD, spec.uid.
const MAX_UID_LENGTH = 40;

/**
 * The uid of a team's folder: `team-<name>`, or for a long name its beginning and a hash, at most 40 characters.
 *
 * @example
 * teamFolderUid("backend"); // "team-backend"
 */
export function teamFolderUid(team: string): string {
  const uid = `team-${team}`;
  if (uid.length <= MAX_UID_LENGTH) return uid;
  const hash = createHash("sha256").update(uid).digest("hex").slice(0, 8);
  return `${uid.slice(0, MAX_UID_LENGTH - hash.length - 1)}-${hash}`;
}
