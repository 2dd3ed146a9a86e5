import { timeZoneProblem, toInstant } from "../../sdk/components/zoned-time";

describe("times in a time zone", () => {
  it.each([
    // A date is the whole day, in summer and in winter.
    ["Europe/Berlin", "2030-06-19", "2030-06-18T22:00:00.000Z", "2030-06-19T22:00:00.000Z"],
    ["Europe/Berlin", "2030-12-19", "2030-12-18T23:00:00.000Z", "2030-12-19T23:00:00.000Z"],
    ["Asia/Kathmandu", "2030-06-19", "2030-06-18T18:15:00.000Z", "2030-06-19T18:15:00.000Z"],
    // 23 and 25 hours, north and south of the equator.
    ["Europe/Berlin", "2030-03-31", "2030-03-30T23:00:00.000Z", "2030-03-31T22:00:00.000Z"],
    ["Europe/Berlin", "2030-10-27", "2030-10-26T22:00:00.000Z", "2030-10-27T23:00:00.000Z"],
    ["Australia/Sydney", "2030-10-06", "2030-10-05T14:00:00.000Z", "2030-10-06T13:00:00.000Z"],
    ["Australia/Sydney", "2030-04-07", "2030-04-06T13:00:00.000Z", "2030-04-07T14:00:00.000Z"],
    // Days that begin at one o'clock, that have eleven o'clock at night twice, or midnight.
    ["America/Santiago", "2030-09-08", "2030-09-08T04:00:00.000Z", "2030-09-09T03:00:00.000Z"],
    ["America/Santiago", "2030-09-07", "2030-09-07T04:00:00.000Z", "2030-09-08T04:00:00.000Z"],
    ["America/Santiago", "2030-04-06", "2030-04-06T03:00:00.000Z", "2030-04-07T04:00:00.000Z"],
    ["Asia/Beirut", "2030-03-31", "2030-03-30T22:00:00.000Z", "2030-03-31T21:00:00.000Z"],
    ["America/Havana", "2030-11-03", "2030-11-03T04:00:00.000Z", "2030-11-04T05:00:00.000Z"],
    ["America/Havana", "2030-11-02", "2030-11-02T04:00:00.000Z", "2030-11-03T04:00:00.000Z"],
    ["UTC", "9999-12-31", "9999-12-31T00:00:00.000Z", "9999-12-31T23:59:59.999Z"],
    // A time is the same as begin and as end …
    ["Europe/Berlin", "2030-06-19T15:00", "2030-06-19T13:00:00.000Z", "2030-06-19T13:00:00.000Z"],
    ["Europe/Berlin", "2030-06-19T15:00:01.5", "2030-06-19T13:00:01.500Z", "2030-06-19T13:00:01.500Z"],
    ["America/New_York", "2030-01-19T15:00:00", "2030-01-19T20:00:00.000Z", "2030-01-19T20:00:00.000Z"],
    // … but for the hour that the clocks show twice: the first one is the begin, the second one the end.
    ["Europe/Berlin", "2030-10-27T01:59", "2030-10-26T23:59:00.000Z", "2030-10-26T23:59:00.000Z"],
    ["Europe/Berlin", "2030-10-27T02:30", "2030-10-27T00:30:00.000Z", "2030-10-27T01:30:00.000Z"],
    ["Europe/Berlin", "2030-10-27T03:00", "2030-10-27T02:00:00.000Z", "2030-10-27T02:00:00.000Z"],
    ["Australia/Sydney", "2030-04-07T02:30", "2030-04-06T15:30:00.000Z", "2030-04-06T16:30:00.000Z"],
    ["America/Santiago", "2030-04-06T23:30", "2030-04-07T02:30:00.000Z", "2030-04-07T03:30:00.000Z"],
    ["Asia/Beirut", "2030-10-26T23:30", "2030-10-26T20:30:00.000Z", "2030-10-26T21:30:00.000Z"],
    // An hour that they skip is the moment of the change.
    ["Europe/Berlin", "2030-03-31T01:59", "2030-03-31T00:59:00.000Z", "2030-03-31T00:59:00.000Z"],
    ["Europe/Berlin", "2030-03-31T02:00", "2030-03-31T01:00:00.000Z", "2030-03-31T01:00:00.000Z"],
    ["Europe/Berlin", "2030-03-31T02:30", "2030-03-31T01:00:00.000Z", "2030-03-31T01:00:00.000Z"],
    ["Europe/Berlin", "2030-03-31T03:00", "2030-03-31T01:00:00.000Z", "2030-03-31T01:00:00.000Z"],
    ["Australia/Sydney", "2030-10-06T02:30", "2030-10-05T16:00:00.000Z", "2030-10-05T16:00:00.000Z"],
    ["Australia/Lord_Howe", "2030-10-06T02:15", "2030-10-05T15:30:00.000Z", "2030-10-05T15:30:00.000Z"],
    ["America/Santiago", "2030-09-08T00:00", "2030-09-08T04:00:00.000Z", "2030-09-08T04:00:00.000Z"],
    ["Africa/Cairo", "2030-04-26T00:30", "2030-04-25T22:00:00.000Z", "2030-04-25T22:00:00.000Z"],
  ])("are, in %s, for %s: from %s, until %s", (timeZone, written, begin, end) => {
    expect(toInstant(written, timeZone, "begin")).toBe(begin);
    expect(toInstant(written, timeZone, "end")).toBe(end);
  });

  it("let nobody stand outside while a clock on the wall shows a time within, on either night", () => {
    for (const [zone, day] of [
      ["Europe/Berlin", "2030-03-31"],
      ["Europe/Berlin", "2030-10-27"],
      ["America/Santiago", "2030-09-08"],
      ["America/Santiago", "2030-04-06"],
    ] as const) {
      const wall = wallClock(zone);
      for (let minute = 0; minute < 24 * 60; minute += 15) {
        const time = `${day}T${new Date(minute * 60_000).toISOString().slice(11, 16)}`;
        const [begin, end] = [toInstant(time, zone, "begin"), toInstant(time, zone, "end")];
        for (let quarter = -12; quarter <= 12; quarter++) {
          const now = Date.parse(begin) + quarter * 15 * 60_000;
          if (wall(now) >= time) expect([time, now >= Date.parse(begin)]).toEqual([time, true]);
          if (wall(now) < time) expect([time, now < Date.parse(end)]).toEqual([time, true]);
        }
      }
    }
  });

  it("stay what they are where they name their own zone, or are no times", () => {
    for (const written of [
      "2030-06-19T15:00:00Z",
      "2030-06-19T15:00:00+05:30",
      "soon",
      "2030-02-30",
      "2030-06-19T24:00",
      "2030-06-19T15:00:60",
      "2030-6-19",
    ]) {
      expect(toInstant(written, "Europe/Berlin", "end")).toBe(written);
    }
  });

  it.each([
    ["Europe/Berlni", 'Did you mean "Europe/Berlin"'],
    ["Berlin", 'Did you mean "Europe/Berlin"?'],
    ["Germany/Berlin", 'Did you mean "Europe/Berlin"?'],
    ["America/New York", 'Did you mean "America/New_York"'],
    ["EST", "Give the name of the IANA database"],
    ["+02:00", "Give the name of the IANA database"],
    ["", "Give the name of the IANA database"],
  ])("refuse the time zone %s", (timeZone, advice) => {
    expect(timeZoneProblem(timeZone)).toContain(`"${timeZone}" is no time zone. ${advice}`);
  });

  it.each(["UTC", "Europe/Kyiv", "Asia/Calcutta", "Etc/GMT+5", "America/Argentina/Buenos_Aires"])(
    "take the time zone %s",
    (timeZone) => expect(timeZoneProblem(timeZone)).toBeUndefined(),
  );
});

/** What a clock on the wall shows at an instant, as `2030-06-19T15:00`. */
function wallClock(timeZone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  return (instant) => format.format(instant).replace(" ", "T");
}
