import type { Finding } from "@plinth/core";
import { cleanText } from "./clean-text.ts";
import { redactText } from "./redaction/redact.ts";

/** A text of a tree as one line that shows no secret and does nothing where it is shown. */
export function safeText(text: string): string {
  return redactText(cleanText(text));
}

/** A finding about a tree: its words may quote the tree. */
export function safeFinding(finding: Finding): Finding {
  return { ...finding, message: safeText(finding.message) };
}
