import { pulumiCli } from "../pulumi";
import { findAccount } from "./account";
import { type Diagnosis, error, type Found } from "./diagnosis";
import { type Project, projectOf } from "./project";
import { askSeam, findNetwork } from "./seam";
import { findProgram, findSoftware } from "./software";

/** @param stack false: no stack is to be asked */
export async function diagnose(stack: string | false | undefined): Promise<Diagnosis> {
  const here = process.cwd();
  const project = findProject(here);
  const software = findSoftware(pulumiCli());
  const program = findProgram(project.part, here);
  const account = await findAccount(project, stack);
  const network = findNetwork(account.settings);
  const seam =
    account.settings && !network.problems.some(({ severity }) => severity === "error")
      ? await askSeam(account.settings)
      : { part: undefined, problems: [] };
  return {
    schemaVersion: 1,
    generatedAt: new Date().toISOString(),
    account: account.part,
    network: network.part,
    ...(seam.part && { seam: seam.part }),
    software: software.part,
    program: program.part,
    problems: [project, account, network, seam, software, program].flatMap(({ problems }) => problems),
  };
}

function findProject(folder: string): Found<Project | undefined> {
  try {
    return { part: projectOf(folder), problems: [] };
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    return { part: undefined, problems: [error(`The project could not be read: ${reason}`)] };
  }
}
