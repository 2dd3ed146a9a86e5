import * as pulumi from "@pulumi/pulumi";
import * as seam from "pulumi-seam";
import { STAYS } from "./stays";

const config = new pulumi.Config();
const acsSystemId = seam.getAcsSystemOutput({ name: config.require("system") }).acsSystemId;

const staff = new seam.StaffAccess("staff", {
  acsSystemId,
  roster: config.require("roster"),
  confirmShrinkTo: config.requireNumber("confirmShrinkTo"),
});

const stays = STAYS.map(
  ({ reservation, ...stay }) =>
    new seam.GuestStay(`stay-${reservation}`, { reservation, acsSystemId, methods: ["card"], ...stay }),
);

export const people = Object.keys(staff.members).length;
export const accessGrantIds = stays.map(({ accessGrant }) => accessGrant.accessGrantId);
