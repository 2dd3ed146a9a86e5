/**
 * What runs in Pulumi's dynamic-provider process. Stored state names these exports in its `__provider` text:
 * none of them may ever be renamed or removed.
 */
import { acsCredential } from "./acs-credential";
import { dynamicProvider } from "./dynamic";

export const AcsCredential = dynamicProvider(acsCredential);
