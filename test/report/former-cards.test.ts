import type { CredentialFact } from "../../report/facts/facts";
import { ownersOf } from "../../report/owners";

describe("a card that goes on until the one in its place is encoded", () => {
  it("is declared by what took its place, and no declaration of its own that could be missing in Seam", () => {
    const urn = "urn:pulumi:dev::doors::pulumi-nodejs:dynamic/seam:AcsCredential::ada";
    const outputs = { __formerCards: [{ acsCredentialId: "former" }], allowedAcsEntranceIds: ["lobby"] };
    const resource = { urn, type: "pulumi-nodejs:dynamic/seam:AcsCredential", id: "present", outputs };
    const owners = ownersOf([{ name: "dev", resources: [resource] }], true);
    for (const id of ["present", "former"]) {
      expect(owners.ofCredential({ id } as CredentialFact, undefined)).toEqual({
        kind: "declared",
        stack: "dev",
        urn,
      });
    }
    expect(owners.ofCredential({ id: "other" } as CredentialFact, undefined)).toEqual({ kind: "undeclared" });
    expect(owners.declarations.map(({ id }) => id)).toEqual(["present"]);
  });
});
