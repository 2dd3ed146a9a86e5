import * as pulumi from "@pulumi/pulumi";
import * as provider from "../../provider";
import { isOutdatedText, providerText } from "../../provider/values/provider-text";
import * as sdk from "../../sdk";
import { RosterGuard } from "../../sdk/components/roster/roster-guard";
import { refused } from "../../sdk/lookups/refused";

// States hold these texts: a line that is changed or taken out orphans what users have deployed.
const KEPT = {
  AccessGrant: 'exports.handler=()=>require("pulumi-seam/provider").AccessGrant',
  AcsAccessGroupMembership: 'exports.handler=()=>require("pulumi-seam/provider").AcsAccessGroupMembership',
  AcsCredential: 'exports.handler=()=>require("pulumi-seam/provider").AcsCredential',
  AcsUser: 'exports.handler=()=>require("pulumi-seam/provider").AcsUser',
  FailedLookUp: 'exports.handler=()=>require("pulumi-seam/provider").FailedLookUp',
  RosterGuard: 'exports.handler=()=>require("pulumi-seam/provider").RosterGuard',
  Space: 'exports.handler=()=>require("pulumi-seam/provider").Space',
  UserIdentity: 'exports.handler=()=>require("pulumi-seam/provider").UserIdentity',
};
const KEPT_CHAIN =
  'exports.handler=()=>{const{createRequire:c}=require("module"),{existsSync:e,realpathSync:l}=require("fs");let r=require;for(const d of ["acme-access","@acme/doors"]){try{r.resolve("pulumi-seam/provider");break}catch{}const p=r.resolve.paths(d).map(p=>p+"/"+d).find(p=>e(p));if(!p)throw Error(d+" is not installed in "+process.cwd());r=c(l(p)+"/x")}return r("pulumi-seam/provider").AcsCredential}';

describe("the text from which a state's resources find their code", () => {
  it("is kept for every export of pulumi-seam/provider, at most 80 bytes long", () => {
    expect(Object.keys(provider).sort()).toEqual(Object.keys(KEPT));
    for (const text of Object.values(KEPT)) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(80);
  });

  it("is what every class registers", async () => {
    const registered: Record<string, unknown> = {};
    await pulumi.runtime.setMocks({
      newResource: ({ type, inputs }) => {
        registered[type.split(":").at(-1) as string] = inputs["__provider"];
        return { id: "some", state: inputs };
      },
      call: () => ({}),
    });
    for (const resource of Object.values(sdk)) {
      if (!("__pulumiType" in resource)) continue;
      const Resource = resource as unknown as new (name: string, args: object) => pulumi.CustomResource;
      new Resource("one", {});
    }
    new RosterGuard("guard", { people: [], over: [] }, { maxShrink: 0, confirmShrinkTo: undefined }, {});
    await refused("getAcsUser", "there is none", false, {});
    await pulumi.runtime.disconnect();
    expect(registered).toEqual(KEPT);
  });

  it("names the packages on the way where the program's folder does not have this one", () => {
    expect(providerText("AcsCredential", ["acme-access", "@acme/doors"])).toBe(KEPT_CHAIN);
  });

  it.each([
    ["the same text", KEPT.AcsUser, KEPT.AcsUser, false],
    ["a way, where the package is found by its name now", KEPT_CHAIN, KEPT.AcsCredential, false],
    ["a name, where only a way leads to the package now", KEPT.AcsCredential, KEPT_CHAIN, true],
    ["none, in what the plugin has made", undefined, KEPT.AcsUser, true],
    ["another way", providerText("AcsCredential", ["acme"]), KEPT_CHAIN, true],
  ])("has to be written anew: %s", (_, stored, text, isOutdated) => {
    expect(isOutdatedText(stored, text)).toBe(isOutdated);
  });
});
