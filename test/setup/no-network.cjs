// Preloaded into setup processes: a machine that reaches no server, whatever the real one reaches.
globalThis.fetch = () => Promise.reject(new Error("no network in this test"));
