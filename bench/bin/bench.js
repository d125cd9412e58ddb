const { bench } = await import("../src/bench.ts");
const sizes = process.argv.slice(2).map(Number);
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  console.error("Usage: pnpm bench [services ...]      for example: pnpm bench 100 1000");
  process.exitCode = 2;
} else {
  await bench(sizes.length === 0 ? [100, 1000] : sizes);
}
