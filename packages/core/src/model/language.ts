import { z } from "zod";

/** Every language that the model knows: what a service is written in, or the server that it is. */
export const languages: readonly [
  "go",
  "java",
  "kotlin",
  "nodejs",
  "python",
  "dotnet",
  "ruby",
  "rust",
  "cpp",
  "php",
  "elixir",
  "envoy",
  "nginx",
] = ["go", "java", "kotlin", "nodejs", "python", "dotnet", "ruby", "rust", "cpp", "php", "elixir", "envoy", "nginx"];

export type Language = (typeof languages)[number];

/** Other words for the same runtime: what a finding suggests to somebody who wrote one. */
const otherWords: Readonly<Record<string, Language>> = {
  golang: "go",
  jvm: "java",
  scala: "java",
  groovy: "java",
  clojure: "java",
  node: "nodejs",
  "node.js": "nodejs",
  javascript: "nodejs",
  js: "nodejs",
  typescript: "nodejs",
  ts: "nodejs",
  py: "python",
  python3: "python",
  ".net": "dotnet",
  "c#": "dotnet",
  csharp: "dotnet",
  "f#": "dotnet",
  fsharp: "dotnet",
  rb: "ruby",
  rs: "rust",
  "c++": "cpp",
  cxx: "cpp",
  c: "cpp",
  erlang: "elixir",
};

export const languageField: z.ZodType<Language, Language> = z.enum(languages).meta({ otherWords });
