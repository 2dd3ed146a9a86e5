import type { AccessDocument, AccessRow, Finding } from "../document";
import { FINDING_KINDS } from "../document";
import { instantText, ownerText } from "../render/words";
import { FINDING_WORDS } from "./finding-words";
import { glossary } from "./glossary";
import { html, type Markup } from "./markup";

type Report = AccessDocument & { readonly findings?: readonly Finding[] };

/** More of one kind are counted only: the page's script lists them all, and so do the JSON and the CSV. */
const MOST_OF_A_KIND = 1_000;

/** Whose doors, when they were read, and whether all of it could be. */
export function heading({ workspace, generatedAt, complete, scope }: Report): Markup {
  return html`
<div class="title">
<p class="eyebrow">Who can open what</p>
<h1><bdi>${workspace.name || workspace.workspaceId}</bdi>${workspace.isSandbox ? html` <span class="tag">sandbox</span>` : undefined}</h1>
<p class="muted">As Seam showed it on <time datetime="${generatedAt}">${instantText(generatedAt)}</time>. All times are UTC.</p>
</div>
${complete ? undefined : html`<div class="notice bad" role="note"><strong>This report is not complete.</strong> Something that should have been read could not be: <a href="#not-seen">what this report did not see</a>.</div>`}
${scope.length > 0 ? html`<div class="notice" role="note"><strong>Only a part was asked for:</strong> ${scope.join("; ")}.</div>` : undefined}`;
}

/** How much there is; counted, not judged. */
export function figures({ rows, findings }: Report, counts: { readonly people: number }): Markup {
  const doors = new Set(rows.map(({ door }) => door.acsEntranceId)).size;
  const systems = new Set(rows.map(({ system }) => system.acsSystemId)).size;
  const keys = new Set(rows.map(({ acsCredentialId }) => acsCredentialId)).size;
  return html`
<section aria-labelledby="figures-title" class="figures">
<h2 id="figures-title" class="hidden-text">Figures</h2>
<dl class="numbers">
${figure(counts.people, "people")}
${figure(doors, "doors")}
${figure(systems, "access systems")}
${figure(keys, "keys")}
${findings ? figure(findings.length, "findings", findings.length > 0 ? "warn" : "") : undefined}
</dl>
<div class="bars">
${bar(
  "Declared in a stack",
  shares(rows, ({ owner }) => owner.kind, ["declared", "undeclared", "unknown"]),
)}
${bar(
  "Status",
  shares(rows, ({ status }) => status, STATUSES),
)}
</div>
</section>`;
}

/** All findings, to read without script and on paper. */
export function findingsSection({ findings }: Report): Markup {
  return html`
<section id="findings" aria-labelledby="findings-title" class="findings whole">
<h2 id="findings-title">Findings</h2>
${
  findings === undefined
    ? html`<p class="muted">None were looked for. <code>pulumi-seam review</code> looks for them.</p>`
    : findings.length === 0
      ? html`<p class="muted">None, in what this report saw.</p>`
      : FINDING_KINDS.map((kind) =>
          findingsOfKind(
            kind,
            findings.filter((finding) => finding.kind === kind),
          ),
        )
}
</section>`;
}

export function endOfReport(report: Report): Markup {
  const { workspace, generatedAt, complete, stacks, rows, findings, notSeen, toolVersion, scope } = report;
  return html`
<section id="not-seen" aria-labelledby="not-seen-title">
<h2 id="not-seen-title">What this report did not see</h2>
<ul class="not-seen">
${notSeen.map((text) => html`<li>${text}</li>\n`)}
</ul>
</section>
<section id="about" aria-labelledby="about-title">
<h2 id="about-title">About this report</h2>
<dl class="about">
${fact("Workspace", `${workspace.name ? `${workspace.name}, ` : ""}${workspace.workspaceId}`)}
${fact("Reading began", `${instantText(generatedAt)}; what was created later is not in it`)}
${fact("It took", `${(report.durationMs / 1000).toFixed(1)} s and ${report.requests} requests to Seam, all of them reads`)}
${fact("Complete", complete ? "Yes: all that was asked for could be read" : "No: see what this report did not see")}
${fact("Scope", scope.join("; ") || "Everything in the workspace, at any time")}
${fact("Stacks that were read", stacks.join(", ") || "None")}
${fact("Rows", `${rows.length}: a row is one way in, that is one person at one door by one key`)}
${findings ? fact("Findings", String(findings.length)) : undefined}
${fact("Made by", `pulumi-seam ${toolVersion}; JSON schema version ${report.schemaVersion}`)}
</dl>
${glossary()}
</section>`;
}

