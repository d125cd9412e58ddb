import { readFileSync } from "node:fs";
import { ApiObject, App, Chart, YamlOutputType } from "cdk8s";

// The same objects through cdk8s: a chart for each folder, a file for each object. Usage: cdk8s-objects.ts <objects> <folder>
const [objects = "", folder = "dist"] = process.argv.slice(2);
const app = new App({ outdir: folder, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
const charts = new Map<string, Chart>();
for (const line of readFileSync(objects, "utf8").trimEnd().split("\n")) {
  const { path, resource } = JSON.parse(line);
  const place = path.slice(0, path.lastIndexOf("/"));
  const chart = charts.get(place) ?? new Chart(app, place.replaceAll("/", "-"), { disableResourceNameHashes: true });
  charts.set(place, chart);
  new ApiObject(chart, path.slice(place.length + 1), resource);
}
app.synth();
