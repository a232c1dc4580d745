/** The report as one page of HTML. */
import { Fact, Unknown } from "../../model/fact";
import { LOCKS, Verdict } from "../../model/verdict";
import { drawing } from "./drawing";
import { escaped, page as pageOf } from "../../text/markup";
import { Report, RootReport } from "./report";

type Found = RootReport["findings"][number];

const SYMBOLS: Readonly<Record<Verdict, string>> = { proven: "✓", bypass: "✗", undetermined: "?" };

const MEANINGS: Readonly<Record<Verdict, string>> = {
  proven: "Every way to the application passes the Wallarm Node, under the assumptions below.",
  bypass: "There is a way to the application that does not pass the Wallarm Node.",
  undetermined: "Something that matters is unknown.",
};

export function page({ verdict, roots, acceptances, problems }: Report): string {
  const body = `<h1 class="${verdict}">${shown(verdict)}</h1>
<p>${MEANINGS[verdict]}</p>
${list(problems.map((problem) => `Error: ${escaped(problem)}`))}
${table(roots)}
${roots.map(rootMarkup).join("\n")}
${part(
  "h2",
  "Accepted",
  list(
    acceptances.map((one) =>
      escaped(`${one.class} of ${one.resource}, until ${one.until}: ${one.reason} (${one.matches})`),
    ),
  ),
)}`;
  return pageOf({ title: `audit: ${verdict}`, style: STYLE, body });
}

const shown = (verdict: Verdict) => `<span aria-hidden="true">${SYMBOLS[verdict]}</span> ${verdict}`;

function table(roots: readonly RootReport[]): string {
  const head = ["Root", "Verdict", ...LOCKS.map((lock) => `Lock: ${lock.replace("_", " ")}`)];
  const rows = roots.map(({ name, verdict, locks }) => {
    const cells = [
      `<td class="${verdict}">${shown(verdict)}</td>`,
      ...LOCKS.map((lock) => `<td>${locks[lock].state}</td>`),
    ];
    return `<tr><th scope="row">${escaped(name)}</th>${cells.join("")}</tr>`;
  });
  const columns = head.map((cell) => `<th scope="col">${cell}</th>`).join("");
  return `<div class="table" role="group" aria-label="Verdicts and locks" tabindex="0"><table><thead><tr>${columns}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function rootMarkup({ name, findings, unknowns, assumptions }: RootReport, index: number): string {
  return [
    `<section><h2>${escaped(name)}</h2>`,
    ...findings.map((finding, at) => findingMarkup(finding, `way-${index}-${at}`)),
    part("h3", "Unknown", list(unknowns.map(unknownMarkup))),
    part("h3", "Assumed", list(assumptions.map(escaped))),
    "</section>",
  ].join("\n");
}

function findingMarkup(finding: Found, id: string): string {
  const { title, class: name, severity, status, certain, intended, kind, steps, unknowns, remedy } = finding;
  const about = [
    name,
    `severity ${severity}`,
    certain ? "certain" : "not certain",
    status,
    ...(intended === null ? [] : [intended]),
  ];
  const ways = steps.map(
    ({ place, words, facts }) => `<strong>${place}</strong>: ${escaped(words)}${list(facts.map(factMarkup))}`,
  );
  return `<article class="${status}">
<h3>${escaped(title)}</h3>
<p>${escaped(about.join(" · "))}</p>
<div class="way">
${kind === "way" ? drawing(steps, id) : ""}
<div><ol>${ways.map((way) => `<li>${way}</li>`).join("")}</ol>
${part("h4", "Unknown", list(unknowns.map(unknownMarkup)))}
<p><strong>To do</strong>: ${escaped(remedy)}</p></div>
</div>
</article>`;
}

function factMarkup({ words, resource, action }: Fact): string {
  return `${escaped(words)} <small>${escaped(resource)}, ${escaped(action)}</small>`;
}

function unknownMarkup({ words, resource, action }: Unknown): string {
  const read = [resource, action].filter((text) => text !== null).join(", ");
  return `${escaped(words)}${read === "" ? "" : ` <small>${escaped(read)}</small>`}`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
}

function part(heading: "h2" | "h3" | "h4", title: string, content: string): string {
  return content === "" ? "" : `<${heading}>${title}</${heading}>${content}`;
}

/** Light and dark. Contrast is at least 4.5 to 1 in both. */
const STYLE = `
:root { color-scheme: light; --text: #1a1a1a; --page: #fff; --line: #767676; --bad: #b3261e; --good: #1b6e34; --open: #7a5200; }
@media (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --text: #e6e6e6; --page: #1a1a1a; --line: #8c8c8c; --bad: #ff8a80; --good: #7bd88f; --open: #ffcc66; }
}
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; color: var(--text); background: var(--page); overflow-wrap: anywhere; }
main { max-width: 72rem; margin: auto; padding: 1rem; }
h1 { text-transform: uppercase; margin: 0; }
h2 { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1rem; }
h4 { margin: 1rem 0 0; }
article { border-left: 4px solid var(--bad); margin: 1.5rem 0; padding-left: 0.75rem; }
article.accepted, article.known, article.allowed { border-left-color: var(--line); }
.proven { color: var(--good); } .bypass { color: var(--bad); } .undetermined { color: var(--open); }
.way { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; }
.way > div { flex: 1 1 20rem; min-width: 0; }
ol, ul { padding-left: 1.25rem; margin: 0.25rem 0; }
small { font: 0.8rem/1.4 ui-monospace, monospace; }
.table { overflow-x: auto; overflow-wrap: normal; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; }
svg { flex: none; max-width: 100%; height: auto; font: 12px ui-monospace, "DejaVu Sans Mono", monospace; }
svg text { fill: var(--text); }
svg .place { font-weight: bold; }
svg rect { fill: none; stroke: var(--text); stroke-width: 1.5; }
svg .skipped rect { stroke: var(--line); stroke-dasharray: 5 4; }
svg .line { fill: none; stroke: var(--text); stroke-width: 1.5; }
svg .head { fill: var(--text); }
svg .around .line { stroke: var(--bad); stroke-width: 3; }
svg .around .head, svg .mark { fill: var(--bad); }
svg .mark { font-weight: bold; letter-spacing: 0.1em; }
@media (max-width: 24rem) { main { padding: 1rem 0.75rem; } article { border-left: 0; padding-left: 0; border-top: 4px solid var(--bad); } }
`;
