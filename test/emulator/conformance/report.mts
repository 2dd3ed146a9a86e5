// `node report.mts '<target as JSON>'`: holds a running emulator against Seam's documents, prints a JSON report.
import { drive, type Target } from "./drive.mts";
import { FAULT_COUNT, playFaults } from "./faults.mts";
import { parameterNames, replyProblems, requestProblems } from "./openapi.mts";

export interface RouteReport {
  path: string;
  /** HTTP methods with which the official client called it. */
  methods: string[];
  calls: number;
  /** What of the replies and the accepted requests the OpenAPI does not allow. */
  problems: string[];
  /** Names of the parameters in the OpenAPI. */
  parameters: string[];
  faultsPlayed: number;
  faultsMissed: string[];
}

const target = JSON.parse(process.argv[2] ?? "") as Target;
const exchanges = await drive(target);
const missed = await playFaults(target, exchanges);

const reports = new Map<string, RouteReport>();
for (const { path, method, parameters, status, body } of exchanges) {
  const report = reports.get(path) ?? {
    path,
    methods: [],
    calls: 0,
    problems: [],
    parameters: parameterNames(path),
    faultsPlayed: FAULT_COUNT,
    faultsMissed: missed.get(path) ?? [],
  };
  report.calls += 1;
  report.methods = [...new Set([...report.methods, method])].sort();
  const problems = [
    // Nothing answers 200 where there never is anything.
    ...(status === 200 ? replyProblems(path, body) : []).map((problem) => `reply ${problem}`),
    ...requestProblems(path, parameters).map((problem) => `request ${problem}`),
  ];
  report.problems = [...new Set([...report.problems, ...problems])].sort();
  reports.set(path, report);
}
console.log(JSON.stringify([...reports.values()]));
