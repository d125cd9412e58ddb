import type { Component } from "@plinth/core";
import { flowDocuments } from "./flow-page.ts";

/** A page for each environment with pictures of how traces, metrics and logs flow. */
export const flowComponents: readonly Component[] = [
  { name: "telemetry-flow", layer: "foundation", documents: flowDocuments },
];
