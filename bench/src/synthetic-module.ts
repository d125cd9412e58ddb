import type { PlatformDefinition } from "@plinth/core";
import { syntheticPlatform } from "./synthetic-platform.ts";

// The platform of the size that the environment says: the module that the command line is pointed at.
const platform: PlatformDefinition = syntheticPlatform(Number(process.env["PLINTH_BENCH_SERVICES"] ?? "100"));

export default platform;
