import type { Seed } from "./seed";

export interface GeneratedPortfolio {
  /** People with a user identity each, who are users of the system: `user-1` … */
  users: number;
  /** Entrances: `door-1` … */
  doors: number;
  /** Kind of access system; default `salto_ks`. */
  kind?: string;
}

/** A seed with one system, `site`, of any size. */
export function generateSeed({ users, doors, kind = "salto_ks" }: GeneratedPortfolio): Seed {
  const people = Array.from({ length: users }, (_, index) => `user-${index + 1}`);
  return {
    workspaces: [
      {
        user_identities: people.map((key) => ({
          key,
          full_name: `${key} Example`,
          email_address: `${key}@example.com`,
        })),
        acs_systems: [
          {
            key: "site",
            kind,
            entrances: Array.from({ length: doors }, (_, index) => ({ key: `door-${index + 1}` })),
            users: people.map((key) => ({ key, user_identity: key })),
          },
        ],
      },
    ],
  };
}
