test("a stack", require("./a-test"), 60_000);
