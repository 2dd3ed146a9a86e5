#!/usr/bin/env node
/**
 * The provider plugin: the engine starts it with its own address, reads the port that it prints, and talks to it from
 * then on. Started by hand it serves whoever is told the port (`PULUMI_DEBUG_PROVIDERS=seam:PORT`).
 */
import "../provider/engine/supported-node";
import { ServerCredentials } from "@grpc/grpc-js";
import { engineAddress } from "../provider/engine/engine-watch";
import { neighboursOf } from "../provider/engine/neighbours";
import { Run } from "../provider/lifecycle/run";
import { FIRST_LOOK } from "../provider/lifecycle/stack-workspaces";
import { EngineLog } from "./engine-log";
import { SeamProvider } from "./seam-provider";
import { serverOf } from "./server";

const log = new EngineLog(engineAddress());
const notice = (text: string) => log.notice(text);

const neighbours = neighboursOf();
const server = serverOf(new SeamProvider(() => new Run(notice, FIRST_LOOK, neighbours)), notice, () =>
  log.settled(),
);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    console.error(`pulumi-resource-seam cannot serve: ${error.message}`);
    process.exitCode = 1;
    return;
  }
  // Nothing else goes to stdout.
  console.log(String(port));
});
