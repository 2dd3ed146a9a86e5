import { maskOf, received, sentOutputs } from "../../plugin/properties";
import { secret, struct } from "../protocol/plugin-client";

describe("what the program has marked as secret", () => {
  it("is one where Seam shows it without the line break that it was read from a file with", () => {
    const told = received(struct({ fullName: secret("Canary Example\n") }));
    expect(told.properties).toEqual({ fullName: "Canary Example\n" });
    const outputs = { ...told.properties, displayName: "Canary Example", isManaged: "true" };
    expect(sentOutputs(outputs, told).toJavaScript()).toEqual({
      fullName: secret("Canary Example\n"),
      displayName: secret("Canary Example"),
      isManaged: "true",
    });
    expect(maskOf(told)("Cannot create Canary Example.")).toBe("Cannot create [secret].");
  });
});
