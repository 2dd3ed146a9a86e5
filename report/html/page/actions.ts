import { h, icon } from "./dom";

/** The buttons of the whole page: colours, and paper. */
export function actions(): readonly Node[] {
  const theme = h("button", { type: "button" }, icon("theme"), h("span", {}, "Colours"));
  theme.addEventListener("click", () => {
    const { dataset } = document.documentElement;
    const isDark = (dataset["theme"] ?? (prefersDark() ? "dark" : "light")) === "dark";
    dataset["theme"] = isDark ? "light" : "dark";
  });
  const print = h("button", { type: "button" }, icon("print"), h("span", {}, "Print"));
  print.addEventListener("click", () => window.print());
  return [theme, print];
}

function prefersDark(): boolean {
  return window.matchMedia("(prefers-color-scheme: dark)").matches;
}
