import { Command } from "commander";
import pc from "picocolors";
import { nameInUrn } from "../provider/values/urn";
import { personName } from "../report/findings";
import { type Holding, type Offboarding, offboarding } from "../report/offboard";
import { plainJson, plainText } from "../report/plain-text";
import { renderTable } from "../report/render/table";
import { addReadingOptions, filled, type ReadingOptions, readFor } from "./access/reading";

interface OffboardOptions extends ReadingOptions {
  readonly json?: boolean;
}

export function offboardCommand(): Command {
  const command = new Command("offboard")
    .description("List everything that a person has in all access systems, and where to remove it")
    .argument("<e-mail|id>", "e-mail address, or id of the user or user identity", filled)
    .option("--json", "print one JSON object");
  return addReadingOptions(command)
    .addHelpText(
      "after",
      "\nNothing is changed. Exit code: 1 error, nobody has that address or id, or not everything could be read; 2 there is something to remove.",
    )
    .action(async (person: string, options: OffboardOptions) => {
      process.exitCode = await run(person, options);
    });
}

async function run(person: string, options: OffboardOptions): Promise<number> {
  const access = await readFor(options, { at: "any" }, true);
  const plan = offboarding(access, person);
  if (options.json) console.log(plainJson(plan, 2));
  else print(plan);
  return plan.complete ? 2 : 1;
}

function print({ people, holdings, remains, complete, notSeen }: Offboarding): void {
  // A person has a user in every access system.
  const names = new Set(people.map((person) => plainText(personName(person))));
  console.log(pc.bold([...names].join(", ")));
  const declared = holdings.filter(({ owner }) => owner.kind === "declared");
  const others = holdings.filter(({ owner }) => owner.kind !== "declared");
  list(
    "Take out of its stack, then `pulumi up`:",
    declared,
    ({ owner, staysInSeam }) =>
      `${nameInUrn(owner.urn ?? "")} of ${owner.stack}${staysInSeam ? ", which leaves it in Seam" : ""}`,
  );
  list("In no stack; delete it in the Seam console or by the API:", others, ({ owner, id }) =>
    owner.kind === "unknown" ? `${id} (it may be declared all the same: not everything could be read)` : id,
  );
  if (remains.length > 0) {
    console.log("\nOpens still, once what is declared is taken out:");
    process.stdout.write(renderTable(remains, process.stdout.columns));
  }
  const staying = holdings.filter(({ kind, staysInSeam }) => staysInSeam && !kind.startsWith("user"));
  if (staying.length > 0) {
    const what = staying.length === 1 ? "1 thing" : `${staying.length} things`;
    console.log(
      `\nOnce what is declared is taken out, ${what} above can open doors or locks until deleted in Seam.`,
    );
  } else if (remains.length === 0) {
    const told = complete ? "nothing that Seam tells of" : "nothing that could be read";
    console.log(`\nOnce what is declared is taken out, ${told} opens a door.`);
  }
  console.log(`\n${complete ? "Not seen:" : pc.red("Not complete. Not seen:")}`);
  for (const text of notSeen) console.log(`- ${plainText(text)}`);
}

function list(title: string, holdings: readonly Holding[], where: (holding: Holding) => string): void {
  if (holdings.length === 0) return;
  console.log(`\n${title}`);
  for (const holding of holdings) {
    const { name, system, doors, deviceCount = 0 } = holding;
    const places = [
      ...doors.map((door) => door.name || door.acsEntranceId),
      ...(deviceCount > 0
        ? [`${deviceCount} ${deviceCount === 1 ? "lock" : "locks"} without an access system`]
        : []),
    ];
    const opens = places.length > 0 ? `, opens ${places.join(", ")}` : "";
    console.log(plainText(`- ${name}${system ? ` at ${system.name}` : ""}${opens}: ${where(holding)}`));
  }
}
