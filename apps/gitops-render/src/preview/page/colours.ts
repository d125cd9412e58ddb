// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/themes/createVisualizationColors.ts
const hues: Readonly<Record<string, string>> = {
  red: "#f2495c",
  orange: "#ff9830",
  yellow: "#fade2a",
  green: "#73bf69",
  blue: "#5794f2",
  purple: "#b877d9",
  gray: "#808a98",
  grey: "#808a98",
  "dark-red": "#c4162a",
  "semi-dark-red": "#e02f44",
  "light-red": "#ff7383",
  "dark-orange": "#fa6400",
  "semi-dark-orange": "#ff780a",
  "light-orange": "#ffb357",
  "dark-yellow": "#e0b400",
  "semi-dark-yellow": "#f2cc0c",
  "light-yellow": "#ffee52",
  "dark-green": "#37872d",
  "semi-dark-green": "#56a64b",
  "light-green": "#96d98d",
  "dark-blue": "#1f60c4",
  "semi-dark-blue": "#3274d9",
  "light-blue": "#8ab8ff",
  "dark-purple": "#8f3bb8",
  "semi-dark-purple": "#a352cc",
  "light-purple": "#ca95e5",
};

// The classic palette, by which series get their colours in turn.
const palette = [
  "green",
  "semi-dark-yellow",
  "light-blue",
  "semi-dark-orange",
  "red",
  "blue",
  "purple",
  "#705da0",
  "#508642",
  "#cca300",
  "#447ebc",
  "#c15c17",
  "#890f02",
  "#0a437c",
  "#6d1f62",
  "#584477",
  "#b7dbab",
  "#f4d598",
  "#70dbed",
  "#f9ba8f",
  "#f29191",
  "#82b5d8",
  "#e5a8e2",
  "#aea2e0",
] as const;

/** The colour of the series at a place in a panel. */
export function paletteColour(index: number): string {
  return cssColour(palette[index % palette.length] ?? "green");
}

/** A colour as CSS and a canvas know it; `text` is the text's own. What is no colour is grey. */
export function cssColour(name: string): string {
  if (name === "text") return "text";
  if (/^#[0-9a-f]{3,8}$/i.test(name)) return name;
  return hues[name] ?? "#808a98";
}

/** The class that paints text, or an area with its text, in the colour of a state. */
export function stateClass(colour: string): string {
  const name = colour.replace(/^(?:semi-)?(?:dark|light)-/, "");
  return ["red", "orange", "yellow", "green", "blue", "purple"].includes(name) ? `is-${name}` : "is-plain";
}
