#!/usr/bin/env node
/**
 * The provider plugin: the engine starts it with its own address, reads the port that it prints, and talks to it from
 * then on. Started by hand it serves whoever is told the port (`PULUMI_DEBUG_PROVIDERS=seam:PORT`).
 */
import "../provider/engine/supported-node";
import { ServerCredentials } from "@grpc/grpc-js";
import { neighboursOf } from "../provider/engine/neighbours";
import { Run } from "../provider/lifecycle/run";
import { FIRST_LOOK } from "../provider/lifecycle/stack-workspaces";
import { SeamProvider } from "./seam-provider";
import { serverOf } from "./server";

// The engine shows what a plugin prints to stderr; the port alone goes to stdout.
const notice = (text: string) => console.error(`pulumi-seam: ${text}`);

const neighbours = neighboursOf();
const server = serverOf(new SeamProvider(() => new Run(notice, FIRST_LOOK, neighbours)), notice);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    console.error(`pulumi-resource-seam cannot serve: ${error.message}`);
    process.exitCode = 1;
    return;
  }
  console.log(String(port));
});
