import { brivo } from "./brivo";
import { dormakabaAmbiance } from "./dormakaba-ambiance";
import { dormakabaCommunity } from "./dormakaba-community";
import { hotek } from "./hotek";
import { latch } from "./latch";
import { pti } from "./pti";
import { saltoKs } from "./salto-ks";
import { saltoSpace } from "./salto-space";
import type { System } from "./system";
import { visionline } from "./visionline";
import { vostio } from "./vostio";

/** Every kind of access system by its name in seeds. */
export const SYSTEMS: ReadonlyMap<string, System> = new Map(
  [
    saltoKs,
    saltoSpace,
    visionline,
    vostio,
    latch,
    brivo,
    pti,
    dormakabaCommunity,
    dormakabaAmbiance,
    hotek,
  ].map((system) => [system.kind, system]),
);