/** For paper. */
export function signOff({ workspace, generatedAt }: Report): Markup {
  const line = (label: string) => html`<div class="line"><span>${label}</span></div>\n`;
  return html`
<section class="sign-off" aria-labelledby="sign-off-title">
<h2 id="sign-off-title">Sign-off</h2>
<p>I have reviewed who can open what in <bdi>${workspace.name || workspace.workspaceId}</bdi> as Seam showed it on ${instantText(generatedAt)}, within the limits that this report names.</p>
<p class="boxes"><span>☐ Access is as it should be</span> <span>☐ As it should be after the changes marked above</span> <span>☐ Not accepted</span></p>
<div class="lines">${["Name", "Role", "Date", "Signature"].map(line)}</div>
<div class="lines remarks">${line("Remarks")}</div>
</section>`;
}

const STATUSES = ["active", "upcoming", "not_synced", "failed", "not_issued", "suspended", "over"];

function figure(count: number, label: string, tone = ""): Markup {
  return html`<div class="figure ${tone}"><dt>${label}</dt><dd>${count.toLocaleString("en")}</dd></div>\n`;
}

interface Share {
  readonly word: string;
  readonly count: number;
}

function shares(rows: readonly AccessRow[], wordOf: (row: AccessRow) => string, words: readonly string[]) {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(wordOf(row), (counts.get(wordOf(row)) ?? 0) + 1);
  return words.flatMap((word): Share[] => {
    const count = counts.get(word) ?? 0;
    return count > 0 ? [{ word, count }] : [];
  });
}

/** Widths are attributes: the content security policy lets no `style` through. */
function bar(title: string, parts: readonly Share[]): Markup {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  let from = 0;
  const rects = parts.map(({ word, count }) => {
    const x = (from / total) * 100;
    from += count;
    return html`<rect class="fill-${word}" x="${x.toFixed(2)}%" width="${((count / total) * 100).toFixed(2)}%" height="100%"></rect>`;
  });
  return html`
<div class="bar">
<h3>${title} <small>of ${total.toLocaleString("en")} ways in</small></h3>
<svg width="100%" height="10" aria-hidden="true" focusable="false">${rects}</svg>
<ul class="legend">${parts.map(({ word, count }) => html`<li class="key-${word}"><b>${count.toLocaleString("en")}</b> ${word.replaceAll("_", " ")}</li>`)}</ul>
</div>`;
}

function fact(term: string, text: string): Markup {
  return html`<div><dt>${term}</dt><dd>${text}</dd></div>\n`;
}

function findingsOfKind(kind: Finding["kind"], findings: readonly Finding[]): Markup {
  if (findings.length === 0) return html``;
  const { title, help } = FINDING_WORDS[kind];
  const shown = findings.slice(0, MOST_OF_A_KIND);
  const left = findings.length - shown.length;
  return html`
<section class="kind kind-${kind}">
<h3>${title} <span class="count">${findings.length.toLocaleString("en")}</span></h3>
<p class="muted">${help}</p>
<ol>
${shown.map(findingItem)}
</ol>
${left > 0 ? html`<p><strong>${left.toLocaleString("en")} more are not in this list.</strong> The page's search (with script), the JSON and the CSV of the review have all of them.</p>` : undefined}
</section>`;
}

function findingItem({ text, system, owner, acsCredentialId }: Finding): Markup {
  const details = [
    system?.name || system?.acsSystemId,
    owner && ownerDetail(owner),
    acsCredentialId && `credential ${acsCredentialId}`,
  ].filter((detail) => detail !== undefined && detail !== "");
  return html`<li><p>${text}</p><p class="detail">${details.join(" · ")}</p><p class="decision">☐ keep ☐ change ☐ take away</p></li>\n`;
}

function ownerDetail(owner: Finding["owner"] & object): string {
  return owner.kind === "declared" ? `declared by ${ownerText(owner)}` : owner.kind;
}
