/** A roster with twelve different mistakes, and what has to be said about them. */
export const TWELVE_MISTAKES = {
  text: `method: code
groups:
  cleaning:
    doors: [Lobby]
    endsAt: 2030-13-01T00:00:00Z
  nothing:
    doors: []
people:
  - key: ada
    name: Ada Example
    group: [cleaning]
    doors: [Lobby]
  - key: ben
    groups: [cleaning]
  - name: Cleo Example
    groups: [cleaning]
  - key: dan
    name: Dan Example
    groups: [claening]
  - key: ada
    name: Eve Example
    groups: [cleaning]
  - key: finn
    name: Finn Example
    email: finn(at)example.com
    phone: 555-0100
    groups: [cleaning]
  - key: gus
    name: Gus Example
    method: pin
    groups: [cleaning]
  - key: hal
    name: Hal Example
    startsAt: 2030-02-01T00:00:00Z
    endsAt: 2030-01-01T00:00:00Z
    groups: [cleaning]
  - key: ida
    name: Ida Example
`,
  messages: [
    /^roster\.yaml:5: group "cleaning": endsAt: "2030-13-01T00:00:00Z" is not an ISO 8601/,
    /^roster\.yaml:7: group "nothing": doors: the group opens nothing/,
    /^roster\.yaml:11: Ada Example \(ada\): group: there is no such property\. Did you mean groups/,
    /^roster\.yaml:13: \(ben\): name: is missing/,
    /^roster\.yaml:15: Cleo Example: key: is missing/,
    /^roster\.yaml:19: Dan Example \(dan\): groups\[0\]: there is no group "claening"\. Did you mean "cleaning"/,
    /^roster\.yaml:20: Eve Example \(ada\): key: "ada" is that of roster\.yaml:9 too/,
    /^roster\.yaml:25: Finn Example \(finn\): email: "finn\(at\)example\.com" is not an e-mail address/,
    /^roster\.yaml:26: Finn Example \(finn\): phone: "5550100" is not a phone number/,
    /^roster\.yaml:30: Gus Example \(gus\): method: "pin" is not a known access method/,
    /^roster\.yaml:35: Hal Example \(hal\): endsAt: 2030-01-01T00:00:00Z is not after startsAt/,
    /^roster\.yaml:37: Ida Example \(ida\): groups: the person may open nothing/,
  ],
};

/** Runs something in a working directory. */
export function inFolder<T>(folder: string, act: () => T): T {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return act();
  } finally {
    process.chdir(before);
  }
}
