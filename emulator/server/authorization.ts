import { SeamError } from "../world/errors";
import type { Workspace } from "../world/store";

/** Whose requests these are: an API key names its workspace, a personal access token needs the header. */
export class Authorization {
  readonly #byKey = new Map<string, Workspace>();
  readonly #byId = new Map<string, Workspace>();
  readonly #personalAccessToken: string;

  constructor(workspaces: Iterable<Workspace>, personalAccessToken: string) {
    for (const workspace of workspaces) {
      this.#byKey.set(workspace.apiKey, workspace);
      this.#byId.set(workspace.id, workspace);
    }
    this.#personalAccessToken = personalAccessToken;
  }

  workspaceOf(header: string | undefined, workspaceId: string | string[] | undefined): Workspace {
    if (header === undefined) throw unauthorized("No Authorization header");
    const token = header.replace(/^Bearer /i, "");
    if (token.startsWith("seam_at")) {
      if (typeof workspaceId !== "string")
        throw new SeamError(
          400,
          "missing_workspace_id",
          "Access token authentication requires the header seam-workspace",
        );
      const workspace = this.#byId.get(workspaceId);
      if (!workspace || token !== this.#personalAccessToken) throw unauthorized("Access token not found");
      return workspace;
    }
    if (token.startsWith("seam_cst"))
      throw new SeamError(
        401,
        "client_session_token_used_for_api_key",
        "A client session token was used as an API key",
      );
    const workspace = this.#byKey.get(token);
    if (!workspace) throw unauthorized("API Key not found");
    return workspace;
  }
}

function unauthorized(message: string): SeamError {
  return new SeamError(401, "unauthorized", message);
}
