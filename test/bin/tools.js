#!/usr/bin/env node
// Plain JavaScript: it has to say what is missing on a Node that cannot read the rest.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `This needs Node 22.18 or newer, and this is ${process.version}.\n` +
      "`pnpm install` brings Node 24 on Linux and on macOS with an Intel processor; elsewhere install it: https://nodejs.org\n",
  );
  process.exit(1);
}
const { runTools } = await import("../src/tools/main.ts");
process.exitCode = await runTools(process.argv.slice(2));
