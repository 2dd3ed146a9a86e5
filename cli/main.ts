#!/usr/bin/env node
import "../provider/engine/supported-node";
import { Command } from "commander";
import { plainLines } from "../report/plain-text";
import { accessCommand } from "./access";
import { assignCommand } from "./assign";
import { changesCommand } from "./changes";
import { doctorCommand } from "./doctor";
import { emulatorCommand } from "./emulator";
import { encodeCommand } from "./encode";
import { encodersCommand } from "./encoders";
import { importCommand } from "./import";
import { offboardCommand } from "./offboard";
import { watchOutput } from "./output";
import { recoverCommand } from "./recover";
import { reviewCommand } from "./review";

const { version } = require("pulumi-seam/package.json") as { readonly version: string };

const program = new Command("pulumi-seam")
  .version(version)
  .description("Physical access as code: Pulumi resources for Seam access control systems")
  .addCommand(changesCommand())
  .addCommand(emulatorCommand())
  .addCommand(encodersCommand())
  .addCommand(encodeCommand())
  .addCommand(assignCommand())
  .addCommand(importCommand())
  .addCommand(recoverCommand())
  .addCommand(accessCommand())
  .addCommand(reviewCommand())
  .addCommand(offboardCommand())
  .addCommand(doctorCommand());

watchOutput();
program.parseAsync().catch((error: unknown) => {
  // Messages name what Seam has.
  console.error(plainLines(error instanceof Error ? error.message : String(error)));
  process.exitCode = 1;
});
