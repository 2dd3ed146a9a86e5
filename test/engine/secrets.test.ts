import { keepsSecrets } from "./secrets-suite";

keepsSecrets("classes");
