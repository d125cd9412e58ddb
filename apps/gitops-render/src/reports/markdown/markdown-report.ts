import type { DiffReport } from "../diff-report.ts";
import { consequenceParts } from "./consequence-parts.ts";
import { inline } from "./escape.ts";
import { documentParts, objectParts, objectTable } from "./object-parts.ts";
import { type Part, packComments } from "./pack-comments.ts";
import { summaryText } from "./summary-text.ts";

/** What a place for comments allows. */
export interface MarkdownOptions {
  /**
   * Characters of one comment. GitHub takes 65,536, GitLab 1,000,000.
   *
   * @default 65,536
   * @see https://docs.gitlab.com/administration/instance_limits/#size-of-comments-and-descriptions-of-issues-merge-requests-and-epics
   */
  readonly limit?: number;
  /** Where more comments would be needed, objects are told in a table, without their fields. Consequences are always told. @default 10 */
  readonly mostComments?: number;
  /** Where files of the later side are shown: `https://git.example.com/platform/blob/<revision>/rendered/`. @default no links */
  readonly link?: string;
}

export const gitHubLimit = 65_536;
/** Below it a comment has no room for the summary and one consequence. */
export const smallestLimit = 16_384;

/** The report as comments for a pull request: the summary whole in the first, nothing cut. */
export function markdownReport(report: DiffReport, options: MarkdownOptions = {}): readonly string[] {
  const { limit = gitHubLimit, mostComments = 10 } = options;
  if (limit < smallestLimit)
    throw new RangeError(`a comment of ${limit} characters is too small: at least ${smallestLimit}`);
  // Room for the comment's own head.
  const room = limit - 1_000;
  const title = `${inline(report.before)} → ${inline(report.after)}`;
  const summary: Part = { text: summaryText(report) };
  const consequences = consequenceParts(report, room, options.link);
  const documents = documentParts(report, options.link);
  const objects = objectParts(report, room, options.link);
  const whole = packComments([summary, ...consequences, ...objects, ...documents], title, limit);
  if (whole.length <= mostComments) return whole;
  return packComments([summary, ...consequences, ...objectTable(report, room), ...documents], title, limit);
}
