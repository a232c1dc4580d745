// Shows a plan in one comment of the merge request. The next plan replaces the comment.
//   node comment.mjs plan.txt
// GITLAB_TOKEN is a masked project access token with the scope "api" and the role Reporter.
import { readFileSync } from "node:fs";

const MARK = "<!-- wallarm-routing -->";

const { CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID, GITLAB_TOKEN, ROOT } = process.env;
const notes = `${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;

async function request(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: { "PRIVATE-TOKEN": GITLAB_TOKEN ?? "", "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

async function ourNote(page = "1") {
  const response = await request("GET", `${notes}?per_page=100&page=${page}`);
  const note = (await response.json()).find(({ body }) => body.startsWith(MARK));
  const next = response.headers.get("x-next-page");
  return note ?? (next ? ourNote(next) : undefined);
}

// GitLab accepts a million characters, which is too long to read.
const plan = readFileSync(process.argv[2], "utf8").slice(0, 60_000);
const body = `${MARK}\n### Plan of \`${ROOT}\`\n\n\`\`\`\`text\n${plan}\n\`\`\`\`\n`;
const note = await ourNote();
await (note ? request("PUT", `${notes}/${note.id}`, { body }) : request("POST", notes, { body }));
