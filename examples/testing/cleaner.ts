import * as seam from "pulumi-seam";

/** Access of a cleaner to a property, for as long as the contract runs. */
export function cleaner(property: string, contractEndsAt: string): seam.StaffAccess {
  return new seam.StaffAccess("cleaning", {
    acsSystemId: seam.getAcsSystemOutput({ name: property }).acsSystemId,
    roster: {
      groups: { cleaning: { accessGroups: ["Staff"] } },
      people: [{ key: "c1", name: "Cay Example", groups: ["cleaning"], endsAt: contractEndsAt }],
    },
  });
}
