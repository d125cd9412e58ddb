/** The look of a page: Grafana's, in both of its themes. */
export const style = `
:root{--background:#f4f5f5;--panel:#fff;--text:#24292e;--quiet:#5c6166;--border:#dcdfe3;--grid:#e9ebee;--link:#1b62c2;--hover:#eef0f2;--exemplar:#1f60c4;
--green:#56a64b;--orange:#ff780a;--red:#e02f44;--yellow:#f2cc0c;--blue:#3274d9;--purple:#a352cc;
--green-text:#1b7a34;--orange-text:#b04a00;--red-text:#c8142d;--yellow-text:#8a6d00;--blue-text:#1b62c2;--purple-text:#8438ad;--on-colour:#000;--on-dark-colour:#fff}
@media(prefers-color-scheme:dark){:root{--background:#111217;--panel:#181b1f;--text:#ccccdc;--quiet:#9a9aa8;--border:#2a2c33;--grid:#25272d;--link:#6e9fff;--hover:#22252b;--exemplar:#8ab8ff;
--green:#73bf69;--orange:#ff9830;--red:#f2495c;--yellow:#fade2a;--blue:#5794f2;--purple:#b877d9;
--green-text:#73bf69;--orange-text:#ff9830;--red-text:#ff7383;--yellow-text:#fade2a;--blue-text:#6e9fff;--purple-text:#ca95e5;--on-dark-colour:#000}}
*{box-sizing:border-box}
:root{color-scheme:light dark}
body{margin:0;background:var(--background);color:var(--text);font:14px/1.4 Inter,"Helvetica Neue",Helvetica,Arial,sans-serif}
a{color:var(--link);text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}
.top{padding:12px 16px 8px;background:var(--panel);border-bottom:1px solid var(--border)}
.top h1{font-size:18px;font-weight:500;margin:0;display:inline}
.crumbs{color:var(--quiet)}
.about{margin:4px 0 0;max-width:110ch;color:var(--quiet)}
.strip{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin:8px 0 0;padding:0;list-style:none}
.chip{display:inline-flex;border:1px solid var(--border);border-radius:2px;background:var(--background);font-size:12px;line-height:24px}
.chip>*{padding:0 8px}.chip b{font-weight:500;color:var(--blue-text);border-right:1px solid var(--border)}
.tag{font-size:11px;line-height:18px;padding:0 6px;border-radius:2px;background:var(--hover);color:var(--text)}
.made-up{margin-left:auto;color:var(--orange-text);border:1px solid var(--orange-text);border-radius:2px;padding:0 8px;font-size:12px;line-height:22px}
main.grid{display:grid;grid-template-columns:repeat(24,minmax(0,1fr));grid-auto-rows:30px;gap:8px;padding:16px}
.panel,.row{grid-column:calc(var(--x) + 1)/span var(--w);grid-row:calc(var(--y) + 1)/span var(--h);min-width:0;min-height:0}
.row{margin:0;font-size:16px;font-weight:500;line-height:30px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.row::before{content:"⌄";color:var(--quiet);margin-right:6px}
.panel{display:flex;flex-direction:column;background:var(--panel);border:1px solid var(--border);border-radius:2px;position:relative}
.panel:hover,.panel:focus-within{z-index:2}
.panel>header{display:flex;align-items:center;gap:6px;height:32px;padding:0 8px;flex:none;min-width:0}
.panel h3{font-size:14px;font-weight:500;margin:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;min-width:0}
.info{font:inherit;font-size:12px;line-height:1;flex:none;color:var(--quiet);background:none;border:1px solid var(--quiet);border-radius:50%;width:16px;height:16px;padding:0;cursor:help}
.tip,.panel .more{display:none;position:absolute;z-index:3;top:30px;left:8px;right:8px;width:max-content;max-width:min(420px,calc(100% - 16px));padding:8px 10px;background:var(--hover);border:1px solid var(--border);border-radius:2px;font-size:12px;box-shadow:0 4px 12px rgb(0 0 0/.25)}
.info:hover+.tip,.info:focus+.tip{display:block}
.links{margin-left:auto;display:flex;gap:8px;font-size:11px;flex:none;opacity:.85;max-width:40%;overflow:hidden;white-space:nowrap}
.body{flex:1;min-height:0;min-width:0;padding:0 8px 6px;overflow:hidden;display:flex;flex-direction:column;position:relative;container-type:size}
.plot{flex:1;min-height:0;overflow:hidden}
.legend{flex:none;max-height:38px;overflow:auto;display:flex;flex-wrap:wrap;gap:0 12px;margin:2px 0 0;padding:0;list-style:none;font-size:12px}
.legend li{display:flex;align-items:center;gap:5px;white-space:nowrap}
.swatch{flex:none;width:14px;height:4px;border-radius:1px;background:var(--state,var(--quiet))}
.tooltip{display:none;position:absolute;z-index:4;pointer-events:none;padding:6px 8px;background:var(--hover);color:var(--text);border:1px solid var(--border);border-radius:2px;font-size:12px;white-space:nowrap;box-shadow:0 4px 12px rgb(0 0 0/.25)}
.tooltip span{display:block;padding-left:6px;margin-top:2px;max-width:420px;overflow:hidden;text-overflow:ellipsis}
.nothing{margin:auto;color:var(--quiet);text-align:center}.problem{color:var(--red-text)}
.is-green{--state:var(--green);--state-text:var(--green-text)}.is-orange{--state:var(--orange);--state-text:var(--orange-text)}.is-red{--state:var(--red);--state-text:var(--red-text)}
.is-yellow{--state:var(--yellow);--state-text:var(--yellow-text)}.is-blue{--state:var(--blue);--state-text:var(--blue-text)}.is-purple{--state:var(--purple);--state-text:var(--purple-text)}.is-plain{--state:var(--quiet);--state-text:var(--text)}
.stats{flex:1;display:flex;flex-wrap:wrap;min-height:0;overflow:auto;align-content:center}
.stat{flex:1 1 auto;display:flex;flex-direction:column;align-items:center;justify-content:center;padding:0 6px;min-width:0}
.stat .name{font-size:12px;color:var(--quiet)}
.stat .value{font-size:clamp(15px,min(17cqw,62cqh),56px);font-weight:500;line-height:1.1;color:var(--state-text);white-space:nowrap}
.stat:not(:only-child) .value{font-size:clamp(14px,min(9cqw,30cqh),32px)}
.bars{flex:1;display:flex;flex-direction:column;gap:4px;overflow:auto;justify-content:safe space-around}
.bar{display:grid;grid-template-columns:minmax(60px,38%) 1fr 76px;gap:8px;align-items:center;flex:0 0 20px;font-size:12px}
.bar .name,.track-row .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;text-align:right}
.bar .track{height:100%;background:var(--grid);border-radius:2px;overflow:hidden}
.filled{display:block;height:100%;background:color-mix(in srgb,var(--state) 45%,transparent);border-right:2px solid var(--state)}
.bar .value{color:var(--state-text);font-weight:500;white-space:nowrap}
.scrolled{flex:1;overflow:auto;min-height:0}
table{border-collapse:collapse;width:100%;font-size:13px}
th{position:sticky;top:0;background:var(--panel);color:var(--link);font-weight:500;text-align:left;white-space:nowrap;box-shadow:inset 0 -1px var(--border)}
th,td{padding:4px 8px}td{border-bottom:1px solid var(--border);overflow-wrap:anywhere}
td.number{white-space:nowrap}td.painted{background:var(--state);color:#000}td.painted.is-red{background:var(--red);color:var(--on-dark-colour)}td.painted.is-plain{background:none;color:var(--text)}
td.id{font-family:ui-monospace,Menlo,Consolas,monospace;color:var(--link)}
.timeline{flex:1;min-height:0;display:flex;flex-direction:column}
.timeline .rows{flex:1;min-height:0;overflow:auto;display:flex;flex-direction:column;justify-content:safe space-evenly;gap:3px}
.track-row{display:grid;grid-template-columns:30% 1fr;gap:8px;flex:0 1 34px;min-height:18px;align-items:center;font-size:12px}
.track-row .track{position:relative;height:100%;background:var(--grid)}
.stretch{position:absolute;top:0;bottom:0;display:flex;align-items:center;padding-left:4px;overflow:hidden;background:var(--state);color:#000;font-size:11px}
.stretch.is-red{color:var(--on-dark-colour)}
.time-axis{flex:none;display:flex;justify-content:space-between;color:var(--quiet);font-size:11px;line-height:20px}
.timeline .time-axis{margin-left:calc(30% + 8px)}
.heatmap{flex:1;min-height:0;display:grid;grid-template:1fr auto/auto 1fr;gap:0 6px}
.heatmap svg{width:100%;height:100%;min-height:0;fill:#ff780a}
.heatmap .time-axis{grid-column:2}
.bounds{display:flex;flex-direction:column;justify-content:space-around;text-align:right;font-size:11px;color:var(--quiet);min-height:0}
.bounds span{flex:1;line-height:0;display:flex;align-items:center;justify-content:flex-end;min-height:0}
.scale{flex:none;display:flex;gap:6px;align-items:center;font-size:11px;color:var(--quiet);line-height:16px}
.ramp{width:120px;height:8px;background:linear-gradient(90deg,transparent,#ff780a)}
.log-lines{flex:1;margin:0;padding:0;overflow:auto;list-style:none;font:12px/1.6 ui-monospace,Menlo,Consolas,monospace}
.log-lines li{padding:0 6px;border-left:3px solid var(--quiet);margin-bottom:2px;overflow-wrap:anywhere}
.log-lines .level-error{border-color:var(--red)}.log-lines .level-warn{border-color:var(--orange)}.log-lines .level-info{border-color:var(--green)}.log-lines .level-debug{border-color:var(--blue)}
.quiet,time{color:var(--quiet)}
.alerts{flex:1;margin:0;padding:0;overflow:auto;list-style:none;font-size:13px}
.alerts li{padding:4px 8px;border-left:3px solid var(--orange);margin-bottom:3px;background:var(--hover);overflow-wrap:anywhere}.alerts li.firing{border-color:var(--red)}
.alerts .state{font-size:11px;font-weight:600;text-transform:uppercase;margin-right:6px;color:var(--orange-text)}.alerts .firing .state{color:var(--red-text)}
.alerts .said{display:block;font-size:12px}
.words{flex:1;overflow:auto}.words>:first-child{margin-top:0}.words code{background:var(--hover);padding:0 3px}
pre.words{white-space:pre-wrap;margin:0}
.node-graph{flex:1;min-height:0;width:100%}
.edge{fill:none;stroke:var(--quiet);stroke-width:1;opacity:.7}.ring{fill:var(--hover);stroke:var(--green);stroke-width:3}.failed{fill:none;stroke:var(--red);stroke-width:3}
.node-graph text{fill:var(--text);text-anchor:middle;font-size:10px}.node-graph .node{font-size:11px}.node-graph .rate{font-size:9px}
.dashboards{padding:8px 16px 32px;max-width:1400px}.dashboards h2{font-size:16px;font-weight:500;margin:24px 0 8px}
.dashboards td:nth-child(3){text-align:right}.dashboards table{background:var(--panel);border:1px solid var(--border);font-size:14px}.dashboards td:first-child{white-space:nowrap}
@media(max-width:760px){main.grid{display:block}.panel{height:calc(var(--h)*38px - 8px);margin-bottom:8px}.row{height:30px}.dashboards td:first-child{white-space:normal}}
@media(prefers-contrast:more){:root{--quiet:var(--text);--border:var(--text)}}
`;
