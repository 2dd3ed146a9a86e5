import type { IncomingHttpHeaders } from "node:http";
import type { Route } from "../api/route";
import { SeamError } from "../world/errors";
import type { Workspace } from "../world/store";

/** Where a request may go. */
interface Admitted {
  workspace: Workspace;
  /** The workspace that was named; a token on a route about all workspaces names none. */
  workspaceId: string | undefined;
  visible: readonly Workspace[];
}

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

  admit(headers: IncomingHttpHeaders, route: Pick<Route, "isAboutAllWorkspaces">): Admitted {
    if (headers.authorization === undefined) throw unauthorized("No Authorization header");
    const [, token] = /^Bearer (.+)$/.exec(headers.authorization) ?? [];
    if (token === undefined) throw unauthorized("No token provided");
    if (token.startsWith("seam_at")) return this.#admitToken(token, headers["seam-workspace"], route);
    if (token.startsWith("seam_cst"))
      throw new SeamError(
        401,
        "client_session_token_used_for_api_key",
        "A client session token was used instead of an API key",
      );
    return only(this.#byKey.get(token), "API Key not found");
  }

  #admitToken(
    token: string,
    workspaceId: string | string[] | undefined,
    { isAboutAllWorkspaces }: Pick<Route, "isAboutAllWorkspaces">,
  ): Admitted {
    const isNamed = typeof workspaceId === "string" && workspaceId !== "";
    if (!isNamed && !isAboutAllWorkspaces)
      throw new SeamError(
        400,
        "missing_workspace_id",
        "When using access token authentication, you must provide the Seam-Workspace header",
      );
    const words = "Access token not found";
    if (token !== this.#personalAccessToken) throw unauthorized(words);
    if (isNamed) return only(this.#byId.get(workspaceId), words);
    const visible = [...this.#byId.values()];
    return { ...only(visible[0], words), workspaceId: undefined, visible };
  }
}

function only(workspace: Workspace | undefined, otherwise: string): Admitted {
  if (!workspace) throw unauthorized(otherwise);
  return { workspace, workspaceId: workspace.id, visible: [workspace] };
}

function unauthorized(message: string): SeamError {
  return new SeamError(401, "unauthorized", message);
}
