import { z } from "zod";
import type { Workspace } from "../world/store";
import { route } from "./route";

export const workspaceRoutes = [
  route("/workspaces/get", z.object({}), ({ workspace }) => ({ workspace: present(workspace) })),

  route(
    "/workspaces/list",
    z.object({}),
    ({ visibleWorkspaces }) => ({ workspaces: visibleWorkspaces.map(present) }),
    { isAboutAllWorkspaces: true },
  ),
];

function present(workspace: Workspace) {
  return {
    workspace_id: workspace.id,
    name: workspace.name,
    company_name: workspace.name,
    connect_partner_name: null,
    connect_webview_customization: {},
    is_publishable_key_auth_enabled: false,
    is_sandbox: workspace.isSandbox,
    is_suspended: workspace.isSuspended,
    organization_id: null,
  };
}
