import type { Context } from "./context";
import { bdi, h } from "./dom";
import { paged } from "./paging";
import type { Finding } from "./report";
import { ownerTag, subjectLink } from "./row-table";
import { timeElement } from "./times";

/** What a reviewer should look at, by kind, the gravest first. */
export function findingsView({ report, selection, matches }: Context): Node {
  if (!report.findings) {
    return note("Findings were not looked for: pulumi-seam review looks for them.");
  }
  const groups = report.findingKinds.map((kind) => ({
    ...kind,
    findings: matches.findings.filter((finding) => finding.kind === kind),
  }));
  const found = groups.filter(({ findings }) => findings.length > 0);
  if (report.findings.length === 0) return note("No findings, in what this report saw.");
  if (found.length === 0) return note("No findings match.");
  return h(
    "div",
    { class: "findings" },
    ...found.map(({ kind, title, help, findings }) => {
      const list = h("ol", {});
      const more = paged({
        items: findings,
        into: list,
        size: 50,
        what: ["finding", "findings"],
        element: (finding) => findingItem(finding),
      });
      return h(
        "details",
        { class: `kind kind-${kind}`, open: true },
        h(
          "summary",
          {},
          h("h2", {}, title, " ", h("span", { class: "count" }, findings.length.toLocaleString("en"))),
          h("p", { class: "muted" }, help),
        ),
        list,
        more,
      );
    }),
  );

  function findingItem({ text, person, door, system, owner, credential, endsAt, rows }: Finding): Node {
    const doors = door ? [door] : [...new Set(rows.map((row) => row.door))];
    return h(
      "li",
      {},
      h("p", {}, bdi(text)),
      h(
        "p",
        { class: "links" },
        person && subjectLink(selection, person),
        ...doors.slice(0, 3).map((one) => subjectLink(selection, one)),
        doors.length > 3 && h("span", { class: "muted" }, `and ${doors.length - 3} more doors`),
        doors.length === 0 && system && h("span", { class: "muted" }, bdi(system.name)),
        endsAt !== undefined && h("span", { class: "muted" }, "until ", timeElement(endsAt)),
        owner?.kind === "declared" && ownerTag(owner),
        credential !== undefined && h("code", { title: "credential" }, credential),
      ),
    );
  }
}

function note(text: string): Node {
  return h("p", { class: "muted nothing" }, text);
}
