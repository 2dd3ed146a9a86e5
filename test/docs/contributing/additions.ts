/** How a file comes to be: from which one, which is itself unless it is new, and what is otherwise. */
interface Edit {
  readonly from?: string;
  readonly change: (text: string) => string;
}

/** Something to add that the repository does not have. */
export interface Addition {
  /** What stands for `<name>` or `<kind>` in the recipe's files and commands. */
  readonly name: string;
  readonly edits: Readonly<Record<string, Edit>>;
}

/** For each recipe something like what there is already, under another name. */
export const ADDITIONS: Readonly<Record<string, Addition>> = {
  "A resource": {
    name: "place",
    edits: {
      "provider/resources/<name>.ts": {
        from: "provider/resources/space.ts",
        change: (text) =>
          text
            .replace(/\bSpace(?=Inputs|\b)/g, "Place")
            .replace(/\bspace(?=Inputs|Table)/g, "place")
            .replace("const space:", "const place:"),
      },
      "provider/index.ts": { change: twinLines(/\bspace\b/i, asPlace) },
      "sdk/resources/<name>.ts": {
        from: "sdk/resources/space.ts",
        change: (text) => text.replace(/\bSpace(?=Args|\b)/g, "Place"),
      },
      "sdk/index.ts": { change: twinLines(/resources\/space/, asPlace) },
      "test/types/args-and-schemas.ts": { change: twinLines(/SpaceInputs/, asPlace) },
      "test/contract/<name>.test.ts": {
        from: "test/contract/space.test.ts",
        change: (text) => text.replace('"Space"', '"Place"'),
      },
      "website/sidebar.json": {
        change: (text) => {
          const [first, ...others] = JSON.parse(text);
          const items = [...first.items, { text: "Place", page: "docs/reference/place" }];
          return JSON.stringify([{ ...first, items }, ...others], null, 2);
        },
      },
    },
  },
  "A look-up": {
    name: "lock",
    edits: {
      "sdk/lookups/get-<name>.ts": { from: "sdk/lookups/get-device.ts", change: asLock },
      "sdk/lookups/index.ts": {
        change: (text) => text + asLock(/export \{[^}]*\} from ".\/get-device";\n/.exec(text)?.[0] ?? ""),
      },
      "sdk/lookups/every.ts": { change: twinLines(/deviceLookUp/, asLock) },
      "test/lookups/lookups.test.ts": {
        change: (text) => `${text}
it("finds a lock by its id and by its name", async () => {
  const deviceId = emulator.ids.devices["cabin-1"];
  const { displayName } = await seam.getLock({ deviceId });
  expect(await seam.getLock({ displayName })).toMatchObject({ deviceId });
});
`,
      },
    },
  },
  "An access system": {
    name: "acme",
    edits: {
      "emulator/systems/<kind>.ts": { from: "emulator/systems/hotek.ts", change: asAcme },
      "emulator/seeds/default-portfolio.ts": { change: twinLines(/hotek/, asAcme) },
      "test/emulator/systems/documented.ts": {
        change: (text) => text.replace(/^ {2}hotek: \{\n[\s\S]*?^ {2}\},\n/m, (own) => own + asAcme(own)),
      },
      "docs/emulator.md": { change: (text) => text.replace("`hotek`,", "`hotek`, `acme`,") },
    },
  },
  "A fault": {
    name: "empty-answer",
    edits: {
      "emulator/server/fault-rules.ts": { change: twinLines(/"truncated-json"/, asEmptyAnswer) },
      "emulator/server/server.ts": {
        change: insert(
          "  switch (fault.fault) {\n",
          '    case "empty-answer":\n      work();\n      return send(record, response, { status: 200, body: "" });\n',
        ),
      },
      "test/emulator/faults.test.ts": { change: twinLines(/"truncated-json"/, asEmptyAnswer) },
      "docs/emulator.md": { change: twinLines(/`truncated-json`/, asEmptyAnswer) },
    },
  },
  "A column of the report": {
    name: "created",
    edits: {
      "report/facts/facts.ts": {
        change: insert(
          "  readonly isUnissuedCard: boolean;\n",
          "  readonly createdAt: string | undefined;\n",
        ),
      },
      "report/facts/from-wire.ts": {
        change: insert("    window: windowOf(wire),\n", '    createdAt: text(wire["created_at"]),\n'),
      },
      "report/document.ts": {
        change: insert("  readonly via: Via;\n", "  readonly createdAt?: string;\n"),
      },
      "report/rows.ts": {
        change: insert(
          "        acsCredentialId: key.credential.id,\n",
          "        ...(key.credential.createdAt !== undefined && { createdAt: key.credential.createdAt }),\n",
        ),
      },
      "report/render/csv.ts": {
        change: insert(
          '  ["via_id", ({ via }) => via?.id],\n',
          '  ["created", ({ createdAt }) => createdAt],\n',
        ),
      },
      "test/report/access.test.ts": {
        change: insert(
          '\n  it("asks at most ten requests about one door, and never sends anything but reads", async () => {\n',
          `    const created = (await readAccess(seam, { stacks, filters: { at: "any" } })).document();
    for (const { createdAt } of created.rows) expect(createdAt).toMatch(/^2030-06-0/);
    expect([...renderCsv(created)][0]).toContain("via_id,created,reviewer");
`,
        ),
      },
    },
  },
};

function asPlace(line: string): string {
  return line.replace(/Space/g, "Place").replace(/space/g, "place");
}

function asLock(text: string): string {
  return text
    .replace(/(?<=[gG]et)Device/g, "Lock")
    .replace(/deviceLookUp/g, "lockLookUp")
    .replace("./get-device", "./get-lock");
}

function asAcme(text: string): string {
  return text.replace(/hotek/g, "acme").replace(/Hotek/g, "Acme");
}

function asEmptyAnswer(line: string): string {
  return line.replace("truncated-json", "empty-answer");
}

/** Every line that the pattern meets, followed by another like it. */
function twinLines(pattern: RegExp, twin: (line: string) => string): Edit["change"] {
  return (text) =>
    text
      .split("\n")
      .flatMap((line) => (pattern.test(line) ? [line, twin(line)] : [line]))
      .join("\n");
}

function insert(after: string, piece: string): Edit["change"] {
  return (text) => text.replace(after, () => after + piece);
}
