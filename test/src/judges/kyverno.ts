import { join } from "node:path";
import {
  type ImageVerification,
  imageVerificationCase,
  kyvernoCases,
  kyvernoReportFindings,
  policyCatalog,
} from "@plinth/policies";
import type { Judge } from "./judge.ts";
import { kyvernoOutputs } from "./kyverno-reports.ts";

/** A verification to try: what it says of digests needs no registry. */
const signedByRelease: ImageVerification = {
  images: ["registry.example.com/shop/*"],
  signers: [
    {
      name: "release",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "https://github.com/shop/shop/.github/workflows/release.yml@refs/heads/main",
    },
  ],
  attestations: [{ name: "sbom", type: "https://cyclonedx.org/bom" }],
};

/**
 * The Kyverno command line judges the good and the bad objects of each policy with each of its parameters, as they are and, pods, inside controllers; and in
 * every environment where policies judge and where not: by its report, row by row, because `kyverno test` passes what a policy never matched.
 */
export const kyverno: Judge = {
  name: "kyverno",
  purpose: "each policy passes what is good and fails what is bad",
  tools: ["kyverno"],
  judge: async ({ platform, workFolder, signal }) => {
    const cases = [
      ...kyvernoCases(policyCatalog, platform),
      ...platform.environments.map((environment) =>
        imageVerificationCase(signedByRelease, platform, environment, "registry.example.com/shop/cart:1.4.2"),
      ),
    ];
    const outputs = await kyvernoOutputs(cases, join(workFolder, "cases"), signal);
    const findings = cases.flatMap((each, index) => kyvernoReportFindings(each, outputs[index] ?? ""));
    const rows = cases.reduce((sum, { expected }) => sum + expected.length, 0);
    return { read: `${policyCatalog.length} policies, ${rows} objects`, findings };
  },
};
