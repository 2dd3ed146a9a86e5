import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";
import { declareSpaces } from "./spaces";
import { STAYS } from "./stays";

const config = new pulumi.Config();
const acsSystemId = seam.getAcsSystemOutput({ name: config.require("system") }).acsSystemId;

const staff = new seam.StaffAccess("staff", {
  acsSystemId,
  roster: config.require("roster"),
  confirmShrinkTo: config.requireNumber("confirmShrinkTo"),
});

const spaces = declareSpaces(config.require("property"), acsSystemId);

const stays = STAYS.map(
  ({ reservation, places, ...stay }) =>
    new seam.GuestStay(`stay-${reservation}`, {
      reservation,
      methods: ["card"],
      spaceIds: places.map((key) => spaceOf(key).spaceId),
      ...stay,
    }),
);

function spaceOf(key: string): seam.Space {
  const space = spaces[key];
  if (!space) throw new pulumi.RunError(`The property has no place "${key}".`);
  return space;
}

export const people = Object.keys(staff.members).length;
export const accessGrantIds = stays.map(({ accessGrant }) => accessGrant.accessGrantId);
