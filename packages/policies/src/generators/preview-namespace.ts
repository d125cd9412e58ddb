import type { Platform, Team } from "@plinth/core";
import { type CelExpression, cel, celLiteral } from "../admission/cel.ts";

/** The label of a namespace that shows a change before it is merged; its value is the team's name. */
export const previewLabel = "plinth.dev/preview-of";

/** The label with the last day on which a preview is needed: `2026-12-31`. */
export const expiryLabel = "plinth.dev/expires";

/**
 * What the name of a team's previews begins with. A label alone would let somebody who may label a namespace hand it to another team.
 *
 * @example
 * import type { Team } from "@plinth/core";
 * declare const backend: Team;
 * previewPrefix(backend); // "team-backend-preview-"
 */
export function previewPrefix({ namespace }: Pick<Team, "namespace">): string {
  return `${namespace}-preview-`;
}

/**
 * True for a namespace that is a preview of a team: by its label and by its name, so that no label makes one of another namespace.
 *
 * @example
 * import type { Platform } from "@plinth/core";
 * declare const platform: Platform;
 * isPreview(platform).expression;
 */
export function isPreview({ teams }: Pick<Platform, "teams">): CelExpression {
  const entries = teams.map((team) => `${celLiteral(team.name)}: ${celLiteral(previewPrefix(team))}`).sort();
  const prefixes: CelExpression = { expression: `{${entries.join(", ")}}` };
  // No name begins with a slash.
  return cel`object.metadata.name.startsWith(
    ${prefixes}[?object.metadata.?labels[?${previewLabel}].orValue('')].orValue('/'))`;
}
