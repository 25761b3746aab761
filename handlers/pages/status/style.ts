/** The status page's whole style: one file of its own, no address to fetch from. Phones first. */
export const STYLE = `
:root { color-scheme: light dark;
  --back: #f6f7f9; --card: #fff; --ink: #1c2024; --quiet: #5b6470; --line: #e3e6ea; --link: #0b57b0;
  --operational: #1b7a3d; --degraded: #8a5700; --outage: #b3261e; --maintenance: #1f5aa8; --unknown: #5b6470;
  --operational-back: #e8f5ec; --degraded-back: #fdf3dd; --outage-back: #fdeceb; --maintenance-back: #e8f0fb; --unknown-back: #eceef1;
  --up: #45a567; --brief: #e0a62b; --down: #d3483d; --work: #5a8fdb; --none: #cfd5dc; }
@media (prefers-color-scheme: dark) { :root {
  --back: #111417; --card: #191d21; --ink: #e8eaed; --quiet: #a3acb6; --line: #2b3137; --link: #8ab8f5;
  --operational: #6fd08f; --degraded: #f0bf5c; --outage: #ff9087; --maintenance: #8fbcf7; --unknown: #a3acb6;
  --operational-back: #14291c; --degraded-back: #2e2410; --outage-back: #331715; --maintenance-back: #152338; --unknown-back: #22272c;
  --up: #3f9c60; --brief: #d79d2a; --down: #e0584c; --work: #4d82cf; --none: #3a424a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); -webkit-text-size-adjust: 100%;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
.page { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 2.5rem; }
h1, h2, h3, p, ol, ul, dl { margin: 0; padding: 0; }
h1 { font-size: 1.35rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1rem; line-height: 1.4; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: .2rem; }
ol, ul { list-style: none; }
.quiet { color: var(--quiet); font-size: .875rem; }
time { white-space: nowrap; }
.words { white-space: pre-line; overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
.icon { width: 1.15em; height: 1.15em; flex: none; vertical-align: -.2em; }
.headline { display: flex; align-items: center; gap: .75rem; margin: 1.25rem 0 0; padding: 1rem 1.1rem; border-radius: .75rem;
  font-size: 1.1rem; font-weight: 600; line-height: 1.35; }
.state .icon { margin-right: .3em; }
.headline .icon { width: 1.6rem; height: 1.6rem; }
.stale { margin: 1rem 0 0; padding: .75rem 1rem; border: 1px solid var(--degraded); border-radius: .75rem; color: var(--degraded); }
.operational { color: var(--operational); } .degraded { color: var(--degraded); } .outage { color: var(--outage); }
.maintenance { color: var(--maintenance); } .unknown { color: var(--unknown); }
.headline.operational { background: var(--operational-back); } .headline.degraded { background: var(--degraded-back); }
.headline.outage { background: var(--outage-back); } .headline.maintenance { background: var(--maintenance-back); }
.headline.unknown { background: var(--unknown-back); }
.services > li { padding: 1rem 1.1rem; }
.services > li + li { border-top: 1px solid var(--line); }
.service { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .1rem 1rem; }
.state { font-weight: 600; font-size: .925rem; white-space: nowrap; }
.bar { position: relative; display: flex; gap: 1px; height: 2rem; margin: .7rem 0 .3rem; align-items: flex-end; }
.bar li { flex: 1 1 0; height: 100%; min-width: 0; border-radius: 1px; }
.bar .up { background: var(--up); } .bar .brief { background: var(--brief); } .bar .down { background: var(--down); }
.bar .maintenance { background: var(--work); } .bar .unknown { background: var(--none); height: 45%; }
.bar li:hover { outline: 2px solid var(--ink); outline-offset: 0; z-index: 1; }
.bar span { position: absolute; left: 0; right: 0; top: 100%; margin-top: .3rem; padding: .1rem .6rem; border-radius: .4rem; z-index: 2;
  text-align: center; font-size: .875rem; color: var(--back); background: var(--ink); clip-path: inset(50%); pointer-events: none; }
.bar li:hover span { clip-path: none; }
.scale { display: flex; justify-content: space-between; gap: 1rem; }
details { margin-top: .5rem; }
summary { cursor: pointer; color: var(--quiet); font-size: .875rem; }
details ul { margin: .35rem 0 0; font-size: .875rem; }
details li { padding: .1rem 0; }
.incident { padding: 1rem 1.1rem; }
.incident + .incident { margin-top: .75rem; }
.incident.on-outage { border-left: 4px solid var(--down); } .incident.on-degraded { border-left: 4px solid var(--brief); }
.incident.on-maintenance { border-left: 4px solid var(--work); } .incident.on-none { border-left: 4px solid var(--none); }
.updates > li { margin-top: .85rem; padding-left: .9rem; border-left: 2px solid var(--line); }
.updates strong { display: inline-block; margin-right: .5rem; }
.over h3 { font-weight: 600; }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
footer p + p { margin-top: .35rem; }
footer a { margin-right: 1rem; }
.symbols { position: absolute; width: 0; height: 0; }
@media (min-width: 40rem) {
  .page { padding: 3rem 1.5rem 4rem; }
  h1 { font-size: 1.6rem; }
  .headline { padding: 1.25rem 1.4rem; font-size: 1.25rem; }
  .services > li, .incident { padding: 1.15rem 1.4rem; }
  .bar { gap: 2px; }
}
@media print { body { background: #fff; } .card { break-inside: avoid; } }
`;
