import type { AccessDocument, Finding } from "../document";
import { html, packed, trusted } from "./markup";
import { pageData } from "./page-data";
import { pageFiles, policyHash } from "./page-files";
import { endOfReport, figures, findingsSection, heading, signOff } from "./static-parts";

/**
 * A report as one HTML file that needs no network and no other file. Figures, findings and what was not seen are plain
 * markup, readable without script; search, lists and matrix are the script's. Nothing is judged here: the page shows
 * what the document says. Its content security policy lets nothing in but the page's own script and style, and the
 * script cannot make markup from texts.
 */
export function renderHtml(document: AccessDocument & { readonly findings?: readonly Finding[] }): string {
  const { script, style } = pageFiles();
  const data = pageData(document);
  const policy = [
    "default-src 'none'",
    `script-src ${policyHash(script)}`,
    `style-src ${policyHash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const title = `Who can open what: ${document.workspace.name || document.workspace.workspaceId}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
${heading(document)}
<div id="actions" class="actions"></div>
</header>
<main id="main" tabindex="-1">
${figures(document, { people: new Set(data.rows.map(([person]) => person)).size })}
<noscript><p class="notice">Script is off. Findings and what this report did not see are below; the lists of doors and people and the search need script.</p></noscript>
<div id="app"></div>
${findingsSection(document)}
${endOfReport(document)}
${signOff(document)}
</main>
<script type="application/gzip" id="data">${packed(data)}</script>
<script>${trusted(script)}</script>
</body>
</html>
`.markup;
}
