/** A way as SVG: its steps from the client down to the application, and what it does not pass. */
import { Step } from "../../model/witness";
import { escaped } from "../../text/markup";

interface Box {
  readonly place: string;
  readonly words: string;
  /** False: what the way does not pass. */
  readonly isPassed: boolean;
}

/** In pixels. A narrow screen shows the whole width. */
const WIDTH = 328;
const BOX = { left: 4, width: 272, padding: 10, line: 17, gap: 30, radius: 6 };
/** Of a monospaced font of 12 pixels, with a reserve. */
const CHARACTER = 7.6;
const COLUMNS = Math.floor((BOX.width - 2 * BOX.padding) / CHARACTER);
const MOST_LINES = 3;

/** @param id of the figure: the page has many */
export function drawing(steps: readonly Step[], id: string): string {
  const boxes = placed(boxesOf(steps));
  const last = boxes.at(-1);
  const height = last === undefined ? 0 : last.top + last.height + 4;
  const passed = boxes.filter(({ isPassed }) => isPassed);
  const arrows = passed.slice(1).map((to, index) => arrow(passed[index] ?? to, to, boxes));
  const way = passed.map(({ place, words }) => `${place}: ${words}`).join(", then ");
  const skipped = boxes.filter(({ isPassed }) => !isPassed).map(({ place }) => place);
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">The way, drawn</title>`,
    `<desc id="${id}-desc">${escaped(`${way}. Not passed: ${skipped.join(", ") || "nothing"}.`)}</desc>`,
    ...boxes.map(boxMarkup),
    ...arrows,
    "</svg>",
  ].join("\n");
}

/** The node is drawn also where the way does not pass it. A way to the node itself does not pass its entry point. */
function boxesOf(steps: readonly Step[]): Box[] {
  const boxes = steps.map(({ place, words }) => ({ place, words, isPassed: true }));
  const missing = steps.some(({ place }) => place === "node") ? "entry point" : "node";
  const around = { place: missing, words: "not on this way", isPassed: false };
  return [...boxes.slice(0, -1), around, ...boxes.slice(-1)];
}

interface Placed extends Box {
  readonly top: number;
  readonly height: number;
  readonly lines: readonly string[];
}

function placed(boxes: readonly Box[]): Placed[] {
  const found: Placed[] = [];
  for (const box of boxes) {
    const before = found.at(-1);
    const lines = linesOf(box.words);
    const top = before === undefined ? 4 : before.top + before.height + BOX.gap;
    found.push({ ...box, top, lines, height: 2 * BOX.padding + (lines.length + 1) * BOX.line });
  }
  return found;
}

function boxMarkup({ place, words, isPassed, top, height, lines }: Placed): string {
  const text = [place.toUpperCase(), ...lines].map((line, index) => {
    const y = top + BOX.padding + (index + 0.75) * BOX.line;
    return `<text x="${BOX.left + BOX.padding}" y="${y}"${index === 0 ? ' class="place"' : ""}>${escaped(line)}</text>`;
  });
  return [
    `<g class="${isPassed ? "step" : "skipped"}"><title>${escaped(`${place}: ${words}`)}</title>`,
    `<rect x="${BOX.left}" y="${top}" width="${BOX.width}" height="${height}" rx="${BOX.radius}"/>`,
    ...text,
    "</g>",
  ].join("");
}

/** Straight down, or around what is not passed. */
function arrow(from: Placed, to: Placed, all: readonly Placed[]): string {
  const start = from.top + from.height;
  const isAround = all.some(({ isPassed, top }) => !isPassed && top > from.top && top < to.top);
  const middle = BOX.left + BOX.width / 2;
  const side = BOX.left + BOX.width + 14;
  const end = to.top - 8;
  const line = isAround
    ? `M${middle} ${start} V${start + 10} H${side} V${to.top - 18} H${middle} V${end}`
    : `M${middle} ${start} V${end}`;
  const head = `M${middle - 5} ${end} h10 l-5 8 z`;
  // Turned, beside the line: the mark does not depend on color.
  const y = (start + to.top) / 2;
  const label = `<text class="mark" transform="translate(${side + 18} ${y}) rotate(-90)" text-anchor="middle">BYPASS</text>`;
  return `<g class="${isAround ? "around" : "way"}"><path class="line" d="${line}"/><path class="head" d="${head}"/>${isAround ? label : ""}</g>`;
}

/** Characters that others draw twice as wide, such as Chinese ones. */
const WIDE =
  /[\u{1100}-\u{115F}\u{2E80}-\u{A4CF}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{1F000}-\u{3FFFD}]/u;

/** Broken at spaces where there are any. What does not fit ends with an ellipsis: the list beside the drawing has all of it. */
function linesOf(words: string): string[] {
  const lines: string[] = [];
  let rest = Array.from(words.replace(/[\p{C}\s]+/gu, " ").trim());
  while (rest.length > 0) {
    const fits = fitting(rest);
    const space = rest.slice(0, fits + 1).lastIndexOf(" ");
    const end = fits < rest.length && space > COLUMNS / 2 ? space : fits;
    lines.push(rest.slice(0, end).join("").trim());
    rest = rest.slice(end);
  }
  if (lines.length <= MOST_LINES) return lines;
  const last = Array.from(lines[MOST_LINES - 1] ?? "");
  return [...lines.slice(0, MOST_LINES - 1), `${last.slice(0, Math.max(0, fitting(last) - 2)).join("")}…`];
}

/** How many characters fit into a line: at least one. */
function fitting(characters: readonly string[]): number {
  let columns = 0;
  const index = characters.findIndex((one) => (columns += WIDE.test(one) ? 2 : 1) > COLUMNS);
  return index === -1 ? characters.length : Math.max(1, index);
}
