#!/usr/bin/env node
// Plain JavaScript that the oldest Node can read, so that a Node too old for the rest gets a sentence and not a stack trace.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `gitops-render needs Node 22.18 or newer; this is ${process.version}.\nIn Plinth's own workspace \`npx -y pnpm@12.21.0 render\` brings Node 24 with it, where a package for your platform exists.`,
  );
  process.exitCode = 3;
} else {
  // Stripping types and compiling hundreds of modules takes longer than rendering: Node keeps the result where it keeps temporary files.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  await import("@plinth/gitops-render/main");
}
