import { html, type Markup } from "./markup";

/** What the page's words claim, and what not. */
const WORDS: readonly (readonly [word: string, meaning: string])[] = [
  ["way in", "one person at one door by one key"],
  ["key", "a credential: a PIN, a card, a mobile key or a cloud key"],
  ["active", "it opened at the time of the report, as far as Seam tells"],
  ["upcoming", "its time has not begun"],
  ["over", "its time has passed, or a later key overrides it"],
  ["suspended", "its user is suspended at the access system"],
  ["not issued", "a card that was not encoded yet"],
  [
    "not synced",
    "Seam's last change has not reached the lock system, or the door does not list a key that should open it",
  ],
  ["failed", "Seam reports an error for the key or its user: whether it opens is not known"],
  ["declared", "a resource of a stack that was read declares it; the stack and the resource stand beside it"],
  ["undeclared", "in no stack that was read"],
  ["unknown", "may be declared: not everything that tells it could be read"],
];

export function glossary(): Markup {
  return html`<details class="glossary">
<summary>What the words mean</summary>
<dl>
${WORDS.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>\n`)}
</dl>
</details>`;
}
