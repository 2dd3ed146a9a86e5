import { keepsSecrets } from "./secrets-suite";

keepsSecrets("plugin");
