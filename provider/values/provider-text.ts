/**
 * The text that the state keeps with every resource: Pulumi's provider process compiles it to get at the code of the
 * resource, with a `require` that looks from the program's folder upwards. States hold these texts for ever, so what
 * they say never changes.
 *
 * @param name an export of `pulumi-seam/provider`
 * @param chain packages that lead to this one where the program's folder does not have it: the first is found from that
 * folder, each other from the one before, this one from the last
 */
export function providerText(name: string, chain: readonly string[] = []): string {
  if (chain.length === 0) return `${BY_NAME}${name}`;
  return [
    'exports.handler=()=>{const{createRequire:c}=require("module"),{existsSync:e,realpathSync:l}=require("fs");',
    "let r=require;",
    `for(const d of ${JSON.stringify(chain)}){`,
    // Wherever on the way this package is found, it is taken from there.
    'try{r.resolve("pulumi-seam/provider");break}catch{}',
    'const p=r.resolve.paths(d).map(p=>p+"/"+d).find(p=>e(p));',
    'if(!p)throw Error(d+" is not installed in "+process.cwd());',
    'r=c(l(p)+"/x")}',
    `return r("pulumi-seam/provider").${name}}`,
  ].join("");
}

const BY_NAME = 'exports.handler=()=>require("pulumi-seam/provider").';

/**
 * Whether the state has to learn the text of this run. Where the program's folder has this package every text works,
 * so the one that is there stays; what the plugin has made has none.
 */
export function isOutdatedText(stored: unknown, text: unknown): boolean {
  if (typeof text !== "string") return false;
  return stored === undefined || (stored !== text && !text.startsWith(BY_NAME));
}
