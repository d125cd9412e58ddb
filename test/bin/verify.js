// Plain JavaScript that the oldest Node can read: a Node too old for the rest gets a sentence and not a stack trace.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`The judges need Node 22.18 or newer; this is ${process.version}.`);
  process.exitCode = 3;
} else {
  const { verify } = await import("../src/judges/verify.ts");
  const exitCode = await verify(process.argv.slice(2));
  // Judges that are still at work do not keep an interrupted run alive; what they started ends with this process.
  if (exitCode === 130) process.exit(exitCode);
  process.exitCode = exitCode;
}
