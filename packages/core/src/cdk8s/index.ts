export { type ApplicationCharts, chartComponent, type FoundationCharts } from "./chart-component.ts";
export { chartResources } from "./chart-resources.ts";
export { type ComponentChartInput, componentChart, resourceChart } from "./component-chart.ts";
