import { z } from "zod";
import { route } from "./route";

export const workspaceRoutes = [
  route("/workspaces/get", z.object({}), ({ workspace }) => ({
    workspace: {
      workspace_id: workspace.id,
      name: workspace.name,
      company_name: workspace.name,
      connect_partner_name: null,
      connect_webview_customization: {},
      is_publishable_key_auth_enabled: false,
      is_sandbox: workspace.isSandbox,
      is_suspended: false,
      organization_id: null,
    },
  })),
];
